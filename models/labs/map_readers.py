"""Who is told a whole maze and says for each of its cells which way leads to the cheese.

Texts (B, T, 5) are what is told of mazes, answers (B, T) the right directions.

Axes: B mazes, T cells, L layers.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from models.labs.looper import Looper
from models.labs.map_judged import arriving
from models.labs.race import Racer
from models.layers.loss import cross_entropy
from models.networks.plain_map import PlainMap
from models.probe import at_rest
from models.specs.rivals import LOOPS, MORE, SIZE
from models.tasks.map import Boards


@dataclass
class AtOnce(Racer):
    """One whose network says it in a single pass, (B, T, 5) -> (B, T, 4)."""

    def arrows(self, told: Tensor, width: int) -> Tensor:
        """The direction that it likes best in each cell, (B, T).

        Raises:
            ValueError: if it has no places for as many cells.
        """
        return self.answers(told, width).argmax(-1)

    def answers(self, told: Tensor, width: int) -> Tensor:
        """Its logits, (B, T, 4)."""
        return self.thoughts(told, width)[-1]

    def thoughts(self, told: Tensor, width: int) -> Tensor:
        """Its logits (L + 1, B, T, 4), had it answered before its first layer, after that, and so
        on, as far as it has layers that can be left out; the last are its answer."""
        network = self.network
        with at_rest(network):
            if not isinstance(network, PlainMap):
                return network(told)[None]
            network.check(width, told.shape[1] / width)
            return torch.stack([network.answered(x) for x in network.streams(told)])

    def accuracy(self, texts: Tensor, answers: Tensor) -> float:
        """The share of ways that arrive."""
        return arriving(self.arrows(texts, SIZE), texts, SIZE)

    def loss(self, step: int, board: Boards, pace: torch.Generator) -> Tensor:
        """How badly it predicts the next cell."""
        logits = self.network(board.seen)
        self.right.append((logits.argmax(-1) == board.onward).float().mean())
        return cross_entropy(logits, board.onward)


@dataclass
class Looped(Looper):
    """The looped map, with as many loops as a maze of its size needs."""

    burn_in: int = 15
    side: int = SIZE
    loops: int = LOOPS

    def arrows(self, told: Tensor, width: int, loops: int = 0) -> Tensor:
        """The direction that it likes best in each cell, (B, T)."""
        return super().arrows(told, width, loops or loops_for(width))

    def answers(self, told: Tensor, width: int) -> Tensor:
        """Its logits, (B, T, 4)."""
        return self.thoughts(told, width, loops_for(width))[-1]


Reader = AtOnce | Looped


def reader(racer: Racer) -> Reader:
    """A racer that is told mazes, as such.

    Raises:
        ValueError: if it is told one cell at a time.
    """
    if not isinstance(racer, AtOnce | Looped):
        raise ValueError(f"{racer.name} is told one cell at a time and says nothing of the others")
    return racer


def loops_for(width: int) -> int:
    """How often the looped map loops in a maze: more often where there is farther to go."""
    return LOOPS if width <= SIZE else MORE
