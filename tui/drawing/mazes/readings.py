"""What probes read off a network in every cell of a maze, beside what is true, loop by loop.

    read = w·x + b     w, b: of the loop; x: the stream of the cell after it

News of the cheese comes through one door a loop, so that after k loops a cell more than k moves
away cannot know of it: there every probe reads one and the same number.

Axes: K loops, T cells, C channels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from models.mazes.maze import Maze

CONTROL, ARRIVED = "control", "arrived"


@dataclass(frozen=True)
class Sum:
    """How one number was read: its products (C), and what is added to them."""

    products: Sequence[float]
    bias: float


@dataclass(frozen=True)
class Readings:
    """What is read in one maze; loops are counted from 1."""

    maze: Maze
    start: int
    cheese: int
    who: str
    """Whose probes they are: `map`, `untrained` or `control`."""
    away: Sequence[int]
    """The moves from each cell to the cheese (T); -1 where no way leads there."""
    wanted: Sequence[float]
    """What is to be read of each cell (T)."""
    read: Sequence[Sequence[float]]
    """What is read, (K, T)."""
    weights: Sequence[Sequence[float]]
    """(K, C)."""
    bias: Sequence[float]
    """(K)."""
    stream: Sequence[Sequence[Sequence[float]]]
    """(K, T, C)."""
    explained: Sequence[float]
    """R² of these probes in mazes that they were not fitted to, (K)."""
    curves: Mapping[str, Sequence[float]]
    """The same of everybody that is known, (K) each: `arrived` is what one could read who knew all
    distances that news has come from."""
    practised: int = 0
    unseen: int = 0
    """In how many mazes the probes were fitted, and tried."""
    tasks: int = 1
    """How many control tasks there are; the first is drawn, a curve is their mean."""

    @property
    def loops(self) -> int:
        """K."""
        return len(self.read)

    def off(self, loop: int, cell: int) -> float:
        """By how much a cell is misread."""
        return self.read[loop - 1][cell] - self.wanted[cell]

    def has_news(self, loop: int, cell: int) -> bool:
        """Whether news of the cheese can have come to a cell."""
        return 0 <= self.away[cell] <= loop

    def missed(self, loop: int, *, news: bool | None = None) -> float | None:
        """By how much cells are misread on average: all, or those where news has come or has not;
        none if there are no such cells."""
        some = (cell for cell in range(self.maze.cells) if self.away[cell] >= 0)
        wanted = (cell for cell in some if news is None or self.has_news(loop, cell) == news)
        off = [abs(self.off(loop, cell)) for cell in wanted]
        return fmean(off) if off else None

    def sum(self, loop: int, cell: int) -> Sum:
        """How the number of a cell was read."""
        pairs = zip(self.weights[loop - 1], self.stream[loop - 1][cell], strict=True)
        return Sum([weight * x for weight, x in pairs], self.bias[loop - 1])


@dataclass(frozen=True)
class Look:
    """What of the readings is shown."""

    readings: Readings
    loop: int
    cursor: int
    remark: str = ""
    """What goes on: how fast it plays, what the keys move."""
