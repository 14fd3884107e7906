"""Making mazes.

Both generators build perfect mazes, in which exactly one path joins any two cells. Wilson's draws
every such maze equally often; depth-first carving prefers long corridors. Which of them made a
maze has to be said with every result.
"""

from __future__ import annotations

import random

from models.mazes.maze import DIRECTIONS, Maze


def wilson(width: int, height: int, rng: random.Random) -> Maze:
    """A perfect maze, each as likely as any other (a uniform spanning tree).

    Walk at random from a cell outside the maze until the maze is met, remembering at every cell
    only the last way out. Those ways are a path without loops, and it joins the maze. (Wilson
    1996, "Generating random spanning trees more quickly than the cover time".)

    Raises:
        ValueError: if a side is shorter than one cell.
    """
    ways, passages = _closed(width, height)
    inside = [False] * len(passages)
    inside[int(rng.random() * len(passages))] = True
    for first in range(len(passages)):
        way_out: dict[int, tuple[int, int]] = {}
        here = first
        while not inside[here]:
            choices = ways[here]
            way_out[here] = choices[int(rng.random() * len(choices))]
            here = way_out[here][1]
        here = first
        while not inside[here]:
            inside[here] = True
            direction, there = way_out[here]
            _carve(passages, here, direction, there)
            here = there
    return Maze(width, height, tuple(passages))


def depth_first(width: int, height: int, rng: random.Random) -> Maze:
    """A perfect maze with long corridors: carve into a fresh cell while there is one, else back up.

    Raises:
        ValueError: if a side is shorter than one cell.
    """
    ways, passages = _closed(width, height)
    first = int(rng.random() * len(passages))
    seen = {first}
    trail = [first]
    while trail:
        here = trail[-1]
        fresh = [way for way in ways[here] if way[1] not in seen]
        if not fresh:
            trail.pop()
            continue
        direction, there = fresh[int(rng.random() * len(fresh))]
        _carve(passages, here, direction, there)
        seen.add(there)
        trail.append(there)
    return Maze(width, height, tuple(passages))


def with_loops(maze: Maze, count: int, rng: random.Random) -> Maze:
    """`maze` with up to `count` inner walls taken away, so that it has several ways round."""
    ways, _ = _closed(maze.width, maze.height)
    walls = [
        (cell, direction)
        for cell in range(maze.cells)
        for direction, there in ways[cell]
        if cell < there and not maze.is_open(cell, direction)
    ]
    for cell, direction in rng.sample(walls, min(count, len(walls))):
        maze = with_wall_moved(maze, cell, direction)
    return maze


def with_wall_moved(maze: Maze, cell: int, direction: int) -> Maze:
    """`maze` with the wall on that side of `cell` taken away, or put there if there was none.

    Raises:
        ValueError: if that side is the edge of the maze, which stays closed.
    """
    ways, _ = _closed(maze.width, maze.height)
    for way, there in ways[cell]:
        if way == direction:
            passages = list(maze.passages)
            passages[cell] ^= 1 << direction
            passages[there] ^= 1 << (direction + 2) % 4
            return Maze(maze.width, maze.height, tuple(passages))
    raise ValueError(f"cell {cell} has the edge of the maze there")


def random_ends(maze: Maze, rng: random.Random) -> tuple[int, int]:
    """Two different cells: where the mouse starts and where the cheese lies."""
    start = int(rng.random() * maze.cells)
    cheese = int(rng.random() * (maze.cells - 1))
    return start, cheese + (cheese >= start)


def _closed(width: int, height: int) -> tuple[list[list[tuple[int, int]]], list[int]]:
    """The ways out of every cell of a grid, as (direction, cell), and passages all shut."""
    if width < 1 or height < 1:
        raise ValueError(f"a maze of {width} by {height} cells has no cells")
    ways = []
    for cell in range(width * height):
        row, column = divmod(cell, width)
        inside = (row > 0, column < width - 1, row < height - 1, column > 0)
        steps = (-width, 1, width, -1)
        ways.append([(d, cell + steps[d]) for d in DIRECTIONS if inside[d]])
    return ways, [0] * (width * height)


def _carve(passages: list[int], here: int, direction: int, there: int) -> None:
    """Open the way between two neighbours, from both sides."""
    passages[here] |= 1 << direction
    passages[there] |= 1 << (direction + 2) % 4
