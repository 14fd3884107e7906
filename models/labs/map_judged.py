"""How those are judged who say for every cell of a maze which way leads to the cheese.

An exam goes over all cells of its mazes: who puts a mouse into any of them follows the arrows.

Axes: B mazes, T cells.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from models.labs.crossings import Crossing
from models.mazes.generators import depth_first, wilson
from models.mazes.maze import Maze
from models.mazes.prim import prim
from models.mazes.solvers import distances
from models.specs.map import (
    FAR,
    LARGE,
    LARGE_MAZES,
    LATE,
    LEARNERS,
    LENGTHS,
    LOOPS,
    MAZES,
    MORE,
    MOST_CELLS,
    SIZE,
    VAST_MAZES,
)
from models.tasks.map import Boards, boards, follow, opened

AT_ONCE = 175_000
"""Cells, each counted once a loop, that are judged in one unit of work."""


@dataclass(frozen=True)
class Kind:
    """Mazes of one kind, and how many loops there are for each."""

    generate: Callable[[int, int, random.Random], Maze]
    size: int
    loops: int
    count: int
    lengths: tuple[tuple[int, int], ...] = LENGTHS
    """Its ways by their moves."""


KINDS = {
    "accuracy": Kind(wilson, SIZE, LOOPS, MAZES),
    "longer": Kind(wilson, SIZE, MORE, LARGE_MAZES),
    "large": Kind(wilson, LARGE, LATE[-1], LARGE_MAZES, FAR),
    "vast": Kind(wilson, MOST_CELLS, LATE[-1], VAST_MAZES),
    "dfs": Kind(depth_first, SIZE, MORE, LARGE_MAZES),
    "prim": Kind(prim, SIZE, MORE, LARGE_MAZES),
}
"""The exams, by the name of their metric."""


class Exam:
    """Mazes that nobody practises in, with a cheese in each; `use` says what they are drawn for."""

    def __init__(self, kind: Kind, use: str) -> None:
        rng = random.Random(use)
        self.kind, self.mazes = kind, list[Maze]()
        for _ in range(kind.count):
            self.mazes.append(kind.generate(kind.size, kind.size, rng))
        cheese = torch.tensor([rng.randrange(maze.cells) for maze in self.mazes])
        self.board = boards(opened(self.mazes), cheese, kind.size)

    def ways(self, seed: int) -> list[Crossing]:
        """For those who walk, one way in each maze: from any cell but that of the cheese."""
        rng, ways = random.Random(f"starts {seed}"), list[Crossing]()
        for maze, cheese in zip(self.mazes, self.board.cheese.tolist(), strict=True):
            start = rng.choice([cell for cell in range(maze.cells) if cell != cheese])
            ways.append(Crossing(maze, start, cheese, distances(maze, cheese)[start]))
        return ways

    def parts(self) -> Iterator[slice]:
        """The mazes that are judged in one unit of work, then the next."""
        step = max(1, AT_ONCE // (self.kind.size**2 * self.kind.loops))
        for begin in range(0, len(self.mazes), step):
            yield slice(begin, begin + step)


def judged(
    arrows: Tensor, board: Boards, lengths: Sequence[tuple[int, int]] = LENGTHS
) -> dict[str, float]:
    """How those do who follow the arrows (B, T) from every cell but that of the cheese.

    `accuracy`: the share that arrives. `shortest`: by a shortest way. `whole`: the share of mazes
    from all cells of which one arrives. `legal`: the share of arrows that lead through no wall, and
    `right` of those that lead nearer. `fromN`: the share that arrives of the ways that are N moves
    long or a few more, by `lengths`.
    """
    place, moves, legal = follow(arrows, board)
    asked = board.away > 0  # (B, T)
    arrives = (place == board.cheese[:, None]) & asked
    found = {
        "accuracy": share(arrives, asked),
        "shortest": share(arrives & (moves == board.away), asked),
        "whole": (arrives | ~asked).all(1).float().mean().item(),
        "legal": share(legal, asked),
        "right": share(arrows == board.onward, asked),
    }
    for low, high in lengths:
        these = asked & (board.away >= low) & (board.away <= high)
        found[f"from{low}"] = share(arrives, these)
    return found


def arriving(arrows: Tensor, told: Tensor, side: int) -> float:
    """The share of all ways in mazes with so many cells on a side, (B, T, 5), that arrive by the
    arrows (B, T)."""
    board = boards(told[..., :-1].bool(), told[..., -1].argmax(-1), side)
    return judged(arrows, board)["accuracy"]


def share(these: Tensor, of: Tensor) -> float:
    """How many of the ways that begin in some cells arrive: shares or yes and no, (B, T) both."""
    return (these * of).sum().item() / max(1, int(of.sum()))


def blindfolded(board: Boards) -> Tensor:
    """What is told of mazes (B, T, 5) if everyone is shown the walls of the next one."""
    told = board.seen
    told[..., :-1] = told[..., :-1].roll(1, 0)
    return told


def about_ways(metrics: Mapping[str, float]) -> str:
    """What is told below the ways by length: where they are, and what else was measured."""
    legal = ", ".join(
        f"{name} {100 * metrics[f'{who}.legal']:.1f} %"
        for who, name in LEARNERS.items()
        if f"{who}.legal" in metrics
    )
    return (
        f"Ways in {LARGE_MAZES} new mazes of {LARGE}x{LARGE}, {MORE} loops. In {VAST_MAZES} of"
        f" {MOST_CELLS}x{MOST_CELLS}, {LATE[-1]} loops: looped map"
        f" {100 * metrics['map.vast']:.1f} %. Arrows through no wall, {SIZE}x{SIZE}: {legal}."
    )
