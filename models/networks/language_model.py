"""A recurrent language model: it reads a token, changes its state, and says what comes next.

    x      = token
    x      = layer_L( … layer_1(x))     each a loop over the text, with a state of its own
    logits = W x + b

All of the past has to fit into the states, which are as large after a thousand tokens as after
one. (Mikolov et al. 2010, "Recurrent neural network based language model", is the model with one
layer of the simplest cell.)

Axes: B batch, T tokens, C channels of a token, N numbers in a state, V vocabulary, L layers.

A cell with M maps (1 in an RNN, 3 in a GRU, 4 in an LSTM) that reads I numbers has M N(I + N + 2)
parameters, and the model VC + M N(C + N + 2) + (L − 1) M N(2N + 2) + VN + V: 10 tokens of 4
channels and an LSTM of 2 numbers make 40 + 64 + 0 + 20 + 10:

>>> from models.layers.size import parameters
>>> parameters(LanguageModel(Shape(vocabulary=10, width=4, state=2)))
134
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from torch import Tensor, nn

from models.layers.cells import new_cell
from models.layers.readout import readout
from models.layers.recurrent import Cell, Recurrent


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How large the network is, and how it remembers."""

    vocabulary: int
    width: int = 64
    state: int = 128
    layers: int = 1
    cell: str = "lstm"
    """rnn, lstm or gru."""
    forget_bias: float | None = None
    """Of an LSTM: the first bias of its forget gates, instead of a small random one."""
    longest: int | None = None
    """Of an LSTM: first biases for memories of every span up to this one (`lstm.chrono`)."""


def cell(shape: Shape, inputs: int) -> Cell[Any]:
    """A cell of the shape's kind that reads `inputs` numbers."""
    bias, longest = shape.forget_bias, shape.longest
    return new_cell(shape.cell, inputs, shape.state, forget_bias=bias, longest=longest)


class LanguageModel(nn.Module):
    """Tokens in, the logits of each successor out. Each layer's `stream` can be looked at."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.token = nn.Embedding(shape.vocabulary, shape.width)
        self.layers = nn.ModuleList(
            Recurrent(cell(shape, shape.state if layer else shape.width))
            for layer in range(shape.layers)
        )
        # The numbers in a state are smaller than 1, and so would be what flows back at first.
        self.unembed = readout(shape.state, shape.vocabulary, spread=0.5)
        self.stream = nn.Identity()

    def forward(self, tokens: Tensor) -> Tensor:
        """How likely each token is to come next, as logits: (B, T) -> (B, T, V)."""
        return self.read(tokens, self.start(len(tokens)))[0]  # (B, T, V)

    def start(self, batch: int) -> list[Any]:
        """The states before anything was read, one a layer."""
        layers = cast("list[Recurrent[Any]]", self.layers)
        return [layer.cell.start(batch) for layer in layers]

    def read(self, tokens: Tensor, states: list[Any]) -> tuple[Tensor, list[Any]]:
        """The logits (B, T, V) for tokens (B, T) read from `states` on, and the states then."""
        x = self.stream(self.token(tokens))  # (B, T, C)
        after = []
        for layer, before in zip(self.layers, states, strict=True):
            x, state = layer(x, before)
            after.append(state)
        return self.unembed(x), after

    def step(self, token: Tensor, states: list[Any]) -> tuple[Tensor, list[Any]]:
        """The logits (B, V) after one more token (B,) of each text, and the states then."""
        logits, states = self.read(token[:, None], states)
        return logits[:, 0], states
