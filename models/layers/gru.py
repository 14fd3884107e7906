"""A gated recurrent unit: a memory that is kept or replaced, number by number.

    r  = σ(Wr x + br + Ur h + ar)            reset: how much the candidate may use the memory
    z  = σ(Wz x + bz + Uz h + az)            update: how much of the memory is kept
    n  = tanh(Wn x + bn + r ∘ (Un h + an))   candidate: what could be remembered instead
    h' = (1 − z) ∘ n + z ∘ h

(Cho et al. 2014, "Learning phrase representations using RNN encoder-decoder for statistical
machine translation", section 2.3. There the reset acts on h, before the product with Un; here it
acts after it, as in PyTorch, and all three products are one.)

Axes: B batch, C channels of the input, N numbers in the state. Maps are stacked as r, z, n.

With the reset shut, recalling 5 has no say, and the candidate is tanh(log 2) = 0.6; a quarter of
a memory of 1 is kept: ¾ · 0.6 + ¼ · 1 = 0.7.

>>> sensed, recalled = torch.tensor([2.0]).log(), torch.tensor([5.0])
>>> r, z, h = torch.tensor([0.0]), torch.tensor([0.25]), torch.tensor([1.0])
>>> gru_step(sensed, recalled, r, z, h)
tensor([0.7000])
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.functional import linear

from models.layers.recurrent import Cell


def gate(sensed: Tensor, recalled: Tensor) -> Tensor:
    """How far a gate is open, from 0 to 1: what the input and what the memory say to it."""
    return torch.sigmoid(sensed + recalled)


def gru_step(sensed: Tensor, recalled: Tensor, r: Tensor, z: Tensor, h: Tensor) -> Tensor:
    """The next state, by the gates: a mixture of `h` and the candidate.

    `sensed` is Wn x + bn and `recalled` is Un h + an.
    """
    n = torch.tanh(sensed + r * recalled)
    return n + z * (h - n)


class GRUCell(Cell[Tensor]):
    """The weights of one unit, and its gates to look at. Names are those of `torch.nn.GRUCell`."""

    def __init__(self, inputs: int, state: int) -> None:
        super().__init__(inputs, state, maps=3)
        self.reset_gate = nn.Identity()
        self.update_gate = nn.Identity()

    def start(self, batch: int) -> Tensor:
        """The state before anything was read: zeros."""
        return self.zeros(batch)

    def sense(self, x: Tensor) -> Tensor:
        """What the inputs say; what the state says has a bias of its own, which r acts on too."""
        return linear(x, self.weight_ih, self.bias_ih)

    def step(self, sensed: Tensor, h: Tensor, u: Tensor) -> Tensor:
        """The state after what was `sensed` (B, 3N) at one step."""
        recalled = linear(h, u, self.bias_hh)  # (B, 3N)
        x_r, x_z, x_n = sensed.chunk(3, -1)  # (B, N), (B, N), (B, N)
        h_r, h_z, h_n = recalled.chunk(3, -1)  # (B, N), (B, N), (B, N)
        r = self.reset_gate(gate(x_r, h_r))
        z = self.update_gate(gate(x_z, h_z))
        return gru_step(x_n, h_n, r, z, h)

    def output(self, h: Tensor) -> Tensor:
        """All of the state is seen."""
        return h
