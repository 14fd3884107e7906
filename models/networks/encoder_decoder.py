"""An encoder and a decoder: one reads the source, the other writes, and looks back at it.

    memory = norm(encoder(source))                    every source token sees all of the source
    x      = decoder(target; memory)                  causal, and each token reads the memory
    logits = W norm(x)

In training the decoder is given the right words so far (teacher forcing); on its own it is given
what it has said itself. (Vaswani et al. 2017, "Attention is all you need", section 3 and figure 1.)

Axes: B batch, T target tokens, S source tokens, C channels, V vocabulary, L layers.

A block that writes looks twice, so it has 16C² + 19C parameters where one that reads has 12C² +
13C. With P places, both halves have VC + PC + 2C besides, and the answers CV + V: 10 tokens of 4
channels, 3 places and 1 layer make 60 + 244 to read, 60 + 332 to write, and 50:

>>> from models.layers.size import parameters
>>> parameters(EncoderDecoder(Shape(vocabulary=10, context=3, width=4, heads=2, layers=1)))
746
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from models.layers.blocks import BlockShape, DecoderBlock
from models.layers.cache import Cache
from models.layers.masks import causal, mask, sources
from models.layers.norm import LayerNorm
from models.layers.positions import added, inside
from models.layers.readout import readout
from models.networks import encoder
from models.networks.shape import TextShape


@dataclass(frozen=True, kw_only=True)
class Shape(TextShape):
    """How large the network is; source and target are written with the same vocabulary, and have
    at most `context` tokens each."""

    layers: int = 1
    """Blocks of the encoder, and as many of the decoder."""
    std: float = 0.3
    """The standard deviation of tokens and places at first."""


class EncoderDecoder(nn.Module):
    """Source and target in, the logits of each target token's successor out."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        block = BlockShape(width=shape.width, heads=shape.heads)
        self.encoder = encoder.Encoder(encoder.Shape(answers=0, **vars(shape)))
        self.token = nn.Embedding(shape.vocabulary, shape.width)
        nn.init.normal_(self.token.weight, std=shape.std)
        self.place = added(shape.positions, shape.context, shape.width, shape.std)
        self.stream = nn.Identity()
        self.blocks = nn.ModuleList(
            DecoderBlock(block, inside(shape.positions)) for _ in range(shape.layers)
        )
        self.norm = LayerNorm(shape.width)
        self.unembed = readout(shape.width, shape.vocabulary)

    def forward(self, source: Tensor, target: Tensor, lengths: Tensor | None = None) -> Tensor:
        """The logits after each token of the target: (B, S), (B, T) -> (B, T, V).

        `lengths`: (B,), those of sources that were filled up; None if none was.
        """
        return self.decode(target, self.encoder(source, lengths), lengths)

    def decode(
        self,
        target: Tensor,
        memory: Tensor,
        lengths: Tensor | None = None,
        caches: list[Cache] | None = None,
    ) -> Tensor:
        """The same from a source that has been read, memory (B, S, C): (B, T) -> (B, T, V)."""
        before = caches[0].tokens if caches else 0
        allowed = mask(causal, target.shape[1], before + target.shape[1], like=target)
        readable = None if lengths is None else sources(lengths, memory.shape[1])
        x = self.stream(self.place(self.token(target), before))  # (B, T, C)
        for layer, block in enumerate(self.blocks):
            x = block(x, memory, allowed, readable, caches[layer] if caches else None)
        return self.unembed(self.norm(x))  # (B, T, V)

    def start(self) -> list[Cache]:
        """Caches in which nothing was written yet, one a layer of the decoder."""
        return [Cache(self.shape.context) for _ in self.blocks]

    @torch.no_grad()
    def step(
        self, token: Tensor, memory: Tensor, caches: list[Cache], lengths: Tensor | None = None
    ) -> Tensor:
        """The logits after one more token of each target: (B,) -> (B, V)."""
        return self.decode(token[:, None], memory, lengths, caches)[:, -1]  # (B, V)
