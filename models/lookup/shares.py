"""Shares of attention made of scores, and what is mixed by them. Numbers only, no torch.

    by ratio      share = score / sum of all scores
    by softmax    share = e^(score / T) / sum of all e^(score / T)

Three classmates are asked; the question fits one 9, one 1 and one 7:

>>> [round(share, 3) for share in by_ratio([9, 1, 7])]
[0.529, 0.059, 0.412]
>>> [round(share, 4) for share in by_softmax([9, 1, 7])]
[0.8805, 0.0003, 0.1192]

A ratio depends on where zero is; a softmax sees differences alone:

>>> [round(share, 3) for share in by_ratio([109, 101, 107])]
[0.344, 0.319, 0.338]
>>> by_softmax([109, 101, 107]) == by_softmax([9, 1, 7])
True
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, fsum


def by_ratio(scores: Sequence[float]) -> list[float]:
    """Each score over the sum of all. They are shares only where no score is below 0.

    Raises:
        ZeroDivisionError: if the scores sum to 0.
    """
    total = fsum(scores)
    return [score / total for score in scores]


def by_softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Shares: e to each score, over the sum of all.

    The scores are divided by the temperature. The largest is taken from
    each beforehand: that changes no share, and no power gets too large
    for the machine, as e^800 does.
    """
    largest = max(scores)
    powers = [exp((score - largest) / temperature) for score in scores]
    return by_ratio(powers)


def mixture(shares: Sequence[float], values: Sequence[float]) -> float:
    """The values, each as far as its share goes."""
    return fsum(share * value for share, value in zip(shares, values, strict=True))
