"""What happened in a maze, move by move: the one thing that the maze view plays.

A trace can be played at any speed, step by step, forwards and backwards, because every step
says what it changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.mazes.maze import Maze

SEEN = "seen"
"""A cell that has been looked at or walked through."""
FRONTIER = "frontier"
"""A cell that a search will look at next."""
PATH = "path"
"""A cell on the route that was found."""
ARROW = ("north", "east", "south", "west")
"""One arrow a square: the way out that is remembered."""


@dataclass(frozen=True)
class Step:
    """One move. `mouse` is where the mouse stands after it (`None`: nobody walks).

    `marks` pairs a cell with the mark it now bears; an empty mark clears it.
    """

    mouse: int | None
    marks: tuple[tuple[int, str], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Trace:
    """A maze, where the mouse starts, where the cheese lies, and all that then happened."""

    maze: Maze
    start: int
    cheese: int
    steps: tuple[Step, ...]
    name: str = ""

    @property
    def moves(self) -> int:
        """How many moves the mouse made."""
        return sum(step.mouse is not None for step in self.steps)

    @property
    def arrived(self) -> bool:
        """Whether the mouse ended on the cheese."""
        walked = [step.mouse for step in self.steps if step.mouse is not None]
        return bool(walked) and walked[-1] == self.cheese
