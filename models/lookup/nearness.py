"""Looking up by being alike: a kernel says how near counts how much. Numbers only, no torch.

    share of point i at x = K((x − xᵢ) / width) / sum of K over all points
    estimate at x         = sum of share · yᵢ

(Nadaraya 1964, "On estimating regression"; Watson 1964, "Smooth regression analysis".) With the
Gaussian it is a softmax: scores −(x − xᵢ)² / 2, temperature width².

>>> [round(share, 3) for share in shares_at(0.0, [0.0, 1.0, 2.0], "triangular", 2.0)]
[0.667, 0.333, 0.0]
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from models.lookup.shares import by_ratio, by_softmax


def gaussian(u: float) -> float:
    """exp(−u² / 2): a bell, nowhere 0."""
    return math.exp(-u * u / 2)


def boxcar(u: float) -> float:
    """1 within the width, else 0: all neighbours alike."""
    return float(abs(u) <= 1)


def triangular(u: float) -> float:
    """max(0, 1 − |u|)."""
    return max(0.0, 1 - abs(u))


def epanechnikov(u: float) -> float:
    """¾ max(0, 1 − u²). (Epanechnikov 1969.)"""
    return 0.75 * max(0.0, 1 - u * u)


def constant(u: float) -> float:
    """1 everywhere: the mean of all, whoever asks."""
    return 1.0


KERNELS: dict[str, Callable[[float], float]] = {
    "gaussian": gaussian,
    "boxcar": boxcar,
    "triangular": triangular,
    "epanechnikov": epanechnikov,
    "constant": constant,
}


def shares_at(x: float, places: Sequence[float], kernel: str, width: float) -> list[float]:
    """How much each point counts for the estimate at `x`.

    Where no point lies within the width of a kernel that ends, all count alike.
    """
    if kernel == "gaussian":
        # As a softmax it has an answer even where every exp(−u² / 2) is too small for the machine.
        scores = [-((x - place) ** 2) / 2 for place in places]
        return by_softmax(scores, temperature=width * width)
    near = [KERNELS[kernel]((x - place) / width) for place in places]
    return by_ratio(near if sum(near) > 0 else [1.0] * len(places))
