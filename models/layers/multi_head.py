"""Multi-head attention: several attentions side by side, each on its own share of the channels.

    head_h = attention(x Wq_h, y Wk_h, y Wv_h)
    output = [head_1 … head_H] Wo

In self-attention y is x: every token asks every token. In cross-attention y is something else, of
another length: a translator asks the sentence it translates. (Vaswani et al. 2017, "Attention is
all you need", section 3.2.2.)

Axes: B batch, T tokens that ask, S tokens that answer, C channels, H heads, D = C/H.

Two heads share four channels. Splitting and merging only rearranges:

>>> x = torch.tensor([[[1, 2, 3, 4]]])
>>> split(x, heads=2).tolist()
[[[[1, 2]], [[3, 4]]]]
>>> merge(split(x, heads=2)).tolist()
[[[1, 2, 3, 4]]]
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import linear

from models.layers.attention import check_mask, fused_attention, similarity
from models.layers.cache import Cache
from models.layers.relative import Relative


def split(x: Tensor, heads: int) -> Tensor:
    """Each head gets its share of the channels: (B, T, C) -> (B, H, T, D)."""
    return x.unflatten(-1, (heads, -1)).transpose(1, 2)  # (B, H, T, D)


def merge(x: Tensor) -> Tensor:
    """The shares of the heads side by side: (B, H, T, D) -> (B, T, C)."""
    return x.transpose(1, 2).flatten(2)  # (B, T, C)


def project(x: Tensor, source: Tensor | None, weight: Tensor, bias: Tensor) -> tuple[Tensor, ...]:
    """Questions of x (B, T, C), keys and values of `source` (B, S, C), or of x itself.

    The matrices for the three stand below one another in `weight` (3C, C).
    """
    if source is None:
        return linear(x, weight, bias).chunk(3, -1)  # (B, T, C)
    (w_q, w_k, w_v), (b_q, b_k, b_v) = weight.chunk(3), bias.chunk(3)
    return linear(x, w_q, b_q), linear(source, w_k, b_k), linear(source, w_v, b_v)


class MultiHeadAttention(nn.Module):
    """Names and layout of the weights are those of `torch.nn.MultiheadAttention`.

    `q`, `k`, `v`, `scores` and `weights` pass on what they are given: they are where
    `models.probe` looks and reaches in. `fused` leaves the last two out, to be faster.
    """

    def __init__(
        self,
        width: int,
        heads: int = 1,
        *,
        relative: Relative | None = None,
        dropout: float = 0.0,
        fused: bool = False,
    ) -> None:
        super().__init__()
        if width % heads:
            raise ValueError(f"{heads} heads cannot share {width} channels evenly")
        self.heads, self.fused = heads, fused
        self.relative = relative or Relative()
        bound = math.sqrt(6 / (4 * width))  # Glorot and Bengio 2010, for a (3C, C) matrix
        self.in_proj_weight = nn.Parameter(torch.empty(3 * width, width).uniform_(-bound, bound))
        self.in_proj_bias = nn.Parameter(torch.zeros(3 * width))
        self.out_proj = nn.Linear(width, width)
        nn.init.zeros_(self.out_proj.bias)
        self.q, self.k, self.v = nn.Identity(), nn.Identity(), nn.Identity()
        self.scores, self.weights = nn.Identity(), nn.Identity()
        self.drop = nn.Dropout(dropout)

    def forward(
        self,
        x: Tensor,
        source: Tensor | None = None,
        allowed: Tensor | None = None,
        cache: Cache | None = None,
    ) -> Tensor:
        """What each token of x (B, T, C) takes up from those of `source` (B, S, C), or of x.

        With a `cache`, x is what comes next: it also looks at all that came before.
        """
        if allowed is not None:
            check_mask(allowed, axes=4)
        three = project(x, source, self.in_proj_weight, self.in_proj_bias)
        q, k, v = (split(y, self.heads) for y in three)  # (B, H, ..., D)
        before = 0 if cache is None else cache.tokens
        q, k = self.relative.turn(q, before), self.relative.turn(k, before)
        if cache is not None:
            k, v = cache.append(k, v)  # (B, H, S, D)
        return self.out_proj(merge(self.mix(self.q(q), self.k(k), self.v(v), allowed)))

    def mix(self, q: Tensor, k: Tensor, v: Tensor, allowed: Tensor | None) -> Tensor:
        """The mixture of every head, (B, H, T, D)."""
        bias = self.relative.bias(q, k)
        if self.fused:
            dropout = self.drop.p if self.training else 0.0
            return fused_attention(q, k, v, allowed, bias, dropout)
        scores = self.scores(similarity(q, k, allowed, bias))  # (B, H, T, S)
        weights = self.weights(scores.softmax(-1))  # (B, H, T, S)
        return self.drop(weights) @ v  # (B, H, T, D)
