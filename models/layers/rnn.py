"""The simplest recurrent cell: what is sensed now and what was remembered, added and squashed.

    h' = tanh(W x + U h + b)

The state is made anew at every step, and what it held is multiplied by U each time: after many
steps it has faded or grown beyond use. (Elman 1990, "Finding structure in time", with tanh in
place of the logistic function.)

Axes: B batch, C channels of the input, N numbers in the state.

Nothing sensed, a memory of 1 and U = log 2: the new state is tanh(log 2) = (4 − 1) / (4 + 1).

>>> rnn_step(torch.zeros(1, 1), torch.ones(1, 1), torch.tensor([[2.0]]).log())
tensor([[0.6000]])
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import linear

from models.layers.recurrent import Cell


def rnn_step(sensed: Tensor, h: Tensor, u: Tensor) -> Tensor:
    """The state after `sensed` = W x + b, (B, N), in state `h`, (B, N)."""
    return torch.tanh(sensed + linear(h, u))


class RNNCell(Cell[Tensor]):
    """The weights of one cell. Names and layout are those of `torch.nn.RNNCell`."""

    def __init__(self, inputs: int, state: int) -> None:
        super().__init__(inputs, state, maps=1)

    def start(self, batch: int) -> Tensor:
        """The state before anything was read: zeros."""
        return self.zeros(batch)

    def step(self, sensed: Tensor, h: Tensor, u: Tensor) -> Tensor:
        """The state after what was `sensed` at one step."""
        return rnn_step(sensed, h, u)

    def output(self, h: Tensor) -> Tensor:
        """All of the state is seen."""
        return h
