"""A widget whose lines depend on its width, drawn by a pure function."""

from __future__ import annotations

from textual import events
from textual.containers import ScrollableContainer
from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget


class Lines(Widget):
    """Draws what `lines(width)` returns, and is as high as that."""

    DEFAULT_CSS = """
    Lines { height: auto; width: 1fr; }
    """

    _drawn: list[Content] = []  # noqa: RUF012 - replaced, never changed
    """The lines that are on the screen."""

    def lines(self, width: int) -> list[Content]:
        """The lines at a width in cells."""
        raise NotImplementedError

    def redraw(self) -> None:
        """Draw again where a line has changed; all that is below moves only if there are more."""
        lines, drawn = self.lines(max(1, self.content_size.width)), self._drawn
        if len(lines) != len(drawn) or not all(map(Content.is_same, lines, drawn)):
            self.refresh(layout=len(lines) != len(drawn))

    def show_row(self, row: int, rows: int = 1) -> None:
        """Scroll the page so that this row, and those that follow, can be seen."""
        for ancestor in self.ancestors:
            if isinstance(ancestor, ScrollableContainer):
                y = self.region.y - ancestor.region.y + ancestor.scroll_offset.y + row
                ancestor.scroll_to_region(Region(0, y, self.size.width, rows), animate=False)
                return

    def render(self) -> Content:
        """All lines as one text."""
        self._drawn = self.lines(max(1, self.content_size.width))
        return Content("\n").join(self._drawn)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many rows as there are lines."""
        return len(self.lines(max(1, width)))

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap to the new width."""
        self.refresh()
