"""What a head looks for, in three numbers: how much of its weight lies where a rule points.

    prev     on the token just before: a head that looks one back
    same     on what followed this token when it came before: an induction head
    first    on the first token of the text: where heads park what they do not need

Each is the mean, over all tokens that ask and for which the rule points anywhere, of the weight on
all that it points at. A head that looked nowhere in particular would have a score too: what
`equal_shares` of the tokens that may be looked at give. (Olsson et al. 2022, "In-context learning
and induction heads", where `same` is the prefix-matching score; Xiao et al. 2023, "Efficient
streaming language models with attention sinks".)

Axes: B texts, H heads, T tokens that ask, T tokens that answer.

After `a b a` the last token asks; `a` stood at 0, so what followed it is at 1. A third of equal
shares lies there, and none of it comes from the tokens that ask before, which are new:

>>> tokens = torch.tensor([[0, 1, 0]])
>>> {name: round(score, 2) for name, score in baselines(tokens).items()}
{'prev': 0.42, 'same': 0.33, 'first': 0.42}
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

from models.layers.masks import causal, mask

Rule = Callable[[Tensor], Tensor]
"""Texts (B, T) -> at which tokens each token should look, (B, T, T) of true and false."""


def one_back(tokens: Tensor) -> Tensor:
    """The token just before; the first has none."""
    before = torch.ones_like(tokens, dtype=torch.bool)[:, 1:]  # (B, T - 1)
    return torch.diag_embed(before, -1)  # (B, T, T)


def same_spot(tokens: Tensor) -> Tensor:
    """Every token whose own predecessor is the token that asks, which asks no earlier than it."""
    follows = tokens[:, :, None] == tokens.roll(1, -1)[:, None]  # (B, T, T)
    follows[:, :, 0] = False  # nothing stands before the first
    return follows & mask(causal, tokens.shape[1], like=tokens)


def at_first(tokens: Tensor) -> Tensor:
    """The first token; for itself there is no other."""
    found = torch.zeros(*tokens.shape, tokens.shape[1], dtype=torch.bool, device=tokens.device)
    found[:, 1:, 0] = True
    return found  # (B, T, T)


RULES: dict[str, Rule] = {"prev": one_back, "same": same_spot, "first": at_first}


def score(weights: Tensor, points_at: Tensor) -> Tensor:
    """The mean weight that each head puts where a rule points: (B, H, T, T), (B, T, T) -> (H,).

    Raises:
        ValueError: if it points nowhere.
    """
    asks = points_at.any(-1)  # (B, T)
    if not asks.any():
        raise ValueError("in these texts there is nothing that the rule could point at")
    on_it = (weights * points_at[:, None]).sum(-1)  # (B, H, T)
    return on_it.sum((0, 2)) / asks.sum()


def scores(weights: Tensor, tokens: Tensor) -> dict[str, Tensor]:
    """All three of every head, (H,) each, by its weights (B, H, T, T) over texts (B, T).

    Raises:
        ValueError: if no token comes again in any of the texts.
    """
    return {name: score(weights, rule(tokens)) for name, rule in RULES.items()}


def equal_shares(tokens: Tensor) -> Tensor:
    """The weights (1, 1, T, T) of a head to which all tokens that it may look at are alike."""
    allowed = mask(causal, tokens.shape[1], like=tokens).float()  # (T, T)
    return (allowed / allowed.sum(-1, keepdim=True))[None, None]


def baselines(tokens: Tensor) -> dict[str, float]:
    """What each score is worth with equal shares, in these texts (B, T)."""
    return {name: found.item() for name, found in scores(equal_shares(tokens), tokens).items()}
