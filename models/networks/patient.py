"""A patient: one block that says each next letter, with whatever its diseases can change.

    x      = token + place
    x      = x + attend(norm(x))      each letter sees itself and those before it
    x      = x + think(norm(x))
    logits = W norm(x) + b            one head, a mask, and dropout on its weights, if any

This one is in good health; `diseases` has six that are not. Attention is written out here because
the layers of this course refuse two of them: a mask that is not boolean, and a row that allows
nothing.

Axes: B texts, T letters, C channels, V letters to choose from.

>>> Patient(letters=3, context=4, width=2).hide(torch.zeros(1, 2, 2)).tolist()
[[[0.0, -inf], [0.0, 0.0]]]
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from models.layers.attention import similarity
from models.layers.feed_forward import FeedForward
from models.layers.norm import LayerNorm
from models.layers.readout import readout

UNGRADED = -1
"""The target of a letter that is not graded."""


class Patient(nn.Module):
    """Letters in, the logits of each one's successor out: (B, T) -> (B, T, V).

    `weights` passes on the attention weights as the softmax made them, `used` as they are used.
    """

    def __init__(self, letters: int, context: int, width: int, dropout: float = 0.0) -> None:
        super().__init__()
        self.token = nn.Embedding(letters, width)
        nn.init.normal_(self.token.weight, std=0.5)
        self.place = nn.Parameter(0.5 * torch.randn(context, width))
        self.norm_attend, self.norm_think = LayerNorm(width), LayerNorm(width)
        self.in_proj, self.out_proj = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.think = FeedForward(width, 2 * width)
        self.norm = LayerNorm(width)
        self.unembed = readout(width, letters)
        self.drop = nn.Dropout(dropout)
        self.weights, self.used = nn.Identity(), nn.Identity()

    def forward(self, texts: Tensor) -> Tensor:
        """The logits of each letter's successor."""
        x = self.enter(texts)  # (B, T, C)
        q, k, v = self.in_proj(self.norm_attend(x)).chunk(3, -1)  # (B, T, C) each
        scores = self.hide(similarity(q, k))  # (B, T, T)
        used = self.used(self.drop(self.weights(scores.softmax(-1))))  # (B, T, T)
        x = x + self.out_proj(used @ v)  # (B, T, C)
        x = x + self.think(self.norm_think(x))  # (B, T, C)
        return self.unembed(self.norm(x))  # (B, T, V)

    def enter(self, texts: Tensor) -> Tensor:
        """What the block reads: (B, T) -> (B, T, C)."""
        x = self.token(texts)
        return x + self.place[: texts.shape[1]]

    def hide(self, scores: Tensor) -> Tensor:
        """The scores (B, T, T) with what may not be looked at hidden."""
        j = torch.arange(scores.shape[-1], device=scores.device)
        ahead = j > j[:, None]
        return scores.masked_fill(ahead, -math.inf)

    def loss(self, logits: Tensor, targets: Tensor) -> Tensor:
        """How badly logits (B, T, V) foresaw the targets (B, T), −1 where nothing is graded."""
        logits, targets = logits.flatten(0, 1), targets.flatten()
        return cross_entropy(logits, targets, ignore_index=UNGRADED)

    def rate(self, usual: float) -> float:
        """The learning rate that it is trained with."""
        return usual

    def settle(self) -> None:
        """Get ready for an exam."""
        self.eval()
