"""A tower: blocks on top of each other, from which parts can be taken away.

    x       = token + place
    x       = block_L( … block_1(x))      the stream goes up the tower
    logits_t = W norm(x_t)                an answer for each token

What can be taken away: the residual (a layer's output takes the place of the stream instead of
being added to it), the norms, the feed-forward layers, and the sight of others (each token attends
to itself alone, so that nothing passes between tokens). The last norm is there only where norms
stand before the layers: elsewhere the stream that comes out is normed already, or never.

Axes: B batch, T tokens, C channels, A answers, L blocks.

A block with all its parts has 12C² + 13C parameters:

>>> from models.layers.size import parameters
>>> parameters(Tower(Shape(vocabulary=10, answers=10, context=8, width=4, heads=2)).blocks[0])
244
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from models.layers.blocks import Block, BlockShape
from models.layers.norm import LayerNorm, NoNorm
from models.layers.positions import added
from models.layers.readout import readout

NORM_PLACES = ("pre", "post", "none")


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How large the tower is, and which parts it has."""

    vocabulary: int
    answers: int
    context: int
    """The most tokens it reads at once."""
    width: int = 32
    heads: int = 4
    depth: int = 6
    norm: str = "pre"
    """Where the norms stand: `pre`, before each layer, `post`, after each sum, or `none`."""
    residual: bool = True
    feed_forward: bool = True
    alone: bool = False
    """Whether each token may attend to itself only."""
    std: float = 1.0
    """The standard deviation of tokens and places at first."""

    @property
    def block(self) -> BlockShape:
        """What each of its blocks is made of."""
        if self.norm not in NORM_PLACES:
            raise ValueError(f"there is no {self.norm!r}: choose from {', '.join(NORM_PLACES)}")
        return BlockShape(
            width=self.width,
            heads=self.heads,
            hidden=None if self.feed_forward else 0,
            norm="none" if self.norm == "none" else "layer",
            order="post" if self.norm == "post" else "pre",
            residual=self.residual,
        )


class Tower(nn.Module):
    """Tokens in, an answer for each out. `stream` and each block's `stream` can be looked at."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.token = nn.Embedding(shape.vocabulary, shape.width)
        nn.init.normal_(self.token.weight, std=shape.std)
        self.place = added("learned", shape.context, shape.width, shape.std)
        self.stream = nn.Identity()
        self.blocks = nn.ModuleList(Block(shape.block) for _ in range(shape.depth))
        self.norm = (LayerNorm if shape.norm == "pre" else NoNorm)(shape.width)
        self.answer = readout(shape.width, shape.answers)

    def parts(self) -> dict[str, int | str | bool]:
        """Which parts it has, and how many blocks."""
        shape = self.shape
        return {
            "depth": shape.depth,
            "norm": shape.norm,
            "residual": shape.residual,
            "feed_forward": shape.feed_forward,
            "alone": shape.alone,
        }

    def forward(self, tokens: Tensor) -> Tensor:
        """How likely each answer is for each token, as logits: (B, T) -> (B, T, A)."""
        allowed = itself(tokens) if self.shape.alone else None
        x = self.stream(self.place(self.token(tokens)))  # (B, T, C)
        for block in self.blocks:
            x = block(x, allowed)  # (B, T, C)
        return self.answer(self.norm(x))  # (B, T, A)


def itself(tokens: Tensor) -> Tensor:
    """A mask that lets each token look at itself alone: (B, T) -> (1, 1, T, T)."""
    return torch.eye(tokens.shape[1], dtype=torch.bool, device=tokens.device)[None, None]
