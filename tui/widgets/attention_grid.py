"""The attention grid: which token reads which, with the exact weight of the cell under the cursor.

A window of the grid is drawn line by line; labels and caption stay where they are while the cells
scroll beneath them. A frame costs the same for 8 tokens and for 1,024.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from tui.drawing.grid import (
    Weights,
    Window,
    describe_cell,
    describe_row,
    draw_header,
    draw_row,
    header_height,
    label_width,
    scale,
    sentence,
)
from tui.drawing.ink import Ink
from tui.drawing.lines import blank, changed_regions, paragraph
from tui.widgets.view import View

_SUM = 7
"""Columns for the sum at the end of a row."""
_LEAST_ROWS = 4
"""With fewer rows than this in sight the caption shrinks to one line."""
_MOST_ROWS = 32
"""Rows that the grid asks room for; more of them scroll."""

HELP = """\
### The attention grid

Each **row asks**: it is one token looking for something. Each **column answers**. A cell says how
much of the column's value goes into the row; a row adds up to 1. The darker the glyph, the larger
the weight; `×` (ascii `x`) is not zero but forbidden: the mask removed it before the softmax.

"Uniform" is what every cell would be if the row looked everywhere alike: only what is well above
it says anything. A dark cell shows where a head looks, not that the answer depends on it.

**Arrows** move the cursor, **d** shows digits instead of shades.
"""


class AttentionGrid(View):
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
        self._top = self._left = 0
        self._digits = False
        self._lines: list[Strip] = []

    # What is asked of it

    def show(self, weights: Weights, cursor: tuple[int, int] | None = None) -> None:
        """Show other weights; the cursor stays on its cell unless told where to go."""
        self._weights = weights
        self.move_to(*(cursor or self._cursor))
        self.redraw()

    def arrived(self) -> None:
        """Rows that were on their way are here, or have changed."""
        self._weights.forget()
        self._show_change()

    def move_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or the nearest there is."""
        last_row, last_column = len(self._weights.asks) - 1, len(self._weights.answers) - 1
        cursor = (max(0, min(row, last_row)), max(0, min(column, last_column)))
        if cursor != self._cursor:
            self._cursor = cursor
            self.post_message(self.Moved(*cursor))
        self._show_change()

    @property
    def weights(self) -> Weights:
        """What is shown."""
        return self._weights

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

    def action_digits(self) -> None:
        """Digits or shades."""
        self._digits = not self._digits
        self._show_change()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is."""
        offset = event.get_content_offset(self)
        if offset is None or not self._weights.asks:
            return
        window = self._window()
        x = offset.x - label_width(self._weights, self.ink)
        y = offset.y - header_height(self._weights, self.ink)
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
    def _caption_height(self) -> int:
        """All of it where there is room for some rows; else only the cell under the cursor."""
        whole = 3 + bool(self._weights.without)
        header = header_height(self._weights, self.ink)
        least = min(_LEAST_ROWS, len(self._weights.asks))
        return whole if self.content_size.height - header - whole >= least else 1

    def _caption(self, width: int) -> list[Strip]:
        weights, ink = self._weights, self.ink
        rows = [
            (describe_cell(weights, *self._cursor), "strong"),
            (describe_row(weights, self._cursor[0]), "dim"),
            (scale(ink), "dim"),
            (weights.without, "plain"),
        ]
        lines = []
        for words, role in rows[: self._caption_height]:
            lines += paragraph(words, width, 1, ink.style(role), ink)
        return lines

    def _window(self) -> Window:
        width, height = self.content_size
        weights, ink = self._weights, self.ink
        pitch = 4 if self._digits else 2
        free = height - header_height(weights, ink) - self._caption_height
        rows = min(len(weights.asks), free)
        columns = min(len(weights.answers), (width - label_width(weights, ink) - 1 - _SUM) // pitch)
        self._top = _scrolled(self._top, self._cursor[0], rows, len(weights.asks))
        self._left = _scrolled(self._left, self._cursor[1], columns, len(weights.answers))
        return Window(
            self._top, self._left, max(0, rows), max(0, columns), self._cursor, self._digits
        )

    def _draw(self) -> list[Strip]:
        (width, height), ink, weights = self.content_size, self.ink, self._weights
        if not weights.asks or not weights.answers:
            return paragraph(self.sentence, width, height, ink.style("dim"), ink)
        window = self._window()
        if window.rows < 1 or window.columns < 1:
            return paragraph(self.sentence, width, height, ink.style("plain"), ink)
        lines = draw_header(weights, window, width, ink)
        for row in range(window.top, window.top + window.rows):
            lines.append(draw_row(weights, window, row, width, ink))
        lines += self._caption(width)
        return (lines + [blank(width)] * height)[:height]

    def _show_change(self) -> None:
        """Paint the cells that differ from what is on the screen."""
        if self.is_attached and self.content_size.area:
            before, self._lines = self._lines, self._draw()
            self.repaint(changed_regions(before, self._lines))

    def redraw(self) -> None:
        """Draw everything again."""
        if self.is_attached and self.content_size.area:
            self._lines = self._draw()
        super().redraw()

    def on_resize(self, event: events.Resize) -> None:
        """Another size, another window."""
        self._lines = self._draw()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Line `y`: the columns' tokens, the rows, the caption."""
        if len(self._lines) != self.content_size.height:
            self._lines = self._draw()
        return self.paint(self._lines[y]) if y < len(self._lines) else self.blank_line()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Header, rows and caption."""
        if not self._weights.asks:
            return 1
        rows = min(len(self._weights.asks), _MOST_ROWS)
        return header_height(self._weights, self.ink) + rows + 3 + bool(self._weights.without)


def _scrolled(start: int, focus: int, size: int, whole: int) -> int:
    """Where a window begins that shows `focus`, moving no more than it must."""
    if size <= 0 or whole <= size:
        return 0
    return max(0, min(max(start, focus - size + 1), focus, whole - size))


def main() -> None:
    """One row of real attention over ten letters."""
    from tui.widgets.demos import grid_demo

    grid_demo().run()


if __name__ == "__main__":
    main()
