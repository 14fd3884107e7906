"""Whole mazes as tables: what is known of each cell, and which way leads from it to the cheese.

    walls of a cell   north, east, south, west: whether that side is open
    the cheese        whether it is here
    the answer        the direction of the next cell on the way, or none where the cheese is

In a perfect maze there is one way, so one answer is right in each cell; where several lead on as
well, the first of them, north first, then clockwise, is taken for it.

Axes: B mazes, T cells row by row, 4 directions.

Three cells in a row, the cheese in the last:

>>> is_open = torch.tensor([[[0, 1, 0, 0], [0, 1, 0, 1], [0, 0, 0, 1]]], dtype=torch.bool)
>>> board = boards(is_open, torch.tensor([2]), width=3)
>>> board.away.tolist(), board.onward.tolist()
([[2, 1, 0]], [[1, 1, -100]])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from models.layers.loss import IGNORED
from models.mazes.maze import DIRECTIONS, Maze

FAR = 1 << 20
"""How far away a cell is from which no way leads to the cheese."""


@dataclass(frozen=True)
class Boards:
    """B mazes of one size, each with a cheese, and the answers."""

    is_open: Tensor
    """(B, T, 4)."""
    cheese: Tensor
    """The cell of each, (B,)."""
    width: int
    """Cells in a row."""
    away: Tensor
    """Moves from each cell to the cheese, (B, T)."""
    onward: Tensor
    """The right direction, (B, T)."""

    @property
    def seen(self) -> Tensor:
        """What a network is told, (B, T, 5): the four sides, and whether the cheese is here."""
        here = torch.zeros_like(self.is_open[..., 0]).scatter_(1, self.cheese[:, None], True)
        return torch.cat([self.is_open, here[..., None]], -1).float()

    def to(self, device: str) -> Boards:
        """The same on a device."""
        tensors = (self.is_open, self.cheese, self.away, self.onward)
        is_open, cheese, away, onward = (tensor.to(device) for tensor in tensors)
        return Boards(is_open, cheese, self.width, away, onward)


def opened(mazes: Sequence[Maze]) -> Tensor:
    """Which sides of each cell are open, (B, T, 4)."""
    masks = torch.tensor([maze.passages for maze in mazes])  # (B, T)
    return (masks[..., None] >> torch.tensor(DIRECTIONS) & 1).bool()


def beside(cells: int, width: int) -> Tensor:
    """The cell on each side of each cell, (T, 4); beyond the outer walls, any."""
    cell = torch.arange(cells)[:, None]
    return (cell + torch.tensor([-width, 1, width, -1])) % cells


def boards(is_open: Tensor, cheese: Tensor, width: int) -> Boards:
    """Find the way from every cell, in waves that begin at the cheese."""
    count, cells, _ = is_open.shape
    there, wall = beside(cells, width), (~is_open).int() * FAR  # (T, 4), (B, T, 4)
    away = torch.full((count, cells), FAR, dtype=torch.int).scatter_(1, cheese[:, None], 0)
    while True:
        around = away[:, there] + wall  # (B, T, 4)
        nearer = torch.minimum(away, around.amin(-1) + 1)
        if torch.equal(nearer, away):
            break
        away = nearer
    onward = around.argmin(-1).masked_fill((away == 0) | (away >= FAR), IGNORED)
    return Boards(is_open, cheese, width, away, onward)


def drawn(mazes: Tensor, width: int, count: int, chance: torch.Generator) -> Boards:
    """Any `count` of some mazes (M, T, 4), and any cell of each for the cheese."""
    which = torch.randint(len(mazes), (count,), generator=chance)
    cheese = torch.randint(mazes.shape[1], (count,), generator=chance)
    return boards(mazes[which], cheese, width)


def follow(arrows: Tensor, board: Boards) -> tuple[Tensor, Tensor, Tensor]:
    """Follow the arrows (B, T) from each cell, for as many moves as there are cells: who has not
    arrived by then goes round for ever.

    An arrow into a wall keeps one where one is, and so does the cheese. Given are where one comes
    to, after how many moves, and whether the arrow of each cell is legal, all (B, T).
    """
    cells = arrows.shape[1]
    legal = board.is_open.gather(2, arrows[..., None]).squeeze(2)  # (B, T)
    cell = torch.arange(cells, device=arrows.device).expand_as(arrows)
    there = beside(cells, board.width).to(arrows.device).expand(*arrows.shape, 4)
    stays = ~legal | (cell == board.cheese[:, None])
    place = cell.where(stays, there.gather(2, arrows[..., None]).squeeze(2))
    moves, doubled = (~stays).int(), 1
    while doubled < cells:
        moves, place = moves + moves.gather(1, place), place.gather(1, place)
        doubled *= 2
    return place, moves, legal
