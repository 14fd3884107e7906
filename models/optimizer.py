"""AdamW: from gradients to steps.

    m ← β₁ m + (1 − β₁) g                 the gradient g, smoothed
    v ← β₂ v + (1 − β₂) g²                its square, smoothed
    m̂ = m / (1 − β₁ⁿ),  v̂ = v / (1 − β₂ⁿ)  at the n-th step: larger while the smoothing is young
    w ← w − η λ w − η m̂ / (√v̂ + ε)        rate η; decay λ pulls the weight towards 0

A weight moves by about η where its gradient keeps its sign, and by less where it does not,
however long the gradient is. (Kingma and Ba 2015, "Adam: a method for stochastic optimization",
algorithm 1; Loshchilov and Hutter 2019, "Decoupled weight decay regularization", algorithm 2,
with η λ for the paper's η λ' as in PyTorch. λ = 0 is Adam.)

By hand: at the first step m̂ = g and √v̂ = |g|, so a gradient of 2 or of 2,000 moves a weight
of 1 by the rate, 0.1; a decay of 0.5 takes away 0.1 · 0.5 · 1 more.

>>> w = torch.ones(1, 1)
>>> w.grad = torch.full((1, 1), 2.0)
>>> AdamW([w], decay=0.5).step(rate=0.1)
>>> round(w.item(), 4)
0.85

The class is our own because the first use of `torch.optim` imports a compiler, for two seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from models.fused import adamw_fused, can_be_fused


def adamw(
    w: Tensor,
    g: Tensor,
    m: Tensor,
    v: Tensor,
    n: int,
    rate: float,
    betas: tuple[float, float],
    decay: float,
    epsilon: float,
) -> None:
    """The equations above: the n-th step of one weight, in place."""
    m.mul_(betas[0]).add_((1 - betas[0]) * g)
    v.mul_(betas[1]).add_((1 - betas[1]) * g**2)
    m_hat = m / (1 - betas[0] ** n)
    v_hat = v / (1 - betas[1] ** n)
    w.mul_(1 - rate * decay)
    w.sub_(rate * m_hat / (v_hat.sqrt() + epsilon))


def is_matrix(w: Tensor) -> bool:
    """Whether a weight decays, by convention: matrices do; biases and the gains of norms do not."""
    return w.ndim >= 2


@dataclass
class AdamW:
    """m, v and n of every weight; a weight that has no gradient stays as it is."""

    weights: Sequence[Tensor]
    betas: tuple[float, float] = (0.9, 0.999)
    decay: float = 0.0
    decays: Callable[[Tensor], bool] = is_matrix
    """Which weights decay."""
    epsilon: float = 1e-8
    fused: bool | None = None
    """By torch's kernel, which is faster, or written out; None is by the kernel where it can be."""

    def __post_init__(self) -> None:
        self.weights = list(self.weights)
        possible = self.fused is not False and can_be_fused(self.weights)
        if self.fused and not possible:
            raise ValueError("torch has no fused step for these weights: leave `fused` out")
        self.fused = possible
        self.m = [torch.zeros_like(w) for w in self.weights]
        self.v = [torch.zeros_like(w) for w in self.weights]
        # Beside the weights for the kernel; else on the CPU, where reading them waits for no GPU.
        self.n = [torch.zeros((), device=w.device if possible else "cpu") for w in self.weights]

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """One step along the gradients of the weights, which are then forgotten."""
        moved = [i for i, w in enumerate(self.weights) if w.grad is not None]
        for decaying, decay in ((True, self.decay), (False, 0.0)):
            rows = [i for i in moved if self.decays(self.weights[i]) is decaying]
            if rows:
                self._move(rows, rate, decay)
        for w in self.weights:
            w.grad = None

    def state(self) -> dict[str, Tensor]:
        """m, v and n themselves, by names: to be kept, or to have others copied into them."""
        kept = {"m": self.m, "v": self.v, "n": self.n}
        return {f"{name}.{i}": t for name, row in kept.items() for i, t in enumerate(row)}

    def _move(self, rows: list[int], rate: float, decay: float) -> None:
        columns = (self.weights, self.m, self.v, self.n)
        ws, ms, vs, ns = ([column[i] for i in rows] for column in columns)
        gs = [w.grad for w in ws if w.grad is not None]
        torch._foreach_add_(ns, 1)
        if self.fused:
            adamw_fused(ws, gs, ms, vs, ns, rate, self.betas, decay, self.epsilon)
            return
        for w, g, m, v, n in zip(ws, gs, ms, vs, ns, strict=True):
            adamw(w, g, m, v, int(n), rate, self.betas, decay, self.epsilon)
