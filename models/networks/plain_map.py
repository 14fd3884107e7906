"""The plain map transformer: every cell of a maze looks at all others, layer after layer.

    x_rc     = W s_rc + b + row_r + column_c     s: the walls of a cell, and is the cheese there?
    x        = block_L( … block_1(x))            full attention: nothing says who is beside whom
    logits_t = U norm(x_t) + c                   for each cell: which way to the cheese?

It is told the same as the map solver of `map.py`, but walls are numbers here and no mask: which
cells are neighbours it has to learn from the vectors of rows and columns. There is one for each
row and each column of the mazes it was built for, so in a larger one it has none to give. (Vaswani
et al. 2017, "Attention is all you need", section 3.1, the left half of figure 1; a vector for each
row and one for each column: Dosovitskiy et al. 2021, "An image is worth 16x16 words", appendix D.4,
where they stand side by side instead of being added.)

Axes: B mazes, T cells row by row, C channels, L layers, R rows and as many columns.

There are 6C + 2RC + L(12C² + 13C) + 2C + 4C + 4 parameters; 4 channels, 2 heads, 3 rows and 1 layer
make 24 + 24 + 244 + 8 + 20:

>>> from models.layers.size import parameters
>>> parameters(PlainMap(Shape(side=3, width=4, heads=2, layers=1)))
320
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from models.layers.blocks import Block, BlockShape
from models.layers.norm import LayerNorm
from models.layers.readout import readout
from models.networks.map import DIRECTIONS, SEEN


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How large the network is, and for which mazes."""

    side: int
    """Rows of a maze, and columns."""
    width: int = 64
    heads: int = 4
    layers: int = 4
    std: float = 0.3
    """The standard deviation of the vectors of rows and columns at first."""


class PlainMap(nn.Module):
    """Mazes in, a direction for each cell out. Each block's `stream` can be looked at."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.side = shape.side
        self.see = nn.Linear(SEEN, shape.width)
        self.rows = nn.Parameter(shape.std * torch.randn(shape.side, shape.width))
        self.columns = nn.Parameter(shape.std * torch.randn(shape.side, shape.width))
        block = BlockShape(width=shape.width, heads=shape.heads)
        self.blocks = nn.ModuleList(Block(block) for _ in range(shape.layers))
        self.norm = LayerNorm(shape.width)
        self.point = readout(shape.width, DIRECTIONS)

    def forward(self, told: Tensor) -> Tensor:
        """Which way from each cell: what is told of mazes (B, T, 5) -> logits (B, T, 4).

        Raises:
            ValueError: if a maze has another size than it was built for.
        """
        *_, x = self.streams(told)
        return self.answered(x)  # (B, T, 4)

    def answered(self, stream: Tensor) -> Tensor:
        """The answer that stands in a stream: (B, T, C) -> (B, T, 4)."""
        return self.point(self.norm(stream))  # (B, T, 4)

    def streams(self, told: Tensor) -> Iterator[Tensor]:
        """The stream (B, T, C) before the first layer, and after each."""
        self.check(self.side, told.shape[1] / self.side)
        place = (self.rows[:, None] + self.columns).flatten(0, 1)  # (T, C)
        x = self.see(told) + place  # (B, T, C)
        yield x
        for block in self.blocks:
            x = block(x)  # (B, T, C)
            yield x

    def check(self, width: int, rows: float) -> None:
        """Whether it has places for a maze with so many cells to a row, and so many rows.

        Raises:
            ValueError: if it has not.
        """
        if (width, rows) != (self.side, self.side):
            raise ValueError(
                f"its table has places for {self.side} rows of {self.side} cells,"
                f" and the maze has {rows:g} rows of {width}"
            )
