"""The metrics of a film at one step: a strip for each, and everyone's value."""

from __future__ import annotations

from textual import events
from textual.strip import Strip

from tui.drawing.lines import changed_regions
from tui.drawing.training.chart import MARGIN
from tui.drawing.training.film_table import Table, column_values, draw_table, sparkline
from tui.widgets.view import View

HELP = """\
### What is measured

A line for each metric. To the left its curve as a strip of bars, as high as its highest and lowest
value make them, over the same axis as the chart; the bright bar is the step that is shown, the
underlined one the step that is pinned. To the right what everyone has at that step, under their
marks. Where a metric was not measured just then, its value is the nearest earlier one, and **at**
says from which step. **a** follows another runner in the strips.
"""


class FilmTable(View, can_focus=False):
    """Shows a `Table` at a step. Strips are drawn again only when their curves change."""

    HELP = HELP
    DEFAULT_CSS = """
    FilmTable { height: 6; width: 1fr; }
    """

    _table = Table("", (), (), 1.0)
    _steps: tuple[float, float | None] = (0.0, None)
    _left = MARGIN + 10
    _sparks: list[str] | None = None
    _lines: list[Strip] = []  # noqa: RUF012 - replaced, never changed

    def show(self, table: Table, step: float, pin: float | None, fresh: bool) -> None:
        """Show another step; `fresh` says that the curves may have changed as well."""
        fresh = fresh or [t.name for t in table.tracks] != [t.name for t in self._table.tracks]
        self._table, self._steps = table, (step, pin)
        if fresh:
            self._sparks = None
        if self.is_attached and self.content_size.area:
            before, self._lines = self._lines, self._draw()
            self.repaint(changed_regions(before, self._lines))

    def set_left(self, left: int) -> None:
        """How many columns the strips take, with their margin: as many as the chart."""
        if left != self._left:
            self._left, self._sparks, self._lines = left, None, []
            self.refresh()

    def _draw(self) -> list[Strip]:
        size = self.content_size
        table, left = self._table, min(self._left, size.width)
        if self._sparks is None:
            columns = left - MARGIN
            self._sparks = [
                sparkline(column_values(track.points, columns, table.right), self.ink)
                for track in table.tracks[: max(0, size.height - 1)]
            ]
        return draw_table(table, self._sparks, self._steps, left, size, self.ink)

    def on_resize(self, event: events.Resize) -> None:
        """Another size, other strips."""
        self.redraw()

    def redraw(self) -> None:
        """Draw everything again."""
        self._sparks, self._lines = None, []
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Line `y`: the heads, or a metric."""
        if not self._lines and self.content_size.area:
            self._lines = self._draw()
        return self.paint(self._lines[y]) if y < len(self._lines) else self.blank_line()


def main() -> None:
    """What a small network measures while it learns; left and right move the step."""
    from tui.demos.film import table_demo

    table_demo().run()


if __name__ == "__main__":
    main()
