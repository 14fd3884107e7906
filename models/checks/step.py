"""Three numbers that learn: their losses, their gradients and where they come to."""

from __future__ import annotations

from types import ModuleType

import torch
from torch import Tensor, nn

from models.checks.case import Case, Check, Results
from models.schedules import Recipe

STEPS = 4


class Three(nn.Module):
    """Three weights, each of which wants to be 0, the last a hundred times as much."""

    def __init__(self) -> None:
        super().__init__()
        self.w = nn.Parameter(torch.tensor([1.0, -2.0, 3.0]))

    def loss(self, step: int) -> Tensor:
        """How far they are from there; at odd steps the first counts most."""
        counts = torch.tensor([1.0, 0.1, 100.0] if step % 2 == 0 else [50.0, 1.0, 0.5])
        return (counts * self.w**2).sum()


def _trained(module: ModuleType, recipe: Recipe) -> tuple[Three, list[list[float]]]:
    model = Three()
    updates = module.train(model, model.loss, recipe)
    return model, [[float(one.loss), float(one.gradient), one.rate] for one in updates]


def _case(title: str, recipe: Recipe) -> Case:
    def run(module: ModuleType) -> Results:
        model, told = _trained(module, recipe)
        losses, gradients, rates = zip(*told, strict=True)
        return Results(
            {
                "weights": model.w,
                "losses": list(losses),
                "gradient lengths": list(gradients),
                "rates": list(rates),
            }
        )

    return Case(title, run)


def _gets_smaller(module: ModuleType) -> bool:
    recipe = Recipe(40, 0.1, warm_up=0, schedule="constant")
    _, told = _trained(module, recipe)
    return told[-2][0] < told[0][0] / 2


CHECK = Check(
    cases=(
        _case("four steps", Recipe(STEPS, 0.1, warm_up=0, clip=None, schedule="constant")),
        _case("gradients of length 1 at most", Recipe(STEPS, 0.1, warm_up=0, clip=1.0)),
        _case("a warm-up of four steps", Recipe(STEPS, 0.1, warm_up=4, clip=1.0)),
    ),
    keeps=_gets_smaller,
)
