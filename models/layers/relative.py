"""Positions inside attention: how far apart two tokens are, told to every layer.

    rotary    q and k are turned by an angle that grows with their place; their product then
              depends on the distance alone
    ALiBi     score = q kᵀ / √D − m_h · |i − j|: the further, the less, in each head at its own rate

(Su et al. 2021, "RoFormer", section 3.2.2. Press et al. 2022, "Train short, test long", section 3.)

Axes: B batch, H heads, T tokens that ask, S tokens that answer, D numbers in a query or a key.
With a cache the questions are the last T of S tokens.

A quarter turn takes (1, 0) to (0, 1), and a second one to (−1, 0):

>>> from math import pi
>>> angle = torch.tensor([[pi / 2], [pi]])
>>> rotate(torch.tensor([[1.0, 0.0], [1.0, 0.0]]), angle).round().tolist()
[[-0.0, 1.0], [-1.0, -0.0]]
"""

from __future__ import annotations

import torch
from torch import Tensor, nn


class Relative(nn.Module):
    """No positions inside attention: the questions and keys stay, and nothing is added."""

    def turn(self, x: Tensor, before: int = 0) -> Tensor:
        """Questions or keys (B, H, T, D) of the tokens that follow the first `before`."""
        return x

    def bias(self, q: Tensor, k: Tensor) -> Tensor | None:
        """What is added to the scores, (H, T, S), or None for nothing."""
        return None


def rotate(x: Tensor, angle: Tensor) -> Tensor:
    """Turn the pairs (x_i, x_{i + D/2}) by angle_i, counter-clockwise; angle: (T, D/2)."""
    a, b = x.chunk(2, -1)  # (..., T, D/2) each
    cos, sin = angle.cos().to(x), angle.sin().to(x)  # (T, D/2) each
    return torch.cat([a * cos - b * sin, a * sin + b * cos], -1)  # (..., T, D)


class Rotary(Relative):
    """Pair i of D/2 turns by base^(−2i/D) a token: the first fast, the last hardly at all.

    Pairs are halves apart, as in Llama; the paper pairs neighbours, which is the same up to the
    order of the channels.
    """

    def __init__(self, base: float = 10_000.0) -> None:
        super().__init__()
        self.base = base

    def turn(self, x: Tensor, before: int = 0) -> Tensor:
        """Questions or keys, each turned by its place: (B, H, T, D) -> (B, H, T, D)."""
        tokens, width = x.shape[-2:]
        if width % 2:
            raise ValueError(f"rotary positions turn pairs: {width} is not even")
        # Angles of thousands need more digits than half precision has.
        exact = torch.promote_types(x.dtype, torch.float32)
        pair = torch.arange(width // 2, dtype=exact, device=x.device)  # (D/2,)
        place = torch.arange(before, before + tokens, dtype=exact, device=x.device)  # (T,)
        return rotate(x, torch.outer(place, self.base ** (-2 * pair / width)))


class ALiBi(Relative):
    """Attention with linear biases: head h of H loses m_h = 2^(−8h/H) a token, h = 1 … H.

    The paper uses this row where H is a power of two. With no mask the loss is the same to the
    left and to the right, so that the two cannot be told apart.
    """

    def bias(self, q: Tensor, k: Tensor) -> Tensor:
        """−m_h times the distance, (H, T, S)."""
        heads, asks, answers = q.shape[-3], q.shape[-2], k.shape[-2]
        slope = 2 ** (-8 * torch.arange(1, heads + 1, dtype=q.dtype, device=q.device) / heads)
        j = torch.arange(answers, dtype=q.dtype, device=q.device)  # (S,)
        distance = (j[answers - asks :, None] - j).abs()  # (T, S)
        return -slope[:, None, None] * distance  # (H, T, S)
