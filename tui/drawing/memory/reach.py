"""How far back an answer reaches: along the way, a bar for what it depends on at each place.

One bar a place and runner, on a log scale that all runners share. Below the bars stand digits, how
many zeros follow the point, so that nothing depends on colour or on telling two bars apart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, fit, paragraph, strip
from tui.drawing.memory.reach_axis import Axis, column, number_text, rounded

SPANS = (4, 8, 16, 24, 40, 80, 160, 320)
"""Powers of ten from an empty bar to a full one: the least of these that holds all."""
_LABEL = 14
_NUMBERS = 14
"""Columns for a runner's name before its bars, at most, and for its number behind them."""
_NARROW = 24
"""With fewer columns than this there is only the sentence."""
DIGITS = "a digit counts the zeros after the point"
"""What is shown where there is no room for bars."""
UNKNOWN = "How little is too little, no line can say: that is what training shows."
"""What the picture is not: a forecast."""


@dataclass(frozen=True)
class Line:
    """One runner. `values` go from the first place to the last; a shorter way ends with them."""

    name: str
    values: tuple[float, ...]
    trouble: str = ""
    """Why there are no values, in plain words."""


@dataclass(frozen=True)
class Reach:
    """Of each runner how strongly its answer depends on each place, 1 at the last."""

    lines: tuple[Line, ...]
    title: str = ""
    texts: int = 1
    """Over how many texts it is the mean."""
    ends: tuple[str, str, str] = ("first", "last", "token")

    @cached_property
    def places(self) -> int:
        """How long the longest way is."""
        return max((len(line.values) for line in self.lines), default=0)

    def value(self, line: Line, place: int) -> float | None:
        """What a runner's answer depends on at a place; `None` where its way has not begun."""
        index = place - (self.places - len(line.values))
        return line.values[index] if 0 <= index < len(line.values) else None

    @cached_property
    def scale(self) -> tuple[int, int]:
        """The powers of ten of a full bar and of an empty one."""
        found = [v for line in self.lines for v in line.values if v > 0 and math.isfinite(v)]
        top = max(0, math.ceil(math.log10(max(found, default=1.0)) - 0.05))
        need = top - math.log10(min(found, default=1.0))
        return top, top - next((span for span in SPANS if span >= need), SPANS[-1])

    def fraction(self, value: float) -> float:
        """How full a bar is, from 0 to 1."""
        top, bottom = self.scale
        if not value > 0:
            return 0.0
        return min(1.0, max(1e-9, (math.log10(value) - bottom) / (top - bottom)))


def draw(reach: Reach, cursor: int, width: int, tall: int, ink: Ink) -> list[Strip]:
    """The whole picture, with bars `tall` lines high (0: digits alone).

    Where it is too narrow for a picture, the sentence.
    """
    if not reach.places or width < _NARROW:
        return _closed(sentence(reach, cursor), width, 40, "plain", ink)
    beside = width >= _label(reach) + reach.places + _NUMBERS
    room = width - (_label(reach) + _NUMBERS if beside else 0)
    axis = Axis.of(reach.places, room, cursor, reach.ends)
    scale = legend(reach) if tall else DIGITS
    lines = _header(reach, axis, scale, width, beside, ink)
    for line in reach.lines:
        lines += _runner(reach, line, axis, width, tall, beside, ink)
    return lines + _caption(reach, axis, width, ink)


def _label(reach: Reach) -> int:
    """Columns that the longest name takes."""
    return min(_LABEL, max(8, *(cell_len(line.name) + 1 for line in reach.lines), 0))


def _header(
    reach: Reach, axis: Axis, scale: str, width: int, beside: bool, ink: Ink
) -> list[Strip]:
    """What it is and its scale, the way, and the cursor on it."""
    title = reach.title + "   " if reach.title else ""
    if cell_len(title + scale) <= width:
        lines = [strip([(title, ink.style("strong")), (scale, ink.style("dim"))], width)]
    else:
        lines = paragraph(reach.title, width, 1, ink.style("strong"), ink)
        lines += paragraph(scale, width, 1 + (len(scale) > width), ink.style("dim"), ink)
    left = " " * _label(reach) if beside else ""
    lines.append(strip([(left, Style.null()), (axis.header(ink), ink.style("axis"))], width))
    where = axis.where(axis.cursor) if axis.cursor in (0, axis.places - 1) else "here"
    pieces: list[Piece] = [(left + axis.pointer(ink), ink.style("accent"))]
    if beside:
        pieces.append(("  " + where, ink.style("dim")))
    return [*lines, strip(pieces, width)]


def _runner(
    reach: Reach, line: Line, axis: Axis, width: int, tall: int, beside: bool, ink: Ink
) -> list[Strip]:
    """A runner: bars from the top down, then digits; its name and its number beside or above."""
    here, wide = reach.value(line, axis.cursor), _label(reach)
    name = fit(ink.words(line.name), wide - 1, ink)
    if line.trouble:
        return _closed(f"{name}: {line.trouble}", width, 2, "dim", ink)
    rows = [_bars(reach, line, axis, row, tall, ink) for row in range(tall)]
    rows.append(_digits(reach, line, axis, ink))
    told = [] if here is None else [number_text(here), _fraction(here)]
    if not beside:
        above: list[Piece] = [(name + "  ", ink.style("strong"))]
        above.append((" = ".join(filter(None, told)), ink.style("accent")))
        return [strip(above, width), *(strip(row, width) for row in rows)]
    lines = []
    for number, row in enumerate(rows):
        last = number == len(rows) - 1
        label, role = (name, "strong") if number == 0 else ("  zeros" if last else "", "dim")
        said = told[number] if number < len(told) else ""
        pieces: list[Piece] = [(label.ljust(wide), ink.style(role)), *row]
        pieces.append(("  " + said, ink.style("dim" if number else "accent")))
        lines.append(strip(pieces, width))
    return lines


def _bars(reach: Reach, line: Line, axis: Axis, row: int, tall: int, ink: Ink) -> list[Piece]:
    """One line of the bars, counted from the top."""
    pieces: list[Piece] = []
    for place in axis.shown:
        value = reach.value(line, place)
        fraction = 0.0 if value is None else reach.fraction(value)
        style = ink.style("accent" if place == axis.cursor else f"heat{min(4, int(5 * fraction))}")
        pieces.append((column(fraction, tall, ink)[row] * axis.pitch, style))
    return pieces


def _digits(reach: Reach, line: Line, axis: Axis, ink: Ink) -> list[Piece]:
    """How many zeros follow the point, place by place."""
    pieces: list[Piece] = []
    for place in axis.shown:
        style = ink.style("chosen" if place == axis.cursor else "dim")
        pieces.append((zeros(reach.value(line, place), ink), style))
    return axis.cells(pieces, ink)


def zeros(value: float | None, ink: Ink) -> str:
    """The zeros after the point of a number below 1 as one digit; `+` for more than nine.

    `^` is a number of ten or more, a dot nothing at all, `!` no number.
    """
    if value is None:
        return " "
    if not math.isfinite(value):
        return "!"
    if value == 0:
        return ink.glyph("dot")
    if value >= 10:
        return "^"
    count = max(0, math.ceil(-math.log10(value) - 1e-9) - 1)
    return str(count) if count <= 9 else "+"


def _fraction(value: float) -> str:
    return f"1/{rounded(1 / value)}" if 0 < value < 0.5 else ""


def legend(reach: Reach) -> str:
    """What a bar's height means."""
    top, bottom = reach.scale
    steps = (top, (top + bottom) // 2, bottom)
    full, half, empty = ("1" if n == 0 else f"1e{n}" for n in steps)
    return f"log scale: a full bar {full}, half {half}, empty {empty}"


def _caption(reach: Reach, axis: Axis, width: int, ink: Ink) -> list[Strip]:
    """The place under the cursor in words, and what the picture does not say."""
    said = describe(reach, axis.cursor)
    rows = -(-len(said) // max(20, width - 12)) if said else 0
    lines = [blank(width), *_closed(said, width, rows + 1, "plain", ink)]
    return lines + _closed(UNKNOWN, width, 1 + (len(UNKNOWN) > width), "dim", ink)


def _closed(text: str, width: int, rows: int, role: str, ink: Ink) -> list[Strip]:
    """A paragraph without the empty lines at its end."""
    lines = paragraph(text, width, rows, ink.style(role), ink)
    while lines and not lines[-1].text.strip():
        lines.pop()
    return lines


def _said(value: float, far: str) -> str:
    """One runner's number against the last place, in words."""
    if value == 0:
        return "not at all"
    if value >= 1.5:
        return f"{rounded(value)} times more{far}"
    return f"{rounded(1 / value)} times less{far}" if value < 1 / 1.5 else f"about as much as{far}"


def describe(reach: Reach, cursor: int) -> str:
    """What every answer depends on at one place, against the last one, as a sentence."""
    if not reach.places:
        return ""
    axis = Axis.of(reach.places, reach.places, cursor, reach.ends)
    last = reach.ends[1]
    if axis.cursor == reach.places - 1:
        return f"Here, {axis.where(axis.cursor)}, every bar is 1: the others are told against it."
    told: list[str] = []
    for line in reach.lines:
        value = reach.value(line, axis.cursor)
        if value is None or not math.isfinite(value):
            continue
        if not told:
            said = _said(value, f" than at the {last}").replace("as than", "as")
            told.append(f"{_of(line.name)} answer depends on what it saw {said}")
        else:
            told.append(f"{_of(line.name)} {_said(value, '').removesuffix(' as')}")
    where = axis.where(axis.cursor)
    return f"{where[0].upper()}{where[1:]} {'; '.join(told)}." if told else ""


def _of(name: str) -> str:
    return f"{'the ' if name.isupper() else ''}{name}'s"


def sentence(reach: Reach, cursor: int) -> str:
    """Everything that is to be said of the place under the cursor."""
    if not reach.places:
        return "No reach yet."
    said = describe(reach, cursor) or "Nothing has come here yet."
    when = f"{reach.title}, " if reach.title else ""
    mean = f"the mean of {reach.texts} texts" if reach.texts > 1 else "one text"
    return f"{said} ({when[:1].upper()}{when[1:]}{mean}.) {UNKNOWN}"


def line_of(name: str, found: Sequence[float]) -> Line:
    """A line from what the worker says, which counts places backwards from the last."""
    return Line(name, tuple(reversed(found)))
