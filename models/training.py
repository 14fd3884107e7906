"""Training: change the weights a little, again and again, so that the loss falls.

The loop is a generator. It knows neither tasks nor screens: it is handed a loss and hands back
numbers, and whoever asks for the next step sets its pace.

>>> from torch import nn
>>> one = nn.Linear(1, 1, bias=False)
>>> updates = train(one, lambda step: one(torch.ones(1, 1)).square().sum(), Recipe(300, 0.1))
>>> [update.step for update in updates][-1], abs(one.weight.item()) < 0.01
(300, True)
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from models.chance import number, seeded
from models.checkpoint import Checkpoint, CheckpointError, copy_into
from models.clipping import clip
from models.optimizer import AdamW
from models.schedules import Recipe

LossAt = Callable[[int], Tensor]
"""The loss at a step, counted from 0. It depends on nothing but the step, the weights, and the
generators that the training is told of."""


@dataclass(frozen=True)
class Update:
    """One step that was made. The numbers are tensors: reading them makes a GPU wait."""

    step: int
    """How many steps have been made, this one included."""
    loss: Tensor
    gradient: Tensor
    """The length of the gradient before it was clipped."""
    rate: float
    """The learning rate that it was made with."""

    def numbers(self) -> dict[str, float]:
        """What is reported of a step. A GPU waits for it once."""
        loss, gradient = torch.stack([self.loss, self.gradient]).tolist()
        return {"loss": loss, "rate": self.rate, "gradient": gradient}


class Training:
    """A training that can be kept after any step and go on later as if it had never stopped.

    `generators` are those that `loss_at` draws from and carries along from step to step.
    """

    def __init__(
        self,
        model: nn.Module,
        recipe: Recipe,
        seed: int = 0,
        generators: Mapping[str, torch.Generator] | None = None,
        fused: bool | None = None,
    ) -> None:
        self.model, self.recipe, self.seed, self.step = model, recipe, seed, 0
        self.generators = dict(generators or {})
        weights = list(model.parameters())
        self.optimizer = AdamW(weights, recipe.betas, recipe.decay, fused=fused)

    def updates(self, loss_at: LossAt) -> Iterator[Update]:
        """Make steps down the gradient of `loss_at(step)` until there are `recipe.steps`."""
        weights = self.optimizer.weights
        by = self.recipe.clip_by
        most = math.inf if self.recipe.clip is None else self.recipe.clip
        while self.step < self.recipe.steps:
            # What the step draws by itself (dropout) belongs to the step, not to those before it.
            with seeded(number("step", self.seed, self.step), weights[0].device):
                loss = loss_at(self.step)
                loss.backward()
            gradient = clip([w.grad for w in weights if w.grad is not None], by, most)
            rate = self.recipe.rate(self.step)
            self.optimizer.step(rate)
            self.step += 1
            yield Update(self.step, loss.detach(), gradient, rate)

    def state(self) -> Checkpoint:
        """All that makes the next step what it will be. The tensors are the run's own: they
        change with its next step, so save or copy them before."""
        states = {f"chance.{name}": g.get_state() for name, g in self.generators.items()}
        numbers = {"step": self.step, "seed": self.seed, "rate": self.recipe.learning_rate}
        return Checkpoint({**self._weights(), **states}, {"training": numbers})

    def restore(self, kept: Checkpoint) -> None:
        """Stand where a training with the same network and recipe stood; all of it or nothing.

        What else the checkpoint holds, under names of its own, is left alone.

        Raises:
            CheckpointError: if the checkpoint is not of such a training.
        """
        step, seed, rate = _numbers(kept.about)
        parts = ("model.", "optimizer.")
        states = {name: _state(g, kept.tensors, name) for name, g in self.generators.items()}
        copy_into(self._weights(), {n: t for n, t in kept.tensors.items() if n.startswith(parts)})
        for name, generator in self.generators.items():
            generator.set_state(states[name])
        self.step, self.seed, self.recipe.learning_rate = step, seed, rate

    def _weights(self) -> dict[str, Tensor]:
        """The tensors that the training changes, themselves."""
        model, optimizer = self.model.state_dict(), self.optimizer.state()
        return {
            **{f"model.{name}": tensor for name, tensor in model.items()},
            **{f"optimizer.{name}": tensor for name, tensor in optimizer.items()},
        }


def train(model: nn.Module, loss_at: LossAt, recipe: Recipe, seed: int = 0) -> Iterator[Update]:
    """Make `recipe.steps` steps down the gradient of `loss_at(step)`."""
    return Training(model, recipe, seed).updates(loss_at)


def _numbers(about: Mapping[str, Any]) -> tuple[int, int, float]:
    """The step, the seed and the learning rate of a kept training."""
    numbers = about.get("training")
    if isinstance(numbers, dict):
        step, seed, rate = (numbers.get(name) for name in ("step", "seed", "rate"))
        if isinstance(rate, int | float) and type(step) is type(seed) is int and step >= 0:
            return step, seed, rate
    raise CheckpointError(
        "The checkpoint holds no training that could go on: run the lab again from the beginning."
    )


def _state(like: torch.Generator, tensors: Mapping[str, Tensor], name: str) -> Tensor:
    """The kept state of a generator, tried on another of its kind."""
    try:
        state = tensors[f"chance.{name}"]
        torch.Generator(like.device).set_state(state)
    except (KeyError, RuntimeError, TypeError):
        raise CheckpointError(
            f"The checkpoint does not say how the random numbers of {name} go on: run the lab "
            "again from the beginning."
        ) from None
    return state
