"""Mazes with their ends, mice sent through them, and the results as plain data. No torch."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from models.mazes.generators import random_ends, wilson
from models.mazes.maze import Maze
from models.mazes.solvers import distances
from models.mazes.trace import SEEN, Trace
from models.mazes.walkers import WALKERS, budget_for


@dataclass(frozen=True)
class Crossing:
    """A maze to be crossed, and how many moves are enough."""

    maze: Maze
    start: int
    cheese: int
    shortest: int

    @classmethod
    def of(cls, maze: Maze, rng: random.Random) -> Crossing:
        """`maze` with a start and a cheese drawn by chance."""
        start, cheese = random_ends(maze, rng)
        return cls(maze, start, cheese, distances(maze, cheese)[start])

    @classmethod
    def drawn(cls, size: int, rng: random.Random) -> Crossing:
        """A maze of Wilson's with its ends."""
        return cls.of(wilson(size, size, rng), rng)

    def walked(self, path: Sequence[int]) -> dict[str, Any]:
        """The crossing and the cells that a mouse came through in it, as plain data."""
        return {
            "width": self.maze.width,
            "height": self.maze.height,
            "passages": list(self.maze.passages),
            "start": self.start,
            "cheese": self.cheese,
            "path": list(path),
        }


def send(
    name: str, crossings: Sequence[Crossing], seed: int, at_once: int
) -> Iterator[list[Trace]]:
    """Send a mouse that learns nothing through the mazes, `at_once` of them at a time."""
    rng = random.Random(f"{name} walks {seed}")
    walker = WALKERS[name]
    for first in range(0, len(crossings), at_once):
        yield [
            walker(c.maze, c.start, c.cheese, rng, budget_for(c.maze))
            for c in crossings[first : first + at_once]
        ]


def path_of(trace: Trace) -> list[int]:
    """The cells that a mouse came through, its start included."""
    return [trace.start, *(step.mouse for step in trace.steps if step.mouse is not None)]


def moves_of(trace: Trace) -> int | None:
    """How many moves a mouse needed; `None` if it did not arrive."""
    return trace.moves if trace.arrived else None


def looked_at(trace: Trace) -> int:
    """How many cells a search looked at."""
    return sum(mark == SEEN for step in trace.steps for _, mark in step.marks)
