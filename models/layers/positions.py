"""Positions added to the stream: each token is told its place once, before the first layer.

    learned       x_p + place_p: one learned vector for every place there was in training
    sinusoidal    x_p + [sin(p ω_0), cos(p ω_0), sin(p ω_1), cos(p ω_1), …],  ω_i = 10000^(−2i/C)

(Vaswani et al. 2017, "Attention is all you need", section 3.5. The positions of `relative` enter
inside attention instead.)

Axes: B batch, T tokens, C channels.

At place 0 every sine is 0 and every cosine is 1:

>>> sinusoid(torch.tensor([0.0]), width=4).tolist()
[[0.0, 1.0, 0.0, 1.0]]
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn

from models.layers.relative import ALiBi, Relative, Rotary

POSITIONS = ("none", "learned", "sinusoidal", "rotary", "alibi")


class Unplaced(nn.Module):
    """Nothing is added: the tokens are a bag, unless a mask or the scores tell them apart."""

    def forward(self, x: Tensor, before: int = 0) -> Tensor:
        """The tokens that follow the first `before`, as they are: (B, T, C) -> (B, T, C)."""
        return x


class Learned(Unplaced):
    """A table of `context` places. What was never trained stays as it was drawn."""

    def __init__(self, context: int, width: int, std: float = 0.02) -> None:
        super().__init__()
        self.weight = nn.Parameter(std * torch.randn(context, width))

    def forward(self, x: Tensor, before: int = 0) -> Tensor:
        """Add to each token the vector of its place.

        Raises:
            ValueError: if there is no vector for a place.
        """
        after, context = before + x.shape[1], len(self.weight)
        if after > context:
            raise ValueError(f"there are {context} learned places, and {after} tokens")
        return x + self.weight[before:after]  # (B, T, C)


def sinusoid(place: Tensor, width: int) -> Tensor:
    """Sines and cosines of a place at frequencies from 1 to 1/10000: (T,) -> (T, C)."""
    if width % 2:
        raise ValueError(f"sines and cosines come in pairs: {width} channels is not even")
    pair = torch.arange(width // 2, dtype=place.dtype, device=place.device)
    angle = torch.outer(place, 10_000 ** (-2 * pair / width))  # (T, C/2)
    return torch.stack([angle.sin(), angle.cos()], -1).flatten(1)  # (T, C)


class Sinusoidal(Unplaced):
    """Nothing is learned, and any place can be told; whether the layers make sense of a place
    they were not trained with is another question. The paper's scale is 1."""

    def __init__(self, scale: float = 1.0) -> None:
        super().__init__()
        self.scale = scale

    def forward(self, x: Tensor, before: int = 0) -> Tensor:
        """Add to each token the waves of its place."""
        exact = torch.promote_types(x.dtype, torch.float32)
        place = torch.arange(before, before + x.shape[1], dtype=exact, device=x.device)  # (T,)
        return x + self.scale * sinusoid(place, x.shape[-1]).to(x)  # (B, T, C)


def added(kind: str, context: int, width: int, std: float = 0.02) -> Unplaced:
    """What a kind of positions adds to the stream: numbers of standard deviation `std` at first.

    A wave of height 1 has the standard deviation 1/√2.
    """
    _check(kind)
    if kind == "learned":
        return Learned(context, width, std)
    return Sinusoidal(math.sqrt(2) * std) if kind == "sinusoidal" else Unplaced()


def inside(kind: str) -> Relative:
    """What a kind of positions does inside attention."""
    _check(kind)
    return {"rotary": Rotary, "alibi": ALiBi}.get(kind, Relative)()


def _check(kind: str) -> None:
    if kind not in POSITIONS:
        raise ValueError(f"there are no {kind!r} positions: choose from {', '.join(POSITIONS)}")
