"""The same number of a network from many seeds: what is chance in it, and what is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

AT_ONCE = 50
"""Seeds in one unit of work."""


class Reseeds:
    """`measure(seed)` for the seeds from 0 on."""

    def __init__(self, measure: Callable[[int], float], count: int) -> None:
        self.count = count
        self._measure = measure
        self._found: list[float] = []

    def draw(self) -> Iterator[float]:
        """Measure what is missing, a few seeds at a time; yields the share that is done."""
        while len(self._found) < self.count:
            more = range(len(self._found), min(self.count, len(self._found) + AT_ONCE))
            self._found += [self._measure(seed) for seed in more]
            yield len(self._found) / self.count

    def all(self) -> Tensor:
        """What was found, seed by seed: (N,). What is missing is measured now."""
        for _ in self.draw():
            pass
        return torch.tensor(self._found)

    def told(self) -> dict[str, float]:
        """Mean, standard deviation, least and most."""
        found = self.all().double()
        return {
            "mean": found.mean().item(),
            "sd": found.std(correction=0).item(),
            "smallest": found.min().item(),
            "largest": found.max().item(),
        }
