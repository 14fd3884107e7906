"""The kinds of recurrent cells, by name.

>>> type(new_cell("gru", inputs=4, state=2)).__name__
'GRUCell'
"""

from __future__ import annotations

from typing import Any

from models.layers.gru import GRUCell
from models.layers.lstm import LSTMCell
from models.layers.recurrent import Cell
from models.layers.rnn import RNNCell

MAPS = {"rnn": 1, "lstm": 4, "gru": 3}
"""The kinds there are, and how many maps of inputs and states each has."""


def new_cell(
    kind: str,
    inputs: int,
    state: int,
    *,
    forget_bias: float | None = None,
    longest: int | None = None,
) -> Cell[Any]:
    """A cell that reads `inputs` numbers and remembers `state`; the rest is for an LSTM alone."""
    if kind not in MAPS:
        raise ValueError(f"no cell called {kind}: there are {', '.join(MAPS)}")
    if kind == "lstm":
        return LSTMCell(inputs, state, forget_bias=forget_bias, longest=longest)
    if (forget_bias, longest) != (None, None):
        raise ValueError(f"forget_bias and longest are an LSTM's, and the cell is {kind}")
    return RNNCell(inputs, state) if kind == "rnn" else GRUCell(inputs, state)
