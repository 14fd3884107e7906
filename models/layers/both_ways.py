"""Reading both ways: one recurrent network reads from the first token, another from the last.

    →h_t = step(x_t, →h_{t−1})        what came before token t, and t
    ←h_t = step(x_t, ←h_{t+1})        what comes after it, and t
    y_t  = [→h_t, ←h_t]

So each output knows the whole text, though it must have been carried past every token between.
(Schuster and Paliwal 1997, "Bidirectional recurrent neural networks".)

Axes: B batch, T tokens, C channels of the inputs, N numbers in each of the two states.

Two cells that add up what they read: all so far, and all from here on:

>>> class Sum(Cell[Tensor]):
...     def start(self, batch): return self.zeros(batch)
...     def sense(self, x): return x
...     def step(self, sensed, state, u): return state + sensed
...     def output(self, state): return state
>>> both = BothWays(Sum(inputs=1, state=1, maps=1), Sum(inputs=1, state=1, maps=1))
>>> both(torch.tensor([[[1.0], [2.0], [4.0]]])).tolist()
[[[1.0, 7.0], [3.0, 6.0], [7.0, 4.0]]]
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from models.layers.recurrent import Cell, Recurrent


class BothWays(nn.Module):
    """Two cells with weights of their own; neither knows what the other has read."""

    def __init__(self, onward: Cell[Any], back: Cell[Any]) -> None:
        super().__init__()
        self.onward, self.back = Recurrent(onward), Recurrent(back)

    def forward(self, x: Tensor) -> Tensor:
        """What both have in mind at each token: (B, T, C) -> (B, T, 2N)."""
        onward, _ = self.onward(x)
        back, _ = self.back(x.flip(1))
        return torch.cat([onward, back.flip(1)], -1)  # (B, T, 2N)
