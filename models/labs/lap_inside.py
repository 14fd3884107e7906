"""Where heads look that run laps, by rules; and the same if a token cannot be looked at.

Axes: B texts, H heads, T tokens.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import AbstractContextManager

import torch
from torch import Tensor, nn

from models.head_scores import RULES, Rule, at_first, equal_shares, score
from models.layers.multi_head import MultiHeadAttention
from models.probe import at_rest, replacing, watching

Scores = dict[str, list[list[float]]]
"""Name of a rule -> layer by layer, the mean weight that each head puts where it points."""


def back(steps: int, begins: int) -> Rule:
    """So many tokens back, from a token on."""

    def rule(tokens: Tensor) -> Tensor:
        place = torch.arange(tokens.shape[1], device=tokens.device)
        points = (place[:, None] - place == steps) & (place[:, None] >= begins)  # (T, T)
        return points.expand(len(tokens), -1, -1)

    return rule


def from_place(rule: Rule, begins: int, ends: int | None = None) -> Rule:
    """A rule for those tokens alone that ask from one place on, and before another."""

    def some(tokens: Tensor) -> Tensor:
        points = rule(tokens).clone()
        points[:, :begins] = False
        if ends is not None:
            points[:, ends:] = False
        return points

    return some


def rules(length: int) -> dict[str, Rule]:
    """Where a head may look: `prev`, `same`, `first`; and `back`, so many tokens back that it is
    what comes next, if a loop has this length: from the second lap of such a loop on."""
    return {**RULES, "back": back(length - 1, length + 1)}


def parking(length: int) -> dict[str, Rule]:
    """At the first token, from the first lap of a loop of some length, and from those after it."""
    return {
        "parked": from_place(at_first, 1, length + 1),
        "parked_later": from_place(at_first, length + 1),
    }


def scored(network: nn.Module, texts: Tensor, wanted: Mapping[str, Rule]) -> Scores:
    """How much of its weight each head puts where each rule points, in texts (B, T)."""
    paths = attentions(network)
    with at_rest(network), watching(network, *(f"{path}.weights" for path in paths)) as seen:
        network(texts)
    return {
        name: [score(seen[f"{path}.weights"], rule(texts)).tolist() for path in paths]
        for name, rule in wanted.items()
    }


def evenly(texts: Tensor, wanted: Mapping[str, Rule]) -> dict[str, float]:
    """What each score is worth with equal shares, in texts (B, T)."""
    return {name: score(equal_shares(texts), rule(texts)).item() for name, rule in wanted.items()}


def attentions(network: nn.Module) -> list[str]:
    """The attention of each layer, by its name in the code."""
    return [n for n, part in network.named_modules() if isinstance(part, MultiHeadAttention)]


def blind_to_first(network: nn.Module, layer: int) -> AbstractContextManager[None]:
    """Let nobody in a layer look at the first token, but itself, in the passes made inside."""

    def hide(scores: Tensor) -> Tensor:
        hidden = scores.clone()
        hidden[..., 1:, 0] = -math.inf
        return hidden

    return replacing(network, f"{attentions(network)[layer]}.scores", hide)
