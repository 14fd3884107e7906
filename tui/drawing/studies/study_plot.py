"""The plot of a study: marks for every seed, their spread, a line from median to median."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from rich.cells import cell_len
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import strip
from tui.drawing.studies.study import Line, Picture
from tui.drawing.ticks import linear_ticks, short
from tui.drawing.training.chart import mark, reference_mark
from tui.drawing.training.chart_bet import bet_mark

LABEL = 6
"""Columns for the numbers at the y axis."""
_MARGIN = 3
"""Columns before the first place and behind the last."""
_APART = 4
"""Columns between two marks of what was drawn: never to be taken for a line."""
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille cell, by its row and column."""


@dataclass
class _Canvas:
    """Cells by row and column; what is put later lies on top."""

    width: int
    height: int
    top: float
    ink: Ink
    cells: dict[tuple[int, int], tuple[str, str]] = field(default_factory=dict)
    dots: dict[tuple[int, int], int] = field(default_factory=dict)

    def put(self, row: int, column: int, glyph: str, role: str) -> None:
        """One glyph."""
        if 0 <= row < self.height and 0 <= column < self.width:
            self.cells[row, column] = (glyph, role)

    def dot_row(self, value: float) -> float:
        """Where a value lies, in quarters of a row from the top."""
        share = min(1.0, max(0.0, value / self.top))
        return (1 - share) * (4 * self.height - 4) + 1.5

    def row(self, value: float) -> int:
        """The row that a value lies in."""
        return int(self.dot_row(value) // 4)

    def line(self, begin: tuple[int, float], end: tuple[int, float], role: str) -> None:
        """A straight line between two columns and their values."""
        (x0, y0), (x1, y1) = ((2 * x, self.dot_row(v)) for x, v in (begin, end))
        steps = max(1, round(max(abs(x1 - x0), abs(y1 - y0))))
        for n in range(steps + 1):
            x, y = round(x0 + (x1 - x0) * n / steps), int(y0 + (y1 - y0) * n / steps)
            cell = (y // 4, x // 2)
            if self.ink.markers == "braille" and not self.ink.is_ascii:
                self.dots[cell] = self.dots.get(cell, 0) | _DOTS[y % 4][x % 2]
                self.put(*cell, chr(0x2800 + self.dots[cell]), role)
            else:
                self.put(*cell, "." if self.ink.is_ascii else "·", role)

    def strips(self, left: list[str]) -> list[Strip]:
        """All rows, each after its label."""
        lines = []
        for row in range(self.height):
            pieces = [(left[row], self.ink.style("axis"))]
            for column in range(self.width):
                glyph, role = self.cells.get((row, column), (" ", "plain"))
                pieces.append((glyph, self.ink.style(role)))
            lines.append(strip(pieces, self.width + len(left[row])))
        return lines


def draw_plot(
    picture: Picture, cursor: int | None, width: int, height: int, ink: Ink
) -> list[Strip]:
    """`height` rows of plot, the axis, and the names of the places; on paper without a cursor."""
    canvas = _Canvas(max(8, width - LABEL), height, picture.top, ink)
    columns = _columns(picture, canvas.width)
    vertical = ink.glyphs.ahead[1]
    for row in range(height if cursor is not None else 0):
        canvas.put(row, columns[cursor or 0], vertical, "faint")
    if picture.chance is not None:
        for column in range(canvas.width):
            canvas.put(canvas.row(picture.chance), column, reference_mark(ink), "reference")
    for line in picture.lines:
        _sketch(canvas, line, columns)
    shift = (len(picture.lines) - 1) // 2
    for index, line in enumerate(picture.lines):
        _joined(canvas, line, [column + index - shift for column in columns], index)
    for index, line in enumerate(picture.lines):
        _marks(canvas, line, [column + index - shift for column in columns], index)
    lines = canvas.strips(_labels(picture, canvas))
    return [
        line.adjust_cell_length(width)
        for line in [*lines, *_axis(picture, cursor, columns, canvas)]
    ]


def _columns(picture: Picture, width: int) -> list[int]:
    """The column of each place."""
    room = max(1, width - 2 * _MARGIN - 1)
    return [_MARGIN + round(spot * room) for spot in picture.spots]


def _joined(canvas: _Canvas, line: Line, columns: list[int], index: int) -> None:
    """The line from median to median, over what is not there yet too."""
    there = [(column, line.middle(place)) for place, column in enumerate(columns)]
    known = [(column, value) for column, value in there if value is not None]
    canvas.dots.clear()
    for begin, end in pairwise(known):
        canvas.line(begin, end, f"series{index % 6}")


def _marks(canvas: _Canvas, line: Line, columns: list[int], index: int) -> None:
    """Every seed's mark, and a bar from the lowest to the highest."""
    role, ink = f"series{index % 6}", canvas.ink
    for place, column in enumerate(columns):
        rows = [canvas.row(value) for value in line.at(place)]
        for row in range(min(rows, default=0), max(rows, default=0)):
            canvas.put(row, column, ink.glyphs.bar, role)
        for row in rows:
            canvas.put(row, column, mark(index, ink), role)


def _sketch(canvas: _Canvas, line: Line, columns: list[int]) -> None:
    """What the learner drew: a mark at every place, and a few between."""
    places = zip(columns, line.sketch, strict=False)
    drawn = [(column, value) for column, value in places if value is not None]
    spots = drawn[-1:]
    for (x0, y0), (x1, y1) in pairwise(drawn):
        spots += [(x, y0 + (y1 - y0) * (x - x0) / max(1, x1 - x0)) for x in range(x0, x1, _APART)]
    for column, value in spots:
        canvas.put(canvas.row(value), column, bet_mark(canvas.ink), "accent")


def _labels(picture: Picture, canvas: _Canvas) -> list[str]:
    """What stands left of each row: a number or the axis alone."""
    marked = {canvas.row(tick): text for tick, text in _ticks(picture, canvas.height)}
    tick, side = ("+", "|") if canvas.ink.is_ascii else ("┤", "│")
    return [
        marked[row].rjust(LABEL - 1) + tick if row in marked else " " * (LABEL - 1) + side
        for row in range(canvas.height)
    ]


def _ticks(picture: Picture, height: int) -> Iterator[tuple[float, str]]:
    if picture.form == "percent":
        quarters = 4 if height >= 9 else 2
        for n in range(quarters + 1):
            yield n / quarters, f"{100 * n // quarters} %"
    else:
        for tick in linear_ticks(0, picture.top, max(2, height // 3)):
            yield tick, short(tick)


def _axis(picture: Picture, cursor: int | None, columns: list[int], canvas: _Canvas) -> list[Strip]:
    """The axis, with how far each place is, and under it their names."""
    ink, width = canvas.ink, canvas.width
    corner, rule, done = ("+", "-", "+") if ink.is_ascii else ("└", "─", "┴")
    glyphs = {"done": done, "going": ink.glyphs.helped, "open": ink.glyphs.open}
    glyphs["failed"] = ink.glyphs.cross
    cells = [(rule, "axis")] * width
    for place, column in enumerate(columns):
        state = picture.states[place]
        cells[column] = (glyphs[state], "bad" if state == "failed" else "axis")
    pieces = [(" " * (LABEL - 1) + corner, ink.style("axis"))]
    pieces += [(glyph, ink.style(role)) for glyph, role in cells]
    return [strip(pieces, width + LABEL), _names(picture, cursor, columns, canvas)]


def _names(picture: Picture, cursor: int | None, columns: list[int], canvas: _Canvas) -> Strip:
    """The places by name; the cursor's always, the others where there is room."""
    order = sorted(range(len(columns)), key=lambda place: place != cursor)
    taken: set[int] = set()
    begin: dict[int, int] = {}
    for place in order:
        name = picture.places[place]
        at = max(0, min(columns[place] - cell_len(name) // 2, canvas.width - cell_len(name)))
        span = set(range(at - 1, at + cell_len(name) + 1))
        if not span & taken:
            begin[at], taken = place, taken | span
    pieces, column = [(" " * LABEL, canvas.ink.style("plain"))], 0
    for at, place in sorted(begin.items()):
        name = picture.places[place]
        pieces.append((" " * (at - column), canvas.ink.style("plain")))
        pieces.append((name, canvas.ink.style("chosen" if place == cursor else "plain")))
        column = at + cell_len(name)
    over = "  " + picture.over
    if column + cell_len(over) <= canvas.width:
        pieces.append((over, canvas.ink.style("dim")))
    return strip(pieces, canvas.width + LABEL)
