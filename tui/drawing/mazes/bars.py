"""Standing bars, one a loop or a step, with an arrow up to that of now.

right  ▂▂▃▄▅▆▇████
          ↑ loop 3
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, strip
from tui.drawing.memory.reach_axis import Axis, column


@dataclass(frozen=True)
class Row:
    """Shares from 0 to 1 of the places of an axis that are drawn, behind a label."""

    label: str
    shares: Sequence[float]
    tall: int = 1
    """Lines of a bar."""


def bars(row: Row, axis: Axis, width: int, ink: Ink) -> list[Strip]:
    """A standing bar for each place, lit up to the cursor."""
    here = axis.shown.index(axis.cursor)
    columns = [column(share, row.tall, ink) for share in row.shares]
    lines = []
    for y in range(row.tall):
        label = row.label if y == row.tall - 1 else " " * len(row.label)
        pieces: list[Piece] = [(label, ink.style("dim"))]
        for place, standing in enumerate(columns):
            role = "accent" if place == here else "strip" if place < here else "faint"
            pieces.append((standing[y] * axis.pitch, ink.style(role)))
        lines.append(strip(pieces, width))
    return lines


def pointer(axis: Axis, words: str, label: int, width: int, ink: Ink) -> Strip:
    """An arrow up to the bar of now, with what it is beside it; labels take so many columns."""
    at = label + axis.shown.index(axis.cursor) * axis.pitch + (axis.pitch - 1) // 2
    arrow, style = ink.glyphs.arrows[0], ink.style("accent")
    if at + 2 + len(words) <= width:
        return strip([(" " * at, style), (f"{arrow} {words}", style)], width)
    before = f"{words} {arrow}".rjust(at + 1)
    return strip([(before, style)], width)
