"""The demonstration of thought arrows: a flood and dead ends, worked by hand."""

from __future__ import annotations

import random
from collections.abc import Sequence

from models.mazes.generators import wilson
from models.mazes.horizon import horizons
from models.mazes.maze import Maze
from models.mazes.solvers import distances
from tui.demos.demo import Demo
from tui.drawing.ink import Ink
from tui.drawing.mazes.thoughts import Thoughts


def thoughts_demo(ink: Ink | None = None, size: int = 15) -> Demo:
    """A solver that knows in each cell what can be known there, and guesses elsewhere."""
    from tui.widgets.thoughts_view import ThoughtsView

    maze = wilson(size, size, random.Random(3))
    return Demo(lambda: [ThoughtsView([knowing(maze, maze.cells // 2)])], ink)


def knowing(maze: Maze, cheese: int, loops: int = 0) -> Thoughts:
    """Each cell points the right way as soon as it can know it; until then through any door, and
    at first nowhere but north."""
    away, horizon = distances(maze, cheese), horizons(maze, cheese)
    rng, best = random.Random(0), max(distances(maze, cheese))
    guesses = [rng.choice(_doors(maze, cell)) for cell in range(maze.cells)]
    right = [_right(maze, away, cell) for cell in range(maze.cells)]
    arrows = [[0] * maze.cells] + [
        [right[cell] if 0 <= horizon[cell] <= loop else guesses[cell] for cell in range(maze.cells)]
        for loop in range(1, (loops or max(horizon)) + 1)
    ]
    return Thoughts(maze, away.index(best), cheese, away, arrows, title="what can be known")


def _doors(maze: Maze, cell: int) -> Sequence[int]:
    return [maze.direction(cell, there) for there in maze.neighbours(cell)] or [0]


def _right(maze: Maze, away: Sequence[int], cell: int) -> int:
    nearest = min(maze.neighbours(cell), key=away.__getitem__, default=cell)
    return maze.direction(cell, nearest) if nearest != cell else 0
