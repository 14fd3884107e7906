"""All heads of a network at once, and the network without some of them.

A map of weights says where a head looks. Whether that counts is told by switching the head off and
asking again: both are answered here, for any network whose attention has heads.

Axes: L layers, H heads in each, T tokens that ask, S tokens that answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import torch
from torch import nn

from models.ablation import without_heads
from models.labs.attention_inside import place_of
from models.labs.lab import Inside
from models.layers.multi_head import MultiHeadAttention
from models.probe import at_rest, watching

Off = Sequence[Sequence[int]]
"""Heads that are switched off: [layer, head] of each, counted from 0."""
Judge = Callable[[], Mapping[str, Any]]
"""How the network does as it stands: `accuracy`, `loss` in nats, and `parts`, the share right of
each question."""


def switched_off(network: nn.Module, off: Off) -> AbstractContextManager[None]:
    """The network without some heads, in the passes made inside.

    Raises:
        ValueError: if it has no such head.
    """
    heads: dict[str, list[int]] = {}
    for layer, head in off:
        place = place_of(network, {"layer": layer, "head": head})
        heads.setdefault(place.path, []).append(place.head)
    return without_heads(network, heads)


def heads_of(network: nn.Module, *inputs: Any, off: Off, judge: Judge) -> Inside:
    """Where every head looks in one text, with some heads switched off, and how that does.

    The array `weights` (L, H, T, S); values `off`, `layers`, `heads`, and what `judge` tells. A
    head that is off still looks: it says nothing of what it sees.

    Raises:
        ValueError: if there is no such head.
    """
    paths = _attentions(network)
    with switched_off(network, off):
        with at_rest(network), watching(network, *(f"{path}.weights" for path in paths)) as seen:
            network(*inputs)
        judged = dict(judge())
    weights = torch.stack([seen[f"{path}.weights"][0] for path in paths])  # (L, H, T, S)
    layers, heads = weights.shape[:2]
    values = {"off": [list(one) for one in off], "layers": layers, "heads": heads, **judged}
    return {"weights": weights.float().cpu().numpy()}, values


def board_of(network: nn.Module, sets: Sequence[Off] | None, judge: Judge) -> Inside:
    """How the network does without each of several sets of heads.

    Values `rows`, for each set a dictionary of `off` and what `judge` tells, `layers` and `heads`.
    Without `sets` they are: no head, each one, each pair where there are at most four, and all.

    Raises:
        ValueError: if there is no such head.
    """
    place = place_of(network, {})
    chosen = usual_sets(place.layers, place.heads) if sets is None else sets
    rows = []
    for off in chosen:
        with switched_off(network, off):
            rows.append({"off": [list(one) for one in off], **judge()})
    return {}, {"rows": rows, "layers": place.layers, "heads": place.heads}


def usual_sets(layers: int, heads: int) -> list[list[list[int]]]:
    """No head, each head, each pair of at most four, and all of them.

    >>> usual_sets(1, 2)
    [[], [[0, 0]], [[0, 1]], [[0, 0], [0, 1]]]
    """
    each = [[layer, head] for layer in range(layers) for head in range(heads)]
    pairs = [[a, b] for at, a in enumerate(each) for b in each[at + 1 :]] if len(each) <= 4 else []
    sets = [[], *([one] for one in each), *pairs]
    return sets if each in sets else [*sets, each]


def _attentions(network: nn.Module) -> list[str]:
    return [n for n, part in network.named_modules() if isinstance(part, MultiHeadAttention)]
