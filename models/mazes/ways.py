"""What kind of maze this is: whether it falls into pieces, and whether it has several ways."""

from __future__ import annotations

from models.mazes.maze import Maze
from models.mazes.solvers import distances


def pieces(maze: Maze) -> int:
    """Into how many pieces the maze falls between which there is no way."""
    left, count = set(range(maze.cells)), 0
    while left:
        away = distances(maze, min(left))
        left -= {cell for cell, far in enumerate(away) if far >= 0}
        count += 1
    return count


def rings(maze: Maze) -> int:
    """How many walls would have to be put in before no two ways join the same two cells.

    An open room of 2 x 2 cells is one such ring, one of 3 x 3 is four.
    """
    doors = sum(mask.bit_count() for mask in maze.passages) // 2
    return doors - maze.cells + pieces(maze)


def shortest_ways(maze: Maze, start: int, goal: int) -> int:
    """How many shortest ways there are from `start` to `goal`; 0 where there is none."""
    away = distances(maze, goal)
    ways = dict.fromkeys(range(maze.cells), 0) | {goal: 1}
    for here in sorted(range(maze.cells), key=away.__getitem__):
        if away[here] > 0:
            there = (one for one in maze.neighbours(here) if away[one] == away[here] - 1)
            ways[here] = sum(ways[one] for one in there)
    return ways[start]
