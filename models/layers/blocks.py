"""Blocks: tokens exchange what they know, then each thinks about what it has.

    pre-norm     x ← x + attend(norm(x))      x ← x + think(norm(x))
    post-norm    x ← norm(x + attend(x))      x ← norm(x + think(x))

x is the residual stream: every layer reads it and adds to it. Pre-norm leaves a path from the
last layer to the first that nothing stands on; post-norm, the original, norms that path itself.
(Vaswani et al. 2017, "Attention is all you need", section 3.1; Xiong et al. 2020, "On layer
normalization in the transformer architecture", section 3.1.)

Axes: B batch, T tokens, S tokens of the source, C channels.

A layer that says nothing leaves the stream as it was:

>>> import torch
>>> block = Block(BlockShape(width=4, heads=2))
>>> for layer in (block.attend.out_proj, block.think.linear2):
...     _ = nn.init.zeros_(layer.weight), nn.init.zeros_(layer.bias)
>>> x = torch.tensor([[[1.0, 2.0, 3.0, 4.0]]])
>>> block(x).tolist()
[[[1.0, 2.0, 3.0, 4.0]]]
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from torch import Tensor, nn

from models.layers.cache import Cache
from models.layers.feed_forward import BENDS, FeedForward
from models.layers.multi_head import MultiHeadAttention
from models.layers.norm import NORMS
from models.layers.relative import Relative


@dataclass(frozen=True, kw_only=True)
class BlockShape:
    """What a block is made of."""

    width: int
    heads: int = 1
    hidden: int | None = None
    """Channels inside the feed-forward layer: None for 4 times the width, 0 for no such layer."""
    activation: str = "gelu"
    norm: str = "layer"
    """`layer`, `rms` or `none`."""
    order: str = "pre"
    """Where the norm stands: `pre`, before each change, or `post`, after it."""
    residual: bool = True
    """Whether a change is added to the stream, or takes its place."""
    dropout: float = 0.0

    def __post_init__(self) -> None:
        words = ((self.norm, NORMS), (self.order, ("pre", "post")), (self.activation, BENDS))
        for word, known in words:
            if word not in known:
                raise ValueError(f"there is no {word!r}: choose from {', '.join(known)}")


class Stream(nn.Module):
    """What every block has: layers that change the stream, and `stream`, where one can look."""

    def __init__(
        self, shape: BlockShape, relative: Relative | None = None, fused: bool = False
    ) -> None:
        super().__init__()
        self.shape = shape
        self.norm_attend = NORMS[shape.norm](shape.width)
        self.attend = attention(shape, relative, fused)
        if shape.hidden != 0:
            self.norm_think = NORMS[shape.norm](shape.width)
            self.think = FeedForward(shape.width, shape.hidden, shape.activation)
        self.drop = nn.Dropout(shape.dropout)
        self.stream = nn.Identity()

    def change(self, x: Tensor, norm: nn.Module, layer: Callable[[Tensor], Tensor]) -> Tensor:
        """Let a layer change the stream (B, T, C): the lines above, and the switches."""
        is_pre = self.shape.order == "pre"
        said = self.drop(layer(norm(x) if is_pre else x))  # (B, T, C)
        x = x + said if self.shape.residual else said  # (B, T, C)
        return x if is_pre else norm(x)

    def thought_over(self, x: Tensor) -> Tensor:
        """The stream after the feed-forward layer, if there is one."""
        if self.shape.hidden != 0:
            x = self.change(x, self.norm_think, self.think)
        return self.stream(x)


class Block(Stream):
    """One layer of an encoder; with a causal mask, one of a GPT."""

    def forward(
        self, x: Tensor, allowed: Tensor | None = None, cache: Cache | None = None
    ) -> Tensor:
        """The stream after this block: (B, T, C) -> (B, T, C)."""
        x = self.change(x, self.norm_attend, lambda y: self.attend(y, None, allowed, cache))
        return self.thought_over(x)


class DecoderBlock(Stream):
    """One layer of a decoder: the tokens attend to each other, read a source, and think."""

    def __init__(
        self, shape: BlockShape, relative: Relative | None = None, fused: bool = False
    ) -> None:
        super().__init__(shape, relative, fused)
        self.norm_read = NORMS[shape.norm](shape.width)
        self.read = attention(shape, None, fused)

    def forward(
        self,
        x: Tensor,
        source: Tensor,
        allowed: Tensor | None = None,
        source_allowed: Tensor | None = None,
        cache: Cache | None = None,
    ) -> Tensor:
        """The stream (B, T, C) after this block, which reads `source` (B, S, C)."""
        x = self.change(x, self.norm_attend, lambda y: self.attend(y, None, allowed, cache))
        x = self.change(x, self.norm_read, lambda y: self.read(y, source, source_allowed))
        return self.thought_over(x)


def attention(shape: BlockShape, relative: Relative | None, fused: bool) -> MultiHeadAttention:
    """The attention that a shape asks for."""
    width, heads, dropout = shape.width, shape.heads, shape.dropout
    return MultiHeadAttention(width, heads, relative=relative, dropout=dropout, fused=fused)
