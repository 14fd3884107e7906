"""Masks: who may look at whom. True = may look, and every token may look at itself.

A rule is a sentence about two places, the one i that asks and the one j that is looked at:

    causal           j ≤ i                     nobody looks ahead
    window           |i − j| < size            only neighbours
    dilated          (i − j) mod step = 0      every step-th token
    global_tokens    i < count or j < count    the first few see all and are seen by all

Rules combine: `both(causal, window(4))`. (Child et al. 2019, "Generating long sequences with
sparse transformers"; Beltagy et al. 2020, "Longformer", section 3.1.)

Axes: B batch, H heads, T tokens that ask, S tokens that answer.

>>> mask(causal, 3).int()
tensor([[1, 0, 0],
        [1, 1, 0],
        [1, 1, 1]], dtype=torch.int32)
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

Rule = Callable[[Tensor, Tensor], Tensor]
"""Places i (T, 1) that ask and j (1, S) that are looked at -> whether that is allowed (T, S)."""


def causal(i: Tensor, j: Tensor) -> Tensor:
    """Nobody looks ahead."""
    return j <= i


def window(size: int) -> Rule:
    """Only tokens fewer than `size` places away."""
    return lambda i, j: (i - j).abs() < size


def dilated(step: int) -> Rule:
    """Every `step`-th token, counted from the one that asks."""
    return lambda i, j: (i - j) % step == 0


def global_tokens(count: int) -> Rule:
    """The first `count` tokens look at all, and all look at them."""
    return lambda i, j: (i < count) | (j < count)


def both(first: Rule, second: Rule) -> Rule:
    """Where both rules allow it."""
    return lambda i, j: first(i, j) & second(i, j)


def either(first: Rule, second: Rule) -> Rule:
    """Where at least one rule allows it."""
    return lambda i, j: first(i, j) | second(i, j)


def mask(rule: Rule, asks: int, answers: int | None = None, like: Tensor | None = None) -> Tensor:
    """The mask (T, S) of a rule, on the device of `like`; who asks are the last T of S tokens."""
    answers = asks if answers is None else answers
    j = torch.arange(answers, device=None if like is None else like.device)  # (S,)
    i = j[answers - asks :, None]  # (T, 1)
    return rule(i, j) | (i == j)  # (T, S)


def padding(lengths: Tensor, tokens: int) -> Tensor:
    """Texts of some `lengths` (B,), filled up to T `tokens`: the filling is looked at by nobody
    but itself, (B, 1, T, T)."""
    itself = torch.eye(tokens, dtype=torch.bool, device=lengths.device)  # (T, T)
    return sources(lengths, tokens) | itself  # (B, 1, T, T)


def sources(lengths: Tensor, tokens: int) -> Tensor:
    """The same for those who look from elsewhere, in cross-attention: (B, 1, 1, S)."""
    place = torch.arange(tokens, device=lengths.device)  # (S,)
    return (place < lengths[:, None])[:, None, None]  # (B, 1, 1, S)


def doors(is_open: Tensor, width: int) -> Tensor:
    """A maze as a mask: head d looks at its own cell, and through the door in direction d.

    `is_open`: (B, T, 4), whether one can leave a cell north, east, south, west; cells stand row
    by row, `width` to a row, and all outer walls are closed. Four heads, four directions:
    (B, 4, T, T).
    """
    cell = torch.arange(is_open.shape[1], device=is_open.device)  # (T,)
    step = torch.tensor([-width, 1, width, -1], device=is_open.device)[:, None]  # (4, 1)
    beside = (cell + step)[..., None] == cell  # (4, T, T)
    return beside & is_open.bool().mT[..., None] | (cell[:, None] == cell)  # (B, 4, T, T)
