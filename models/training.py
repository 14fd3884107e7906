"""Training: change the weights a little, again and again, so that the loss falls.

The loop is a generator. It knows neither tasks nor screens: it is handed a loss and hands back
numbers, and whoever asks for the next step sets its pace.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, nn


class Adam:
    """Steps in proportion to how steadily each weight's gradient has pointed one way.

        m = β₁ m + (1 − β₁) g         the gradient, smoothed
        v = β₂ v + (1 − β₂) g²        its square, smoothed
        w = w − rate · m̂ / (√v̂ + ε)   m̂ and v̂: made larger while the smoothing is young

    (Kingma and Ba 2015, "Adam: a method for stochastic optimization", algorithm 1.) The numbers
    are those of `torch.optim.Adam`, whose first use imports a compiler for two seconds.
    """

    def __init__(
        self, weights: Iterable[Tensor], betas: tuple[float, float] = (0.9, 0.999)
    ) -> None:
        self.weights = list(weights)
        self.betas = betas
        self.steps = 0
        self._m = [torch.zeros_like(w) for w in self.weights]
        self._v = [torch.zeros_like(w) for w in self.weights]

    @torch.no_grad()
    def step(self, rate: float) -> None:
        """One step along the gradients of the weights, which are then forgotten."""
        self.steps += 1
        young_m, young_v = (1 - beta**self.steps for beta in self.betas)
        for w, m, v in zip(self.weights, self._m, self._v, strict=True):
            if w.grad is None:  # a weight that the loss does not hang on
                continue
            m.lerp_(w.grad, 1 - self.betas[0])
            v.mul_(self.betas[1]).addcmul_(w.grad, w.grad, value=1 - self.betas[1])
            w.addcdiv_(m, (v / young_v).sqrt_().add_(1e-8), value=-rate / young_m)
            w.grad = None


@dataclass
class Recipe:
    """How to train. `learning_rate` may be changed while the loop runs."""

    steps: int
    learning_rate: float
    warm_up: int = 20
    """Steps over which the rate rises, so that no early step is a wild one."""
    floor: float = 0.05
    """The share of the rate that is left at the end."""
    clip: float = 1.0
    """The longest gradient that is followed; a longer one is shortened and keeps its direction."""

    def rate(self, step: int) -> float:
        """The rate at a step, counted from 0: a linear rise, then half a cosine to the floor."""
        rise = min(1.0, (step + 1) / self.warm_up)
        fall = (1 + math.cos(math.pi * step / self.steps)) / 2
        return self.learning_rate * rise * (self.floor + (1 - self.floor) * fall)


@dataclass(frozen=True)
class Update:
    """One step that was made. The numbers are tensors: reading them makes a GPU wait."""

    step: int
    """How many steps have been made, this one included."""
    loss: Tensor
    gradient: Tensor
    """The length of the gradient before it was shortened."""


def train(model: nn.Module, loss_at: Callable[[int], Tensor], recipe: Recipe) -> Iterator[Update]:
    """Make `recipe.steps` steps down the gradient of `loss_at(step)`."""
    adam = Adam(model.parameters())
    for step in range(recipe.steps):
        loss = loss_at(step)
        loss.backward()
        gradient = nn.utils.clip_grad_norm_(adam.weights, recipe.clip)
        adam.step(recipe.rate(step))
        yield Update(step + 1, loss.detach(), gradient)


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Draw first weights from `seed`, and leave the common random numbers as they were."""
    before = torch.get_rng_state()
    torch.default_generator.manual_seed(seed)
    try:
        yield
    finally:
        torch.set_rng_state(before)
