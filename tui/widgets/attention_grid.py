"""The attention grid: which token reads which, with the exact weight of the cell under the cursor.

A window of the grid is drawn line by line; labels and caption stay where they are while the cells
scroll beneath them. A frame costs the same for 8 tokens and for 1,024.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from textwrap import wrap
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.drawing.attention.grid import draw_header, draw_row
from tui.drawing.attention.grid_window import MOST_HEADER, NOWHERE, Window, arrange, label_width
from tui.drawing.attention.grid_words import (
    describe_case,
    describe_cell,
    describe_row,
    scale,
    sentence,
)
from tui.drawing.attention.weights import Weights
from tui.drawing.ink import Ink
from tui.drawing.lines import blank, paragraph
from tui.widgets.drawn_view import DrawnView
from tui.widgets.view import View

_BRIEF = 5
"""Lines of a caption at most, where another view has taken the width."""
_MOST_ROWS = 32
"""Rows that the grid asks room for; more of them scroll."""

HELP = """\
### The attention grid

Each **row asks**: it is one token looking for something. Each **column answers**. A cell says how
much of the column's value goes into the row; a row adds up to 1. The fuller the glyph, the larger
the weight; `×` (ascii `x`) is not zero but forbidden: the mask removed it before the softmax.

"Uniform" is what every cell would be if the row looked everywhere alike: only what is well above
it says anything. A full cell shows where a head looks, not that the answer depends on it.

**Arrows** move the cursor, **d** shows digits instead of shades.
"""


class AttentionGrid(DrawnView):
    """Shows `Weights` and a cursor."""

    HELP = HELP
    DEFAULT_CSS = """
    AttentionGrid { height: auto; max-height: 100%; width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1, 0)", "up", id="grid.up", tooltip="One row up", show=False),
        Binding("down", "move(1, 0)", "down", id="grid.down", tooltip="One row down", show=False),
        Binding("left", "move(0, -1)", "left", id="grid.left", tooltip="Left", show=False),
        Binding("right", "move(0, 1)", "right", id="grid.right", tooltip="Right", show=False),
        Binding("home", "to_end(0)", "first", id="grid.first", tooltip="First", show=False),
        Binding("end", "to_end(1)", "last", id="grid.last", tooltip="Last", show=False),
        Binding("d", "digits", "digits", id="grid.digits", tooltip="Digits instead of shades"),
    ]

    @dataclass
    class Moved(Message):
        """The cursor stands on another cell."""

        row: int
        column: int

    def __init__(
        self,
        weights: Weights | None = None,
        *,
        ink: Ink | None = None,
        name: str | None = None,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        super().__init__(ink=ink, name=name, id=id, classes=classes)
        self._weights = weights or Weights.of((), (), ())
        self._cursor = (0, 0)
        self._window = Window(0, 0, 0, 0)
        self.beside: View | None = None
        """A view beside it that says what there is to say of the cell."""
        self.pinned: tuple[int, int] | None = None
        """A cell that is marked besides the one under the cursor."""

    # What is asked of it

    def show(self, weights: Weights, cursor: tuple[int, int] | None = None) -> None:
        """Show other weights; the cursor stays on its cell unless told where to go."""
        self._weights = weights
        self.move_to(*(cursor or self._cursor))

    def arrived(self) -> None:
        """Rows that were on their way are here, or have changed."""
        self._weights.forget()
        self.show_change()

    def move_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or the nearest there is."""
        last_row, last_column = len(self._weights.asks) - 1, len(self._weights.answers) - 1
        cursor = (max(0, min(row, last_row)), max(0, min(column, last_column)))
        if cursor != self._cursor:
            self._cursor = cursor
            self.post_message(self.Moved(*cursor))
        self.show_change()

    @property
    def weights(self) -> Weights:
        """What is shown."""
        return self._weights

    @property
    def brief(self) -> bool:
        """Whether another view says what there is to say of the cell."""
        return self.beside is not None

    @property
    def taken_away(self) -> list[View]:
        """The grid, and what stands beside it."""
        return [self] if self.beside is None else [self, self.beside]

    @property
    def window(self) -> Window:
        """Which part of it is in sight."""
        return self._window

    @property
    def cursor(self) -> tuple[int, int]:
        """Row and column of the cell under the cursor."""
        return self._cursor

    @property
    def sentence(self) -> str:
        """The cell under the cursor, exactly, and what to compare it with."""
        return sentence(self._weights, *self._cursor)

    # Keys and mouse

    def action_move(self, down: int, right: int) -> None:
        """Move the cursor."""
        self.move_to(self._cursor[0] + down, self._cursor[1] + right)

    def action_to_end(self, end: int) -> None:
        """The first column that the row may look at, or the last."""
        row, columns = self._cursor[0], range(len(self._weights.answers))
        seen = [column for column in columns if not self._weights.masked(row, column)]
        if seen:
            self.move_to(row, seen[-end])

    def action_digits(self) -> None:
        """Digits or shades."""
        self._window = replace(self._window, digits=not self._window.digits)
        self.show_change()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is."""
        offset = event.get_content_offset(self)
        if offset is None or not self._weights.asks:
            return
        window = self._window
        x = offset.x - label_width(self._weights, self.ink)
        y = offset.y - window.header
        if 0 <= y < window.rows and 0 <= x <= window.columns * window.pitch:
            self.move_to(window.top + y, window.left + max(0, x - 1) // window.pitch)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll by moving the cursor, while there is anywhere to go."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll by moving the cursor, while there is anywhere to go."""
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        before = self._cursor
        self.action_move(rows, 0)
        if self._cursor != before:
            event.stop()

    # Drawing

    @property
    def captions(self) -> list[tuple[str, str]]:
        """What is said below the grid, the most important first, and how it is drawn."""
        weights = self._weights
        words = [
            (describe_cell(weights, *self._cursor), "strong"),
            (describe_row(weights, self._cursor[0]), "dim"),
            (describe_case(weights), "plain"),
            (scale(self.ink), "dim"),
        ]
        if self.brief:
            words = words[2:]
        return [(text[0].upper() + text[1:], role) for text, role in words if text]

    @property
    def spared(self) -> int:
        """How many lines of that may not be given up for rows in sight: all but the scale's."""
        width = self.content_size.width
        return len(self._below(width)) - self._tall(self.captions[-1][0], width)

    def _below(self, width: int) -> list[Strip]:
        """The captions line by line."""
        ink, lines = self.ink, list[Strip]()
        for text, role in self.captions:
            lines += paragraph(text, width, self._tall(text, width), ink.style(role), ink)
        return lines

    def _tall(self, text: str, width: int) -> int:
        """The lines that a caption takes."""
        most = _BRIEF if self.brief else 2
        return min(most, len(wrap(self.ink.words(text), max(1, width))))

    def draw(self) -> list[Strip]:
        """The grid and the words below it; where there is no room for a cell, the sentence."""
        (width, height), ink, weights = self.content_size, self.ink, self._weights
        if not weights.asks or not weights.answers:
            return paragraph(self.sentence, width, height, ink.style("dim"), ink)
        window, below = self._arranged()
        if window.rows < 1 or window.columns < 1:
            return paragraph(self.sentence, width, height, ink.style("plain"), ink)
        lines = draw_header(weights, window, width, ink)
        for row in range(window.top, window.top + window.rows):
            lines.append(draw_row(weights, window, row, width, ink))
        lines += self._below(width)[:below]
        return (lines + [blank(width)] * height)[:height]

    def _arranged(self) -> tuple[Window, int]:
        cursor = self._cursor if self.can_focus else NOWHERE
        pinned = self.pinned or NOWHERE
        self._window = replace(self._window, cursor=cursor, pinned=pinned, alone=not self.brief)
        if cursor == NOWHERE and len(self._weights.asks) == 1:
            # Of one row that is too long for the window, what it looks at is in sight.
            self._window = replace(self._window, cursor=(-1, self._weights.darkest(0)))
        captions = len(self._below(self.content_size.width)), self.spared
        window, below = arrange(self._weights, self.content_size, self._window, captions, self.ink)
        self._window = window
        return window, below

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Header, rows and caption."""
        if not self._weights.asks or not self._weights.answers:
            return 1
        rows = min(len(self._weights.asks), _MOST_ROWS)
        captions = len(self._below(width))
        size = width, rows + captions + MOST_HEADER
        window, _ = arrange(self._weights, size, self._window, (captions, captions), self.ink)
        return window.header + rows + captions


def main() -> None:
    """One row of real attention over ten letters."""
    from tui.demos.demo import grid_demo

    grid_demo().run()


if __name__ == "__main__":
    main()
