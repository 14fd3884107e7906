"""The table of a film: a strip for each metric over the axis of the chart, and everyone's value."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, fit, strip
from tui.drawing.memory.states import low
from tui.drawing.training.chart import MARGIN, column_of
from tui.drawing.training.film import GAP, Points

Value = str

AS_OF = 7
"""Columns that say at which step a value was measured."""
BRIEF = 4
"""From so many values in a line on they are written as short as they go."""
WIDEST = 8
"""Columns of a value at most."""


def value_width(heads: int) -> int:
    """Columns of a value at least, of so many in a line."""
    return 5 if heads >= BRIEF else 7


@dataclass(frozen=True)
class Track:
    """One metric: its curve in the strip, and what is told of everyone at the step."""

    name: str
    points: Points
    values: tuple[Value, ...] = ()
    as_of: str = ""
    """The earlier step at which it was measured, where it was not at this one."""
    span: str = ""
    """From where to where its curve goes."""


@dataclass(frozen=True)
class Table:
    """The metrics of a film at one step. `heads` stand over the values, `who` over the strips."""

    who: str
    heads: tuple[tuple[str, str], ...]
    """Glyph or words, and a role."""
    tracks: tuple[Track, ...]
    right: float
    """The step at the right end of the axis."""


def column_values(points: Points, columns: int, right: float) -> tuple[float | None, ...]:
    """A curve as one number a column of an axis from 0 to `right`: the mean of what lies in the
    column, or else the value before it; None before the first point and after the last."""
    if not points or columns < 1:
        return (None,) * max(0, columns)
    wide = right / max(1, columns - 1)
    borders = [
        bisect_left(points, (column - 0.5) * wide, key=lambda point: point[0])
        for column in range(columns + 1)
    ]
    found: list[float | None] = []
    for column, (begin, end) in enumerate(pairwise(borders)):
        inside = [y for _, y in points[begin:end] if math.isfinite(y)]
        if inside:
            found.append(sum(inside) / len(inside))
        elif end > begin:
            found.append(math.nan)
        elif begin and (column - 0.5) * wide <= points[-1][0]:
            found.append(points[begin - 1][1])
        else:
            found.append(None)
    return tuple(found)


def sparkline(values: Sequence[float | None], ink: Ink) -> str:
    """A glyph a value, from the lowest to the highest; `!` where it is no finite number."""
    finite = [value for value in values if value is not None and math.isfinite(value)]
    least, most = min(finite, default=0.0), max(finite, default=0.0)
    glyphs = low(ink)

    def glyph(value: float | None) -> str:
        if value is None:
            return " "
        if not math.isfinite(value):
            return "!"
        if most <= least:
            return glyphs[len(glyphs) // 2 if least else 0]
        return glyphs[round((value - least) / (most - least) * (len(glyphs) - 1))]

    return "".join(map(glyph, values))


@dataclass(frozen=True)
class Columns:
    """Where things stand in a table: the strips to the left, labels and values to the right."""

    axis: int
    """Columns of the axis, without its margin."""
    label: int
    value: int
    as_of: int
    span: int

    @classmethod
    def of(cls, table: Table, left: int, width: int) -> Columns:
        """`left` columns for the strips; the date goes first where values need the room."""
        room = width - left - GAP
        label = max([cell_len(track.name) for track in table.tracks], default=0) + 1
        many = max(1, len(table.heads))
        as_of = AS_OF if room >= label + many * value_width(many) + AS_OF else 0
        value = max(1, min(WIDEST, (room - label - as_of) // many))
        span = max([0, *(cell_len(track.span) for track in table.tracks)]) + 3
        span = span if room >= label + many * value + as_of + span else 0
        return cls(left - MARGIN, label, value, as_of, span)


def draw_table(
    table: Table,
    sparks: Sequence[str],
    steps: tuple[float, float | None],
    left: int,
    size: tuple[int, int],
    ink: Ink,
) -> list[Strip]:
    """The heads and as many metrics as `size` (columns, lines) has room for.

    `sparks` are the strips that `sparkline` made of the tracks; `steps` are the one that is shown
    and the one that is pinned.
    """
    width, height = size
    at = Columns.of(table, left, width)
    lines = [_heads(table, at, left, width, ink)]
    now = column_of(steps[0], table.right, at.axis)
    pin = None if steps[1] is None else column_of(steps[1], table.right, at.axis)
    for track, spark in zip(table.tracks, sparks, strict=False):
        if len(lines) == height:
            break
        pieces: list[Piece] = [(" " * MARGIN, ink.style("plain"))]
        pieces += _marked(spark, now, pin, ink)
        pieces += _told(track, table, at, ink)
        lines.append(strip(pieces, width))
    return lines[:height]


def _heads(table: Table, at: Columns, left: int, width: int, ink: Ink) -> Strip:
    who = fit(ink.words(table.who), left - MARGIN, ink)
    pieces: list[Piece] = [
        ((" " * MARGIN + who).ljust(left + GAP + at.label), ink.style("dim")),
    ]
    for words, role in table.heads:
        pieces.append((fit(words, at.value, ink).rjust(at.value), ink.style(role)))
    if at.as_of and any(track.as_of for track in table.tracks):
        pieces.append(("at".rjust(at.as_of), ink.style("dim")))
    return strip(pieces, width)


def _marked(spark: str, now: int, pin: int | None, ink: Ink) -> list[Piece]:
    """A strip with the step that is shown in bold, and the pinned one underlined."""
    marks = {} if pin is None else {pin: ink.style("pinned")}
    marks[now] = ink.style("strong")
    pieces: list[Piece] = []
    begin = 0
    for column in sorted(marks):
        if 0 <= column < len(spark):
            pieces += [(spark[begin:column], ink.style("strip"))]
            pieces += [(spark[column], marks[column])]
            begin = column + 1
    return [*pieces, (spark[begin:], ink.style("strip"))]


def _told(track: Track, table: Table, at: Columns, ink: Ink) -> list[Piece]:
    """The name of a metric, everyone's value, and when it was measured."""
    pieces: list[Piece] = [(" " * GAP + track.name.ljust(at.label), ink.style("plain"))]
    for words, (_, role) in zip(track.values, table.heads, strict=False):
        style = ink.style("dim" if not words.strip(MISSING) else role)
        pieces.append((words[: at.value - 1].rjust(at.value), style))
    if at.as_of:
        pieces.append((track.as_of.rjust(at.as_of), ink.style("dim")))
    if at.span:
        pieces.append(("   " + ink.words(track.span), ink.style("dim")))
    return pieces


MISSING = "-–"
"""What stands where somebody has no value."""
