"""Mice that know nothing of the maze, and one table of everyone who can cross it.

A walker sees only the cell it stands in. Its rule is a function from what it sees to a
direction; `walk` does the rest.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from models.mazes.explorer import explore
from models.mazes.maze import DIRECTIONS, Maze
from models.mazes.solvers import a_star, breadth_first
from models.mazes.theseus import Theseus
from models.mazes.trace import SEEN, Step, Trace

Rule = Callable[[list[int], int], int]
"""From the open directions and the direction of the last move to the direction of the next."""
Walker = Callable[[Maze, int, int, random.Random, int], Trace]
"""A way to cross a maze: (maze, start, goal, rng, budget of moves) -> what happened."""


def budget_for(maze: Maze) -> int:
    """The moves a mouse may make before it counts as lost: four for every cell."""
    return 4 * maze.cells


def walk(
    maze: Maze, start: int, goal: int, rule: Rule, heading: int, budget: int, name: str
) -> Trace:
    """Follow `rule` from `start` until the cheese is found or the moves are used up."""
    here, steps = start, list[Step]()
    while here != goal and len(steps) < budget:
        openings = [d for d in DIRECTIONS if maze.is_open(here, d)]
        if not openings:
            break
        heading = rule(openings, heading)
        marks = ((here, SEEN),)
        here = maze.step(here, heading)
        steps.append(Step(here, marks))
    return Trace(maze, start, goal, tuple(steps), name)


def random_walk(maze: Maze, start: int, goal: int, rng: random.Random, budget: int) -> Trace:
    """Any open way, each as likely as the others, back included."""

    def rule(openings: list[int], heading: int) -> int:
        return rng.choice(openings)

    return walk(maze, start, goal, rule, rng.choice(DIRECTIONS), budget, "random walk")


def no_turning_back(maze: Maze, start: int, goal: int, rng: random.Random, budget: int) -> Trace:
    """Any open way except the one it came by, which it takes only out of a dead end."""
    moved = False

    def rule(openings: list[int], heading: int) -> int:
        nonlocal moved
        onward = [d for d in openings if not moved or d != (heading + 2) % 4]
        moved = True
        return rng.choice(onward or openings)

    return walk(maze, start, goal, rule, 0, budget, "never turns back")


def right_hand(maze: Maze, start: int, goal: int, rng: random.Random, budget: int) -> Trace:
    """Keep the right hand on the wall: right if open, else on, else left, else back.

    In a perfect maze it comes past every cell and uses each passage at most once each way. Where
    there are loops it can circle for ever.
    """

    def rule(openings: list[int], heading: int) -> int:
        return next(
            d % 4 for d in (heading + 1, heading, heading + 3, heading + 2) if d % 4 in openings
        )

    return walk(maze, start, goal, rule, rng.choice(DIRECTIONS), budget, "right-hand rule")


def theseus_first(maze: Maze, start: int, goal: int, rng: random.Random, budget: int) -> Trace:
    """Theseus in a maze it has never seen."""
    return Theseus(maze, rng).run(start, goal, budget)


def theseus_second(maze: Maze, start: int, goal: int, rng: random.Random, budget: int) -> Trace:
    """Theseus in a maze that it has solved once, without haste, from the same start."""
    theseus = Theseus(maze, rng)
    theseus.run(start, goal, theseus.patience)
    return theseus.run(start, goal, budget)


def _breadth_first(maze: Maze, start: int, goal: int, rng: random.Random, budget: int) -> Trace:
    return breadth_first(maze, start, goal)


def _a_star(maze: Maze, start: int, goal: int, rng: random.Random, budget: int) -> Trace:
    return a_star(maze, start, goal)


WALKERS: dict[str, Walker] = {
    "random": random_walk,
    "forward": no_turning_back,
    "right": right_hand,
    "theseus": theseus_first,
    "theseus2": theseus_second,
    "explorer": explore,
    "bfs": _breadth_first,
    "astar": _a_star,
}
"""Everyone who can cross a maze.

The last two see the whole map, the others one cell; of those, the explorer alone is also told
where the cheese lies. The second run of Theseus follows a first one without a budget.
"""
