"""Scores with a causal mask, with a bias, with both, and with neither."""

from __future__ import annotations

from types import ModuleType

import torch
from torch import Tensor

from models.checks.case import Case, Check, Results
from models.checks.tensors import drawn, flows_back
from models.layers.masks import causal, mask


def _case(title: str, allowed: Tensor | None = None, bias: Tensor | None = None) -> Case:
    q, k = drawn(3, 4), drawn(3, 4, seed=1)

    def run(module: ModuleType) -> Results:
        scores = module.similarity(q, k, allowed, bias)
        weights = scores.softmax(-1)
        gradients = dict(
            zip(("gradient of q", "gradient of k"), flows_back(weights, q, k), strict=True)
        )
        return Results({"scores": scores, "weights": weights}, gradients)

    return Case(title, run)


def _future_changes_nothing(module: ModuleType) -> bool:
    """Exchange later tokens, keys and values: what earlier ones read stays as it is, to the bit."""
    q, k, v = drawn(4, 4), drawn(4, 4, seed=1), drawn(4, 4, seed=2)
    others = [torch.cat([was[:2], drawn(4, 4, seed=3)[2:]]) for was in (k, v)]
    before, now = (
        (module.similarity(q, keys, mask(causal, 4)).softmax(-1) @ values)[:2]
        for keys, values in ((k, v), others)
    )
    return bool(torch.equal(before, now))


CHECK = Check(
    cases=(
        _case("a causal mask", mask(causal, 3)),
        _case("a mask and a bias", mask(causal, 3), drawn(3, 3, seed=3).detach()),
        _case("a bias and no mask", None, drawn(3, 3, seed=3).detach()),
        _case("neither a mask nor a bias"),
    ),
    keeps=_future_changes_nothing,
)
