"""The whole of a maze at a glance: how far the right arrows have spread from the cheese.

A cell is a dot, many to a glyph: in braille eight, in half blocks and in ASCII two. It is drawn
where its arrow is right and the news of the cheese can have reached it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from textual.strip import Strip

from models.mazes.maze import Maze
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, strip

_BRAILLE = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_HALVES, _ASCII_HALVES = "·▀▄█", ".':#"


@dataclass(frozen=True)
class Sight:
    """What of the maze the window shows: its first cell and how many, across and down."""

    left: int
    top: int
    columns: int
    rows: int


def dots(ink: Ink) -> tuple[int, int]:
    """How many cells a glyph stands for, across and down."""
    return (2, 4) if ink.markers == "braille" and not ink.is_ascii else (1, 2)


def overview_size(maze: Maze, ink: Ink) -> tuple[int, int]:
    """Columns and lines that the maze takes."""
    across, down = dots(ink)
    return -(-maze.width // across), -(-maze.height // down)


def draw_overview(
    maze: Maze,
    drawn: Collection[int],
    signs: dict[int, tuple[str, str]],
    sight: Sight,
    ink: Ink,
) -> list[Strip]:
    """The cells that are `drawn`, with `signs` (a glyph and its role) over some cells; what the
    window shows is in a brighter style."""
    across, down = dots(ink)
    columns, rows = overview_size(maze, ink)
    bits = [0] * (columns * rows)
    for cell in drawn:
        y, x = divmod(cell, maze.width)
        bits[y // down * columns + x // across] |= 1 << (y % down * across + x % across)
    over = {
        cell // maze.width // down * columns + cell % maze.width // across: sign
        for cell, sign in signs.items()
    }
    bright = _within(sight, across, down)
    lines = []
    for row in range(rows):
        pieces: list[Piece] = []
        for column in range(columns):
            at = row * columns + column
            if at in over:
                glyph, role = over[at]
            else:
                glyph = _glyph(bits[at], ink)
                role = "seen" if (column, row) in bright else "dim"
            pieces.append((glyph, ink.style(role)))
        lines.append(strip(pieces, columns))
    return lines


def _within(sight: Sight, across: int, down: int) -> frozenset[tuple[int, int]]:
    """The glyphs of the cells in sight."""
    columns = range(sight.left // across, -(-(sight.left + sight.columns) // across))
    rows = range(sight.top // down, -(-(sight.top + sight.rows) // down))
    return frozenset((column, row) for column in columns for row in rows)


def _glyph(bits: int, ink: Ink) -> str:
    if dots(ink) == (1, 2):
        return (_ASCII_HALVES if ink.is_ascii else _HALVES)[bits]
    if not bits:
        return "·"
    return chr(0x2800 + sum(_BRAILLE[n // 2][n % 2] for n in range(8) if bits >> n & 1))
