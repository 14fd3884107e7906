"""The line that one scrubs: where the film is, its pictures, its bookmarks, what is pinned."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.strip import Strip

from tui.drawing.lines import changed_regions
from tui.drawing.training.chart import MARGIN
from tui.drawing.training.film import Line, draw_line
from tui.widgets.view import View

HELP = """\
### The line

`◆` (`@`) is the step that is shown, `▽` (`v`) the one that is pinned, `★` (`*`) a bookmark: a step
at which something happened. `┴` (`'`) marks the steps at which there was something to look at.
"""


@dataclass
class Sought(Message):
    """Somebody pointed at a step of a film."""

    step: float


class FilmLine(View, can_focus=False):
    """Shows a `Line`."""

    HELP = HELP
    DEFAULT_CSS = """
    FilmLine { height: 1; width: 1fr; }
    """

    _line = Line(0, 1)
    _left = MARGIN + 10
    _drawn: Strip | None = None

    def show(self, line: Line) -> None:
        """Show another step; only the cells that differ are painted."""
        self._line = line
        self._paint_changes()

    def set_left(self, left: int) -> None:
        """How many columns the line takes, with its margin: as many as the chart."""
        self._left = left
        self._paint_changes()

    def _paint_changes(self) -> None:
        if self.is_attached and self.content_size.area:
            before, self._drawn = self._drawn, self._draw()
            self.repaint(changed_regions([before] if before else [], [self._drawn]))

    def _draw(self) -> Strip:
        width = self.content_size.width
        return draw_line(self._line, min(self._left, width), width, self.ink)

    def on_click(self, event: events.Click) -> None:
        """Go to the step that was pointed at."""
        axis = self._left - MARGIN
        if axis > 1:
            self.post_message(Sought((event.x - MARGIN) / (axis - 1) * self._line.right))

    def on_resize(self, event: events.Resize) -> None:
        """Another size, another line."""
        self._drawn = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        if self._drawn is None:
            self._drawn = self._draw()
        return self.paint(self._drawn)


def main() -> None:
    """A film of two hundred steps; left and right move the step."""
    from tui.demos.film import line_demo

    line_demo().run()


if __name__ == "__main__":
    main()
