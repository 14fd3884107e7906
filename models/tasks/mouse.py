"""What a mouse senses, and many mice walking in many mazes at once.

A mouse in an N x N maze senses fourteen numbers:

    4  which sides of its cell are open     north, east, south, west: 1 or 0
    2  how far away the cheese is           rows and columns, as shares of N
    2  on which side of it that is          the signs of those two
    2  where it stands                      row and column, as shares of N
    4  which way it went last               north, east, south, west; all 0 at the start

It does not sense what lies behind an opening, nor where it has been. In a corner from which it
has already turned back it senses exactly what it sensed there the first time, but for the last
four numbers.

Axes: M mazes, C = N² cells, B mice, 4 directions.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

from models.mazes.maze import Maze

SENSES = 14
NEVER = -1
STOOD_STILL = 4
"""The last direction of a mouse that has not moved yet."""
WALL = 1 << 40
"""Added to the explorer's reluctance where there is a wall: more than any reluctance."""


class Mazes:
    """M square mazes of one size as tables that mice look things up in."""

    def __init__(self, mazes: Sequence[Maze], device: str | torch.device = "cpu") -> None:
        self.count, self.side = len(mazes), mazes[0].width
        self.cells = self.side**2
        cell = torch.arange(self.cells)
        masks = torch.tensor([maze.passages for maze in mazes]).flatten()  # (M·C,)
        is_open = (masks[:, None] >> torch.arange(4)) & 1
        place = torch.stack([cell // self.side, cell % self.side], -1)  # (C, 2)
        offset = place - place[:, None]  # (C here, C cheese, 2)
        here = place[:, None].expand_as(offset)
        towards = torch.cat([offset / self.side, offset.sign(), here / self.side], -1)
        step = torch.tensor([-self.side, 1, self.side, -1])
        beside = (cell[:, None] + step).clamp(0, self.cells - 1)  # (C, 4); walls keep mice inside
        near = offset.abs().sum(-1)[beside].transpose(1, 2)  # (C here, C cheese, 4)
        went = torch.eye(STOOD_STILL + 1)[:, :STOOD_STILL]

        self.open = is_open.float().to(device)  # (M·C, 4)
        self.shut = ((1 - is_open) * WALL).to(device)  # (M·C, 4)
        self.towards = towards.flatten(0, 1).to(device)  # (C·C, 6)
        self.near = near.flatten(0, 1).contiguous().to(device)  # (C·C, 4)
        self.beside = beside.to(device)
        self.went = went.to(device)  # (5, 4)

    def draw(self, count: int, chance: torch.Generator) -> Tensor:
        """Any maze and any two different cells of it, `count` times: (3, count)."""
        maze, start, cheese = (
            torch.randint(below, (count,), generator=chance)
            for below in (self.count, self.cells, self.cells - 1)
        )
        return torch.stack([maze, start, cheese + (cheese >= start)]).to(self.open.device)


class Mice:
    """B mice at once. `put` has three rows: each one's maze, where it starts, its cheese."""

    def __init__(self, mazes: Mazes, put: Tensor) -> None:
        self.mazes = mazes
        self.maze, self.here, self.cheese = put
        self.last = torch.full_like(self.here, STOOD_STILL)
        self.moves = torch.zeros_like(self.here)
        self.visited = self.here.new_full((len(self.here), mazes.cells), NEVER)  # (B, C)
        self.visited.scatter_(1, self.here[:, None], 0)

    def look(self) -> tuple[Tensor, Tensor]:
        """What each mouse senses (B, 14), and which ways are open to it (B, 4)."""
        t = self.mazes
        is_open = t.open.index_select(0, self.maze * t.cells + self.here)
        towards = t.towards.index_select(0, self.here * t.cells + self.cheese)
        return torch.cat([is_open, towards, t.went.index_select(0, self.last)], -1), is_open > 0

    def advice(self) -> Tensor:
        """Where the explorer would go (B,): the neighbour visited longest ago, then the nearest.

        The same rule as `models.mazes.explorer`, for all mice at once.
        """
        t = self.mazes
        when = self.visited.gather(1, t.beside.index_select(0, self.here))  # (B, 4)
        away = t.near.index_select(0, self.here * t.cells + self.cheese)
        walls = t.shut.index_select(0, self.maze * t.cells + self.here)
        return (when * 2 * t.cells + away + walls).argmin(-1)

    def go(self, direction: Tensor) -> None:
        """Every mouse moves one cell; which ways are open is for the caller to mind."""
        beside = self.mazes.beside.index_select(0, self.here)
        self.here = beside.gather(1, direction[:, None]).squeeze(1)
        self.last = direction
        self.moves = self.moves + 1
        self.visited.scatter_(1, self.here[:, None], self.moves[:, None])

    @property
    def found(self) -> Tensor:
        """Which mice stand on their cheese (B,)."""
        return self.here == self.cheese

    def put_again(self, which: Tensor, put: Tensor) -> None:
        """Put the mice marked in `which` (B,) into other mazes, with nothing behind them."""
        self.maze, self.here, self.cheese = (
            torch.where(which, new, old)
            for new, old in zip(put, (self.maze, self.here, self.cheese), strict=True)
        )
        self.last = self.last.masked_fill(which, STOOD_STILL)
        self.moves = self.moves.masked_fill(which, 0)
        self.visited.masked_fill_(which[:, None], NEVER)
        self.visited.scatter_(1, self.here[:, None], self.moves[:, None])
