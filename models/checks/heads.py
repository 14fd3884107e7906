"""Texts whose channels are shared out: two tokens of numbered channels, and drawn ones."""

from __future__ import annotations

from types import ModuleType

import torch
from torch import Tensor

from models.checks.case import Case, Check, Results
from models.checks.tensors import drawn, flows_back


def _case(title: str, x: Tensor, heads: int) -> Case:
    def run(module: ModuleType) -> Results:
        out = module.split(x, heads)
        return Results({"split(x)": out}, {"gradient of x": flows_back(out, x)[0]})

    return Case(title, run)


def _refuses(module: ModuleType) -> Results:
    """Five channels cannot be shared out to two heads."""
    try:
        module.split(drawn(1, 2, 5), 2)
    except (RuntimeError, ValueError, AssertionError):
        return Results({"is it refused?": 1})
    return Results({"is it refused?": 0})


def _merges_to_the_same(module: ModuleType) -> bool:
    x = drawn(2, 3, 6)
    return bool(torch.equal(module.merge(module.split(x, 2)), x))


CHECK = Check(
    cases=(
        _case(
            "two tokens of four channels and two heads",
            torch.tensor([[[1.0, 2, 3, 4], [5, 6, 7, 8]]]).requires_grad_(),
            2,
        ),
        _case("two texts and three heads", drawn(2, 3, 6), 3),
        _case("one head", drawn(1, 2, 4), 1),
        Case("five channels for two heads", _refuses),
    ),
    keeps=_merges_to_the_same,
)
