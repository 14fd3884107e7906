"""A gated recurrent unit, written out.

One step takes what is sensed now and what was remembered, and returns what is remembered next.

    r = σ(Wr x + Ur h)             how much of the memory the proposal may use
    z = σ(Wz x + Uz h)             how much of the memory is kept
    n = tanh(Wn x + r ∘ (Un h))    the proposal
    h' = (1 − z) ∘ n + z ∘ h

Axes: B batch, I inputs, N numbers in the state. (Cho et al. 2014, "Learning phrase
representations using RNN encoder-decoder"; the reset gate acts after the product with U, as in
PyTorch, where the paper has it before.)
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn.functional import linear


def gru_step(x: Tensor, h: Tensor, w_x: Tensor, w_h: Tensor, b_x: Tensor, b_h: Tensor) -> Tensor:
    """The state after sensing `x` in state `h`. Gates are stacked in the order r, z, n."""
    x_r, x_z, x_n = linear(x, w_x, b_x).chunk(3, -1)  # (B, N) each
    h_r, h_z, h_n = linear(h, w_h, b_h).chunk(3, -1)
    reset = (x_r + h_r).sigmoid()
    keep = (x_z + h_z).sigmoid()
    proposal = (x_n + reset * h_n).tanh()
    return proposal + keep * (h - proposal)


class GRUCell(nn.Module):
    """The weights of one unit. Names and layout are those of `torch.nn.GRUCell`."""

    def __init__(self, inputs: int, state: int) -> None:
        super().__init__()
        bound = 1 / math.sqrt(state)

        def weights(*shape: int) -> nn.Parameter:
            return nn.Parameter(torch.empty(*shape).uniform_(-bound, bound))

        self.weight_ih = weights(3 * state, inputs)
        self.weight_hh = weights(3 * state, state)
        self.bias_ih = weights(3 * state)
        self.bias_hh = weights(3 * state)

    def start(self, batch: int) -> Tensor:
        """The state before anything was sensed: zeros."""
        return self.weight_hh.new_zeros(batch, self.weight_hh.shape[1])

    def forward(self, x: Tensor, h: Tensor) -> Tensor:
        """The state after sensing `x` (B, I) in state `h` (B, N)."""
        return gru_step(x, h, self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)
