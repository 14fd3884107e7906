"""The map LSTM: a maze read cell by cell, row after row, from both ends.

    y        = both_2(both_1(s))      s_t: the walls of cell t, and whether the cheese is there
    logits_t = U y_t + c              for each cell: which way to the cheese?

Cells side by side follow on each other; the one below comes a whole row later, so what is known of
it has to be carried past all cells between. Nothing says where a row ends: in mazes of one size
the cells can be counted, in others the count is wrong. (Schuster and Paliwal 1997, "Bidirectional
recurrent neural networks"; two layers: Graves et al. 2013, "Speech recognition with deep recurrent
neural networks", section 3.)

Axes: B mazes, T cells row by row, N numbers in each state.

A cell that reads C numbers has 4N(C + N + 2) parameters. The first layer reads 5, the second 2N,
there are two cells in each, and 8N + 4 numbers point: N = 2 makes 144 + 128 + 20:

>>> from models.layers.size import parameters
>>> parameters(LSTMMap(2))
292
"""

from __future__ import annotations

from torch import Tensor, nn

from models.layers.both_ways import BothWays
from models.layers.lstm import LSTMCell
from models.layers.readout import readout
from models.networks.map import DIRECTIONS, SEEN

FORGET_BIAS = 1.0
"""The forget gates are open at first, or news fades within a row."""


class LSTMMap(nn.Module):
    """Mazes in, a direction for each cell out, by two layers that read both ways."""

    def __init__(self, state: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(_layer(SEEN, state), _layer(2 * state, state))
        self.point = readout(2 * state, DIRECTIONS)

    def forward(self, told: Tensor) -> Tensor:
        """Which way from each cell: what is told of mazes (B, T, 5) -> logits (B, T, 4)."""
        return self.point(self.layers(told))  # (B, T, 4)


def _layer(inputs: int, state: int) -> BothWays:
    one, other = (LSTMCell(inputs, state, forget_bias=FORGET_BIAS) for _ in range(2))
    return BothWays(one, other)
