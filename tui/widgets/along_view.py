"""A picture of what happens along a text, from its first place to its last, with a cursor."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.lines import blank, changed_regions, paragraph
from tui.widgets.view import View

_TALL = ((45, 3), (31, 2), (0, 1))
"""How many lines a bar is high on a terminal with at least so many lines."""


class AlongView(View):
    """A subclass says how many places there are, and draws them."""

    DEFAULT_CSS = """
    AlongView { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", "left", id="along.left", tooltip="A place back", show=False),
        Binding("right", "move(1)", "right", id="along.right", tooltip="A place on", show=False),
        Binding("home", "first", "first", id="along.first", tooltip="First place", show=False),
        Binding("end", "last", "last", id="along.last", tooltip="Last place", show=False),
    ]

    _cursor = 0
    _lines: list[Strip] = []  # noqa: RUF012 - replaced, never changed

    # What a subclass says

    @property
    def places(self) -> int:
        """How many places there are."""
        raise NotImplementedError

    def drawn(self, width: int, tall: int) -> list[Strip]:
        """The picture at a width, its bars `tall` lines high at most; 0 for as low as can be."""
        raise NotImplementedError

    # What is asked of it

    @property
    def cursor(self) -> int:
        """The place under the cursor, counted from 0."""
        return self._cursor

    def move_to(self, place: int) -> None:
        """Put the cursor on a place, or the nearest there is."""
        place = max(0, min(place, self.places - 1))
        if place != self._cursor:
            self._cursor = place
            self._show_change()

    @property
    def plain(self) -> str:
        """The picture as text without styles, as it stands on the screen."""
        return "\n".join(line.text.rstrip() for line in self._draw())

    # Keys and mouse

    def action_move(self, by: int) -> None:
        """A place on or back, among those that are drawn."""
        self.move_to(self._cursor + by)

    def action_first(self) -> None:
        """To the first place."""
        self.move_to(0)

    def action_last(self) -> None:
        """To the last place."""
        self.move_to(self.places - 1)

    # Drawing

    def _draw(self) -> list[Strip]:
        width, height = self.content_size
        for tall in range(self._tall(self.app.size.height), -1, -1):
            lines = self.drawn(width, tall)
            if len(lines) <= height:
                return lines + [blank(width)] * (height - len(lines))
        return paragraph(self.sentence, width, height, self.ink.style("plain"), self.ink)

    @staticmethod
    def _tall(height: int) -> int:
        return next(tall for least, tall in _TALL if height >= least)

    def _show_change(self) -> None:
        """Paint the cells that differ from what is on the screen."""
        if not self.is_attached or not self.content_size.area:
            return
        if self.get_content_height(self.size, self.app.size, self.content_size.width) != len(
            self._lines
        ):
            self.redraw()
            return
        before, self._lines = self._lines, self._draw()
        self.repaint(changed_regions(before, self._lines))

    def redraw(self) -> None:
        """Draw everything again."""
        if self.is_attached and self.content_size.area:
            self._lines = self._draw()
        super().redraw()

    def on_resize(self, event: events.Resize) -> None:
        """Another size, another picture."""
        self._lines = self._draw()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Line `y` of the picture."""
        if len(self._lines) != self.content_size.height:
            self._lines = self._draw()
        return self.paint(self._lines[y]) if y < len(self._lines) else self.blank_line()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the picture has."""
        return max(1, len(self.drawn(width, self._tall(self.app.size.height))))
