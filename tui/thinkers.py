"""Whose networks answer in every cell of a maze, lab by lab: how they think, and in which mazes."""

from __future__ import annotations

from dataclasses import dataclass

from models.specs import rivals
from models.specs.map import LOOPS, MORE, MOST_CELLS, SIZE
from models.specs.spec import LabSpec

THINKING = ("map", "probe", "rivals")
"""The labs that have such networks."""
_LONGEST = 2 * MORE
"""Loops in the largest mazes: by then a cell that is going to know the way does."""


@dataclass(frozen=True)
class Thinker:
    """One network."""

    name: str
    """What it is called."""
    sizes: tuple[int, ...] = (SIZE, 15, 25, MOST_CELLS)
    """Cells on a side of the mazes it is shown in; the first are those it has learned in."""
    unit: str = "loop"
    """What it makes one after the other."""
    floods: bool = True
    """Whether news comes to a cell through one door a loop; else all is told at once."""


def loops_for(size: int) -> int:
    """How many loops are looked at in a maze of so many cells a side."""
    return LOOPS if size <= SIZE else MORE if size <= 2 * SIZE + 1 else _LONGEST


def thinkers(spec: LabSpec) -> dict[str, Thinker]:
    """Those of a lab, by the runner."""
    names = {one.runner: one.label for one in spec.series}
    if spec.name != rivals.SPEC.name:
        return {runner: Thinker(name) for runner, name in names.items()}
    sizes = (rivals.SIZE, rivals.LARGE, 15)
    return {
        "map": Thinker(names["map"], sizes),
        "lstm": Thinker(names["lstm"], sizes, "layer", floods=False),
        "plain": Thinker(names["plain"], sizes[:1], "layer", floods=False),
    }
