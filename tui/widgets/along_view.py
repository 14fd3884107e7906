"""A picture of what happens along a text, from its first place to its last, with a cursor."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.strip import Strip

from tui.drawing.lines import blank, paragraph
from tui.widgets.drawn_view import DrawnView

_TALL = ((45, 3), (31, 2), (0, 1))
"""How many lines a bar is high on a terminal with at least so many lines."""


class AlongView(DrawnView):
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
            self.show_change()

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

    def draw(self) -> list[Strip]:
        """As high as there is room for; where there is not, the sentence."""
        width, height = self.content_size
        for tall in range(self._tall(self.app.size.height), -1, -1):
            lines = self.drawn(width, tall)
            if len(lines) <= height:
                return lines + [blank(width)] * (height - len(lines))
        return paragraph(self.sentence, width, height, self.ink.style("plain"), self.ink)

    @staticmethod
    def _tall(height: int) -> int:
        return next(tall for least, tall in _TALL if height >= least)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the picture has."""
        return max(1, len(self.drawn(width, self._tall(self.app.size.height))))
