"""How the numbers of a cell are printed: all of one kind to as many places as the largest needs."""

from __future__ import annotations

import math
from collections.abc import Iterable


def places_for(sizes: Iterable[float]) -> int:
    """Places behind the point that leave the largest of some sizes three digits of its own.

    >>> [places_for([size, 0.001]) for size in (25.0, 0.4, 0.04, 0.002)]
    [2, 3, 4, 4]
    """
    largest = max(sizes, default=0.0)
    return 2 if largest >= 1 else 3 if largest >= 0.1 else 4


def signed(number: float, places: int = 2) -> str:
    """A number with its sign; what rounds to nought has a plus."""
    text = f"{number:+.{places}f}"
    return (f"+{0:.{places}f}" if float(text) == 0 else text).replace("-", "−")


def exact(share: float) -> str:
    """A weight to three digits of its own: .933, .00214, 1.000."""
    if share >= 0.9995:
        return "1.000"
    if 0 < share < 0.01:
        return f"{share:.2e}".replace("e-0", "e−").replace("e-", "e−")
    return f"{share:.3f}".removeprefix("0")


def power_text(number: float) -> str:
    """e to a score, or a sum of them: 649.0, 0.0213, 1.2e+06."""
    if number == math.inf:
        return "∞"
    return f"{number:.4g}".replace("e+0", "e+").replace("e-0", "e−").replace("e-", "e−")


def power_of(score: float) -> float:
    """e to a score; infinite where that is too large to be told."""
    try:
        return math.exp(score)
    except OverflowError:
        return math.inf
