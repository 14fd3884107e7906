"""The demonstration of the race of the mice: real walkers and searches, and arrows by hand."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

from models.mazes.generators import wilson
from models.mazes.maze import DIRECTIONS, Maze
from models.mazes.solvers import breadth_first, distances, manhattan
from models.mazes.trace import Trace
from models.mazes.walkers import WALKERS, budget_for
from tui.demos.demo import Demo
from tui.drawing.ink import Ink
from tui.drawing.mazes.race import LOST, Contestant, MiceRace
from tui.drawing.mazes.thoughts import THERE, Thoughts


def race_demo(ink: Ink | None = None, size: int = 5, seed: int = 4) -> Demo:
    """The explorer for the mouse, arrows straight to the cheese for the plain transformer, and the
    right ones for the looped map."""
    from tui.widgets.mice_race import MiceRaceView

    return Demo(lambda: [MiceRaceView(worked(size, seed))], ink)


def worked(size: int = 5, seed: int = 4) -> MiceRace:
    """A race from the cell that is farthest from the cheese."""
    maze = wilson(size, size, random.Random(seed))
    cheese = random.Random(seed).randrange(maze.cells)
    away = distances(maze, cheese)
    start = away.index(max(away))
    straight = [
        _nearest(maze, cell, [manhattan(maze, n, cheese) for n in range(maze.cells)])
        for cell in range(maze.cells)
    ]
    right = [_nearest(maze, cell, away) for cell in range(maze.cells)]
    search = breadth_first(maze, start, cheese)
    walks = {
        name: WALKERS[name](maze, start, cheese, random.Random(seed), budget_for(maze))
        for name in ("right", "explorer")
    }
    memory = [[math.sin(move + n) for n in range(96)] for move in range(walks["explorer"].moves)]
    contestants = (
        _walked("right", "right-hand rule", walks["right"]),
        _walked("mouse", "GRU mouse", walks["explorer"], memory),
        pointing("plain", "plain transformer", maze, start, cheese, straight),
        pointing("map", "looped map", maze, start, cheese, right),
        Contestant(
            "bfs",
            "breadth-first search",
            _path(search),
            THERE,
            wave=distances(maze, start),
            looked=maze.cells,
        ),
    )
    return MiceRace(maze, start, cheese, away, contestants)


def pointing(
    name: str, who: str, maze: Maze, start: int, cheese: int, arrows: Sequence[int]
) -> Contestant:
    """One that goes by arrows."""
    way = Thoughts(maze, start, cheese, (), [arrows]).way(0, start)
    return Contestant(name, who, way.cells, way.ends, arrows=arrows)


def _walked(
    name: str, who: str, trace: Trace, memory: Sequence[Sequence[float]] = ()
) -> Contestant:
    ends = THERE if trace.arrived else LOST
    return Contestant(name, who, _path(trace), ends, memory=memory)


def _path(trace: Trace) -> tuple[int, ...]:
    return (trace.start, *(step.mouse for step in trace.steps if step.mouse is not None))


def _nearest(maze: Maze, cell: int, far: Sequence[int]) -> int:
    """Through the open door behind which it is nearest."""
    doors = [d for d in DIRECTIONS if maze.is_open(cell, d)]
    return min(doors, key=lambda d: far[maze.step(cell, d)])
