"""How those do who learn nothing, from every cell of a maze: exactly, whatever chance has a say in.

Who walks may make four moves for each cell of the maze (`models.mazes.walkers.budget_for`).

Axes: B mazes, T cells, 4 directions, S = 4 T states: a cell and the direction of the last move.
"""

from __future__ import annotations

import torch
from torch import Tensor

from models.labs.map_judged import Exam, judged, share
from models.mazes.maze import DIRECTIONS
from models.tasks.map import Boards, beside

MOVES = 4
"""Moves for each cell."""
TURNS = (1, 0, 3, 2)
"""In which order the doors are tried with a hand on the wall: right, on, left, back."""


def unlearned(exam: Exam) -> dict[str, float]:
    """`accuracy`, `shortest` and `fromN` of each, as in `judged`."""
    board = exam.board
    walked = {"right": right_handed(board), "random": wandered(board)}
    found = {name: _shares(*ways, exam) for name, ways in walked.items()}
    found["straight"] = judged(straight(board), board, exam.kind.lengths)
    return {f"{name}.{metric}": found[name][metric] for name in found for metric in found["right"]}


def straight(board: Boards) -> Tensor:
    """The arrows (B, T) of who goes to whichever neighbour is nearest the cheese in rows and
    columns, without regard to what lies behind it."""
    cells, width = board.is_open.shape[1], board.width
    there, cheese = beside(cells, width), board.cheese[:, None, None]  # (T, 4), (B, 1, 1)
    rows = (there // width - cheese // width).abs()  # (B, T, 4)
    columns = (there % width - cheese % width).abs()
    return (rows + columns).masked_fill(~board.is_open, cells).argmin(-1)


def right_handed(board: Boards) -> tuple[Tensor, Tensor]:
    """Who keeps the right hand on the wall, and first looks anywhere: how likely it arrives from
    each cell, and that by a shortest way, both (B, T)."""
    count, cells, _ = board.is_open.shape
    state = torch.arange(cells * len(DIRECTIONS)).expand(count, -1)  # (B, S)
    at_cheese = state // 4 == board.cheese[:, None]  # (B, S)
    place, moves, made = state.where(at_cheese, _after_a_move(board)), (~at_cheese).int(), 1
    while made < MOVES * cells:
        moves, place = moves + moves.gather(1, place), place.gather(1, place)
        made *= 2
    arrives = place // 4 == board.cheese[:, None]
    shortest = arrives & (moves == board.away.repeat_interleave(4, 1))
    likely, best = (these.view(count, cells, 4).float().mean(-1) for these in (arrives, shortest))
    return likely, best


def _after_a_move(board: Boards) -> Tensor:
    """The state that follows each, with the right hand on the wall: (B, S)."""
    count, cells, _ = board.is_open.shape
    tried = torch.tensor([[(last + turn) % 4 for turn in TURNS] for last in DIRECTIONS])  # (4, 4)
    first = board.is_open[:, :, tried].int().argmax(-1)  # (B, T, 4)
    heading = tried.expand(count, cells, 4, 4).gather(3, first[..., None]).squeeze(3)  # (B, T, 4)
    there = beside(cells, board.width).expand(count, cells, 4).gather(2, heading)
    return (there * 4 + heading).view(count, cells * 4)


def wandered(board: Boards) -> tuple[Tensor, Tensor]:
    """Who takes any open door, back included: as in `right_handed`."""
    count, cells, _ = board.is_open.shape
    there = beside(cells, board.width)  # (T, 4)
    ways = board.is_open / board.is_open.sum(-1, keepdim=True).clamp(min=1)  # (B, T, 4)
    at_cheese = torch.zeros(count, cells).scatter_(1, board.cheese[:, None], 1.0)  # (B, T)
    likely, best = at_cheese, at_cheese
    for made in range(1, MOVES * cells + 1):
        likely = torch.maximum((likely[:, there] * ways).sum(-1), at_cheese)
        best = likely.where(board.away == made, best)
    return likely, best


def _shares(arrives: Tensor, shortest: Tensor, exam: Exam) -> dict[str, float]:
    """How likely those arrive who start in any cell but that of the cheese."""
    board, found = exam.board, dict[str, float]()
    asked = board.away > 0  # (B, T)
    found["accuracy"], found["shortest"] = share(arrives, asked), share(shortest, asked)
    for low, high in exam.kind.lengths:
        these = asked & (board.away >= low) & (board.away <= high)
        found[f"from{low}"] = share(arrives, these)
    return found
