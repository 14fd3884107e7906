"""What lesson arithmetic can work out: the signs and the functions, each within bounds."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

MAX_EXPONENT = 1000.0
MAX_MAGNITUDE = 1e100


class ArithmeticProblem(ValueError):
    """An expression that is not understood, or has no value; the text says why."""


FUNCTIONS: Mapping[str, tuple[Callable[..., float], bool]] = {
    "exp": (math.exp, False),
    "log": (math.log, False),
    "sqrt": (math.sqrt, False),
    "sin": (math.sin, False),
    "cos": (math.cos, False),
    "max": (max, True),
    "min": (min, True),
}
"""What each name in front of a bracket does, and whether it takes several numbers."""


def apply(sign: str, left: float, right: float) -> float:
    """What a sign makes of two numbers.

    Raises:
        ArithmeticProblem: if that is no number, or too large a one.
    """
    try:
        match sign:
            case "+":
                value: complex = left + right
            case "-":
                value = left - right
            case "*":
                value = left * right
            case "/":
                value = left / right
            case _:
                if abs(right) > MAX_EXPONENT:
                    raise ArithmeticProblem("That power is too large.")
                value = left**right
    except ZeroDivisionError:
        raise ArithmeticProblem("That divides by zero.") from None
    except OverflowError:
        raise ArithmeticProblem("That number is too large.") from None
    if isinstance(value, complex):
        raise ArithmeticProblem("A root of a negative number is no real number.")
    return bounded(value)


def call(name: str, numbers: Sequence[float]) -> float:
    """What a function makes of its numbers.

    Raises:
        ArithmeticProblem: if it takes another number of them, or has no value there.
    """
    function, several = FUNCTIONS[name]
    if len(numbers) != 1 and not several:
        raise ArithmeticProblem(f"{name} takes one number.")
    try:
        return bounded(function(*numbers) if len(numbers) > 1 or not several else numbers[0])
    except OverflowError:
        raise ArithmeticProblem("That number is too large.") from None
    except ValueError as problem:
        if isinstance(problem, ArithmeticProblem):
            raise
        raise ArithmeticProblem(f"{name} has no value there.") from None


def bounded(value: float) -> float:
    """The same number.

    Raises:
        ArithmeticProblem: if it is too large to go on with.
    """
    if not math.isfinite(value) or abs(value) > MAX_MAGNITUDE:
        raise ArithmeticProblem("That number is too large.")
    return value
