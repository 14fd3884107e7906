"""Mazes that grow from a cell as Prim's trees do, with walls of random strength."""

from __future__ import annotations

import random

from models.mazes.generators import with_wall_moved
from models.mazes.maze import DIRECTIONS, Maze


def prim(width: int, height: int, rng: random.Random) -> Maze:
    """A perfect maze with many short dead ends.

    Of all walls between the maze, at first one cell, and what is outside, take any away and bring
    in the cell behind it. (Prim 1957, "Shortest connection networks and some generalizations",
    with the next wall drawn by chance.)

    Raises:
        ValueError: if a side is shorter than one cell.
    """
    if width < 1 or height < 1:
        raise ValueError(f"a maze of {width} by {height} cells has no cells")
    maze = Maze(width, height, (0,) * (width * height))
    inside, edge = set[int](), list[tuple[int, int]]()

    def bring_in(cell: int) -> None:
        inside.add(cell)
        row, column = divmod(cell, width)
        within = (row > 0, column < width - 1, row < height - 1, column > 0)
        edge.extend((cell, d) for d in DIRECTIONS if within[d])

    bring_in(rng.randrange(maze.cells))
    while edge:
        place = rng.randrange(len(edge))
        edge[place], edge[-1] = edge[-1], edge[place]
        cell, direction = edge.pop()
        there = maze.step(cell, direction)
        if there not in inside:
            maze = with_wall_moved(maze, cell, direction)
            bring_in(there)
    return maze
