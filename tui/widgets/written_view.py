"""What networks write when they are left alone, as a lab shows it and a lesson asks for it."""

from __future__ import annotations

from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.training.written import Written, draw, lines_wanted, sentence
from tui.widgets.drawn_view import DrawnView

HELP = """\
### What each of them writes

A walk begins in a room that is given. Then the network names the next room, one is drawn from what
it says, and that is all it knows of its own walk in the step after: nothing lies ahead.

Between two rooms stands a dot where the step leads through a door and not straight back, and a
cross where it does not. A walk is **legal** if all of its steps are. The board shows which rooms
lie side by side: there is a door between those, and between no others.

**m** has them begin elsewhere, **b** changes between before and after training.
"""


class WrittenView(DrawnView):
    """Shows a `Written`."""

    HELP = HELP
    DEFAULT_CSS = """
    WrittenView { height: auto; max-height: 100%; width: 1fr; max-width: 120; }
    """

    def __init__(self, written: Written | None = None, *, ink: Ink | None = None) -> None:
        super().__init__(ink=ink)
        self._written = written or Written()

    def show(self, written: Written) -> None:
        """Show what was written at another time."""
        self._written = written
        self.show_change()

    @property
    def sentence(self) -> str:
        """How much of what each writes is legal."""
        return sentence(self._written)

    def draw(self) -> list[Strip]:
        """As high as there is room for."""
        return draw(self._written, *self.content_size, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All texts of all."""
        return lines_wanted(self._written)


def main() -> None:
    """Walks drawn by the rule, by the rule but for turning back, and by lot."""
    from tui.demos.written import written_demo

    written_demo().run()


if __name__ == "__main__":
    main()
