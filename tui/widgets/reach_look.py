"""How far back the answers of all runners reach, as a lab shows it while it trains."""

from __future__ import annotations

from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.memory.reach import Reach
from tui.drawing.memory.reach_look import draw_look, in_a_sentence, lines_wanted
from tui.widgets.drawn_view import DrawnView
from tui.widgets.reach_view import HELP


class ReachLook(DrawnView):
    """Shows one `Reach` after another; only the cells that have changed are painted again."""

    HELP = HELP
    DEFAULT_CSS = """
    ReachLook { height: 1fr; width: 1fr; }
    """

    def __init__(self, reach: Reach | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._reach = reach or Reach(())

    def show(self, reach: Reach) -> None:
        """Show another reach."""
        self._reach = reach
        self.show_change()

    @property
    def sentence(self) -> str:
        """What each answer depends on at the beginning of its way."""
        return in_a_sentence(self._reach)

    def draw(self) -> list[Strip]:
        """As high as there is room for."""
        return draw_look(self._reach, *self.content_size, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The least that it needs."""
        return lines_wanted(self._reach)


def main() -> None:
    """Memories that keep a half, nine tenths and all of what they hold, cell by cell."""
    from tui.demos.inside import look_demo

    look_demo().run()


if __name__ == "__main__":
    main()
