"""Nadaraya-Watson: an estimate that looks up what was seen nearby, and learns how near is near.

    weights  = K(u) / sum of K(u),   u = (query − key) / width
    estimate = weights · values

It is attention whose scores nobody learned: being alike is being near. One number can be learned,
the width. (Nadaraya 1964; Watson 1964.)

Axes: T queries, S keys.

Keys 0 and 2; who asks at 0.5 is three times as far from the one as from the other:

>>> import torch
>>> keys = torch.tensor([0.0, 2.0])
>>> kernel_weights(torch.tensor([0.5]), keys, torch.tensor(2.0), "triangular")
tensor([[0.7500, 0.2500]])
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn


def gaussian(u: Tensor) -> Tensor:
    """exp(−u² / 2), each row times a number of its own, so that its largest is 1."""
    exponents = -u.square() / 2
    return (exponents - exponents.amax(-1, keepdim=True)).exp()


def boxcar(u: Tensor) -> Tensor:
    """1 where |u| ≤ 1, else 0."""
    return (u.abs() <= 1).float()


def triangular(u: Tensor) -> Tensor:
    """max(0, 1 − |u|)."""
    return (1 - u.abs()).relu()


def epanechnikov(u: Tensor) -> Tensor:
    """¾ max(0, 1 − u²)."""
    return 0.75 * (1 - u.square()).relu()


def constant(u: Tensor) -> Tensor:
    """1 at every distance that is one."""
    return u.isfinite().float()


KERNELS = {
    "gaussian": gaussian,
    "boxcar": boxcar,
    "triangular": triangular,
    "epanechnikov": epanechnikov,
    "constant": constant,
}


def kernel_weights(
    queries: Tensor, keys: Tensor, width: Tensor, kernel: str, left_out: bool = False
) -> Tensor:
    """How much each key (S,) counts for each query (T,): rows that sum to 1, (T, S).

    `left_out`: queries and keys are the same points, and none counts for itself. Where no key lies
    within a kernel that ends, all count alike.
    """
    u = (queries[:, None] - keys) / width  # (T, S)
    if left_out:
        itself = torch.eye(len(keys), dtype=torch.bool, device=keys.device)
        u = u.masked_fill(itself, math.inf)
    near = KERNELS[kernel](u)
    near = torch.where(near.sum(-1, keepdim=True) > 0, near, constant(u))
    return near / near.sum(-1, keepdim=True)


class KernelRegression(nn.Module):
    """Estimates from points (S,) and what was seen there (S,), with a width that can be learned.

    What is learned is the width's logarithm: so the width is positive whatever a step does.
    """

    def __init__(self, width: float, kernel: str = "gaussian") -> None:
        super().__init__()
        self.kernel = kernel
        self.log_width = nn.Parameter(torch.tensor(math.log(width)))
        self.weights = nn.Identity()

    @property
    def width(self) -> Tensor:
        """How near is near."""
        return self.log_width.exp()

    def forward(
        self, queries: Tensor, keys: Tensor, values: Tensor, left_out: bool = False
    ) -> Tensor:
        """What is estimated at each query: (T,)."""
        weights = kernel_weights(queries, keys, self.width, self.kernel, left_out)
        return self.weights(weights) @ values
