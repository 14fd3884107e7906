"""A decoder of attention alone: layers of heads under a causal mask, and nothing else.

    x      = token + place
    x      = x + attend_l(norm(x))      for each of L layers
    logits = W norm(x)

Between reading a token and naming its successor tokens look at each other and add up what they
find; no layer thinks about it. What such a network can do is done by its heads, so it is here that
one can see them work together. One layer relates a token to what it looks at; a second looks with
what the first has found. (Elhage et al. 2021, "A mathematical framework for transformer circuits".)

Axes: B batch, T tokens, C channels, V vocabulary, L layers, P places.

With learned positions there are 2VC + PC + L(4C² + 4C) parameters, and 2C for each of L + 1 norms:
10 tokens of 4 channels, 3 places and 2 layers make 80 + 12 + 160 + 24; with places inside attention
and no norms 80 + 160:

>>> from dataclasses import replace
>>> from models.layers.size import parameters
>>> shape = Shape(vocabulary=10, context=3, width=4, heads=2, layers=2)
>>> parameters(AttentionOnly(shape))
276
>>> parameters(AttentionOnly(replace(shape, positions="rotary", norm="none")))
240
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

from models.layers.blocks import Block, BlockShape
from models.layers.masks import causal, mask
from models.layers.norm import NORMS
from models.layers.positions import added, inside
from models.networks.shape import TextShape


@dataclass(frozen=True, kw_only=True)
class Shape(TextShape):
    """How large the network is, and how it begins."""

    norm: str = "layer"
    """The norm before each layer and before the answer: `layer`, `rms` or `none`."""
    token_std: float = 0.5
    place_std: float = 0.3
    """The standard deviations of tokens and of places at first."""


class AttentionOnly(nn.Module):
    """Tokens in, the logits of each successor out. Each block's `stream` can be looked at."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        block = BlockShape(width=shape.width, heads=shape.heads, hidden=0, norm=shape.norm)
        self.token = nn.Embedding(shape.vocabulary, shape.width)
        nn.init.normal_(self.token.weight, std=shape.token_std)
        self.place = added(shape.positions, shape.context, shape.width, shape.place_std)
        self.blocks = nn.ModuleList(
            Block(block, inside(shape.positions)) for _ in range(shape.layers)
        )
        self.norm = NORMS[shape.norm](shape.width)
        self.unembed = nn.Linear(shape.width, shape.vocabulary, bias=False)
        self.stream = nn.Identity()

    def forward(self, tokens: Tensor) -> Tensor:
        """How likely each token is to come next, as logits: (B, T) -> (B, T, V)."""
        allowed = mask(causal, tokens.shape[1], like=tokens)  # (T, T)
        x = self.stream(self.place(self.token(tokens)))  # (B, T, C)
        for block in self.blocks:
            x = block(x, allowed)  # (B, T, C)
        return self.unembed(self.norm(x))  # (B, T, V)
