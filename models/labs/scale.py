"""Random queries and keys: the scores they make, and the shares that a softmax makes of those.

Nothing is trained. q and k have d numbers each, drawn with mean 0 and variance 1, so that their
product, a sum of d products with variance 1 each, has variance d. (Vaswani et al. 2017, section
3.2.1, footnote 4.)

Axes: N queries, S keys each asks, d numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import torch
from torch import Tensor

from models.chance import chance
from models.labs.lab import Lab, Look, Result
from models.protocol import Report
from models.specs.scale import SPEC

AT_ONCE = 100
"""Queries in one unit of work."""
MOST, LEAST = 0.35, 0.70
"""Of a row's largest share: at most so much with the root, at least so much without."""


class ScaleLab(Lab):
    """Draw queries and keys, a few at a time, and keep what came out."""

    spec = SPEC

    def train(self) -> Iterator[Report | Look]:
        """The same draws for everyone."""
        count, found = self.whole("draws"), dict[str, list[Tensor]]()
        for done in range(0, count, AT_ONCE):
            draws = min(AT_ONCE, count - done)
            for name, value in self._measured(draws, chance(self.seed, done)).items():
                found.setdefault(name, []).append(value)
            after, raw = done + draws, torch.cat(found["raw.largest"]).mean().item()
            told = {"largest": raw}
            yield Report("raw", "drawing queries and keys", after, count, after / count, told)
        metrics = {name: torch.cat(each).mean().item() for name, each in found.items()}
        metrics["equal.largest"] = 1 / self.whole("answers")
        steady = abs(metrics["scaled.variance"] - 1) < 0.1 and metrics["scaled.largest"] < MOST
        failed = metrics["raw.largest"] > LEAST
        self.result = Result(metrics, steady and failed, failed, count)

    def _measured(self, draws: int, chance: torch.Generator) -> dict[str, Tensor]:
        """What is measured of each of some queries, (N,) each."""
        width, answers = self.whole("width"), self.whole("answers")
        q = torch.randn(draws, 1, width, generator=chance)
        k = torch.randn(draws, answers, width, generator=chance)
        # On the CPU they are drawn, so that every device has the same.
        q, k = q.to(self.device), k.to(self.device)
        raw = (q @ k.mT).squeeze(1)  # (N, S)
        found = {}
        for name, scores in (("raw", raw), ("scaled", raw / math.sqrt(width))):
            p = scores.softmax(-1)  # (N, S)
            found[f"{name}.variance"] = scores.square().mean(-1)
            found[f"{name}.largest"] = p.amax(-1)
            found[f"{name}.slope"] = (p * (1 - p)).sum(-1)
        found["itself.own"] = _own(k, k)
        w_q, w_k = (torch.randn(width, width, generator=chance).to(k) for _ in "qk")
        found["projected.own"] = _own(k @ w_q / math.sqrt(width), k @ w_k / math.sqrt(width))
        return {name: value.cpu() for name, value in found.items()}


def _own(q: Tensor, k: Tensor) -> Tensor:
    """What each of some words gives itself, on average over the words of a text: (N,)."""
    weights = (q @ k.mT / math.sqrt(q.shape[-1])).softmax(-1)  # (N, S, S)
    return weights.diagonal(dim1=-2, dim2=-1).mean(-1)
