"""The mouse of the first lesson as one of a race: it walks while the others look at the map.

Texts (B, T, 5) are what there is to know of mazes, of which it is told its own cell alone; answers
(B,) are the cells that it starts from.

Axes: B mazes, T cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import torch
from torch import Tensor

from models.checkpoint import Checkpoint
from models.labs.crossings import Crossing
from models.labs.learner import Learner, table
from models.labs.race import Racer
from models.mazes.maze import Maze
from models.networks.mouse import Mouse
from models.tasks.mouse import SENSES
from models.training import LossAt, seeded

MEMORY, MICE = 96, 64
"""Numbers that it remembers, and mice that practise at the same time, as in the first lesson."""


@dataclass
class MouseRacer(Racer):
    """Practises in `mazes` with its teacher, the explorer."""

    mazes: Sequence[Maze] = ()
    learner: Learner = field(init=False)

    def line_up(self, device: str, seed: int, loss_at: LossAt) -> None:
        """Be where the race is run; what it learns from is its teacher, not `loss_at`."""
        self.untrained.to(device)
        assert isinstance(self.network, Mouse)
        self.learner = Learner(self.name, self.phase, self.network, self.recipe, seed, device)
        self.pupil = self.learner.pupil

    def begin(self, device: str) -> None:
        """Put its mice into the mazes, or where they were if it was restored."""
        ends = [Crossing(maze, 0, 0, 0) for maze in self.mazes]
        self.learner.begin(table(ends, device), MICE)

    def practised(self) -> float:
        """The share of its last moves that are those which its teacher would have made."""
        return self.learner.agreed.item()

    def accuracy(self, texts: Tensor, answers: Tensor) -> float:
        """The share of ways that arrive, one in each maze."""
        moves = self.learner.cross(_crossings(texts, answers))
        return sum(made is not None for made in moves) / len(moves)

    def state(self) -> Checkpoint:
        """All that its next step depends on: also where its mice are."""
        own, mice = super().state(), self.learner.state()
        return Checkpoint({**own.tensors, **mice.tensors}, {**own.about, **mice.about})

    def restore(self, kept: Checkpoint) -> None:
        """Stand where it stood."""
        super().restore(kept)
        self.learner.restore(kept)


def new_mouse(seed: int) -> Mouse:
    """The mouse of the first lesson before its first step."""
    with seeded(seed):
        return Mouse(SENSES, MEMORY)


def _crossings(told: Tensor, starts: Tensor) -> list[Crossing]:
    """Mazes as they are told (B, T, 5), and where the mouse starts (B,)."""
    side, bits = round(told.shape[1] ** 0.5), 1 << torch.arange(4, device=told.device)
    masks = (told[..., :-1].long() * bits).sum(-1).tolist()  # (B, T)
    cheese = told[..., -1].argmax(-1).tolist()
    return [
        Crossing(Maze(side, side, tuple(mask)), start, there, 0)
        for mask, start, there in zip(masks, starts.tolist(), cheese, strict=True)
    ]
