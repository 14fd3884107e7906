"""Scaled dot-product attention: everyone asks, everyone answers, and everyone takes a mixture.

    weights = softmax(q kᵀ / √K)
    mixture = weights v

Axes: B batch, T tokens that ask, S tokens that answer, H heads, D width, K = D/H width of a head.
A mask is true where a token may be looked at; every row must leave at least one. (Vaswani et al.
2017, "Attention is all you need", section 3.2.)
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import linear


def similarity(q: Tensor, k: Tensor, allowed: Tensor | None = None) -> Tensor:
    """How well each question fits each answer; -∞ where looking is not allowed."""
    scores = q @ k.mT / math.sqrt(q.shape[-1])  # (..., T, S)
    return scores if allowed is None else scores.masked_fill(~allowed, -math.inf)


def attention(
    q: Tensor, k: Tensor, v: Tensor, allowed: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """The mixtures (..., T, K) and the weights they were mixed by (..., T, S)."""
    weights = similarity(q, k, allowed).softmax(-1)  # each row: positive, sum 1
    return weights @ v, weights


def causal(tokens: int, device: torch.device | None = None) -> Tensor:
    """The mask (T, T) by which a token may look at itself and at those before it."""
    return torch.ones(tokens, tokens, dtype=torch.bool, device=device).tril()


def split(x: Tensor, heads: int) -> Tensor:
    """(B, T, D) -> (B, H, T, K): each head gets its share of the width."""
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)


def merge(x: Tensor) -> Tensor:
    """(B, H, T, K) -> (B, T, D): the shares of the heads side by side."""
    return x.transpose(1, 2).flatten(2)


class Attention(nn.Module):
    """Self-attention with `heads` heads. Names and layout are `nn.MultiheadAttention`'s.

    `scores` and `weights` change nothing: they are where `models.probe` looks and reaches in.
    """

    def __init__(self, width: int, heads: int = 1) -> None:
        super().__init__()
        self.heads = heads
        bound = math.sqrt(6 / (4 * width))  # Glorot and Bengio 2010, for a (3D, D) matrix
        self.in_proj_weight = nn.Parameter(torch.empty(3 * width, width).uniform_(-bound, bound))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * width))
        self.out_proj = nn.Linear(width, width)
        nn.init.zeros_(self.out_proj.bias)
        self.scores = nn.Identity()
        self.weights = nn.Identity()

    def forward(self, x: Tensor, allowed: Tensor | None = None) -> Tensor:
        """What each token takes up from the tokens it may look at: (B, T, D) -> (B, T, D)."""
        q, k, v = (
            split(y, self.heads)  # (B, H, T, K)
            for y in linear(x, self.in_proj_weight, self.in_proj_bias).chunk(3, -1)
        )
        scores = self.scores(similarity(q, k, allowed))  # (B, H, T, T)
        weights = self.weights(scores.softmax(-1))
        return self.out_proj(merge(weights @ v))
