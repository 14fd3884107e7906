"""A small block of drawn weights, pre-norm, post-norm, and without its stream."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import torch
from torch import nn

from models.checks.case import Case, Check, Results
from models.checks.tensors import drawn, flows_back


def _block(module: ModuleType, **shape: Any) -> Any:
    """A block of the module's own, whose weights are always the same."""
    block = module.Block(module.BlockShape(width=4, heads=2, hidden=4, **shape))
    with torch.no_grad():
        for number, (name, weight) in enumerate(block.named_parameters()):
            if "norm" not in name:
                weight.copy_(drawn(*weight.shape, seed=number) / 2)
    return block


def _case(title: str, **shape: Any) -> Case:
    x = drawn(1, 3, 4, seed=9)

    def run(module: ModuleType) -> Results:
        out = _block(module, **shape)(x)
        return Results({"the stream": out}, {"gradient of x": flows_back(out, x)[0]})

    return Case(title, run)


def _silence_changes_nothing(module: ModuleType) -> bool:
    block, x = _block(module), drawn(1, 3, 4)
    for layer in (block.attend.out_proj, block.think.linear2):
        nn.init.zeros_(layer.weight)
        nn.init.zeros_(layer.bias)
    return bool(torch.equal(block(x), x))


CHECK = Check(
    cases=(
        _case("pre-norm"),
        _case("post-norm", order="post"),
        _case("the residual switched off", residual=False),
    ),
    keeps=_silence_changes_nothing,
)
