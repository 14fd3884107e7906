"""The weights of a fit as a map: a row for each place that asks, a column for each point."""

from __future__ import annotations

import math
from collections.abc import Sequence

from textual.strip import Strip

from tui.drawing.attention.weights import number_text
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, fit, paragraph, strip
from tui.drawing.lookup.fit import MARGIN, NARROW, STEPS, Fit, head, place, sentence

_SUM = 8
"""Columns behind the shades."""


def map_width(shown: Fit) -> int:
    """The columns that a map of all points takes."""
    return MARGIN + 1 + len(shown.xs) + _SUM


def draw_map(
    shown: Fit, cursor: int, width: int, height: int, ink: Ink, headed: bool = True
) -> list[Strip]:
    """A shade for each share, the row of the cursor marked, the sum at the end of each row."""
    if width < NARROW or height < 6:
        return paragraph(sentence(shown, cursor), width, height, ink.style("plain"), ink)
    rows = height - 2 - headed
    columns = min(width - MARGIN - 1 - _SUM, len(shown.xs))
    asked = [round(STEPS * row / (rows - 1)) for row in range(rows)]
    here = min(range(rows), key=lambda row: abs(asked[row] - cursor))
    asked[here] = cursor
    text = f"{'x':>{MARGIN}} " + fit("points, left to right", columns, ink).ljust(columns) + "  sum"
    lines = [head(shown, cursor, width, ink)] if headed else []
    lines.append(strip([(text, ink.style("dim"))], width))
    lines += [_row(shown, asks, row == here, columns, width, ink) for row, asks in enumerate(asked)]
    scale = " ".join(ink.glyphs.shades)
    told = f"{'':{MARGIN + 1}}{scale}  from 0 to .6 and more"
    return [*lines, strip([(told, ink.style("dim"))], width)]


def _row(shown: Fit, asks: int, here: bool, columns: int, width: int, ink: Ink) -> Strip:
    x = place(asks)
    shares = _gathered(shown.shares(x), columns)
    pieces: list[Piece] = [
        (f"{x:{MARGIN}.2f}", ink.style("accent" if here else "axis")),
        (ink.glyphs.pointer if here else " ", ink.style("accent")),
    ]
    for share in shares:
        # What is nought stays empty, so that a kernel that ends is told from one that does not.
        level = ink.level(share)
        pieces.append((ink.glyphs.shades[level] if share else " ", ink.style(f"heat{level}")))
    total = number_text(math.fsum(shares))
    pieces.append((f"  {total}", ink.style("strong" if here else "dim")))
    return strip(pieces, width)


def _gathered(shares: Sequence[float], columns: int) -> list[float]:
    """Shares of neighbours added up where there are more points than columns."""
    found = [0.0] * columns
    for at, share in enumerate(shares):
        found[at * columns // len(shares)] += share
    return found
