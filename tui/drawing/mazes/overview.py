"""The whole of a maze at a glance: how far the right arrows have spread from the cheese.

A glyph stands for eight cells, two across and four down: in braille with a dot for each, else
darker for more of them. A cell is drawn where its arrow is right and news of the cheese can have
come.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from textual.strip import Strip

from models.mazes.maze import Maze
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, strip

_BRAILLE = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_SHADES, _ASCII_SHADES = "·░▒▓█", ".-=+#"
ACROSS, DOWN = 2, 4
"""Cells that a glyph stands for."""

Sign = tuple[str, str]
"""A glyph and its role."""


@dataclass(frozen=True)
class Sight:
    """What of the maze the window shows: its first cell and how many, across and down."""

    left: int
    top: int
    columns: int
    rows: int


def overview_size(maze: Maze) -> tuple[int, int]:
    """Columns and lines that the maze takes."""
    return -(-maze.width // ACROSS), -(-maze.height // DOWN)


class Overview:
    """Draws one maze in one ink again and again; lines that stay the same are kept."""

    def __init__(self, maze: Maze, ink: Ink) -> None:
        self.maze, self.ink = maze, ink
        self.columns, self.rows = overview_size(maze)
        self._drawn: frozenset[int] = frozenset()
        self._bits = [0] * (self.columns * self.rows)
        self._about: tuple[Mapping[int, Sign], Sight] | None = None
        self._lines: dict[int, Strip] = {}

    def draw(self, drawn: frozenset[int], signs: Mapping[int, Sign], sight: Sight) -> list[Strip]:
        """The cells that are `drawn`, with `signs` over some cells; brighter what the window
        shows."""
        if self._about != (signs, sight):
            self._about, self._lines = (dict(signs), sight), {}
        for cell in self._drawn ^ drawn:
            y, x = divmod(cell, self.maze.width)
            self._bits[self._glyph_of(cell)] ^= 1 << (y % DOWN * ACROSS + x % ACROSS)
            self._lines.pop(y // DOWN, None)
        self._drawn = drawn
        over = {self._glyph_of(cell): sign for cell, sign in signs.items()}
        for row in range(self.rows):
            if row not in self._lines:
                self._lines[row] = self._line(row, over, sight)
        return [self._lines[row] for row in range(self.rows)]

    def _line(self, row: int, over: Mapping[int, Sign], sight: Sight) -> Strip:
        drawn, empty = ("frontier", "seen"), ("dim", "faint")  # in sight, and out of it
        rows = range(sight.top // DOWN, -(-(sight.top + sight.rows) // DOWN))
        columns = range(sight.left // ACROSS, -(-(sight.left + sight.columns) // ACROSS))
        pieces: list[Piece] = []
        for column in range(self.columns):
            at = row * self.columns + column
            if at in over:
                glyph, role = over[at]
                pieces.append((glyph, self.ink.style(role)))
            else:
                bits, outside = self._bits[at], not (row in rows and column in columns)
                role = (drawn if bits else empty)[outside]
                pieces.append(
                    (_glyph(bits, self.ink.is_ascii, self.ink.markers), self.ink.style(role))
                )
        return strip(pieces, self.columns)

    def _glyph_of(self, cell: int) -> int:
        """Where the glyph of a cell stands."""
        y, x = divmod(cell, self.maze.width)
        return y // DOWN * self.columns + x // ACROSS


@lru_cache(maxsize=1024)
def _glyph(bits: int, is_ascii: bool, markers: str) -> str:
    shade = -(-bits.bit_count() // 2)
    if is_ascii:
        return _ASCII_SHADES[shade]
    if markers != "braille" or not bits:
        return _SHADES[shade]
    return chr(0x2800 + sum(_BRAILLE[n // 2][n % 2] for n in range(8) if bits >> n & 1))
