"""A film's chart with the rule at the step that is shown, and the line below it that one scrubs.

Chart, strips and line share one axis: a column of the one is the same step as in the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, fit, strip
from tui.drawing.training.chart import MARGIN, column_of

Points = Sequence[tuple[float, float]]

GAP = 2
"""Columns between the axis and what is told beside it."""

# The chart


@dataclass(frozen=True)
class Drawn:
    """What a chart draws. A name without points keeps its mark free."""

    title: str
    curves: Mapping[str, Points]
    ghosts: Mapping[str, Points]
    behind: str = ""
    """What the ghosts are called."""
    levels: tuple[tuple[str, float], ...] = ()
    log: bool = False
    span: tuple[float, float] | None = None
    end: float = 0.0
    turns: tuple[float, ...] = ()


def crossed(line: Strip, columns: Mapping[int, str], ink: Ink) -> Strip:
    """A line of the chart with a vertical rule in some columns, each in the style of a role.

    What is drawn there stays and takes the style; the rule fills what is blank.
    """
    for column, role in columns.items():
        if 0 <= column < line.cell_length:
            here = line.crop(column, column + 1).text
            glyph = here if here.strip() else rule(role, ink)
            cell = Strip([Segment(glyph, ink.style(role))])
            line = Strip.join([line.crop(0, column), cell, line.crop(column + 1)])
    return line


def rule(role: str, ink: Ink) -> str:
    """The vertical rule at the step that is shown, or at the one that is pinned."""
    if ink.is_ascii:
        return "|" if role == CURSOR else ":"
    return "│" if role == CURSOR else "┊"


CURSOR, PIN = "accent", "key"
"""The roles of the step that is shown and of the one that is pinned."""


# The line


@dataclass(frozen=True)
class Line:
    """The line that one scrubs: where one is, what is pinned, and what there is along the way."""

    step: float
    right: float
    pin: float | None = None
    pictures: Sequence[float] = ()
    bookmarks: Sequence[float] = ()
    words: str = ""


def draw_line(line: Line, left: int, width: int, ink: Ink) -> Strip:
    """The line in `left` columns, and the words to its right."""
    axis = left - MARGIN
    signs = SIGNS["ascii" if ink.is_ascii else "all"]
    cells: list[Piece] = [(signs[0], ink.style("axis"))] * axis
    for steps, sign, role in (
        (line.pictures, signs[1], "axis"),
        (line.bookmarks, signs[2], "helped"),
        (() if line.pin is None else (line.pin,), signs[3], PIN),
        ((line.step,), signs[4], CURSOR),
    ):
        for step in steps:
            place = column_of(step, line.right, axis)
            if 0 <= place < axis:
                cells[place] = (sign, ink.style(role))
    words = fit(ink.words(line.words), width - left - GAP, ink)
    end: Piece = (" " * GAP + words, ink.style("plain"))
    return strip([(" " * MARGIN, ink.style("plain")), *cells, end], width)


SIGNS = {"all": "─┴★▽◆", "ascii": "-'*v@"}
"""Of the line: nothing, a picture, a bookmark, the pinned step, the step that is shown."""
