"""Recurrent networks: all that was read so far is one state, and every token changes it.

    state_t = step(W x_t + b, state_{t−1})
    y_t     = output(state_t)

The same step, with the same weights, at every place of the text. What comes from the inputs does
not wait for the state, so it is computed for all steps in one large product; what comes from the
state has to wait its turn. (Elman 1990, "Finding structure in time".)

Axes: B batch, T tokens, C channels of the inputs, N numbers in the state.

A cell whose state is what it has sensed so far, added up:

>>> class Sum(Cell[Tensor]):
...     def start(self, batch): return self.zeros(batch)
...     def sense(self, x): return x
...     def step(self, sensed, state, u): return state + sensed
...     def output(self, state): return state
>>> outputs, last = Recurrent(Sum(inputs=1, state=1, maps=1))(torch.tensor([[[1.0], [2.0], [4.0]]]))
>>> outputs.tolist(), last.tolist()
([[[1.0], [3.0], [7.0]]], [[7.0]])
"""

from __future__ import annotations

import math
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn
from torch.nn.functional import linear

State = TypeVar("State")


class Cell(nn.Module, Generic[State]):
    """What every cell has: weights for its `maps`, stacked, and one step from state to state.

    Names and layout of the weights are those of `torch.nn.RNNCell`, `LSTMCell` and `GRUCell`.
    """

    def __init__(self, inputs: int, state: int, maps: int) -> None:
        super().__init__()
        bound = 1 / math.sqrt(state)

        def weights(*shape: int) -> nn.Parameter:
            return nn.Parameter(torch.empty(*shape).uniform_(-bound, bound))

        self.weight_ih = weights(maps * state, inputs)
        self.weight_hh = weights(maps * state, state)
        self.bias_ih = weights(maps * state)
        self.bias_hh = weights(maps * state)

    def zeros(self, batch: int) -> Tensor:
        """A state of nothing, (B, N)."""
        return self.weight_hh.new_zeros(batch, self.weight_hh.shape[1])  # (B, N)

    def start(self, batch: int) -> State:
        """The state before anything was read."""
        raise NotImplementedError

    def sense(self, x: Tensor) -> Tensor:
        """What the inputs say to every map: of one step (B, C), or of all at once (B, T, C)."""
        return linear(x, self.weight_ih, self.bias_ih + self.bias_hh)

    def step(self, sensed: Tensor, state: State, u: Tensor) -> State:
        """The state after what was `sensed` at one step; u is `weight_hh`."""
        raise NotImplementedError

    def output(self, state: State) -> Tensor:
        """The part of a state that the outside sees, (B, N)."""
        raise NotImplementedError

    def forward(self, x: Tensor, state: State) -> State:
        """The state after reading `x` (B, C) in `state`."""
        return self.step(self.sense(x), state, self.weight_hh)


class Recurrent(nn.Module, Generic[State]):
    """The loop over time. Its outputs can be looked at as `stream`."""

    def __init__(self, cell: Cell[State]) -> None:
        super().__init__()
        self.cell = cell
        self.stream = nn.Identity()

    def forward(self, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
        """Read x (B, T, C) from `state` on: the outputs (B, T, N), and the state after the last."""
        if state is None:
            state = self.cell.start(len(x))
        # U in the order in which every step reads it: rearranged once, not at each step.
        u, outputs = self.cell.weight_hh.mT.contiguous().mT, []
        # The way back through unbind is one stack. Through x[:, t] it would be a tensor of zeros
        # as large as x at every step: work that grows with the square of T.
        for sensed in self.cell.sense(x).unbind(1):
            state = self.cell.step(sensed, state, u)
            outputs.append(self.cell.output(state))
        return self.stream(torch.stack(outputs, 1)), state
