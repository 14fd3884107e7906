"""A fit over x: the points, what is looked up between them, and the curve they are scattered about.

Below, on the same axis, stands the share of each point at the cursor.
"""

from __future__ import annotations

import math

from textual.strip import Strip

from models.lookup.curve import LEFT, RIGHT, truth
from tui.drawing.attention.weights import number_text
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, paragraph, strip
from tui.drawing.lookup.fit import MARGIN, NARROW, Fit, head, place, sentence
from tui.drawing.lookup.fit_map import draw_map, map_width
from tui.drawing.memory.reach_axis import column

_SHARES = 3
"""Lines of the shares below the curve."""
_GAP = 2
_BESIDE = 64
"""Columns of a plot from which a map fits beside it."""
_BRAILLE = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))


def draw(shown: Fit, cursor: int, mapped: bool, width: int, height: int, ink: Ink) -> list[Strip]:
    """The plot or the map; side by side where there is room for both."""
    beside = map_width(shown)
    if width < _BESIDE + _GAP + beside:
        return (draw_map if mapped else draw_plot)(shown, cursor, width, height, ink)
    left = draw_plot(shown, cursor, width - beside - _GAP, height, ink)
    right = draw_map(shown, cursor, beside, height, ink, headed=False)
    pairs = zip(left, right, strict=True)
    return [Strip.join([one, blank(_GAP), other]) for one, other in pairs]


def draw_plot(shown: Fit, cursor: int, width: int, height: int, ink: Ink) -> list[Strip]:
    """The head, the plot, its axis, and the shares at the cursor with their sum."""
    if width < NARROW or height < _SHARES + 7:
        return paragraph(sentence(shown, cursor), width, height, ink.style("plain"), ink)
    plot = _Plot(shown, width - MARGIN - 1, height - _SHARES - 3, ink)
    return [
        head(shown, cursor, width, ink),
        *plot.lines(cursor),
        _axis(width, ink),
        *_standing(shown, cursor, width, ink),
        _sum(shown, cursor, width, ink),
    ]


class _Plot:
    """Cells by row and column; what is put later lies on top."""

    def __init__(self, shown: Fit, columns: int, rows: int, ink: Ink) -> None:
        self._shown, self._columns, self._rows, self._ink = shown, columns, rows, ink
        self._cells: dict[tuple[int, int], tuple[str, str]] = {}

    def lines(self, cursor: int) -> list[Strip]:
        """Rows with their labels, from the top."""
        here = _column(place(cursor), self._columns)
        for row in range(self._rows):
            self._cells[row, here] = ("|" if self._ink.is_ascii else "┊", "axis")
        self._dashed()
        self._estimate()
        self._points(place(cursor))
        low, high = self._shown.span
        ticks = {self._row(y): y for y in range(int(low), int(high) + 1) if low < y and y % 2}
        return [self._line(row, ticks.get(row)) for row in range(self._rows)]

    def _at(self, y: float) -> float:
        """Where a value lies, in rows from the top."""
        low, high = self._shown.span
        return (high - y) / (high - low) * self._rows

    def _row(self, y: float) -> int:
        return max(0, min(self._rows - 1, int(self._at(y))))

    def _line(self, row: int, tick: int | None) -> Strip:
        ink = self._ink
        label = " " * MARGIN if tick is None else f"{tick:{MARGIN}d}"
        bar = ("|" if tick is None else "+") if ink.is_ascii else ("│" if tick is None else "┤")
        pieces: list[Piece] = [(label + bar, ink.style("axis"))]
        for at in range(self._columns):
            glyph, role = self._cells.get((row, at), (" ", "plain"))
            pieces.append((glyph, ink.style(role)))
        return strip(pieces, self._columns + MARGIN + 1)

    def _dashed(self) -> None:
        """The curve itself, a dash in two columns of three."""
        dash = "-" if self._ink.is_ascii else "╌"
        for at in range(self._columns):
            if at % 3 < 2:
                x = LEFT + (RIGHT - LEFT) * (at + 0.5) / self._columns
                self._cells[self._row(truth(x)), at] = (dash, "series1")

    def _estimate(self) -> None:
        """What is looked up, joined to one line; in braille two places a column."""
        fine = self._ink.markers == "braille" and not self._ink.is_ascii
        across, down = (2, 4) if fine else (1, 1)
        plain = "*" if self._ink.is_ascii else "▪"
        dots: dict[tuple[int, int], int] = {}
        last: int | None = None
        for at in range(self._columns * across):
            x = LEFT + (RIGHT - LEFT) * (at + 0.5) / (self._columns * across)
            level = int(self._at(self._shown.estimate(x)) * down)
            level = max(0, min(self._rows * down - 1, level))
            begin = level if last is None else last
            for y in range(min(begin, level), max(begin, level) + 1):
                cell = (y // down, at // across)
                if fine:
                    dots[cell] = dots.get(cell, 0) | _BRAILLE[y % 4][at % 2]
                glyph = chr(0x2800 + dots[cell]) if fine else plain
                self._cells[cell] = (glyph, "series0")
            last = level

    def _points(self, x: float) -> None:
        """The points: full where they count more than an equal share at `x`, else a ring."""
        full = "@" if self._ink.is_ascii else "●"
        points = zip(self._shown.shares(x), self._shown.xs, self._shown.ys, strict=True)
        for share, at, y in sorted(points):
            counts = share > 1 / len(self._shown.xs)
            glyph = full if counts else self._ink.glyphs.ring
            cell = (self._row(y), _column(at, self._columns))
            self._cells[cell] = (glyph, "cheese" if counts else "dim")


def _column(x: float, columns: int) -> int:
    share = (x - LEFT) / (RIGHT - LEFT)
    return max(0, min(columns - 1, int(share * columns)))


def _axis(width: int, ink: Ink) -> Strip:
    """x from end to end."""
    columns = width - MARGIN - 1
    text = [ink.glyphs.rule] * columns
    for x in range(int(LEFT), int(RIGHT) + 1):
        text[_column(x, columns)] = str(x)
    corner = "+" if ink.is_ascii else "└"
    return strip([(" " * MARGIN + corner + "".join(text), ink.style("axis"))], width)


def _standing(shown: Fit, cursor: int, width: int, ink: Ink) -> list[Strip]:
    """The shares as bars under their points, those of one column added; the largest is full."""
    columns = width - MARGIN - 1
    shares = [0.0] * columns
    for share, x in zip(shown.shares(place(cursor)), shown.xs, strict=True):
        shares[_column(x, columns)] += share
    largest = max(shares)
    bars = [column(one / largest, _SHARES, ink) if one > 0 else " " * _SHARES for one in shares]
    lines = []
    for row in range(_SHARES):
        left = f"{number_text(largest) if row == 0 else '':>{MARGIN}} "
        body = "".join(bar[row] for bar in bars)
        pieces: list[Piece] = [(left[: MARGIN + 1], ink.style("dim")), (body, ink.style("series4"))]
        lines.append(strip(pieces, width))
    return lines


def _sum(shown: Fit, cursor: int, width: int, ink: Ink) -> Strip:
    """What the bars are, their sum, and how many are above an equal share."""
    shares = shown.shares(place(cursor))
    count, equal = len(shares), 1 / len(shares)
    total, above = number_text(math.fsum(shares)), sum(share > equal for share in shares)
    text = f"{'':{MARGIN + 1}}shares sum to {total}; {above} of {count} above 1/{count}"
    return strip([(fit(text, width, ink), ink.style("dim"))], width)
