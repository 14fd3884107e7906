"""Attention of few that ask and few that answer: alone, with axes before them, and with a mask."""

from __future__ import annotations

from types import ModuleType

import torch
from torch import Tensor

from models.checks.case import Case, Check, Results
from models.checks.tensors import drawn, flows_back


def _case(title: str, *before: int, allowed: Tensor | None = None) -> Case:
    q, k, v = (drawn(*before, count, 4, seed=seed) for seed, count in enumerate((2, 3, 3)))

    def run(module: ModuleType) -> Results:
        mixture, weights = module.attention(q, k, v, allowed)
        gradients = flows_back(mixture, q, k, v)
        names = ("gradient of q", "gradient of k", "gradient of v")
        values = {"weights": weights, "mixture": mixture}
        return Results(values, dict(zip(names, gradients, strict=True)))

    return Case(title, run)


def _rows_sum_to_one(module: ModuleType) -> bool:
    q, k, v = drawn(2, 5, 4), drawn(2, 6, 4, seed=1), drawn(2, 6, 4, seed=2)
    _, weights = module.attention(q, k, v)
    return bool(torch.allclose(weights.sum(-1), torch.ones(2, 5)) and (weights >= 0).all())


CHECK = Check(
    cases=(
        _case("two that ask and three that answer"),
        _case("two texts of two heads", 2, 2),
        _case("a mask", allowed=torch.tensor([[True, True, False], [True, True, True]])),
    ),
    keeps=_rows_sum_to_one,
)
