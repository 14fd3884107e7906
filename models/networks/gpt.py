"""A GPT: a stack of blocks that sees the past alone and says what comes next.

    x      = token + place
    x      = block_L( … block_1(x))     each under a causal mask
    logits = W norm(x)

Every token predicts its successor, all of them in one pass; so a text of T tokens is T lessons.
(Radford et al. 2019, "Language models are unsupervised multitask learners", section 2.3.)

Axes: B batch, T tokens, C channels, H heads, V vocabulary, L layers.

With learned positions for P places there are 2VC + PC + L(12C² + 13C) + 2C parameters: 10 tokens
of 4 channels, 3 places and 1 layer make 80 + 12 + 244 + 8:

>>> from models.layers.size import parameters
>>> parameters(GPT(Shape(vocabulary=10, context=3, width=4, heads=2, layers=1)))
344
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from models.layers.blocks import Block, BlockShape
from models.layers.cache import Cache
from models.layers.masks import causal, mask
from models.layers.norm import LayerNorm
from models.layers.positions import added, inside
from models.networks.shape import TextShape


@dataclass(frozen=True, kw_only=True)
class Shape(TextShape):
    """How large the network is; its caches have room for `context` tokens."""

    order: str = "pre"
    """Where the norms stand: `pre`, before each change to the stream, or `post`, after it."""
    dropout: float = 0.0
    fused: bool = False
    """Whether attention is left to torch's kernel: faster for long texts, and nothing to see."""


class GPT(nn.Module):
    """Tokens in, the logits of each successor out. Each block's `stream` can be looked at."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        block = BlockShape(
            width=shape.width, heads=shape.heads, order=shape.order, dropout=shape.dropout
        )
        self.token = nn.Embedding(shape.vocabulary, shape.width)
        self.place = added(shape.positions, shape.context, shape.width)
        self.drop = nn.Dropout(shape.dropout)
        self.blocks = nn.ModuleList(
            Block(block, inside(shape.positions), shape.fused) for _ in range(shape.layers)
        )
        self.norm = LayerNorm(shape.width)
        self.unembed = nn.Linear(shape.width, shape.vocabulary, bias=False)
        self.stream = nn.Identity()
        draw_weights(self, shape.layers)

    def forward(self, tokens: Tensor, caches: list[Cache] | None = None) -> Tensor:
        """How likely each token is to come next, as logits: (B, T) -> (B, T, V).

        With the `caches` of `start`, the tokens follow those that were read before.
        """
        before = caches[0].tokens if caches else 0
        asks, answers = tokens.shape[1], before + tokens.shape[1]
        allowed = mask(causal, asks, answers, like=tokens)  # (T, S)
        x = self.stream(self.drop(self.place(self.token(tokens), before)))  # (B, T, C)
        for layer, block in enumerate(self.blocks):
            x = block(x, allowed, caches[layer] if caches else None)  # (B, T, C)
        return self.unembed(self.norm(x))  # (B, T, V)

    def start(self) -> list[Cache]:
        """Caches in which nothing was read yet, one a layer."""
        return [Cache(self.shape.context) for _ in self.blocks]

    @torch.no_grad()
    def step(self, token: Tensor, caches: list[Cache]) -> Tensor:
        """The logits after one more token of each text: (B,) -> (B, V)."""
        return self(token[:, None], caches)[:, -1]  # (B, V)


def draw_weights(model: nn.Module, layers: int) -> None:
    """The first weights of GPT-2.

    matrices and tokens    mean 0, standard deviation 0.02
    biases                 0
    what writes into the stream, twice a layer: 0.02 / √(2L), so that the stream's variance does
    not grow with depth
    """
    for name, weight in model.named_parameters():
        writes = name.endswith(("out_proj.weight", "linear2.weight"))
        if weight.ndim >= 2:
            nn.init.normal_(weight, std=0.02 / math.sqrt(2 * layers) if writes else 0.02)
        elif name.endswith("bias"):
            nn.init.zeros_(weight)
