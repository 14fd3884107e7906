"""Who made a GPT say it: a logit taken apart into what every part of the model adds to it.

    x     = embedding + Σ_layers (Σ_cells + out_proj.bias + think)      the last stream is a sum
    logit = w · norm(x) = d · x + w · b        d = (u − mean(u)) / σ,  u = g ∘ w
    cell  = weights[i, j] (v_j · Wo_hᵀ d)      what head h of a layer brings from token j to i

w is the row of W that belongs to a token; g and b are the gain and the bias of the last norm. If
σ is held at what it is in this pass, d is one direction of the stream, and the logit is how far x
goes along it. As x is a sum, the logit is one too, exactly. (Elhage et al. 2021, "A mathematical
framework for transformer circuits", sections on the residual stream and on OV circuits.)

This is the direct path alone. What a layer above makes of a part, which it reads as well, counts
as that layer's; so does what the part changes in σ or in the weights, which count as given.

Axes: B batch, T tokens, S tokens that answer, C channels, H heads, D = C/H, L layers.

A stream of 1 and 3 has σ = 1 and is normed to −1 and 1, so w = (2, 0) makes the logit −2. The
direction is (1, −1), and 1 · 1 − 1 · 3 is −2 as well:

>>> direction(torch.tensor([[1.0, 3.0]]), w=torch.tensor([2.0, 0.0]), gain=torch.ones(2))
tensor([[ 1.0000, -1.0000]])
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from models.layers.blocks import Block
from models.layers.multi_head import merge, split
from models.networks.gpt import GPT
from models.probe import look


@dataclass(frozen=True)
class Parts:
    """What adds up to the logit of a token at a place."""

    embedding: Tensor
    """The token there and its place, (B,)."""
    cells: Tensor
    """What each head of each layer brings from each token, (L, B, H, S)."""
    bias: Tensor
    """The bias of each layer's `out_proj`, which comes from no token, (L, B)."""
    think: Tensor
    """Each layer's feed-forward, (L, B)."""
    norm: Tensor
    """The bias of the last norm, a single number."""

    def logit(self) -> Tensor:
        """The sum of all parts: the model's logit, (B,)."""
        by_layer = self.cells.sum((-2, -1)) + self.bias + self.think  # (L, B)
        return self.embedding + by_layer.sum(0) + self.norm  # (B,)


def direction(x: Tensor, w: Tensor, gain: Tensor, epsilon: float = 1e-5) -> Tensor:
    """Which way the stream x (B, C) would have to move to raise the logit of w (C,)."""
    u = gain * w  # (C,)
    sigma = (x.var(-1, correction=0, keepdim=True) + epsilon).sqrt()  # (B, 1)
    return (u - u.mean()) / sigma  # (B, C)


def along(x: Tensor, d: Tensor) -> Tensor:
    """How far x goes along d: the sum of their products."""
    return (x * d).sum(-1)


@torch.no_grad()
def parts(model: GPT, tokens: Tensor, i: int, token: int) -> Parts:
    """The parts of the logit of `token` after place i of some texts (B, T)."""
    _, seen = look(model, tokens)
    x, last = (seen[name][:, i] for name in ("stream", f"blocks.{len(model.blocks) - 1}.stream"))
    w = model.unembed.weight[token]  # (C,)
    d = direction(last, w, model.norm.weight)  # (B, C)
    embedding, layers = along(x, d), []
    for layer, block in enumerate(model.blocks):
        assert isinstance(block, Block)
        attend, name = block.attend, f"blocks.{layer}.attend"
        weights, v = seen[f"{name}.weights"][:, :, i], seen[f"{name}.v"]
        read = split((d @ attend.out_proj.weight)[:, None], attend.heads)  # (B, H, 1, D)
        x = x + attend.out_proj(merge(weights[:, :, None] @ v))[:, 0]  # (B, C)
        thought = block.think(block.norm_think(x))  # (B, C)
        x = x + thought
        layers.append((weights * along(v, read), along(attend.out_proj.bias, d), along(thought, d)))
    cells, bias, think = (torch.stack(part) for part in zip(*layers, strict=True))
    return Parts(embedding, cells, bias, think, norm=along(model.norm.bias, w))
