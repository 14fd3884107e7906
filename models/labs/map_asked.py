"""The maze that a probe asks about, and what is told of a network's thoughts in it.

A probe either brings a maze of its own, so `maze` of its arguments is

    {"width": w, "height": h, "passages": one bit mask a cell, "start": cell, "cheese": cell}

with masks and cells as in `models.mazes.maze`, or asks for a maze by `size` and `sample`. A maze of
one's own may have loops, and cells that no way leads to.

Axes: K loops, T cells, 4 directions.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch
from torch import Tensor

from models.layers.loss import IGNORED
from models.mazes.generators import wilson
from models.mazes.maze import DIRECTIONS, Maze
from models.specs.map import LOOPS, MOST_CELLS, MOST_LOOPS, SIZE
from models.tasks.map import FAR, Boards, boards, opened


@dataclass(frozen=True)
class Asked:
    """A maze with a mouse and a cheese in it."""

    maze: Maze
    start: int
    cheese: int

    @cached_property
    def board(self) -> Boards:
        """The maze as a table of one, with the ways to the cheese."""
        return boards(opened([self.maze]), torch.tensor([self.cheese]), self.maze.width)

    @property
    def away(self) -> list[int]:
        """The moves from each cell to the cheese; −1 where no way leads there."""
        moves = self.board.away[0]
        return moves.masked_fill(moves >= FAR, -1).tolist()

    @property
    def told(self) -> dict[str, Any]:
        """The maze as a probe would bring it: `width`, `height`, `passages`, `start`, `cheese`."""
        maze = self.maze
        return {
            "width": maze.width,
            "height": maze.height,
            "passages": list(maze.passages),
            "start": self.start,
            "cheese": self.cheese,
        }


def asked(arguments: Mapping[str, Any], seed: int) -> Asked:
    """The maze of a probe: its own `maze`, or that of `size` cells a side which `sample` numbers.

    The latter is one of Wilson's that nobody practises in, with the mouse in the cell that is
    farthest from the cheese.

    Raises:
        ValueError: if there is no such maze, in plain words.
    """
    if (own := arguments.get("maze")) is not None:
        return _own(own)
    size = _whole("size", arguments.get("size", SIZE), 2, MOST_CELLS)
    rng = random.Random(f"sample {arguments.get('sample', 0)} {seed}")
    drawn = Asked(wilson(size, size, rng), 0, rng.randrange(size * size))
    return Asked(drawn.maze, int(drawn.board.away[0].argmax()), drawn.cheese)


def loops_asked(arguments: Mapping[str, Any]) -> int:
    """After how many loops a probe asks.

    Raises:
        ValueError: if that is fewer than none or more than there is room for.
    """
    return _whole("loops", arguments.get("loops", LOOPS), 0, MOST_LOOPS)


def thought(of: Asked, logits: Tensor) -> dict[str, Any]:
    """What a network would answer in each cell, had it stopped after no loop, one and so on.

    `logits`: (K + 1, T, 4). Given are the maze; the moves `away` of each cell, −1 where no way
    leads to the cheese; the right direction `onward`, −1 where there is none; the `arrows` of each
    cell, K + 1 lists of T, 0 to 3 for north, east, south and west; and the `confidence` in each of
    them, its probability to three digits.
    """
    likely, arrows = logits.double().softmax(-1).max(-1)  # (K + 1, T)
    onward = of.board.onward[0]
    return {
        **of.told,
        "away": of.away,
        "onward": onward.masked_fill(onward == IGNORED, -1).tolist(),
        "arrows": arrows.tolist(),
        "confidence": likely.round(decimals=3).tolist(),
    }


def _own(own: object) -> Asked:
    """A maze that is brought along."""
    names = ("width", "height", "passages", "start", "cheese")
    if not isinstance(own, Mapping) or any(name not in own for name in names):
        raise ValueError(f"a maze needs {', '.join(names[:-1])} and {names[-1]}")
    width, height = (_whole(name, own[name], 1, MOST_CELLS) for name in names[:2])
    passages, cells = own["passages"], width * height
    if not isinstance(passages, Sequence) or len(passages) != cells:
        raise ValueError(f"passages: a maze of {width}x{height} needs {cells} of them, one a cell")
    masks = tuple(_whole(f"passages of cell {n}", mask, 0, 15) for n, mask in enumerate(passages))
    maze = Maze(width, height, masks)
    _check_doors(maze)
    start, cheese = (_whole(name, own[name], 0, cells - 1) for name in names[3:])
    return Asked(maze, start, cheese)


def _check_doors(maze: Maze) -> None:
    """Every door leads to a cell, and can be walked through from there as well."""
    for cell in range(maze.cells):
        row, column = divmod(cell, maze.width)
        edges = (row == 0, column == maze.width - 1, row == maze.height - 1, column == 0)
        for direction in DIRECTIONS:
            if not maze.is_open(cell, direction):
                continue
            if edges[direction]:
                raise ValueError(f"cell {cell} has a door that leads out of the maze")
            there = maze.step(cell, direction)
            if not maze.is_open(there, (direction + 2) % 4):
                raise ValueError(f"the door from cell {cell} to {there} does not open from {there}")


def _whole(name: str, value: object, least: int, most: int) -> int:
    """`value`, if it is a whole number in that range."""
    if type(value) is not int or not least <= value <= most:
        raise ValueError(f"{name}: {value!r} is not a whole number from {least} to {most}")
    return value
