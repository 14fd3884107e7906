"""How those are judged who are told mazes, and how a mouse is that walks through them.

Who is told a maze is judged by all ways in it; who walks, by one way in each maze, which begins in
a cell drawn by chance. Over many mazes both come to the same share.

Axes: B mazes, T cells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import torch
from torch import Tensor

from models.labs.map_judged import Exam, Kind, blindfolded, judged
from models.labs.map_readers import reader
from models.labs.mouse_racer import MouseRacer
from models.labs.race import Racer
from models.mazes.generators import wilson
from models.mazes.score import score
from models.specs.rivals import LARGE, LARGE_MAZES, LENGTHS, LOOPS, MAZES, MORE, SIZE

EXAMS = {
    "accuracy": Kind(wilson, SIZE, LOOPS, MAZES, LENGTHS),
    "large": Kind(wilson, LARGE, MORE, LARGE_MAZES, LENGTHS),
}
"""What they are judged in, by the name of the metric."""
CANNOT = {"mouse": "blind", "plain": "large"}
"""What one cannot be asked: who sees its own cell cannot be shown another maze, and a table of rows
and columns has none for a larger one."""


@dataclass
class Sitting:
    """One exam of one racer. `found` is what came of it, once it is over."""

    name: str
    exam: Exam
    seed: int
    found: dict[str, float]

    def sit(self, racer: Racer) -> Iterator[float]:
        """Some mazes at a time: what share of them is done."""
        parts = list(self.exam.parts())
        moves, arrows = list[int | None](), list[Tensor]()
        told = self._told().to(next(racer.network.parameters()).device)
        ways = self.exam.ways(self.seed)
        for done, part in enumerate(parts, 1):
            if isinstance(racer, MouseRacer):
                moves += racer.learner.cross(ways[part])
            else:
                arrows.append(reader(racer).arrows(told[part], self.exam.kind.size).cpu())
            yield done / len(parts)
        if moves:
            self.found |= of_ways(moves, [way.shortest for way in ways])
        else:
            self.found |= judged(torch.cat(arrows), self.exam.board, LENGTHS)

    def _told(self) -> Tensor:
        return blindfolded(self.exam.board) if self.name == "blind" else self.exam.board.seen

    def metrics(self, runner: str) -> dict[str, float]:
        """What is noted of it: all of the main exam, how many arrive of the others."""
        if self.name == "accuracy":
            return {f"{runner}.{what}": share for what, share in self.found.items()}
        return {f"{runner}.{self.name}": self.found["accuracy"]}


def exams_of(racer: Racer) -> list[tuple[str, str]]:
    """The exams that a racer can sit: each one's name, and that of its mazes in `EXAMS`."""
    all_of_them = [("accuracy", "accuracy"), ("blind", "accuracy"), ("large", "large")]
    cannot = CANNOT.get(racer.name)
    return [one for one in all_of_them if one[0] != cannot]


def of_ways(moves: list[int | None], shortest: list[int]) -> dict[str, float]:
    """What is measured of one who walks one way in each maze."""
    scores = score(moves, shortest)
    found = {"accuracy": scores["arrival"], "shortest": scores["shortest"]}
    for low, high in LENGTHS:
        those = [made for made, best in zip(moves, shortest, strict=True) if low <= best <= high]
        found[f"from{low}"] = sum(made is not None for made in those) / max(1, len(those))
    return found
