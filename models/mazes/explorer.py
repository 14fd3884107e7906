"""The explorer: what a mouse with a perfect memory and no map can sensibly do.

It goes to the neighbour that it visited longest ago. Never visited counts as longest ago of all,
and among those the one nearest the cheese (as the crow flies in a city: rows plus columns) comes
first. In a dead end, this is to go back the way it came; in a maze without loops the whole walk is
a depth-first search. No other knowledge of the maze enters, and nothing says that no better rule
exists.

The learning mouse is taught by it, and not by the shortest path: which way the shortest path goes
cannot be told from what a mouse sees, so it cannot learn to foresee it.
"""

from __future__ import annotations

import random

from models.mazes.maze import Maze
from models.mazes.solvers import manhattan
from models.mazes.trace import SEEN, Step, Trace


def explore(maze: Maze, start: int, goal: int, rng: random.Random, budget: int) -> Trace:
    """Walk as the explorer does until the cheese is found or the moves are used up.

    `rng` is not used: the explorer leaves nothing to chance. Ties go north first, then clockwise.
    """
    visited: dict[int, int] = {}
    here, steps = start, list[Step]()
    while here != goal and len(steps) < budget and maze.passages[here]:
        visited[here] = len(steps)
        marks = ((here, SEEN),)
        here = advice(maze, here, goal, visited)
        steps.append(Step(here, marks))
    return Trace(maze, start, goal, tuple(steps), "explorer")


def advice(maze: Maze, here: int, goal: int, visited: dict[int, int]) -> int:
    """The neighbour the explorer goes to; `visited` maps cells to when they were last visited."""
    return min(
        maze.neighbours(here),
        key=lambda cell: (visited.get(cell, -1), manhattan(maze, cell, goal)),
    )
