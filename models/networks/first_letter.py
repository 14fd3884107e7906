"""One layer of attention that reads letters and, at the last of them, says which came first.

Axes: B batch, T letters, C channels, V = 26 letters of the alphabet.

There are VC + TC + 4C² + 4C + VC + V parameters: 5 letters, strings of 3 and 2 channels make
10 + 6 + 24 + 10 + 5:

>>> from models.layers.size import parameters
>>> parameters(FirstLetter(Shape(length=3, width=2, alphabet=5)))
55
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from models.layers.multi_head import MultiHeadAttention


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How large the network is."""

    length: int = 10
    width: int = 32
    alphabet: int = 26
    positions: bool = True
    """Whether each letter is told its place. Attention alone sees a bag of letters."""


class FirstLetter(nn.Module):
    """letter + place, one look at all letters, an answer read at the last."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.letter = nn.Embedding(shape.alphabet, shape.width)
        place = 0.5 * torch.randn(shape.length, shape.width)
        # Without positions, a place that is nothing and is never learned.
        self.place = nn.Parameter(place if shape.positions else torch.zeros_like(place))
        self.place.requires_grad_(shape.positions)
        self.attend = MultiHeadAttention(shape.width)
        self.answer = nn.Linear(shape.width, shape.alphabet)

    def forward(self, letters: Tensor) -> Tensor:
        """How likely each letter is the first one: (B, T) -> logits (B, V)."""
        x = self.letter(letters) + self.place  # (B, T, C)
        x = x + self.attend(x)
        return self.answer(x[:, -1])  # (B, V)
