"""Probes of the distance to the cheese: fitted on some mazes, tried on others, loop by loop.

Axes: M mazes to practise on and B unseen ones, all in one batch, T cells, C channels.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from statistics import fmean

import torch
from torch import Tensor

from models.labs.map_judged import KINDS, Exam
from models.linear_probe import Eraser, Probe, changed, eraser, explained, probe, random_eraser
from models.networks.map import MapSolver
from models.probe import at_rest
from models.specs.map import LOOPS, SIZE
from models.specs.probe import TASKS
from models.tasks.map import Boards


class Mazes:
    """The mazes of the probes: `practised` of them are fitted to, `unseen` ones are judged."""

    def __init__(self, practised: int, unseen: int, seed: int, device: str) -> None:
        kind = replace(KINDS["accuracy"], count=practised + unseen)
        self.board: Boards = Exam(kind, f"probed {seed}").board.to(device)
        self.practised = practised
        self.told = self.board.seen  # (M + B, T, 5)
        self.away = self.board.away.float()  # (M + B, T)
        self._drawn = self._draw(seed)
        self.controls = self.control(self.told)
        """What `control` says of their cells, (tasks, M + B, T)."""

    @property
    def unseen(self) -> Boards:
        """The B mazes that no probe is fitted to."""
        board, rest = self.board, slice(self.practised, None)
        parts = (board.is_open, board.cheese, board.away, board.onward)
        is_open, cheese, away, onward = (part[rest] for part in parts)
        return Boards(is_open, cheese, board.width, away, onward)

    def fitted(self, stream: Tensor, wanted: Tensor) -> Probe:
        """The probe that reads what is wanted (M + B, T) off a stream (M + B, T, C)."""
        some = slice(self.practised)
        return probe(stream[some].flatten(0, 1), wanted[some].flatten())

    def explained(self, stream: Tensor, wanted: Tensor, by: Probe | None = None) -> float:
        """R² on unseen mazes of a probe, or of the one that is fitted to the others."""
        rest = slice(self.practised, None)
        said = (by or self.fitted(stream, wanted))(stream[rest])
        return explained(said.flatten(), wanted[rest].flatten())

    def control(self, told: Tensor) -> Tensor:
        """Distances drawn for each kind of cell: its four sides, and whether the cheese is here.

        There is nothing to be found about them, they can only be learned by heart. For mazes
        (…, T, 5) those of each task: (tasks, …, T).
        """
        sides = torch.tensor([1, 2, 4, 8, 16]).to(told.device)
        return self._drawn[:, (told.long() * sides).sum(-1)]

    def by_heart(self, stream: Tensor) -> float:
        """R² on unseen mazes of probes of the control tasks, in the mean over the tasks."""
        return fmean(self.explained(stream, wanted) for wanted in self.controls)

    def missed(self, stream: Tensor) -> Tensor:
        """By how many moves each distance in an unseen maze is misread, (B, T)."""
        rest = slice(self.practised, None)
        return (self.fitted(stream, self.away)(stream[rest]) - self.away[rest]).abs()

    def arrived(self, loops: int) -> float:
        """R² of who knows each distance of up to so many moves, and of the others their mean.

        No probe can read more: the news of the cheese goes a cell a loop, and cells that it has not
        come to are all alike.
        """
        rest = self.away[self.practised :]
        far, known = self.away[: self.practised], rest <= loops
        mean = far[far > loops].mean() if (far > loops).any() else far.mean()
        return explained(rest.where(known, mean).flatten(), rest.flatten())

    @property
    def manhattan(self) -> Tensor:
        """How far each cell is from the cheese in rows and columns, (M + B, T, 1)."""
        cell, cheese = torch.arange(SIZE * SIZE, device=self.away.device), self.board.cheese
        rows = (cell // SIZE - cheese[:, None] // SIZE).abs()
        return (rows + (cell % SIZE - cheese[:, None] % SIZE).abs())[..., None].float()

    def _draw(self, seed: int) -> Tensor:
        """A distance for each kind of cell, (tasks, 32)."""
        rng = random.Random(f"control tasks {seed}")
        there = self.away[: self.practised].flatten().tolist()
        drawn = [[rng.choice(there) for _ in range(32)] for _ in range(TASKS)]
        return torch.tensor(drawn).to(self.away)


Change = Callable[[int, Tensor], Tensor]
"""A loop, counted from 1, and the stream (M + B, T, C) after it -> what the next loop finds."""


def streams(solver: MapSolver, mazes: Mazes, change: Change | None = None) -> Iterator[Tensor]:
    """The stream (M + B, T, C) after each loop, as `change` leaves it: the next loop reads that."""
    with at_rest(solver):
        for loop, stream in enumerate(solver.quickly(mazes.told, SIZE, LOOPS), 1):
            if change is not None:
                # In place, as the loops go on from the very tensor that they handed out.
                stream.copy_(change(loop, stream))
            yield stream


class Erasing:
    """Takes the distance out of a stream, and keeps how much that changed it."""

    def __init__(self, mazes: Mazes) -> None:
        self.sizes: dict[int, float] = {}
        self._mazes = mazes

    def __call__(self, loop: int, stream: Tensor) -> Tensor:
        """The stream (M + B, T, C) without what a probe could read in the practised mazes."""
        some = slice(self._mazes.practised)
        found = eraser(stream[some].flatten(0, 1), self._mazes.away[some].flatten())
        return self._keep(loop, stream, found)

    def _keep(self, loop: int, stream: Tensor, found: Eraser) -> Tensor:
        after = found(stream)
        self.sizes[loop] = changed(stream, after)
        return after


class ErasingAtRandom(Erasing):
    """Takes a random sum out after each loop that changes the stream as much as another did."""

    def __init__(self, mazes: Mazes, sizes: dict[int, float], seed: int) -> None:
        super().__init__(mazes)
        self._like, self._chance = sizes, torch.Generator().manual_seed(seed)

    def __call__(self, loop: int, stream: Tensor) -> Tensor:
        """The stream (M + B, T, C) without a sum of its channels that nobody asked for."""
        some = stream[: self._mazes.practised].flatten(0, 1)
        return self._keep(loop, stream, random_eraser(some, self._like[loop], self._chance))
