"""How far one has to see from each cell of a maze to know which way leads to the goal.

One knows it once the goal is in sight; or once every way but one is seen to its end, and it is a
dead end. (The second is how a maze is solved on paper, by filling in dead ends.)

In a corridor of four cells with the goal in the last, the first has only one way to go:

>>> from models.mazes.maze import Maze
>>> horizons(Maze(4, 1, (2, 10, 10, 8)), 3)
[1, 1, 1, 0]
"""

from __future__ import annotations

from collections import deque

from models.mazes.maze import Maze
from models.mazes.solvers import distances

Way = tuple[int, int]
"""From a cell to the one behind one of its doors."""


def horizons(maze: Maze, goal: int) -> list[int]:
    """The moves that one has to see from each cell, 1 at least; 0 for the goal itself, and -1
    where no way leads there."""
    away, ends = distances(maze, goal), dead_ends(maze, goal)
    found = []
    for cell in range(maze.cells):
        others = sorted(ends.get((cell, there), maze.cells) for there in maze.neighbours(cell))
        dead = others[-2] if len(others) > 1 else 1
        found.append(max(1, min(away[cell], dead)) if away[cell] > 0 else away[cell])
    return found


def dead_ends(maze: Maze, goal: int) -> dict[Way, int]:
    """The ways into nothing but dead ends, and how many moves one has to see to know that.

    A way that goes round to where it began is none of them, and neither is one to the goal.
    """
    unseen = {
        (here, there): len(maze.neighbours(there)) - 1
        for here in range(maze.cells)
        for there in maze.neighbours(here)
        if there != goal
    }
    depth = {way: 1 for way, more in unseen.items() if not more}
    queue = deque(depth)
    while queue:
        here, there = queue.popleft()
        for before in maze.neighbours(here):
            way = (before, here)
            if before == there or way not in unseen:
                continue
            unseen[way] -= 1
            if not unseen[way]:
                # The queue is in the order of depth, so this is the deepest of them.
                depth[way] = depth[here, there] + 1
                queue.append(way)
    return depth
