"""Networks of which it is known: sums of the past, shares of the whole, and one with dice."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import torch
from torch import Tensor

from models.checks.case import Case, Check, Results

VOCABULARY = 5
Network = Callable[[Tensor], Tensor]


def _texts() -> Tensor:
    return torch.tensor([[1, 4, 2, 3], [2, 2, 1, 4]])


def _sums(texts: Tensor) -> Tensor:
    """Each token hears those before it and itself."""
    return texts.cumsum(1)


def _shares(texts: Tensor) -> Tensor:
    """Each token hears all."""
    return texts / texts.sum(1, keepdim=True)


class _Dice:
    """Says something else each time it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, texts: Tensor) -> Tensor:
        self.asked += 1
        return texts.cumsum(1) + self.asked


def _case(title: str, network: Callable[[], Network]) -> Case:
    def run(module: ModuleType) -> Results:
        texts = _texts()
        found = module.looks_ahead(network(), texts, 2, VOCABULARY)
        return Results({"looks ahead": bool(found), "texts afterwards": texts})

    return Case(title, run)


def _accuses_nobody(module: ModuleType) -> bool:
    """Sums of the past, whatever the place."""
    found = [module.looks_ahead(_sums, _texts(), place, VOCABULARY) for place in range(4)]
    return not any(found)


CHECK = Check(
    cases=(
        _case("a network that sums up the past", lambda: _sums),
        _case("one that takes shares of the whole text", lambda: _shares),
        _case("one that says something else each time", _Dice),
    ),
    keeps=_accuses_nobody,
)
