"""The feed-forward layer: what each token makes of what it has, all by itself.

    y = W₂ f(W₁ x + b₁) + b₂

Every token passes through the same two matrices, and none sees another. The hidden layer is
usually four times as wide, so that two thirds of a block's weights are here. (Vaswani et al.
2017, "Attention is all you need", section 3.3, with f = ReLU; GELU is Hendrycks and Gimpel 2016.)

Axes: C channels, F = 4C hidden; before them any others.

ReLU lets pass what is positive. GELU is smooth: Φ(x) is how likely a number drawn from a normal
distribution is below x, and Φ(−1) = 0.1587, Φ(2) = 0.9772:

>>> import torch
>>> functional.relu(torch.tensor([-1.0, 0.0, 2.0])).tolist()
[0.0, 0.0, 2.0]
>>> gelu(torch.tensor([-1.0, 0.0, 2.0]))
tensor([-0.1587,  0.0000,  1.9545])
"""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor, nn
from torch.nn import functional


def gelu(x: Tensor) -> Tensor:
    """x Φ(x). GPT-2 has a form with tanh, which differs in the fourth digit and takes longer."""
    return functional.gelu(x)


BENDS: dict[str, Callable[[Tensor], Tensor]] = {"gelu": gelu, "relu": functional.relu}


class FeedForward(nn.Module):
    """Widen, bend, narrow. `hidden` passes on what it is given: it is where one can look."""

    def __init__(self, width: int, hidden: int | None = None, activation: str = "gelu") -> None:
        super().__init__()
        self.linear1 = nn.Linear(width, hidden or 4 * width)
        self.linear2 = nn.Linear(hidden or 4 * width, width)
        self.bend = BENDS[activation]
        self.hidden = nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        """Each token on its own: (..., C) -> (..., C)."""
        hidden = self.hidden(self.bend(self.linear1(x)))  # (..., F)
        return self.linear2(hidden)
