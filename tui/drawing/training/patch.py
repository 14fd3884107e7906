"""One network beside another that differs from it in a line of code: what that line does.

Two grids of the weights on one text, the numbers of both, their losses step by step on one log
scale, and the line itself: what stands behind a minus is the one's, behind a plus the other's.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from textual.strip import Strip

from tui.drawing.attention.grid import cell
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, filled, fit, strip
from tui.drawing.sparkline import BAD, sparkline

Cursor = tuple[int, int]
"""The letter that asks and the one that answers, from 0."""

NUMBERS = (
    ("accuracy", "right", "percent"),
    ("loss", "loss", "number"),
    ("peak", "highest", "number"),
    ("future", "ahead", "percent"),
    ("least", "row min", "number"),
    ("most", "row max", "number"),
    ("last", "says p", "percent"),
    ("lost", "NaN", "percent"),
)
"""What is told of each: the metric, a word for it, and how it is written."""
_NAME, _BESIDE, _GAP, _NARROW = 8, 20, 2, 30
"""Columns: of a word for a number, of all about numbers, between columns, and of a picture at
all."""
_ROLES = {"-": "bad", "+": "good"}


@dataclass(frozen=True)
class Side:
    """One of the two."""

    name: str
    weights: Sequence[Sequence[float]] = ()
    """(T, T): the row that asks, the column that answers; NaN where that is so."""
    hidden: Sequence[Sequence[bool]] = ()
    """(T, T): where it is not allowed to look."""
    said: Sequence[str] = ()
    numbers: Mapping[str, float] = field(default_factory=dict)
    losses: Sequence[float] = ()


@dataclass(frozen=True)
class Patch:
    """Both, and what they read."""

    one: Side
    other: Side
    letters: Sequence[str] = ()
    right: Sequence[str] = ()
    """The letter after each."""
    code: Sequence[tuple[str, str]] = ()
    """The code of which a line differs: a sign and the line."""

    @property
    def sides(self) -> tuple[Side, Side]:
        """Both."""
        return self.one, self.other

    @cached_property
    def heights(self) -> tuple[list[float], list[float]]:
        """Both losses on one scale, in 0..1: the logarithm of the least is 0, of the largest 1.

        Kept, for there is one of every step of a training, and a picture for every key.
        """
        one, other = ([math.log(loss) for loss in side.losses if loss > 0] for side in self.sides)
        low, high = min(one + other, default=0.0), max(one + other, default=0.0)
        span = max(high - low, 1e-9)
        return [(value - low) / span for value in one], [(value - low) / span for value in other]


def draw(shown: Patch, cursor: Cursor, width: int, height: int, ink: Ink) -> list[Strip]:
    """The picture; of the code only the lines that differ where there is no room for all."""
    if not shown.letters or width < _NARROW:
        return filled(sentence(shown, cursor), width, 40, ink.style("plain"), ink)
    pitch = 3 if width >= _wide(shown, 3) + 6 else 2
    columns = [_numbers(shown, cursor, ink)]
    if width >= _wide(shown, pitch):
        columns[:0] = [_grid(shown, side, cursor, pitch, ink) for side in shown.sides]
    rows = zip(*columns, strict=True)
    lines = [strip([piece for part in row for piece in part], width) for row in rows]
    told = [blank(width), *filled(describe(shown, cursor), width, 3, ink.style("plain"), ink)]
    lines += _code(shown, height - len(lines) - len(told), width, ink)
    return lines + told if len(lines) + len(told) <= height else lines


def _wide(shown: Patch, pitch: int) -> int:
    """The columns that two grids and the numbers take."""
    return 2 * (2 + pitch * len(shown.letters) + _GAP) + _BESIDE


def _grid(shown: Patch, side: Side, cursor: Cursor, pitch: int, ink: Ink) -> list[list[Piece]]:
    """Whose weights they are, the letters that answer, and a row for each that asks."""
    count, space = len(shown.letters), ink.style("plain")
    name = fit(side.name, 2 + pitch * count, ink).ljust(2 + pitch * count + _GAP)
    heads: list[Piece] = [("  ", space)]
    for column, letter in enumerate(shown.letters):
        role = "key" if column == cursor[1] else "dim"
        heads.append((letter.center(pitch - 1) + " ", ink.style(role)))
    rows: list[list[Piece]] = [[(name, ink.style("strong"))], [*heads, (" " * _GAP, space)]]
    for row, letter in enumerate(shown.letters):
        pieces: list[Piece] = [(letter, ink.style("query" if row == cursor[0] else "dim"))]
        for column in range(count):
            before, role = _mark((row, column), cursor, ink)
            pieces.append((before, ink.style(role)))
            hidden = bool(side.hidden) and bool(side.hidden[row][column])
            pieces.append(cell(side.weights[row][column], hidden, False, ink, pitch - 1))
        end, role = _mark((row, count), cursor, ink)
        rows.append([*pieces, (end + " " * _GAP, ink.style(role))])
    return rows


def _mark(place: Cursor, cursor: Cursor, ink: Ink) -> tuple[str, str]:
    """What stands before a cell: half a bracket at the cursor's two sides."""
    if place == cursor:
        return "[", "accent"
    after = place[0] == cursor[0] and place[1] == cursor[1] + 1
    return ("]", "accent") if after else (" ", "plain")


def _numbers(shown: Patch, cursor: Cursor, ink: Ink) -> list[list[Piece]]:
    """As many rows as a grid has: the cell, the numbers of both, and their losses."""
    asks, answers = (shown.letters[place] for place in cursor)
    cells = ink.words(" → ").join(_cell(side, cursor, ink) for side in shown.sides)
    rows: list[list[Piece]] = [
        [(f"{asks}, {answers}".ljust(_NAME), ink.style("key")), (cells, ink.style("key"))]
    ]
    for metric, word, form in NUMBERS:
        one, other = (side.numbers.get(metric) for side in shown.sides)
        if one is other is None:
            continue
        changed = written(one, form) != written(other, form)
        told = ink.words(f"{written(one, form)} → {written(other, form)}")
        unit = " %" if form == "percent" else ""
        rows.append(
            [
                (word.ljust(_NAME), ink.style("strong" if changed else "dim")),
                (told + unit, ink.style("accent" if changed else "dim")),
            ]
        )
    trained = any(side.losses for side in shown.sides)
    if trained:
        rows.append([("loss, log scale", ink.style("dim"))])
    for side, curve in zip(shown.sides, _curves(shown, ink) if trained else (), strict=trained):
        rows.append([(fit(side.name, _NAME - 1, ink).ljust(_NAME), ink.style("dim"))])
        rows[-1].append((curve, ink.style("accent" if side is shown.one else "good")))
    missing = 2 + len(shown.letters) - len(rows)
    return rows + [[("", ink.style("plain"))]] * missing


def _curves(shown: Patch, ink: Ink) -> list[str]:
    """Both losses as lines of the same scale."""
    if not any(shown.heights):
        return [BAD, BAD]
    room = _BESIDE - _NAME
    return [sparkline(one, room, ink, top=1.0) or f"{BAD} no number" for one in shown.heights]


def written(value: float | None, form: str) -> str:
    """A number to the digits that are shown; a dash where there is none."""
    if value is None:
        return "–"
    if form == "percent":
        return f"{100 * value:.0f}"
    return f"{value:.3g}" if value >= 10 else f"{value:.2f}"


def _code(shown: Patch, room: int, width: int, ink: Ink) -> list[Strip]:
    """The code, or of it the first line and those that differ."""
    code = list(shown.code)
    if len(code) > room:
        code = [line for n, line in enumerate(code) if n == 0 or line[0] in _ROLES]
    lines = []
    for sign, text in code:
        style = ink.style(_ROLES.get(sign, "dim"))
        lines.append(strip([(fit(ink.words(f"{sign} {text}"), width, ink), style)], width))
    return lines


def describe(shown: Patch, cursor: Cursor) -> str:
    """The cell under the cursor in both, what its row sums to, and what is said there."""
    row, column = cursor
    asks, answers = shown.letters[row], shown.letters[column]
    told = [f"{asks} in row {row + 1} looks at {answers} in column {column + 1}:"]
    for side in shown.sides:
        total, said = math.fsum(side.weights[row]), _cell(side, cursor, None)
        told.append(f"{side.name} {said}, row sum {_weight(total)}, says {side.said[row]};")
    return f"{' '.join(told)[:-1]}. Next comes {shown.right[row]}."


def _cell(side: Side, place: Cursor, ink: Ink | None) -> str:
    """The weight of a cell; in a picture a hidden one has its glyph."""
    weight = side.weights[place[0]][place[1]]
    if weight == 0 and side.hidden and side.hidden[place[0]][place[1]]:
        return ink.glyph("masked") if ink else "hidden"
    return _weight(weight)


def _weight(value: float) -> str:
    return "NaN" if math.isnan(value) else f"{value:.2f}"


def verdict(shown: Patch) -> str:
    """The numbers that differ, from the one to the other."""
    changed = []
    for metric, word, form in NUMBERS:
        one, other = (written(side.numbers.get(metric), form) for side in shown.sides)
        if one != other:
            changed.append(f"{word} {one} → {other}{' %' if form == 'percent' else ''}")
    names = f"{shown.one.name} → {shown.other.name}"
    if not any(side.numbers for side in shown.sides):
        return f"{names}: nothing is measured yet."
    return f"{names}: {', '.join(changed) or 'no number differs'}."


def sentence(shown: Patch, cursor: Cursor) -> str:
    """All that there is to say."""
    if not shown.letters:
        return "No patient yet."
    signs = {"-": "instead of", "+": "stands"}
    lines = [
        f"{signs[sign]} “{text.strip()}”" for sign, text in reversed(shown.code) if sign != " "
    ]
    code = f" Now {' '.join(lines)}." if lines else ""
    return f"{verdict(shown)}{code} {describe(shown, cursor)}"
