"""The whole of a long grid in half blocks, and which part of it the window shows.

Each glyph stands for two patches, one above the other; a patch is drawn where one of its weights
is many times an equal share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.attention.grid_window import Window
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, paragraph, strip

LARGE = 10
"""So many times an equal share is drawn."""
LEAST = (8, 4)
"""Columns and lines below which nothing is drawn."""


@dataclass(frozen=True)
class Overview:
    """The largest weight of each patch of a grid, as a multiple of an equal share in its row; and
    how large the grid is."""

    patches: Sequence[Sequence[float]]
    size: tuple[int, int]
    """Rows and columns of the grid."""


def draw_minimap(
    overview: Overview, window: Window, width: int, height: int, ink: Ink
) -> list[Strip]:
    """The whole grid in exactly `height` lines, a bar along the rows and the columns in sight."""
    if not overview.patches or width < LEAST[0] or height < LEAST[1]:
        return [blank(width)] * height
    rows, columns = overview.size
    across, down = width - 2, 2 * (height - 3)
    patches = _pooled(overview.patches, down, across)
    shown = (len(patches) + 1) // 2
    title = f"all {rows} × {columns}"
    lines = [strip([(fit(ink.words(title), width, ink), ink.style("dim"))], width)]
    seen_rows = _seen(window.top, window.rows, rows, len(patches))
    seen_columns = _seen(window.left, window.columns, columns, len(patches[0]))
    for line in range(shown):
        inside = any(row in seen_rows for row in (2 * line, 2 * line + 1))
        edge = ink.glyph("bar") if inside else " "
        pieces: list[Piece] = [(edge, ink.style("accent"))]
        below = patches[2 * line + 1] if 2 * line + 1 < len(patches) else [0.0] * len(patches[0])
        for column, (top, bottom) in enumerate(zip(patches[2 * line], below, strict=True)):
            role = "strong" if inside and column in seen_columns else "dim"
            pieces.append((_half(top >= LARGE, bottom >= LARGE, ink), ink.style(role)))
        lines.append(strip(pieces, width))
    rule = ink.glyphs.walked[0]
    bar = "".join(rule if column in seen_columns else " " for column in range(len(patches[0])))
    lines.append(strip([(" ", ink.style("plain")), (bar, ink.style("accent"))], width))
    told = f"drawn: {LARGE} times an equal share and more"
    lines += paragraph(told, width, max(0, height - len(lines)), ink.style("dim"), ink)
    return (lines + [blank(width)] * height)[:height]


def _half(top: bool, bottom: bool, ink: Ink) -> str:
    glyphs = " '.:" if ink.is_ascii else "·▀▄█"
    return glyphs[top + 2 * bottom]


def _pooled(patches: Sequence[Sequence[float]], down: int, across: int) -> list[list[float]]:
    """At most so many patches, each the largest of what it is made of."""
    tall, wide = -(-len(patches) // down), -(-len(patches[0]) // across)
    return [
        [
            max(value for row in patches[top : top + tall] for value in row[left : left + wide])
            for left in range(0, len(patches[0]), wide)
        ]
        for top in range(0, len(patches), tall)
    ]


def _seen(first: int, count: int, whole: int, patches: int) -> range:
    """The patches that a window is over."""
    scale = patches / whole
    return range(int(first * scale), max(int(first * scale) + 1, -int(-(first + count) * scale)))
