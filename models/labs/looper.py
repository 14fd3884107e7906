"""A map solver in training: how long it loops in a step, and which of its answers count.

In each step the network loops 4 to 8 times, and its answer after every one of these loops counts.
Burn-in: in half of the steps up to so many loops come before, through which no gradient flows, so
that it learns to keep what it knows. (Bansal et al. 2022, "End-to-end algorithm synthesis with
recurrent networks", section 3.2.)
Wait: in half of the steps the cheese comes only after some loops, so that it learns to take news
that comes late, as in larger mazes.
Timetable: k loops after the cheese came only cells within k moves of it are asked, which the news
can have reached.

Axes: B mazes, T cells, K loops, C channels.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import torch
from torch import Tensor

from models.checkpoint import Checkpoint
from models.labs.map_judged import arriving
from models.labs.past import Past
from models.labs.race import Racer
from models.layers.loss import IGNORED, cross_entropy
from models.layers.through_doors import door_weights, doors_of
from models.networks.map import DIRECTIONS, MapSolver
from models.probe import at_rest
from models.specs.map import LOOPS, SIZE
from models.tasks.map import Boards
from models.training import LossAt

COUNTED = (4, 8)
"""The fewest and the most loops of a step whose answers count."""
SETTLED = 150
"""Steps after which it begins to wait: first it has to learn what a cheese is."""


@dataclass
class Looper(Racer):
    """A map solver in training. Texts (B, T, 5) are what it is told of mazes."""

    burn_in: int = 0
    wait: int = 0
    timetable: bool = True
    side: int = SIZE
    """Cells on a side of the mazes in which it is trained and watched."""
    loops: int = LOOPS
    """Loops that it makes where it is watched."""

    past: Past = field(init=False)
    """What it was at some steps."""

    def line_up(self, device: str, seed: int, loss_at: LossAt) -> None:
        """Be where the race is run, with nothing learned and nothing past yet."""
        super().line_up(device, seed, loss_at)
        self.past = Past(self.network, self.recipe.steps)

    def remember(self) -> None:
        """Keep its weights, at steps between which much changes."""
        self.past.keep(self.pupil.step)

    def as_asked(self, arguments: Mapping[str, Any]) -> MapSolver:
        """Its network as it is, as it was before training, or with a `step` as it was after that.

        Raises:
            ValueError: if the weights of that step were not kept.
        """
        step = arguments.get("step")
        found = super().as_asked(arguments) if step is None else self.past.at(step)
        return cast("MapSolver", found)

    def state(self) -> Checkpoint:
        """And what it was."""
        kept, past = super().state(), self.past.state()
        return Checkpoint({**kept.tensors, **past.tensors}, {**kept.about, **past.about})

    def restore(self, kept: Checkpoint) -> None:
        """Stand where it stood, and know what it was.

        Raises:
            CheckpointError: if the checkpoint is not of such a one.
        """
        super().restore(kept)
        self.past.restore(kept)

    @property
    def solver(self) -> MapSolver:
        """Its network."""
        return cast("MapSolver", self.network)

    def arrows(self, told: Tensor, width: int, loops: int) -> Tensor:
        """The direction that it likes best in each cell after so many loops, (B, T)."""
        return self.arrows_at(told, width, [loops])[0]

    def arrows_at(self, told: Tensor, width: int, loops: Sequence[int]) -> Tensor:
        """The same after several numbers of loops, from few to many: (len(loops), B, T)."""
        with at_rest(self.network):
            streams = enumerate(self.solver.quickly(told, width, loops[-1]), 1)
            wanted = [x for made, x in streams if made in loops]
            return self.solver.point(torch.stack(wanted)).argmax(-1)

    def thoughts(
        self, told: Tensor, width: int, loops: int, solver: MapSolver | None = None
    ) -> Tensor:
        """Its logits after every loop, the first of them after none: (K + 1, B, T, 4); or those of
        another `solver`, such as what it was."""
        solver = solver or self.solver
        with at_rest(solver):
            logits = [solver.point(x) for x in solver.quickly(told, width, loops)]
            blank = solver.point(solver.point.weight.new_zeros(*told.shape[:2], solver.width))
            return torch.stack([blank, *logits])

    def glances(
        self, told: Tensor, width: int, loops: int, solver: MapSolver | None = None
    ) -> Tensor:
        """How much each head of each cell looks through its door, loop by loop: (K, B, T, 4)."""
        solver = solver or self.solver
        with at_rest(solver):
            seen = solver.see(solver.seen(told))  # (B, T, C)
            ways = doors_of(told[..., :DIRECTIONS], width, seen)
            streams = [torch.zeros_like(seen), *solver.quickly(told, width, loops)][:loops]
            attend = solver.block.attend
            looks = [door_weights(attend, x + seen, ways) for x in streams]
            return torch.stack(looks) if looks else told.new_zeros(0, *told.shape[:2], DIRECTIONS)

    def accuracy(self, texts: Tensor, answers: Tensor) -> float:
        """The share of ways that arrive: a few wrong arrows are enough to cut most."""
        return arriving(self.arrows(texts, self.side, self.loops), texts, self.side)

    def loss(self, step: int, board: Boards, pace: torch.Generator) -> Tensor:
        """How badly it predicts the next cell, over all loops that count."""
        counted = int(torch.randint(COUNTED[0], COUNTED[1] + 1, (), generator=pace))
        burns = torch.rand((), generator=pace) < 0.5  # drawn by those who never burn in, too
        before = int(torch.randint(self.burn_in + 1, (), generator=pace)) if burns else 0
        waits = torch.rand((), generator=pace) < 0.5 and step >= SETTLED
        waited = int(torch.randint(self.wait + 1, (), generator=pace)) if waits else 0
        streams = self.solver.quickly(board.seen, self.side, counted, before, waited)
        stream = torch.stack(list(streams))
        logits = self.solver.point(stream)  # (K, B, T, 4)
        right = board.onward.expand(counted, -1, -1)  # (K, B, T)
        self.right.append((logits[-1].argmax(-1) == board.onward).float().mean())
        if self.timetable:
            loop = torch.arange(before + 1, before + counted + 1, device=right.device)
            right = right.where(board.away <= loop[:, None, None], IGNORED)
        return cross_entropy(logits, right)
