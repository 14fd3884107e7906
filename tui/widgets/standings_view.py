"""Who stands where in a run, as it goes."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.training.standings import Standing, draw_standings, height_of
from tui.widgets.drawn_view import DrawnView


class StandingsView(DrawnView, can_focus=False):
    """Shows `Standing`s. Whoever owns the run says how it stands; nothing ticks here."""

    DEFAULT_CSS = """
    StandingsView { height: auto; width: 1fr; }
    """

    def __init__(self, head: str, *, ink: Ink | None = None, id: str | None = None) -> None:  # noqa: A002
        super().__init__(ink=ink, id=id)
        self._head = head
        self._rows: tuple[Standing, ...] = ()

    @property
    def rows(self) -> tuple[Standing, ...]:
        """What is shown."""
        return self._rows

    @property
    def height_wanted(self) -> int:
        """Lines that it takes."""
        return height_of(self._rows)

    def show(self, rows: Sequence[Standing]) -> None:
        """Show how they stand now; only the cells that differ are painted."""
        self._rows = tuple(rows)
        if self.display and self._lines:
            self.show_change()
        else:
            self._lines = []
            self.refresh(layout=True)

    @property
    def sentence(self) -> str:
        """Who is right how often, in words."""
        told = [f"{r.name} {100 * r.share:.1f} %" for r in self._rows if r.share is not None]
        return f"{self._head}: {', '.join(told)}." if told else ""

    def draw(self) -> list[Strip]:
        """The heads, then a runner a line, or a strip."""
        return draw_standings(self._rows, self._head, self.content_size.width, self.ink)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        return height_of(self._rows)


def main() -> None:
    """Five runners that learn to remember."""
    from tui.demos.standings import standings_demo

    standings_demo().run()


if __name__ == "__main__":
    main()
