"""How those are judged who say for every cell of a maze which way leads to the cheese.

An exam goes over all cells of its mazes: who puts a mouse into any of them follows the arrows.

Axes: B mazes, T cells.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from models.labs.crossings import Crossing, moves_of, send
from models.mazes.generators import depth_first, wilson
from models.mazes.maze import Maze
from models.mazes.prim import prim
from models.mazes.score import score
from models.mazes.solvers import distances
from models.specs.map import (
    BASELINES,
    LARGE,
    LARGE_MAZES,
    LATE,
    LENGTHS,
    LOOPS,
    MAZES,
    MORE,
    SIZE,
)
from models.tasks.map import Boards, beside, boards, follow, opened

AT_ONCE = 100_000
"""Cells, each counted once a loop, that are judged in one unit of work."""


@dataclass(frozen=True)
class Kind:
    """Mazes of one kind, and how many loops there are for each."""

    generate: Callable[[int, int, random.Random], Maze]
    size: int
    loops: int
    count: int


KINDS = {
    "accuracy": Kind(wilson, SIZE, LOOPS, MAZES),
    "longer": Kind(wilson, SIZE, MORE, LARGE_MAZES),
    "large": Kind(wilson, LARGE, LATE[-1], LARGE_MAZES),
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
        "accuracy": _share(arrives, asked),
        "shortest": _share(arrives & (moves == board.away), asked),
        "whole": (arrives | ~asked).all(1).float().mean().item(),
        "legal": _share(legal & asked, asked),
        "right": _share((arrows == board.onward) & asked, asked),
    }
    for low, high in lengths:
        these = asked & (board.away >= low) & (board.away <= high)
        found[f"from{low}"] = _share(arrives & these, these)
    return found


def _share(these: Tensor, of: Tensor) -> float:
    return these.sum().item() / max(1, int(of.sum()))


def straight(board: Boards) -> Tensor:
    """The arrows (B, T) of who goes to whichever neighbour is nearest the cheese in rows and
    columns, without regard to what lies behind it."""
    cells, width = board.is_open.shape[1], board.width
    there, cheese = beside(cells, width), board.cheese[:, None, None]  # (T, 4), (B, 1, 1)
    rows = (there // width - cheese // width).abs()  # (B, T, 4)
    columns = (there % width - cheese % width).abs()
    return (rows + columns).masked_fill(~board.is_open, cells).argmin(-1)


def blindfolded(board: Boards) -> Tensor:
    """What is told of mazes (B, T, 5) if everyone is shown the walls of the next one."""
    told = board.seen
    told[..., :-1] = told[..., :-1].roll(1, 0)
    return told


def sent(name: str, exam: Exam, seed: int) -> dict[str, float]:
    """How a walker that learns nothing does from one cell of each maze, drawn by chance."""
    crossings = exam.ways(seed)
    traces = (trace for some in send(name, crossings, seed, 100) for trace in some)
    scores = score([moves_of(trace) for trace in traces], [one.shortest for one in crossings])
    return {"accuracy": scores["arrival"], "shortest": scores["shortest"]}


def unlearned(exam: Exam, seed: int) -> dict[str, float]:
    """How those do who learn nothing: `accuracy` and `shortest` of each."""
    found = {name: sent(name, exam, seed) for name in BASELINES if name != "straight"}
    found["straight"] = judged(straight(exam.board), exam.board)
    return {
        f"{name}.{metric}": found[name][metric]
        for name in BASELINES
        for metric in ("accuracy", "shortest")
    }
