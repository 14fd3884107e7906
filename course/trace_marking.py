"""What a filled-in table is worth: each cell by the learner's own cells before it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from course.arithmetic import (
    ArithmeticProblem,
    evaluate,
    format_number,
    names_in,
    parse_number,
)
from course.lesson import Diagnosis, Tolerance
from course.trace import Cell, Trace

EXACT = Tolerance()
ROUNDED = Tolerance(absolute=0.01, relative=0.005)
"""How far a number may be off that is no whole one, where nothing else is said."""


class State(Enum):
    """What one cell is worth."""

    RIGHT = "right"
    CARRIED = "carried"
    """Right by the learner's own wrong number before it."""
    WRONG = "wrong"
    OPEN = "open"
    """Nothing can be worked out with the learner's own number before it."""


@dataclass(frozen=True)
class CellMark:
    """One cell of an answer, marked."""

    cell: Cell
    given: float
    state: State
    also: Diagnosis | None = None
    """The wrong number that it was recognised as."""

    @property
    def explanation(self) -> str:
        """What is to be said of it."""
        return self.also.explanation if self.also else self.cell.why


def values_of(trace: Trace, drawn: Mapping[str, float]) -> dict[str, float]:
    """The drawn numbers, and with them every cell, by name.

    Raises:
        ArithmeticProblem: if a cell has no value, or is a comparison.
    """
    values = dict(drawn)
    for cell in trace.cells:
        value = evaluate(cell.expression, values)
        if isinstance(value, bool):
            raise ArithmeticProblem(f"“{cell.expression}” is a comparison, not a number.")
        values[cell.name] = value
    return values


def read_cell(text: str) -> float:
    """The number typed into a cell.

    Raises:
        ArithmeticProblem: a hint on the form.
    """
    return parse_number(text)


def near(cell: Cell, expected: float, given: float) -> bool:
    """Whether a number is near enough to what a cell should hold."""
    whole = math.isclose(expected, round(expected), abs_tol=1e-9)
    allowed = cell.tolerance or (EXACT if whole else ROUNDED)
    return abs(given - expected) <= allowed.absolute + allowed.relative * abs(expected)


def mark_cells(
    trace: Trace, values: Mapping[str, float], numbers: Sequence[float]
) -> list[CellMark]:
    """The mark of each cell that is asked for.

    Args:
        values: the drawn numbers and the right cells, by name.
        numbers: what was filled in, a number for each asked cell.
    """
    own = dict(values)
    off: set[str] = set()
    marks = []
    for cell, number in zip(trace.asked, numbers, strict=True):
        is_off = not names_in(cell.expression).isdisjoint(off)
        state = _state(cell, values[cell.name], own, number, is_off)
        also = _recognised(cell, own, number) if state is State.WRONG else None
        marks.append(CellMark(cell, number, state, also))
        own[cell.name] = number
        if state is not State.RIGHT:
            off.add(cell.name)
    return marks


def right_texts(trace: Trace, values: Mapping[str, float]) -> list[str]:
    """What fills the table in rightly, as a person would type it."""
    return [_typed(cell, values[cell.name]) for cell in trace.asked]


def _state(
    cell: Cell, right: float, own: Mapping[str, float], number: float, is_off: bool
) -> State:
    """What a number is worth; `is_off` says that the cell depends on one that is not right."""
    if near(cell, right, number):
        return State.RIGHT
    expected = _worked_out(cell.expression, own)
    if expected is None:
        return State.OPEN if is_off else State.WRONG
    if near(cell, expected, number):
        return State.CARRIED if is_off else State.RIGHT
    return State.WRONG


def _worked_out(expression: str, names: Mapping[str, float]) -> float | None:
    try:
        return float(evaluate(expression, names))
    except ArithmeticProblem:
        return None


def _recognised(cell: Cell, own: Mapping[str, float], number: float) -> Diagnosis | None:
    for diagnosis in cell.also:
        value = _worked_out(diagnosis.expression, own)
        if value is not None and near(cell, value, number):
            return diagnosis
    return None


def _typed(cell: Cell, value: float) -> str:
    for digits in (3, 4, 6):
        short = format_number(float(f"{value:.{digits}g}"))
        if near(cell, value, float(short)):
            return short
    return repr(value)
