"""A maze on a grid, and the four ways out of a cell.

Cells are numbered row by row: cell = row * width + column. A maze is perfect when exactly one
path joins any two cells.
"""

from __future__ import annotations

from dataclasses import dataclass

NORTH, EAST, SOUTH, WEST = range(4)
DIRECTIONS = (NORTH, EAST, SOUTH, WEST)


@dataclass(frozen=True)
class Maze:
    """`passages[cell]` has bit d set when one can walk from `cell` in direction d."""

    width: int
    height: int
    passages: tuple[int, ...]

    @property
    def cells(self) -> int:
        """How many cells there are."""
        return self.width * self.height

    def is_open(self, cell: int, direction: int) -> bool:
        """Whether one can leave `cell` in `direction`."""
        return bool(self.passages[cell] >> direction & 1)

    def step(self, cell: int, direction: int) -> int:
        """The cell one step away, whether or not a wall stands between."""
        return cell + (-self.width, 1, self.width, -1)[direction]

    def neighbours(self, cell: int) -> list[int]:
        """The cells that one can walk to from `cell`, north first, then clockwise."""
        return [self.step(cell, d) for d in DIRECTIONS if self.is_open(cell, d)]

    def direction(self, here: int, there: int) -> int:
        """The direction from a cell to the one beside it.

        Raises:
            ValueError: if they are not side by side.
        """
        for d in DIRECTIONS:
            if self.is_open(here, d) and self.step(here, d) == there:
                return d
        raise ValueError(f"no passage from {here} to {there}")
