"""A race through one maze, by moves: where each contestant is, and how its way ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.mazes.maze import Maze
from tui.drawing.mazes.thoughts import ROUND, THERE, Thoughts

LOST = "lost"
"""How a way may end besides as those by arrows do: nowhere within the moves there are."""


@dataclass(frozen=True)
class Contestant:
    """One who crosses the maze, and what it sees of it."""

    name: str
    who: str
    path: tuple[int, ...]
    """Its squares, the first before any move; empty if it cannot be in such a maze."""
    ends: str
    why: str = ""
    """Why it cannot."""
    arrows: Sequence[int] = ()
    """Of each square (T), where it would go from there, if it is told the maze."""
    wave: Sequence[int] = ()
    """When a search came to each square (T), in moves; -1: never."""
    looked: int = 0
    """How many squares the search looked at."""
    memory: Sequence[Sequence[float]] = ()
    """What it has in mind before each move, (M, N), if it remembers."""

    @property
    def moves(self) -> int:
        """How many moves it makes, until it is there or something is clear."""
        return max(0, len(self.path) - 1)

    def cell(self, at: int) -> int:
        """Where it is after `at` moves of all; who goes round for ever does."""
        if at <= self.moves or self.ends != ROUND:
            return self.path[min(at, self.moves)]
        first = self.path.index(self.path[-1])
        return self.path[first + (at - first) % (self.moves - first)]

    def walked(self, at: int) -> tuple[int, ...]:
        """The squares it has come through, each as often as it was there."""
        return self.path[: at + 1]

    def over(self, at: int) -> bool:
        """Whether it is clear how its way ends."""
        return at >= self.moves

    def arrived(self, at: int) -> bool:
        """Whether it is at the cheese."""
        return self.ends == THERE and self.over(at)


@dataclass(frozen=True)
class MiceRace:
    """A maze, and who crosses it."""

    maze: Maze
    start: int
    cheese: int
    away: Sequence[int]
    """The moves from each square to the cheese (T); -1 where no way leads there."""
    contestants: tuple[Contestant, ...]

    @property
    def moves(self) -> int:
        """How many moves there are to be shown."""
        return max((one.moves for one in self.contestants), default=0)

    @property
    def shortest(self) -> int:
        """How many moves are enough; -1 where no way leads to the cheese."""
        return self.away[self.start]

    def wrong(self, arrows: Sequence[int]) -> frozenset[int]:
        """The squares from which a way leads to the cheese and the arrow begins no shortest one."""
        return Thoughts(self.maze, self.start, self.cheese, self.away, [arrows]).wrong(0)

    @property
    def asked(self) -> int:
        """The squares in which an arrow can be right."""
        return sum(moves > 0 for moves in self.away)
