"""What a network would answer in every cell of a maze if it stopped now, loop by loop.

In a loop it sees one door farther, so after k loops a cell can know no more than what lies within
k moves: the cheese, or that every other way ends there. Elsewhere a right arrow is a good guess.

Axes: K loops, T cells.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from models.mazes.horizon import dead_ends, horizons
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
    cheese: int
    """Of these, how many have the cheese within as many moves as there were loops."""
    cheese_right: int
    ends: int
    """Of the others, how many can tell by dead ends: all other ways end within as many moves."""
    ends_right: int
    luck: float
    """Of the rest, how many would be right by a guess among those doors of each that are not seen
    to lead into dead ends."""

    @property
    def rest(self) -> int:
        """How many cells can only guess."""
        return self.asked - self.cheese - self.ends

    @property
    def rest_right(self) -> int:
        """How many of those are right all the same."""
        return self.right - self.cheese_right - self.ends_right

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
    _counts: dict[int, Count] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def loops(self) -> int:
        """K: how often the network looped."""
        return len(self.arrows) - 1

    @cached_property
    def horizon(self) -> tuple[int, ...]:
        """After how many loops each cell (T) can know the way; as `horizons` tells it."""
        return tuple(horizons(self.maze, self.cheese))

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
        """The cells that can only guess."""
        return frozenset(self._by_horizon[self._told(loop) :])

    def by_ends(self, loop: int) -> frozenset[int]:
        """The cells that can know by dead ends alone, the cheese being too far away."""
        known = self._by_horizon[: self._told(loop)]
        return frozenset(cell for cell in known if self.away[cell] > loop)

    def known(self, loop: int) -> frozenset[int]:
        """The cells that can know the way, and whose arrow is right."""
        arrows, ways = self.arrows[loop], self.ways
        told = self._by_horizon[: self._told(loop)]
        return frozenset(cell for cell in told if ways[cell] >> arrows[cell] & 1)

    def count(self, loop: int) -> Count:
        """What is right after so many loops."""
        if loop not in self._counts:
            told, near = self._told(loop), self.by_cheese(loop)
            arrows, ways, cells = self.arrows[loop], self.ways, self._by_horizon
            right = [ways[cell] >> arrows[cell] & 1 for cell in cells]
            near_right = sum(ways[cell] >> arrows[cell] & 1 for cell in near)
            self._counts[loop] = Count(
                len(cells),
                sum(right),
                len(near),
                near_right,
                told - len(near),
                sum(right[:told]) - near_right,
                sum(self._chance(cell, loop) for cell in cells[told:]),
            )
        return self._counts[loop]

    def by_cheese(self, loop: int) -> list[int]:
        """The cells that have the cheese within as many moves as there were loops."""
        return self._by_distance[: bisect_right(self._by_distance, loop, key=self._away)]

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

    @cached_property
    def solved(self) -> int | None:
        """After how many loops all arrows are right, and stay so; None if they never are."""
        last = self.loops
        while last >= 0 and self.count(last).right == self.count(last).asked:
            last -= 1
        return last + 1 if last < self.loops else None

    def _told(self, loop: int) -> int:
        """How many of the cells, by horizon, can know the way."""
        return bisect_right(self._by_horizon, loop, key=self.horizon.__getitem__)

    def _away(self, cell: int) -> int:
        return self.away[cell]

    @cached_property
    def _by_distance(self) -> list[int]:
        """The cells that are asked, the nearest to the cheese first."""
        return sorted(filter(self.ways.__getitem__, range(self.maze.cells)), key=self._away)

    @cached_property
    def _by_horizon(self) -> list[int]:
        """The same, those first that can know first."""
        return sorted(self._by_distance, key=self.horizon.__getitem__)

    @cached_property
    def _dead(self) -> list[list[int]]:
        """Of each cell (T), how far one has to see to know that a door leads into dead ends, for
        each such door."""
        found: list[list[int]] = [[] for _ in range(self.maze.cells)]
        for (here, _), depth in dead_ends(self.maze, self.cheese).items():
            found[here].append(depth)
        return found

    def _chance(self, cell: int, loop: int) -> float:
        doors = self.maze.passages[cell].bit_count()
        return self.ways[cell].bit_count() / (doors - sum(n <= loop for n in self._dead[cell]))
