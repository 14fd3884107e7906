"""A network in training, with what a lab wants to know of it, to be kept after any step."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping

import torch
from torch import Tensor, nn

from models.checkpoint import Checkpoint, CheckpointError, number_in
from models.training import LossAt, Recipe, Training, Update

RECENT = 20
"""Steps whose losses are remembered."""


class Pupil:
    """A network that makes step after step down the gradient of `loss_at(step)`."""

    def __init__(
        self,
        network: nn.Module,
        recipe: Recipe,
        seed: int,
        loss_at: LossAt,
        generators: Mapping[str, torch.Generator] | None = None,
    ) -> None:
        self.training = Training(network, recipe, seed, generators)
        self.losses: deque[Tensor] = deque(maxlen=RECENT)
        self.seconds = 0.0
        """CPU-seconds that it has trained."""
        self._updates = self.training.updates(loss_at)

    @property
    def step(self) -> int:
        """How many steps it has made."""
        return self.training.step

    def advance(self) -> Update:
        """Make a step.

        Raises:
            StopIteration: if it has made them all.
        """
        began = time.thread_time()
        update = next(self._updates)
        self.seconds += time.thread_time() - began
        self.losses.append(update.loss)
        return update

    def recent_loss(self) -> float:
        """The mean loss of the last 20 steps, in nats."""
        return torch.stack(list(self.losses)).mean().item()

    def state(self) -> Checkpoint:
        """All that its next step depends on, itself: it changes with that step."""
        kept = self.training.state()
        about = {**kept.about, "seconds": self.seconds}
        return Checkpoint({**kept.tensors, "losses": stacked(self.losses)}, about)

    def restore(self, kept: Checkpoint) -> None:
        """Stand where another of the same network, recipe and seed stood.

        Raises:
            CheckpointError: if the checkpoint is not of such a one.
        """
        self.seconds = number_in(kept.about, "seconds")
        self.training.restore(kept)
        unstack(kept, "losses", self.losses, self.training.optimizer.weights[0].device)


def stacked(numbers: deque[Tensor]) -> Tensor:
    """Some numbers as one tensor, which may be empty."""
    return torch.stack(list(numbers)) if numbers else torch.zeros(0)


def unstack(kept: Checkpoint, name: str, numbers: deque[Tensor], device: torch.device) -> None:
    """Put the numbers that are kept under a name into `numbers`, in place of those there.

    Raises:
        CheckpointError: if there are none.
    """
    if name not in kept.tensors or kept.tensors[name].dim() != 1:
        raise CheckpointError(
            f"The checkpoint does not say its {name}: run the lab again from the beginning."
        )
    numbers.clear()
    numbers.extend(kept.tensors[name].to(device).unbind())
