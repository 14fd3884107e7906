"""A small canvas of cells: fine lines in braille, blocks or ASCII, and signs on top of them."""

from __future__ import annotations

from textual.content import Content

from tui.drawing.ink import Ink

_BRAILLE = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BLOCKS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""By bits: upper left, upper right, lower left, lower right."""

_DASH = 4
"""Half dots in a dash of a broken line, and in a gap of it."""

_Dots = tuple[frozenset[tuple[int, int]], str, str]
"""The dots of a cell, their style, and the sign for them in ASCII."""
_NOTHING: _Dots = (frozenset(), "", " ")


class Canvas:
    """Cells from the upper left. Places between them are fractions of a cell."""

    def __init__(self, width: int, height: int, ink: Ink) -> None:
        self.width, self.height = width, height
        self._ink = ink
        self._fine = {"braille": (2, 4), "block": (2, 2)}.get(ink.markers, (1, 1))
        if ink.is_ascii:
            self._fine = (1, 1)
        self._dots: dict[tuple[int, int], _Dots] = {}
        self._signs: dict[tuple[int, int], tuple[str, str]] = {}

    def put(self, column: int, row: int, text: str, style: str = "") -> None:
        """Write a text from a cell on; what lies outside is left out."""
        for offset, char in enumerate(text):
            if 0 <= column + offset < self.width and 0 <= row < self.height:
                self._signs[column + offset, row] = (char, style)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        style: str,
        plain: str = ".",
        *,
        broken: bool = False,
    ) -> None:
        """A straight line between two places `(column, row)`, centres of cells at whole numbers.

        A `broken` line has gaps, which tell it from a whole one where colours are not to be had.
        In ASCII a line is made of the sign `plain`.
        """
        across, down = self._fine
        x0, y0 = (start[0] + 0.5) * across, (start[1] + 0.5) * down
        x1, y1 = (end[0] + 0.5) * across, (end[1] + 0.5) * down
        steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0)) * 2))
        for step in range(steps + 1):
            if broken and step // _DASH % 2 and self._fine != (1, 1):
                continue
            x = x0 + (x1 - x0) * step / steps
            y = y0 + (y1 - y0) * step / steps
            self._dot(int(x), int(y), style, plain)

    def rows(self) -> list[Content]:
        """The canvas, line by line."""
        return [
            Content.assemble(*(self._cell(column, row) for column in range(self.width))).rstrip()
            for row in range(self.height)
        ]

    def _dot(self, x: int, y: int, style: str, plain: str) -> None:
        across, down = self._fine
        cell = (x // across, y // down)
        if 0 <= cell[0] < self.width and 0 <= cell[1] < self.height:
            dots = self._dots.get(cell, _NOTHING)[0] | {(x % across, y % down)}
            self._dots[cell] = (dots, style, plain)

    def _cell(self, column: int, row: int) -> tuple[str, str]:
        if sign := self._signs.get((column, row)):
            return sign
        dots, style, plain = self._dots.get((column, row), _NOTHING)
        if not dots:
            return (" ", "")
        if self._fine == (2, 4):
            return (chr(0x2800 + sum(_BRAILLE[y][x] for x, y in dots)), style)
        if self._fine == (2, 2):
            return (_BLOCKS[sum(1 << (2 * y + x) for x, y in dots)], style)
        return (plain, style)
