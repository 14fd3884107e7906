"""One block of a Transformer, small enough to be read number by number: it says which word of a
sentence is hidden.

    x      = word + place
    x      = norm(x + attend(x))       every word asks every word, itself included
    x      = norm(x + think(x))
    logits = x_hidden Eᵀ               E: the table of words that was also read from

The block is that of 2017: the norm stands after each sum, the feed-forward layer bends with ReLU,
and the table that words are read from also says which word comes out. What is learned is to fill a
gap from both sides. (Vaswani et al. 2017, "Attention is all you need", sections 3.1 to 3.4; Devlin
et al. 2019, "BERT", section 3.1, task 1.)

Axes: B batch, T words, C channels, F hidden channels, V vocabulary.

There are VC + TC + 4C² + 4C + 2CF + F + C + 4C parameters: 5 words, sentences of 3, 2 channels and
4 hidden ones make 10 + 6 + 16 + 8 + 16 + 4 + 2 + 8:

>>> from models.layers.size import parameters
>>> parameters(HiddenWord(Shape(vocabulary=5, length=3, width=2, hidden=4)))
70
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from models.layers.blocks import Block, BlockShape
from models.layers.positions import added


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How large the network is."""

    vocabulary: int
    length: int = 9
    width: int = 6
    hidden: int = 12
    std: float = 0.5
    """The standard deviation of words and places at first."""
    equal: bool = False
    """Whether every word gives all words the same share, whatever questions and keys say."""


class EqualShares(nn.Identity):
    """In place of the weights of an attention: 1/S for each of S."""

    def forward(self, weights: Tensor) -> Tensor:
        """(..., T, S) -> (..., T, S)."""
        return torch.full_like(weights, 1 / weights.shape[-1])


class HiddenWord(nn.Module):
    """Sentences with one gap in, what stands in the gap out."""

    def __init__(self, shape: Shape, gap: int = 0) -> None:
        super().__init__()
        self.gap = gap
        self.word = nn.Embedding(shape.vocabulary, shape.width)
        nn.init.normal_(self.word.weight, std=shape.std)
        self.place = added("learned", shape.length, shape.width, shape.std)
        block = BlockShape(width=shape.width, hidden=shape.hidden, activation="relu", order="post")
        self.block = Block(block)
        if shape.equal:
            self.block.attend.weights = EqualShares()

    def forward(self, words: Tensor) -> Tensor:
        """How likely each word stands in the gap, as logits: (B, T) -> (B, V)."""
        x = self.block(self.place(self.word(words)))  # (B, T, C)
        hidden = (words == self.gap).to(x).unsqueeze(1)  # (B, 1, T)
        return (hidden @ x).squeeze(1) @ self.word.weight.mT  # (B, V)
