"""Two ways to answer a question about a text: by remembering it, and by looking at it.

    remembering   state_t = step(token_t, state_{t−1}),   logits = W state_T + b
    looking       x = block(token + place),               logits = W norm(x)_T + b

Both answer at the last token. For the first, whatever the answer depends on has to be in the last
state; the second asks every token at once, and has a place in its table for each.

Axes: B batch, T tokens, C channels of a token, N numbers in a state, V vocabulary, A answers.

A cell with M maps (1 in an RNN, 3 in a GRU, 4 in an LSTM) has M N(C + N + 2) parameters, and a
reader that remembers VC + M N(C + N + 2) + AN + A: 7 symbols of 4 channels, an RNN of 2 numbers
and 2 answers make 28 + 16 + 4 + 2:

>>> parameters(Rememberer(Shape(vocabulary=7, answers=2, width=4, state=2, cell="rnn")))
50
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from torch import Tensor, nn

from models.layers.cells import MAPS, new_cell
from models.layers.recurrent import Recurrent
from models.layers.size import parameters
from models.networks import encoder


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How large a reader is that remembers, and how it does."""

    vocabulary: int
    answers: int
    width: int = 32
    state: int = 64
    cell: str = "lstm"
    """rnn, lstm or gru."""
    forget_bias: float | None = None
    """Of an LSTM: the first bias of its forget gates, instead of a small random one."""

    def as_large_as(self, parameters: int) -> Shape:
        """The same with the state that brings it nearest to so many parameters."""
        maps = MAPS[self.cell]
        b = maps * (self.width + 2) + self.answers
        c = self.vocabulary * self.width + self.answers - parameters
        return replace(self, state=round((math.sqrt(b * b - 4 * maps * c) - b) / (2 * maps)))


class Rememberer(nn.Module):
    """Tokens in, the logits of an answer out. `memory.stream` is where its states can be seen."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        cell = new_cell(shape.cell, shape.width, shape.state, forget_bias=shape.forget_bias)
        self.token = nn.Embedding(shape.vocabulary, shape.width)
        self.memory = Recurrent(cell)
        self.answer = nn.Linear(shape.state, shape.answers)

    def forward(self, tokens: Tensor) -> Tensor:
        """How likely each answer is, as logits: (B, T) -> (B, A)."""
        states = self.memory(self.token(tokens))[0]  # (B, T, N)
        return self.answer(states[:, -1])  # (B, A)


class Looker(nn.Module):
    """The same with attention: its `blocks.0.attend.weights` say where it looks."""

    def __init__(self, shape: encoder.Shape) -> None:
        super().__init__()
        self.encoder = encoder.Encoder(shape)
        self.answer = nn.Linear(shape.width, shape.answers)

    def forward(self, tokens: Tensor) -> Tensor:
        """How likely each answer is, as logits: (B, T) -> (B, A)."""
        return self.answer(self.encoder(tokens)[:, -1])  # (B, A)


def reader(looks: encoder.Shape, remembers: Shape | None = None) -> Looker | Rememberer:
    """One that looks; or one that remembers instead, as large as that within a few numbers."""
    looker = Looker(looks)
    if remembers is None:
        return looker
    return Rememberer(remembers.as_large_as(parameters(looker)))
