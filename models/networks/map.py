"""The map solver: one block, repeated, whose heads look through the open doors of a maze.

    e       = W s + b                s: whether the cheese is there
    x_{k+1} = block(x_k + e, doors)  x_0 = 0, the same weights every time
    logits  = U x_k + c              for each cell: which way to the cheese?

Head d of 4 may look at its own cell and through the door in direction d. So news of the cheese
travels one cell a loop, and the weights, which are the same in every loop and for every cell, can
be used on larger mazes, by looping longer. The walls are given to it as the mask and in no other
way; it does not find them out. One that `sees_doors`, those of its own cell, knows a dead end when
it sees one, and relies on that in small mazes, where no dead end is deep; in larger ones, far from
the cheese and before a deep one, it is then at a loss. What it sees is handed to it
again in each loop, so that the stream need not carry it (recall): without that, long loops forget.
(Weights shared over depth: Dehghani et al. 2019, "Universal transformers", section 2; looping
longer on larger puzzles: Schwarzschild et al. 2021, "Can you learn an algorithm?"; recall: Bansal
et al. 2022, "End-to-end algorithm synthesis with recurrent networks", section 3.)

Axes: B mazes, T cells, C channels, 4 directions.

A block of 32 channels has 8,480 parameters, the two maps into it and out of it 196:

>>> from models.layers.size import parameters
>>> parameters(MapSolver())
8676
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import Tensor, nn

from models.layers.blocks import Block, BlockShape
from models.layers.masks import doors
from models.layers.through_doors import Doors, doors_of, through_doors

DIRECTIONS = 4
SEEN = DIRECTIONS + 1
"""What is known of a cell: which of its four sides are open, and whether the cheese is there."""


class MapSolver(nn.Module):
    """Post-norm, because a norm at the end of every loop keeps the stream from growing."""

    def __init__(self, width: int = 32, sees_doors: bool = False) -> None:
        super().__init__()
        self.width, self.sees_doors = width, sees_doors
        self.see = nn.Linear(SEEN if sees_doors else 1, width)
        shape = BlockShape(
            width=width, heads=DIRECTIONS, hidden=2 * width, activation="relu", order="post"
        )
        self.block = Block(shape)
        for norm in (self.block.norm_attend, self.block.norm_think):
            # It would be of no use: whatever reads the stream next adds a bias of its own.
            norm.register_parameter("bias", None)
        self.point = nn.Linear(width, DIRECTIONS)

    def forward(self, is_open: Tensor, cheese: Tensor, width: int, loops: int) -> Tensor:
        """Which way from each cell, after `loops` loops: logits (B, T, 4).

        `is_open`: (B, T, 4); `cheese`: (B,), its cell; cells stand row by row, `width` to a row.
        """
        seen, allowed = self.start(is_open, cheese, width)
        x = torch.zeros_like(seen)  # (B, T, C)
        for _ in range(loops):
            x = self.block(x + seen, allowed)  # (B, T, C)
        return self.point(x)  # (B, T, 4)

    def start(self, is_open: Tensor, cheese: Tensor, width: int) -> tuple[Tensor, Tensor]:
        """What is added to the stream before every loop (B, T, C), and the mask (B, 4, T, T)."""
        cell = torch.arange(is_open.shape[1], device=cheese.device)  # (T,)
        here = (cell == cheese[:, None])[..., None]  # (B, T, 1)
        told = torch.cat([is_open, here], -1).to(self.see.weight)  # (B, T, 5)
        return self.see(self.seen(told)), doors(is_open, width)

    def quickly(
        self, told: Tensor, width: int, loops: int, unseen: int = 0, waited: int = 0
    ) -> Iterator[Tensor]:
        """The stream (B, T, C) after each of `loops` loops, by four neighbours a cell.

        The same numbers as `forward`, several times as fast on large mazes; attention cannot be
        looked at. `told`: (B, T, 5), the walls and the cheese. `unseen` loops come before, which
        are not handed out and through which no gradient flows; and before them, `waited` ones in
        which there is no cheese.
        """
        seen = self.see(self.seen(told))  # (B, T, C)
        ways = doors_of(told[..., :DIRECTIONS], width, seen)
        with torch.no_grad():
            x = _waited(self, told, width, waited).expand_as(seen)  # (B, T, C)
            for _ in range(unseen):
                x = _through(self.block, x + seen, ways)
        for _ in range(loops):
            x = _through(self.block, x + seen, ways)  # (B, T, C)
            yield x

    def seen(self, told: Tensor) -> Tensor:
        """What it is told of each cell, of all that is known (B, T, 5)."""
        return told if self.sees_doors else told[..., DIRECTIONS:]


def _through(block: Block, x: Tensor, ways: Doors) -> Tensor:
    """A block, with attention by four neighbours a cell: (B, T, C)."""
    x = block.change(x, block.norm_attend, lambda y: through_doors(block.attend, y, ways))
    return block.thought_over(x)


def _waited(solver: MapSolver, told: Tensor, width: int, loops: int) -> Tensor:
    """The stream after some loops without a cheese: (B, T, C), or (1, 1, C), for where nothing is
    seen every cell is like every other."""
    part = told if solver.sees_doors else told[:1, :1]
    bare = torch.cat([part[..., :DIRECTIONS], 0 * part[..., DIRECTIONS:]], -1)
    seen = solver.see(solver.seen(bare))
    ways = doors_of(bare[..., :DIRECTIONS], width, seen)
    x = torch.zeros_like(seen)
    for _ in range(loops):
        x = _through(solver.block, x + seen, ways)
    return x
