"""Arithmetic written in lessons and typed by learners, parsed here and never run as Python.

Numbers, names (dots allowed), `+ - * / **`, brackets, `exp log sqrt sin cos max min`, comparisons
(`0.2 < x <= 0.4` as in mathematics), `and`, `or`. Length, nesting, exponents and magnitudes are
bounded, so that no text, however hostile, costs more than a moment.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from course.expression import Reading
from course.operations import ArithmeticProblem

__all__ = [
    "ArithmeticProblem",
    "compares",
    "evaluate",
    "format_number",
    "names_in",
    "parse_number",
]

MAX_TYPED = 60
TYPED_NAMES = {"e": math.e}
"""What may be typed by name: e**2."""
TYPED_FORM = "Type a number such as 12, 0.5, 3/4, 1e-3 or 2**12."


def evaluate(text: str, names: Mapping[str, float]) -> float | bool:
    """The value of an expression: a number, or a truth if it compares.

    Raises:
        ArithmeticProblem: in plain words.
    """
    return Reading(text, names).whole()


def parse_number(text: str) -> float:
    """The number a learner typed, such as `1e-3`, `3/4`, `2**12`, `e**2` or ` 0.5 `.

    Raises:
        ArithmeticProblem: a hint on the form.
    """
    text = text.strip().replace("−", "-").replace("×", "*").replace("·", "*")
    if not text:
        raise ArithmeticProblem(TYPED_FORM)
    if len(text) > MAX_TYPED:
        raise ArithmeticProblem(f"That is too long. {TYPED_FORM}")
    for sign, advice in (
        (",", "Write a decimal point, and no commas: 0.5, 1000."),
        ("%", "Leave the % out: type 50 where percent are asked for, 0.5 where a share is."),
        ("^", "Write a power with **: 2**12."),
    ):
        if sign in text:
            raise ArithmeticProblem(advice)
    try:
        value = evaluate(text, TYPED_NAMES)
    except ArithmeticProblem as problem:
        raise ArithmeticProblem(f"{problem} {TYPED_FORM}") from None
    if isinstance(value, bool):
        raise ArithmeticProblem(f"A comparison is no number. {TYPED_FORM}")
    return value


def names_in(text: str) -> frozenset[str]:
    """The names that an expression speaks of.

    Raises:
        ArithmeticProblem: if it is no expression.
    """
    reading = Reading(text, None)
    reading.whole()
    return frozenset(reading.asked)


def compares(text: str) -> bool:
    """Whether an expression is a condition rather than a number.

    Raises:
        ArithmeticProblem: if it is no expression.
    """
    return isinstance(Reading(text, None).whole(), bool)


def format_number(value: float) -> str:
    """A number as a person writes it: whole without a point, else six digits."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.6g}"
