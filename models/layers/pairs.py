"""Tokens made of two parts: what a token means is what its parts mean, added up.

    x = first + second

So what is learned of a part serves in every pair it comes in: 26 capitals and 27 small signs make
702 tokens, and 53 rows know them all.

Axes: B texts, T tokens, C channels.

Two rows for firsts, two for seconds; token 3 = 1 · 2 + 1 is the last of both, 10 + 1000:

>>> import torch
>>> pairs = PairEmbedding(firsts=2, seconds=2, width=1)
>>> _ = pairs.weight.data.copy_(torch.tensor([[1.0], [10.0], [100.0], [1000.0]]))
>>> pairs(torch.tensor([[0, 3]]))[..., 0].tolist()
[[101.0, 1010.0]]
"""

from __future__ import annotations

from torch import Tensor, nn


class PairEmbedding(nn.Embedding):
    """A table for tokens = first · seconds + second; the rows of the firsts come first."""

    def __init__(self, firsts: int, seconds: int, width: int, std: float = 1.0) -> None:
        super().__init__(firsts + seconds, width)
        self.firsts, self.seconds = firsts, seconds
        nn.init.normal_(self.weight, std=std)

    def forward(self, tokens: Tensor) -> Tensor:
        """What each token means: (B, T) -> (B, T, C)."""
        first = super().forward(tokens // self.seconds)  # (B, T, C)
        second = super().forward(self.firsts + tokens % self.seconds)  # (B, T, C)
        return first + second  # (B, T, C)
