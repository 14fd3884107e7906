"""A recurrent reader: it reads a text token by token, and when it is over, it answers.

    state_t = step(token_t, state_{t−1})
    logits  = W state_T + b

Whatever of the text the answer hangs on has to be in the last state: nothing else is looked at.

Axes: B batch, T tokens, C channels of a token, N numbers in a state, V vocabulary, A answers.

A cell with M maps (1 in an RNN, 3 in a GRU, 4 in an LSTM) has M N(C + N + 2) parameters, and the
reader VC + M N(C + N + 2) + AN + A: 7 symbols of 4 channels, an RNN of 2 numbers and 2 answers
make 28 + 16 + 4 + 2:

>>> from models.layers.size import parameters
>>> parameters(Reader(Shape(vocabulary=7, answers=2, width=4, state=2, cell="rnn")))
50
"""

from __future__ import annotations

from dataclasses import dataclass

from torch import Tensor, nn

from models.layers.cells import new_cell
from models.layers.recurrent import Recurrent


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How large the network is, and how it remembers."""

    vocabulary: int
    answers: int
    width: int = 32
    state: int = 64
    cell: str = "lstm"
    """rnn, lstm or gru."""
    forget_bias: float | None = None
    """Of an LSTM: the first bias of its forget gates, instead of a small random one."""


class Reader(nn.Module):
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
