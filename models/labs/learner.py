"""A mouse that learns: its network, how it practises, and how it does when left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from models.labs.crossings import Crossing
from models.networks.mouse import MemorylessMouse, Mouse
from models.tasks.imitation import PATIENCE, Practice, moves_needed, trial
from models.tasks.mouse import Mazes
from models.training import Recipe, Update, train

WINDOW = 12
"""Moves between two updates; the gradient reaches back as far."""
HELPED, LETTING_GO = 0.5, 1000
"""How often the teacher leads at first, and over how many updates it would let go from always.
After 500 updates the mice are on their own."""
WATCHED = 64
"""Mice that walk when the loss on held-out mazes is measured."""


def table(crossings: Sequence[Crossing], device: str) -> Mazes:
    """The mazes of some crossings, for mice to look things up in."""
    return Mazes([crossing.maze for crossing in crossings], device)


class Learner:
    """One mouse in training. `name` is the runner's, `phase` says in words what it does."""

    def __init__(
        self,
        name: str,
        phase: str,
        network: Mouse | MemorylessMouse,
        recipe: Recipe,
        seed: int,
        device: str,
    ) -> None:
        self.name, self.phase, self.recipe = name, phase, recipe
        self.network = network.to(device)
        self.losses: list[Tensor] = []
        self._seed, self._device = seed, device

    def learn(self, mazes: Mazes, mice: int) -> Iterator[Update]:
        """Practise in `mazes`, update by update."""
        chance = torch.Generator().manual_seed(self._seed)
        practice = Practice(self.network, mazes, mice, chance)

        def loss_at(step: int) -> Tensor:
            return practice.loss(WINDOW, helped=max(0.0, HELPED - step / LETTING_GO))

        for update in train(self.network, loss_at, self.recipe, self._seed):
            self.losses.append(update.loss)
            yield update

    def recent_loss(self) -> float:
        """The mean loss of the last 20 updates, in nats."""
        return torch.stack(self.losses[-20:]).mean().item()

    @torch.no_grad()
    def loss_in(self, mazes: Mazes) -> float:
        """The loss in mazes it does not practise in, without help, by the same chance each time."""
        chance = torch.Generator().manual_seed(self._seed)
        return Practice(self.network, mazes, WATCHED, chance).loss(2 * WINDOW, helped=0.0).item()

    def cross(self, crossings: Sequence[Crossing]) -> list[int | None]:
        """How many moves it needs in each maze, going where it likes best; `None` if it is lost."""
        put = self._put(crossings)
        return moves_needed(self._path(crossings, put), put[2])

    def walked(self, crossing: Crossing) -> dict[str, Any]:
        """One walk, going where it likes best, as plain data."""
        path = self._path([crossing], self._put([crossing]))[:, 0].tolist()
        if crossing.cheese in path:
            path = path[: path.index(crossing.cheese) + 1]
        return crossing.walked(path)

    def _put(self, crossings: Sequence[Crossing]) -> Tensor:
        rows = [[n, c.start, c.cheese] for n, c in enumerate(crossings)]
        return torch.tensor(rows).T.contiguous().to(self._device)

    def _path(self, crossings: Sequence[Crossing], put: Tensor) -> Tensor:
        mazes = table(crossings, self._device)
        return trial(self.network, mazes, put, PATIENCE * mazes.cells)
