"""What a network would answer in every cell of a maze if it stopped now, loop by loop.

Where news of the cheese comes through one door a loop, it cannot have come farther than k moves
after k loops: beyond that a right arrow is a good guess, and no more.

Axes: K loops, T cells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from models.mazes.maze import DIRECTIONS, Maze

THERE, WALL, ROUND, NOWHERE = "there", "wall", "round", "nowhere"
"""How a way ends: at the cheese, before a wall, where it has been before, or before it begins, for
the cell has no door."""


@dataclass(frozen=True)
class Count:
    """How many arrows are right after some loops."""

    asked: int
    """The cells from which some way leads to the cheese, but for its own."""
    right: int
    near: int
    """Of these, how many the news of the cheese can have reached."""
    near_right: int
    luck: float
    """Of the others, how many would be right by a guess among the doors of each."""

    @property
    def far(self) -> int:
        """How many cells the news cannot have reached."""
        return self.asked - self.near

    @property
    def far_right(self) -> int:
        """How many of those are right all the same."""
        return self.right - self.near_right

    @property
    def share(self) -> float:
        """The share of all that is right."""
        return self.right / max(1, self.asked)


@dataclass(frozen=True)
class Way:
    """Where a mouse goes that follows the arrows: its cells, its own first, and how that ends."""

    cells: tuple[int, ...]
    ends: str

    @property
    def moves(self) -> int:
        """How many doors it goes through."""
        return len(self.cells) - 1


@dataclass(frozen=True)
class Thoughts:
    """The arrows of one network in one maze, after no loop, one, two and so on."""

    maze: Maze
    start: int
    cheese: int
    away: Sequence[int]
    """The moves from each cell to the cheese (T); -1 where no way leads there."""
    arrows: Sequence[Sequence[int]]
    """(K + 1, T): north, east, south and west are 0 to 3."""
    sure: Sequence[Sequence[float]] = ()
    """(K + 1, T): the probability that each of them was given, where that is known."""
    title: str = ""
    step: int | None = None
    """The training step it is of, where that is known."""
    unit: str = "loop"
    """What it makes one after the other: loops, or layers."""
    floods: bool = True
    """Whether news comes through one door a loop; else each cell is told all at once."""
    _routes: dict[int, tuple[int, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _counts: dict[int, Count] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def loops(self) -> int:
        """K: how often the network looped."""
        return len(self.arrows) - 1

    @cached_property
    def ways(self) -> tuple[int, ...]:
        """Which directions are right in each cell (T), as bits: those one move nearer."""
        maze, away = self.maze, self.away
        return tuple(
            sum(
                1 << d
                for d in DIRECTIONS
                if maze.is_open(cell, d) and away[maze.step(cell, d)] == away[cell] - 1
            )
            if away[cell] > 0
            else 0
            for cell in range(maze.cells)
        )

    def is_right(self, loop: int, cell: int) -> bool:
        """Whether the arrow of a cell begins a shortest way."""
        return bool(self.ways[cell] >> self.arrows[loop][cell] & 1)

    def wrong(self, loop: int) -> frozenset[int]:
        """The cells that are asked and whose arrow is not right."""
        arrows = self.arrows[loop]
        return frozenset(
            cell
            for cell, (ways, arrow) in enumerate(zip(self.ways, arrows, strict=True))
            if ways and not ways >> arrow & 1
        )

    def early(self, loop: int) -> frozenset[int]:
        """The cells that the news of the cheese cannot have reached."""
        return frozenset(self._by_distance[self._near(loop) :])

    def known(self, loop: int) -> frozenset[int]:
        """The cells that the news can have reached, and whose arrow is right."""
        arrows, ways = self.arrows[loop], self.ways
        near = self._by_distance[: self._near(loop)]
        return frozenset(cell for cell in near if ways[cell] >> arrows[cell] & 1)

    def count(self, loop: int) -> Count:
        """What is right after so many loops."""
        if loop not in self._counts:
            near, arrows, ways = self._near(loop), self.arrows[loop], self.ways
            right = [ways[cell] >> arrows[cell] & 1 for cell in self._by_distance]
            luck = self._luck[-1] - self._luck[near]
            self._counts[loop] = Count(len(right), sum(right), near, sum(right[:near]), luck)
        return self._counts[loop]

    def way(self, loop: int, mouse: int) -> Way:
        """The way that a mouse goes by the arrows after so many loops."""
        arrows, cells, seen = self.arrows[loop], [mouse], {mouse}
        while cells[-1] != self.cheese:
            here = cells[-1]
            if not self.maze.is_open(here, arrows[here]):
                ends = WALL if self.maze.passages[here] else NOWHERE
                return Way(tuple(cells), ends)
            there = self.maze.step(here, arrows[here])
            cells.append(there)
            if there in seen:
                return Way(tuple(cells), ROUND)
            seen.add(there)
        return Way(tuple(cells), THERE)

    def front(self, loop: int, mouse: int) -> int:
        """How far the news can have come on its way to a mouse: that cell; where it is said at
        once, or never, the mouse's."""
        if not self.floods or self.away[mouse] < 0:
            return mouse
        if mouse not in self._routes:
            route = [mouse]
            while route[-1] != self.cheese:
                route.append(min(self.maze.neighbours(route[-1]), key=self._away))
            self._routes[mouse] = tuple(reversed(route))
        return self._routes[mouse][min(loop, self.away[mouse])]

    def _away(self, cell: int) -> int:
        """Moves to the cheese; where no way leads there, more than any."""
        return self.away[cell] if self.away[cell] >= 0 else self.maze.cells

    def right_since(self, loop: int) -> int | None:
        """The loop from which on all arrows are right, and stay so; None before that."""
        return self._solved if self._solved is not None and self._solved <= loop else None

    @cached_property
    def _solved(self) -> int | None:
        last = self.loops
        while last >= 0 and self.count(last).right == self.count(last).asked:
            last -= 1
        return last + 1 if last < self.loops else None

    def _near(self, loop: int) -> int:
        """How many of the cells, by distance, the news can have reached."""
        reach = loop if self.floods else self.maze.cells
        return bisect_right(self._by_distance, reach, key=self.away.__getitem__)

    @cached_property
    def _by_distance(self) -> list[int]:
        """The cells that are asked, the nearest to the cheese first."""
        asked = filter(self.ways.__getitem__, range(self.maze.cells))
        return sorted(asked, key=self.away.__getitem__)

    @cached_property
    def _luck(self) -> list[float]:
        """How many of the first n of them a guess among the doors of each gets right (T + 1)."""
        return list(accumulate(map(self._chance, self._by_distance), initial=0.0))

    def _chance(self, cell: int) -> float:
        return self.ways[cell].bit_count() / self.maze.passages[cell].bit_count()
