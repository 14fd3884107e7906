"""Where the heads of a network look in a maze, and what must be held against such a picture.

Axes: L layers, H heads, T cells that ask and are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.mazes.scene import Scene
from models.mazes.solvers import shortest_path
from tui.drawing.attention.heads import Place, name_of
from tui.drawing.mazes.shading import Shaded
from tui.drawing.mazes.thoughts import Thoughts

Row = Sequence[float]
DIRECTIONS = ("north", "east", "south", "west")


@dataclass(frozen=True)
class Judged:
    """How many arrows are right in this maze, and the share of those in many mazes."""

    here: int
    many: float


@dataclass(frozen=True)
class MazeAttention:
    """The weights of one network in one maze, and how it does with its heads and without."""

    scene: Scene
    thoughts: Thoughts
    """What it answers in this maze with the heads that are `off` switched off."""
    layers: int
    heads: int
    row: Callable[[Place, int], Row]
    """The weights of a head and a cell that asks: the share of each cell, (T)."""
    asked: int
    """Cells of this maze in which there is something to be right about."""
    whole: Judged
    """With all heads."""
    without: Sequence[Sequence[Judged]]
    """Without each head alone, (L, H)."""
    on_route: Sequence[Sequence[float]]
    """How much of the weight of the mouse's cell lies on its way, the mean of many mazes (L, H)."""
    on_route_uniform: float
    """The same if all cells that a head may look at had equal shares."""
    mazes: int
    """How many mazes these are."""
    off: frozenset[Place] = frozenset()
    now: Judged | None = None
    """Without the heads that are off, if any are."""
    who: str = ""
    chosen: str = "drawn at random"
    """How this maze was come by."""
    looped: bool = False
    """Whether its layers are loops of one and the same attention, whose head d looks through the
    door in direction d. Such a head is off in all loops, as that of the first, and `without` has
    one row."""

    @property
    def cells(self) -> int:
        """How many cells there are to look at."""
        return self.scene.maze.cells

    @property
    def uniform(self) -> float:
        """The share of each cell if all had the same."""
        return 1 / self.cells

    @property
    def places(self) -> list[Place]:
        """All heads, layer by layer."""
        return [(layer, head) for layer in range(self.layers) for head in range(self.heads)]

    def name(self, place: Place) -> str:
        """What a head is called."""
        layer, head = place
        if self.looped:
            return f"{layer + 1}·{DIRECTIONS[head]}"
        return name_of(place, self.layers)

    def switch(self, place: Place) -> Place:
        """The head as it is switched off."""
        return (0, place[1]) if self.looped else place

    def silent(self) -> str:
        """The heads that are off."""
        if self.looped:
            return " ".join(DIRECTIONS[head] for _, head in sorted(self.off))
        return " ".join(self.name(place) for place in sorted(self.off))

    def is_off(self, place: Place) -> bool:
        """Whether a head is switched off."""
        return self.switch(place) in self.off

    def judged_without(self, place: Place) -> Judged:
        """How it does without that head alone."""
        layer, head = self.switch(place)
        return self.without[layer][head]

    def rivals(self, place: Place) -> list[Place]:
        """The heads that one would pick from: all, or those of the same loop."""
        return [one for one in self.places if not self.looped or one[0] == place[0]]


@dataclass(frozen=True)
class Gaze:
    """From which cell one looks, with which head, and which way."""

    mouse: int
    layer: int = 0
    head: int | None = 0
    """None for the mean of all heads of the layer."""
    flipped: bool = False
    """Whether it is asked who reads the mouse's cell, in place of what that cell reads."""
    digits: bool = False
    picked: bool = False
    """Whether the head was picked for the weight that it has on the route."""


def shares(seen: MazeAttention, gaze: Gaze) -> list[float]:
    """What is drawn in each cell (T): its weight in the row of the mouse's cell, or, flipped, the
    weight of the mouse's cell in its row."""
    heads = range(seen.heads) if gaze.head is None else [gaze.head]
    found = [_of_head(seen, (gaze.layer, head), gaze.mouse, gaze.flipped) for head in heads]
    return [sum(each) / len(found) for each in zip(*found, strict=True)]


def _of_head(seen: MazeAttention, place: Place, mouse: int, flipped: bool) -> Row:
    if not flipped:
        return seen.row(place, mouse)
    return [seen.row(place, cell)[mouse] for cell in range(seen.cells)]


def route(seen: MazeAttention, mouse: int) -> list[int]:
    """The cells of a shortest way from the mouse to the cheese, both included."""
    return shortest_path(seen.scene.maze, mouse, seen.scene.cheese)


def lies_on(weights: Row, cells: Collection[int]) -> float:
    """How much of the weight lies on some cells."""
    return sum(weights[cell] for cell in cells)


def if_uniform(seen: MazeAttention, gaze: Gaze) -> float:
    """How much would lie on the way of the mouse, had all cells that may be looked at equal shares:
    all there are, or through a door one's own and the one behind it."""
    way = route(seen, gaze.mouse)
    if not seen.looped:
        return len(way) / seen.cells
    heads = range(seen.heads) if gaze.head is None else [gaze.head]
    maze, shares_on_way = seen.scene.maze, []
    for head in heads:
        open_cells = [gaze.mouse]
        if maze.is_open(gaze.mouse, head):
            open_cells.append(maze.step(gaze.mouse, head))
        shares_on_way.append(sum(cell in way for cell in open_cells) / len(open_cells))
    return sum(shares_on_way) / len(shares_on_way)


def by_route(seen: MazeAttention, gaze: Gaze) -> list[Place]:
    """The heads to pick from, the one first that has most of its weight on the way of the mouse."""
    way, mouse = route(seen, gaze.mouse), gaze.mouse
    places = seen.rivals((gaze.layer, gaze.head or 0))
    return sorted(places, key=lambda place: -lies_on(seen.row(place, mouse), way))


def shaded(seen: MazeAttention, gaze: Gaze) -> Shaded:
    """What is drawn in the squares."""
    way = route(seen, gaze.mouse)
    return Shaded(
        shares(seen, gaze),
        seen.uniform,
        gaze.mouse,
        seen.scene.cheese,
        frozenset((min(pair), max(pair)) for pair in pairwise(way)),
        gaze.digits,
        seen.thoughts.wrong(seen.thoughts.loops),
    )
