"""The loop: PyTorch's Adam, the schedule, the clipping, and chance that stays its own."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.optim.adam import adam as torch_adam

from models.training import Adam, Recipe, seeded, train


def test_adam_is_torchs() -> None:
    chance = torch.Generator().manual_seed(0)
    ours = torch.randn(7, 3, generator=chance, dtype=torch.float64)
    theirs, smooth, squares = ours.clone(), torch.zeros_like(ours), torch.zeros_like(ours)
    adam, steps = Adam([ours]), torch.tensor(0.0)
    for step in range(30):
        rate = 0.01 * (1 + step % 3)
        slope = torch.randn(7, 3, generator=chance, dtype=torch.float64)
        ours.grad = slope.clone()
        adam.step(rate)
        # The function behind `torch.optim.Adam`, whose class takes seconds to import.
        torch_adam(
            [theirs],
            [slope],
            [smooth],
            [squares],
            [],
            [steps],
            amsgrad=False,
            beta1=0.9,
            beta2=0.999,
            lr=rate,
            weight_decay=0.0,
            eps=1e-8,
            maximize=False,
        )
        assert torch.allclose(ours, theirs, rtol=0, atol=1e-10)
        assert ours.grad is None, "a gradient is used once"


def test_a_weight_without_a_gradient_stays() -> None:
    idle = torch.ones(3)
    Adam([idle]).step(0.1)
    assert torch.equal(idle, torch.ones(3))


def test_the_rate_rises_then_falls_to_the_floor() -> None:
    recipe = Recipe(steps=200, learning_rate=0.4, warm_up=20, floor=0.1)
    rates = [recipe.rate(step) for step in range(200)]
    assert rates[0] == pytest.approx(0.02) and rates[9] == pytest.approx(0.2, rel=0.01)
    assert rates.index(max(rates)) == 19
    assert rates[19:] == sorted(rates[19:], reverse=True)
    assert rates[100] == pytest.approx(0.4 * (0.1 + 0.9 / 2))
    assert rates[199] == pytest.approx(0.04, rel=0.01)


def slope(model: nn.Linear) -> torch.Tensor:
    return model.weight.sum() * 100


def test_a_long_gradient_is_shortened_and_keeps_its_direction() -> None:
    with seeded(0):
        model = nn.Linear(3, 1, bias=False)
    before = model.weight.detach().clone()
    recipe = Recipe(steps=1, learning_rate=0.1, warm_up=1)
    update = next(train(model, lambda step: slope(model), recipe))
    assert update.gradient.item() == pytest.approx(100 * 3**0.5, rel=1e-5)
    moved = model.weight.detach() - before
    assert torch.allclose(moved, torch.full_like(moved, -0.1), atol=1e-6)


def test_the_rate_can_be_turned_while_it_runs() -> None:
    with seeded(0):
        model = nn.Linear(3, 1, bias=False)
    recipe = Recipe(steps=5, learning_rate=0.1, warm_up=1)
    steps = train(model, lambda step: slope(model), recipe)
    next(steps)
    recipe.learning_rate = 0.0
    before = model.weight.detach().clone()
    next(steps)
    assert torch.equal(model.weight, before)


def test_it_counts_steps_and_ends() -> None:
    with seeded(0):
        model = nn.Linear(3, 1)
    updates = list(train(model, lambda step: slope(model), Recipe(4, 0.1)))
    assert [update.step for update in updates] == [1, 2, 3, 4]
    assert not updates[0].loss.requires_grad


def test_a_seed_gives_weights_and_leaves_the_common_chance_alone() -> None:
    before = torch.get_rng_state()
    with seeded(5):
        first = nn.Linear(4, 4)
    assert torch.equal(torch.get_rng_state(), before)
    with seeded(5):
        second = nn.Linear(4, 4)
    with seeded(6):
        third = nn.Linear(4, 4)
    assert torch.equal(first.weight, second.weight)
    assert not torch.equal(first.weight, third.weight)
