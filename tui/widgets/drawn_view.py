"""A view that is drawn whole, and of which only what has changed is painted."""

from __future__ import annotations

from textual import events
from textual.strip import Strip

from tui.drawing.lines import changed_regions
from tui.widgets.view import View


class DrawnView(View):
    """A subclass draws all of its lines, and says when something has changed."""

    _lines: list[Strip] = []  # noqa: RUF012 - replaced, never changed
    _height = 0

    def draw(self) -> list[Strip]:
        """As many lines as the content is high, each as wide as it."""
        raise NotImplementedError

    def show_change(self) -> None:
        """Paint the cells that differ from what is on the screen."""
        if not self.is_attached or not self.content_size.area:
            return
        if self._wanted() != self._height:
            self.redraw()
            return
        before, self._lines = self._lines, self.draw()
        self.repaint(changed_regions(before, self._lines))

    def redraw(self) -> None:
        """Draw everything again."""
        if self.is_attached and self.content_size.area:
            self._lines, self._height = self.draw(), self._wanted()
        super().redraw()

    def on_resize(self, event: events.Resize) -> None:
        """Another size, another picture."""
        self._lines, self._height = self.draw(), self._wanted()
        self.refresh()

    def _wanted(self) -> int:
        """The lines that the picture would take if it had them."""
        return self.get_content_height(self.size, self.app.size, self.content_size.width)

    def render_line(self, y: int) -> Strip:
        """Line `y` of the picture."""
        if len(self._lines) != self.content_size.height:
            self._lines = self.draw()
        return self.paint(self._lines[y]) if y < len(self._lines) else self.blank_line()
