"""A maze with a mouse and a cheese in it: changed wall by wall, and written in one line.

>>> scene = Scene.read("3x1 mouse 0 cheese 2 doors 2a8")
>>> scene.maze.neighbours(1), scene.mouse, scene.cheese
([2, 0], 0, 2)
>>> scene.wall_moved(0, 1).written
'3x1 mouse 0 cheese 2 doors 028'
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from models.mazes.generators import random_ends, wilson, with_wall_moved
from models.mazes.maze import DIRECTIONS, Maze

Generate = Callable[[int, int, random.Random], Maze]
_WRITTEN = re.compile(r"(\d+)x(\d+) mouse (\d+) cheese (\d+) doors ([0-9a-f]+)")


@dataclass(frozen=True)
class Scene:
    """The mouse is never where the cheese is."""

    maze: Maze
    mouse: int
    cheese: int

    @classmethod
    def drawn(cls, size: int, rng: random.Random, generate: Generate = wilson) -> Scene:
        """A maze of `size` cells a side, with mouse and cheese in any two of them."""
        maze = generate(size, size, rng)
        return cls(maze, *random_ends(maze, rng))

    @classmethod
    def read(cls, text: str) -> Scene:
        """What `written` gives.

        Raises:
            ValueError: in plain words, if it is nothing of the kind.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise ValueError("expected: 7x7 mouse 0 cheese 48 doors, and a sign for each cell")
        width, height, mouse, cheese = map(int, found.groups()[:4])
        passages = tuple(int(sign, 16) for sign in found[5])
        maze, cells = Maze(width, height, passages), width * height
        if len(passages) != cells:
            raise ValueError(f"{width}x{height} are {cells} cells, not {len(passages)}")
        if max(mouse, cheese) >= cells or mouse == cheese:
            raise ValueError("mouse and cheese are to be in two of its cells")
        for cell in range(cells):
            for way in DIRECTIONS:
                if maze.is_open(cell, way) and not _meets(maze, cell, way):
                    raise ValueError(f"cell {cell} is open where the one beside it is not")
        return cls(maze, mouse, cheese)

    @property
    def written(self) -> str:
        """All of it in one line: a hexadecimal digit for the open sides of each cell."""
        maze = self.maze
        signs = "".join(f"{mask:x}" for mask in maze.passages)
        size = f"{maze.width}x{maze.height}"
        return f"{size} mouse {self.mouse} cheese {self.cheese} doors {signs}"

    @property
    def told(self) -> dict[str, Any]:
        """All of it as a probe tells it."""
        maze = self.maze
        size = {"width": maze.width, "height": maze.height, "passages": list(maze.passages)}
        return {**size, "start": self.mouse, "cheese": self.cheese}

    def wall_moved(self, cell: int, direction: int) -> Scene:
        """With the wall on that side of `cell` taken away, or put there if there was none.

        Raises:
            ValueError: if that side is the edge of the maze, which stays closed.
        """
        return replace(self, maze=with_wall_moved(self.maze, cell, direction))

    def mouse_at(self, cell: int) -> Scene:
        """With the mouse in another cell; where the cheese is, they change places."""
        return Scene(self.maze, cell, self.mouse if cell == self.cheese else self.cheese)

    def cheese_at(self, cell: int) -> Scene:
        """With the cheese in another cell; where the mouse is, they change places."""
        return Scene(self.maze, self.cheese if cell == self.mouse else self.mouse, cell)


def _meets(maze: Maze, cell: int, direction: int) -> bool:
    """Whether the cell on that side is in the maze and open towards this one."""
    row, column = divmod(cell, maze.width)
    inside = (row > 0, column < maze.width - 1, row < maze.height - 1, column > 0)
    there = maze.step(cell, direction)
    return inside[direction] and maze.is_open(there, (direction + 2) % len(DIRECTIONS))
