"""A view that is told of changes more often than it is worth drawing.

Its picture is drawn at most four times a second, only while somebody can see it, and of the new
picture only the cells that differ are painted.
"""

from __future__ import annotations

from time import monotonic
from typing import Any

from textual import events
from textual.strip import Strip
from textual.timer import Timer

from tui.drawing.lines import changed_regions
from tui.widgets.view import View

INTERVAL = 0.25
"""Seconds between two pictures at least."""


class PacedView(View):
    """A subclass draws all of its lines, and calls `want_picture` when something has changed."""

    def __init__(self, **how: Any) -> None:
        super().__init__(**how)
        self._lines: list[Strip] = []
        self._drawn_at = 0.0
        self._timer: Timer | None = None
        self._stale = True

    def draw(self) -> list[Strip]:
        """As many lines as the content is high, each as wide as it."""
        raise NotImplementedError

    def want_picture(self) -> None:
        """See to it that there will be a picture, though not too soon after the last one."""
        self._stale = True
        if self._timer is None and self.is_attached and self.screen.is_active:
            wait = self._drawn_at + INTERVAL - monotonic()
            self._timer = self.set_timer(max(0.001, wait), self._update)

    def on_mount(self) -> None:
        """Learn of screens that come to lie over ours and leave again."""
        self.app.screen_change_signal.subscribe(self, lambda _: self._catch_up())

    def on_show(self) -> None:
        """Draw what came while nobody could see it."""
        self._catch_up()

    def on_resize(self, event: events.Resize) -> None:
        """Another size, another picture."""
        self.redraw()

    def redraw(self) -> None:
        """Draw everything again."""
        if self.is_attached and self.content_size.area:
            self._draw()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Line `y` of the picture."""
        if not self._lines and self.content_size.area:
            self._draw()
        return self.paint(self._lines[y]) if y < len(self._lines) else self.blank_line()

    def _catch_up(self) -> None:
        if self._stale:
            self.want_picture()

    def _update(self) -> None:
        self._timer = None
        if not self.showing or not self.content_size.area:
            return
        before = self._lines
        self._draw()
        if len(before) == len(self._lines):
            self.repaint(changed_regions(before, self._lines))
        else:
            self.refresh()

    def _draw(self) -> None:
        self._lines = self.draw()
        self._drawn_at, self._stale = monotonic(), False
