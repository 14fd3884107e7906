"""A prediction as it is drawn: a number on an axis, or a curve with its numbers below it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from textual.content import Content

from tui.drawing.canvas import Canvas
from tui.drawing.ink import Ink
from tui.drawing.ticks import linear_ticks
from tui.drawing.training.chart_bet import bet_mark

MINE = "bold $accent"
MEASURED = "bold $text-success"
QUIET = "$foreground-muted"
_LABEL = 13
"""Columns left of a picture, for the numbers at its axis and the heads of its rows."""


@dataclass(frozen=True)
class SketchPicture:
    """All that is drawn. Without `names` it is a single number, else a curve over these places."""

    drawn: Sequence[float]
    low: float
    high: float
    long: Callable[[float], str]
    """A value in words: 62 %."""
    brief: Callable[[float], str]
    """A value in a few characters, below a curve: 62."""
    tick: Callable[[float], str]
    """A value at an axis."""
    over: str = ""
    """What the places are: pairs, step."""
    names: Sequence[str] = ()
    measured: Mapping[int, float] | None = None
    """What was measured, by the number of the place."""
    marks: Sequence[tuple[float, str]] = ()
    cursor: int | None = None
    """The place that is being drawn; None where nothing is."""

    def share(self, value: float) -> float:
        """Where a value lies between lowest and highest, from 0 to 1."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def draw_sketch(picture: SketchPicture, width: int, height: int, ink: Ink) -> list[Content]:
    """The picture at a width; `height` rows are the curve's own, without its numbers."""
    draw = _curve if picture.names else _number
    return draw(picture, max(30, width), max(4, height), ink)


def levels_told(picture: SketchPicture, ink: Ink) -> str:
    """What the levels across a curve are, where an axis does not name them; empty without any."""
    if not (picture.names and picture.marks):
        return ""
    named = ", ".join(f"{name} {picture.long(level)}" for level, name in picture.marks)
    return f"{_rule(ink) * 2} {named}"


def measured_mark(ink: Ink) -> str:
    """The glyph of what was measured."""
    return "*" if ink.is_ascii else "●"


def _rule(ink: Ink) -> str:
    return "-" if ink.is_ascii else "┄"


def _between(ink: Ink) -> str:
    return ":" if ink.is_ascii else "┊"


# A number on an axis


def _number(picture: SketchPicture, width: int, height: int, ink: Ink) -> list[Content]:
    room = width - 10
    start = 4

    def column(value: float) -> int:
        return start + round(picture.share(value) * (room - 1))

    value = picture.drawn[0]
    measured = (picture.measured or {}).get(0)
    canvas = Canvas(width, 6 + len(picture.marks), ink)
    _named(canvas, 0, column(value), f"you: {picture.long(value)}", MINE)
    canvas.put(column(value), 1, bet_mark(ink), MINE)
    left, flat, right, up = ("+", "-", "+", "+") if ink.is_ascii else ("├", "─", "┤", "┴")
    canvas.put(start, 2, left + flat * (room - 2) + right, QUIET)
    for tick in linear_ticks(picture.low, picture.high, 6):
        if 0 < picture.share(tick) < 1:
            canvas.put(column(tick), 2, up, QUIET)
        label = picture.tick(tick)
        canvas.put(column(tick) - len(label) // 2, 3, label, QUIET)
    row = 4
    if measured is not None:
        first, last = sorted((column(value), column(measured)))
        canvas.put(first, 2, ("=" if ink.is_ascii else "━") * (last - first + 1), MEASURED)
        canvas.put(column(measured), 2, measured_mark(ink), MEASURED)
        _named(canvas, 4, column(measured), f"measured: {picture.long(measured)}", MEASURED)
        row = 5
    for level, name in picture.marks:
        canvas.put(column(level), 2, _between(ink), "")
        _named(canvas, row, column(level), f"{name} {picture.long(level)}", QUIET)
        row += 1
    return canvas.rows()[:row]


def _named(canvas: Canvas, row: int, column: int, text: str, style: str) -> None:
    """A text centred on a column, moved so that all of it is on the canvas."""
    start = min(max(0, column - len(text) // 2), canvas.width - len(text))
    canvas.put(start, row, text, style)


# A curve


def _curve(picture: SketchPicture, width: int, height: int, ink: Ink) -> list[Content]:
    count = len(picture.names)
    apart = (width - _LABEL - 2) / count
    columns = [_LABEL + 1 + round(apart * (place + 0.5)) for place in range(count)]
    canvas = Canvas(width, height + 1, ink)
    _frame(canvas, picture, height, ink)

    def row(value: float) -> float:
        return (1 - picture.share(value)) * (height - 1)

    def draw(values: Mapping[int, float], style: str, plain: str, broken: bool) -> None:
        known = sorted(values)
        for one, then in pairwise(known):
            start, end = (columns[one], row(values[one])), (columns[then], row(values[then]))
            canvas.line(start, end, style, plain, broken=broken)

    measured = picture.measured or {}
    drawn = dict(enumerate(picture.drawn))
    draw(drawn, "$accent", ".", broken=True)
    draw(measured, "$text-success", "'", broken=False)
    for place, value in measured.items():
        _gap(canvas, columns[place], row(drawn[place]), row(value), ink)
    for place, value in drawn.items():
        here = f"{MINE} reverse" if place == picture.cursor else MINE
        canvas.put(columns[place], round(row(value)), bet_mark(ink), here)
    for place, value in measured.items():
        canvas.put(columns[place], round(row(value)), measured_mark(ink), MEASURED)
    return [*canvas.rows(), *_numbers(picture, columns, width, ink)]


def _frame(canvas: Canvas, picture: SketchPicture, height: int, ink: Ink) -> None:
    """The axes, and the levels to compare with."""
    side, tick, corner, flat = ("|", "+", "+", "-") if ink.is_ascii else ("│", "┤", "└", "─")
    for row in range(height):
        canvas.put(_LABEL - 1, row, side, QUIET)
    canvas.put(_LABEL - 1, height, corner + flat * (canvas.width - _LABEL), QUIET)
    for value in linear_ticks(picture.low, picture.high, max(2, (height + 1) // 2)):
        row = round((1 - picture.share(value)) * (height - 1))
        canvas.put(0, row, picture.tick(value).rjust(_LABEL - 2), QUIET)
        canvas.put(_LABEL - 1, row, tick, QUIET)
    for level, _ in picture.marks:
        row = round((1 - picture.share(level)) * (height - 1))
        canvas.put(_LABEL, row, _rule(ink) * (canvas.width - _LABEL), QUIET)


def _gap(canvas: Canvas, column: int, one: float, other: float, ink: Ink) -> None:
    top, bottom = sorted((round(one), round(other)))
    for row in range(top + 1, bottom):
        canvas.put(column, row, _between(ink), "")


def _numbers(picture: SketchPicture, columns: Sequence[int], width: int, ink: Ink) -> list[Content]:
    """The rows below a curve: the places, what is drawn, what was measured, the gaps."""
    rows = Canvas(width, 4, ink)

    def write(row: int, head: str, texts: Mapping[int, str], style: str) -> None:
        rows.put(0, row, head.rjust(_LABEL - 2)[: _LABEL - 1], style)
        for place, text in texts.items():
            here = "bold reverse" if place == picture.cursor and row < 2 else style
            padded = f" {text} " if place == picture.cursor and row < 2 else text
            rows.put(columns[place] - len(padded) // 2, row, padded, here)

    write(0, picture.over, dict(enumerate(picture.names)), QUIET)
    write(1, f"{bet_mark(ink)} yours", dict(enumerate(map(picture.brief, picture.drawn))), MINE)
    if not picture.measured:
        return rows.rows()[:2]
    measured = {place: picture.brief(value) for place, value in picture.measured.items()}
    write(2, f"{measured_mark(ink)} run", measured, MEASURED)
    gaps = {
        place: (
            "+" if value > picture.drawn[place] else "-" if value < picture.drawn[place] else ""
        )
        + picture.brief(abs(value - picture.drawn[place]))
        for place, value in picture.measured.items()
    }
    write(3, "gap", gaps, "")
    return rows.rows()
