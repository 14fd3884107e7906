"""How far back the answers of a race reach, as it goes: a look at all racers, at a few steps.

A look costs a pass back for each score of each racer, about two and a half hundredths of a second
for all five of the corridor: those of a default run took 1.5 % of its CPU-seconds (four runs), in a
process that has just begun 2.3 % (four).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.labs.lab import Look

STEPS = frozenset({0, 30, 50, 100})
"""Steps after which it is looked at; then after every 500, and the last."""


def due(step: int, last: int) -> bool:
    """Whether it is time to look after `step` steps of `last`.

    >>> [step for step in range(1201) if due(step, 1200)]
    [0, 30, 50, 100, 500, 1000, 1200]
    """
    return step in STEPS or step % 500 == 0 or step == last


def of_reach(step: int, found: Mapping[str, Sequence[float]], texts: int) -> Look:
    """The reach of each racer by the distance from the last token, 1 there; the mean of `texts`.

    It is nobody's in particular, so it has no runner.
    """
    lines = {name: [float(f"{value:.3g}") for value in reach] for name, reach in found.items()}
    return Look("", step, "reach", {"reach": lines, "texts": texts})
