"""A mouse that learns: its network, how it practises, and how it does when left alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import torch
from torch import Tensor

from models.checkpoint import Checkpoint, number_in
from models.labs.crossings import Crossing
from models.labs.pupil import Pupil
from models.networks.mouse import MemorylessMouse, Mouse
from models.tasks.imitation import PATIENCE, Practice, moves_needed, trial
from models.tasks.mouse import Mazes
from models.training import Recipe, Update

WINDOW = 12
"""Moves between two updates; the gradient reaches back as far."""
HELPED, LETTING_GO = 0.5, 1000
"""How often the teacher leads at first, and over how many updates it would let go from always.
After 500 updates the mice are on their own."""
WATCHED = 64
"""Mice that walk when the loss on held-out mazes is measured."""
MICE = "mice."
"""What the names of the tensors of its mice begin with."""


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
        self.watched = -1
        """The step after which it was last watched in mazes it does not practise in."""
        self._seed, self._device = seed, device
        self._chance = torch.Generator().manual_seed(seed)
        self._practice: Practice | None = None
        self._mice: dict[str, Tensor] = {}
        """Where its mice were, if it was restored."""
        chance = {"practice": self._chance}
        self.pupil = Pupil(self.network, recipe, seed, self._loss_at, chance)

    def begin(self, mazes: Mazes, mice: int) -> None:
        """Put so many mice into `mazes`, or where they were if it was restored."""
        before = self._chance.get_state()
        self._practice = Practice(self.network, mazes, mice, self._chance)
        if self._mice:
            self._practice.restore(self._mice)
            self._chance.set_state(before)

    def learn(self, mazes: Mazes, mice: int) -> Iterator[Update]:
        """Practise in `mazes`, update by update."""
        self.begin(mazes, mice)
        while self.pupil.step < self.recipe.steps:
            yield self.pupil.advance()

    @property
    def agreed(self) -> Tensor:
        """The share of moves of the last update that are those which the explorer would make."""
        assert self._practice is not None
        return self._practice.agreed

    def _loss_at(self, step: int) -> Tensor:
        assert self._practice is not None
        return self._practice.loss(WINDOW, helped=max(0.0, HELPED - step / LETTING_GO))

    def state(self) -> Checkpoint:
        """All that its next update depends on, and how far it was watched."""
        kept = self.pupil.state()
        mice = self._practice.tensors() if self._practice else self._mice
        mice = {f"{MICE}{name}": tensor for name, tensor in mice.items()}
        return Checkpoint({**kept.tensors, **mice}, {**kept.about, "watched": self.watched})

    def restore(self, kept: Checkpoint) -> None:
        """Stand where another stood; its mice are put into their places when it practises.

        Raises:
            CheckpointError: if the checkpoint is not of such a mouse.
        """
        self.watched = int(number_in(kept.about, "watched"))
        self.pupil.restore(kept)
        mice = {name: t for name, t in kept.tensors.items() if name.startswith(MICE)}
        self._mice = {name.removeprefix(MICE): tensor for name, tensor in mice.items()}

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
