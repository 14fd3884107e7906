"""The map solver: one block, repeated, whose heads look through the open doors of a maze.

    x_0     = W e                    e: the walls of a cell and whether the cheese is there
    x_{k+1} = block(x_k, doors)      the same weights every time
    logits  = U x_k                  for each cell: which way to the cheese?

Head d of 4 may look at its own cell and through the door in direction d. So news of the cheese
travels one cell a loop, and the weights, which are the same in every loop and for every cell, can
be used on larger mazes, by looping longer. The walls are given to it as the mask; it does not
find them out. (Weights shared over depth: Dehghani et al. 2019, "Universal transformers", section
2; looping longer on larger puzzles: Schwarzschild et al. 2021, "Can you learn an algorithm?")

Axes: B mazes, T cells, C channels, 4 directions.

A block of 32 channels has 8,480 parameters, the two maps into it and out of it 324:

>>> from models.layers.size import parameters
>>> parameters(MapSolver())
8804
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from models.layers.blocks import Block, BlockShape
from models.layers.masks import doors

DIRECTIONS = 4
SEEN = DIRECTIONS + 1
"""What is known of a cell: which of its four sides are open, and whether the cheese is there."""


class MapSolver(nn.Module):
    """Post-norm, because a norm at the end of every loop keeps the stream from growing."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        self.see = nn.Linear(SEEN, width)
        self.block = Block(
            BlockShape(width=width, heads=DIRECTIONS, hidden=2 * width, norm="rms", order="post")
        )
        self.point = nn.Linear(width, DIRECTIONS)

    def forward(self, is_open: Tensor, cheese: Tensor, width: int, loops: int) -> Tensor:
        """Which way from each cell, after `loops` loops: logits (B, T, 4).

        `is_open`: (B, T, 4); `cheese`: (B,), its cell; cells stand row by row, `width` to a row.
        """
        x, allowed = self.start(is_open, cheese, width)
        for _ in range(loops):
            x = self.block(x, allowed)  # (B, T, C)
        return self.point(x)  # (B, T, 4)

    def start(self, is_open: Tensor, cheese: Tensor, width: int) -> tuple[Tensor, Tensor]:
        """The stream before the first loop (B, T, C), and the mask (B, 4, T, T)."""
        cell = torch.arange(is_open.shape[1], device=cheese.device)  # (T,)
        here = (cell == cheese[:, None])[..., None]  # (B, T, 1)
        seen = torch.cat([is_open, here], -1).to(self.see.weight)  # (B, T, 5)
        return self.see(seen), doors(is_open, width)
