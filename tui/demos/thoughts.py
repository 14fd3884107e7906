"""The demonstration of thought arrows: a flood, worked by hand."""

from __future__ import annotations

import random
from collections.abc import Sequence

from models.mazes.generators import wilson
from models.mazes.maze import Maze
from models.mazes.solvers import distances
from tui.demos.demo import Demo
from tui.drawing.ink import Ink
from tui.drawing.mazes.thoughts import Thoughts


def thoughts_demo(ink: Ink | None = None, size: int = 15) -> Demo:
    """A solver that knows the way wherever news of the cheese has come, and else goes north."""
    from tui.widgets.thoughts_view import ThoughtsView

    maze = wilson(size, size, random.Random(3))
    return Demo(lambda: [ThoughtsView([flood(maze, maze.cells // 2)])], ink)


def flood(maze: Maze, cheese: int, loops: int = 0) -> Thoughts:
    """Each cell points the right way as soon as the news has come; until then north."""
    away = distances(maze, cheese)
    right = [_right(maze, away, cell) for cell in range(maze.cells)]
    arrows = [
        [right[cell] if 0 < away[cell] <= loop else 0 for cell in range(maze.cells)]
        for loop in range((loops or max(away)) + 1)
    ]
    return Thoughts(maze, away.index(max(away)), cheese, away, arrows, title="a flood by hand")


def _right(maze: Maze, away: Sequence[int], cell: int) -> int:
    nearest = min(maze.neighbours(cell), key=away.__getitem__, default=cell)
    return maze.direction(cell, nearest) if nearest != cell else 0
