"""Schedules: how much of the learning rate each step gets.

A schedule counts steps, never seconds, so that a slow machine draws the same curve. Each begins
with the same linear rise, because the first gradients come from weights that mean nothing yet.
Step 0 is the first; n = step + 1 is how many have been made once it is done.

>>> [rise(step, over=4) for step in range(6)]
[0.25, 0.5, 0.75, 1.0, 1.0, 1.0]
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal


def rise(step: int, over: int) -> float:
    """min(1, n / over): the shared beginning; from the first step on 1 where `over` is 0."""
    return min(1.0, (step + 1) / over) if over else 1.0


def constant(step: int, warm_up: int) -> float:
    """rise: the whole rate from the end of the warm-up on."""
    return rise(step, warm_up)


def cosine(step: int, steps: int, warm_up: int, floor: float) -> float:
    """rise · (floor + (1 − floor) (1 + cos(π step / steps)) / 2): half a wave down to the floor.

    (Loshchilov and Hutter 2017, "SGDR: stochastic gradient descent with warm restarts", section
    3, without the restarts.)

    >>> [round(cosine(step, steps=4, warm_up=0, floor=0.2), 3) for step in range(5)]
    [1.0, 0.883, 0.6, 0.317, 0.2]
    """
    fall = (1 + math.cos(math.pi * step / steps)) / 2
    return rise(step, warm_up) * (floor + (1 - floor) * fall)


def noam(step: int, warm_up: int, width: int) -> float:
    """width^−½ · min(n^−½, n · warm_up^−³ᐟ²): a linear rise, then a fall like 1/√n.

    (Vaswani et al. 2017, "Attention is all you need", section 5.3, equation 3.) It is written
    here as the shared rise times 1/√(width · max(n, warm_up)), which is the same. The learning
    rate that it is multiplied by is 1 in the paper, and the peak is 1/√(width · warm_up).

    >>> [noam(step, warm_up=4, width=4) for step in (0, 3, 15)]
    [0.0625, 0.25, 0.125]
    """
    return rise(step, warm_up) / math.sqrt(width * max(step + 1, warm_up))


@dataclass
class Recipe:
    """How to train. `learning_rate` may be changed while the loop runs."""

    steps: int
    learning_rate: float
    warm_up: int = 20
    """Steps over which the rate rises, so that no early step is a wild one."""
    floor: float = 0.05
    """The share of the rate that is left at the end of a cosine."""
    clip: float | None = 1.0
    """To what a gradient is clipped, if at all: its length, or each of its numbers."""
    clip_by: Literal["norm", "value"] = "norm"
    """All of it to a length, which keeps its direction, or each number for itself."""
    schedule: Literal["cosine", "constant", "noam"] = "cosine"
    width: int = 0
    """C of the network, which Noam's schedule asks for."""
    decay: float = 0.0
    """How strongly matrices are pulled towards 0."""
    betas: tuple[float, float] = (0.9, 0.999)

    def __post_init__(self) -> None:
        if self.schedule not in ("cosine", "constant", "noam"):
            raise ValueError(f"there is no schedule {self.schedule}: cosine, constant or noam")
        if self.schedule == "noam" and self.width < 1:
            raise ValueError("Noam's schedule needs the width of the network")

    def rate(self, step: int) -> float:
        """The learning rate at a step, counted from 0."""
        if self.schedule == "noam":
            share = noam(step, self.warm_up, self.width)
        elif self.schedule == "constant":
            share = constant(step, self.warm_up)
        else:
            share = cosine(step, self.steps, self.warm_up, self.floor)
        return self.learning_rate * share
