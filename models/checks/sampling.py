"""Networks known beforehand: one that counts on, and one that says b four times of five."""

from __future__ import annotations

import math
from types import ModuleType

import torch
from torch import Tensor, nn

from models.checks.case import Case, Check, Results

MANY = 4000
TOKENS = 4


class CountsOn(nn.Module):
    """After 0 comes 1, after 1 comes 2, for certain; after the last the first."""

    def forward(self, texts: Tensor) -> Tensor:
        """(B, T) -> (B, T, V)."""
        following = (texts + 1) % TOKENS
        return nn.functional.one_hot(following, TOKENS) * 100.0


class Says(nn.Module):
    """The same shares after anything."""

    def __init__(self, *shares: float) -> None:
        super().__init__()
        self.logits = torch.tensor([math.log(share) for share in shares])

    def forward(self, texts: Tensor) -> Tensor:
        """(B, T) -> (B, T, V)."""
        return self.logits.expand(*texts.shape, -1)


def _counts_on(module: ModuleType) -> Results:
    begun = torch.tensor([[0], [2]])
    texts = module.written(CountsOn(), begun, 5, torch.Generator().manual_seed(0))
    return Results({"texts": texts})


def _share(module: ModuleType, *shares: float, token: int = 1) -> float:
    """How often a token is drawn of many."""
    begun = torch.zeros(MANY, 1, dtype=torch.long)
    texts = module.written(Says(*shares), begun, 2, torch.Generator().manual_seed(1))
    return float((texts[:, 1] == token).float().mean())


def _says_b(module: ModuleType) -> Results:
    # To one digit: 4,000 draws lie within 0.02 of the share.
    return Results({"share of b": round(_share(module, 0.1, 0.8, 0.1), 1)})


def _as_often_as_it_says(module: ModuleType) -> bool:
    return abs(_share(module, 0.3, 0.7) - 0.7) < 0.04


CHECK = Check(
    cases=(
        Case("a network that counts on, after 0 and after 2", _counts_on),
        Case("a network that says b four times of five", _says_b),
    ),
    keeps=_as_often_as_it_says,
)
