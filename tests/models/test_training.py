"""The loop: the schedules, the clipping, chance that stays its own, and going on after a stop."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

from models.chance import chance, number
from models.checkpoint import Checkpoint, CheckpointError, load, save
from models.schedules import Recipe, noam
from models.training import Training, seeded, train


def slope(model: nn.Linear) -> Tensor:
    return model.weight.sum() * 100


def line() -> nn.Linear:
    with seeded(0):
        return nn.Linear(3, 1, bias=False)


# Schedules


def test_the_rate_rises_then_falls_to_the_floor() -> None:
    recipe = Recipe(steps=200, learning_rate=0.4, warm_up=20, floor=0.1)
    rates = [recipe.rate(step) for step in range(200)]
    assert rates[0] == pytest.approx(0.02) and rates[9] == pytest.approx(0.2, rel=0.01)
    assert rates.index(max(rates)) == 19
    assert rates[19:] == sorted(rates[19:], reverse=True)
    assert rates[100] == pytest.approx(0.4 * (0.1 + 0.9 / 2))
    assert rates[199] == pytest.approx(0.04, rel=0.01)


def test_a_constant_rate_rises_and_stays() -> None:
    recipe = Recipe(steps=9, learning_rate=0.4, warm_up=4, schedule="constant")
    assert [recipe.rate(step) for step in (0, 1, 3, 4, 8)] == pytest.approx([0.1, 0.2] + [0.4] * 3)


@pytest.mark.parametrize("schedule", ["constant", "cosine", "noam"])
def test_without_warm_up_the_first_step_has_the_highest_rate(schedule: str) -> None:
    recipe = Recipe(steps=9, learning_rate=0.4, warm_up=0, schedule=schedule, width=4)
    assert recipe.rate(0) == max(recipe.rate(step) for step in range(9))


@pytest.mark.parametrize(("warm_up", "width"), [(4000, 512), (7, 33)])
def test_noams_rate_is_that_of_the_paper(warm_up: int, width: int) -> None:
    for n in (1, 2, 6, 7, 8, 3999, 4000, 4001, 100_000):
        paper = width**-0.5 * min(n**-0.5, n * warm_up**-1.5)
        assert noam(n - 1, warm_up, width) == pytest.approx(paper, rel=1e-12)


def test_the_base_transformer_peaks_at_seven_ten_thousandths() -> None:
    recipe = Recipe(100_000, 1.0, warm_up=4000, schedule="noam", width=512)
    assert recipe.rate(3999) == pytest.approx(0.000699, rel=1e-3)


def test_a_schedule_that_cannot_be_is_said_at_once() -> None:
    with pytest.raises(ValueError, match="width"):
        Recipe(100, 1.0, schedule="noam")
    with pytest.raises(ValueError, match="no schedule"):
        Recipe(100, 1.0, schedule="linear")  # type: ignore[arg-type]


# The loop


def test_a_long_gradient_is_shortened_and_keeps_its_direction() -> None:
    model = line()
    before = model.weight.detach().clone()
    recipe = Recipe(steps=1, learning_rate=0.1, warm_up=1)
    update = next(train(model, lambda step: slope(model), recipe))
    assert update.gradient.item() == pytest.approx(100 * 3**0.5, rel=1e-5)
    moved = model.weight.detach() - before
    assert torch.allclose(moved, torch.full_like(moved, -0.1), atol=1e-6)


@pytest.mark.parametrize(("clip", "length"), [(1.0, 1.0), (500.0, 100 * 3**0.5), (None, 173.205)])
def test_only_a_gradient_that_is_too_long_is_shortened(clip: float | None, length: float) -> None:
    model = line()
    training = Training(model, Recipe(1, 0.1, clip=clip))
    next(training.updates(lambda step: slope(model)))
    # After one step m = (1 - β₁) g.
    assert training.optimizer.m[0].norm().item() / 0.1 == pytest.approx(length, rel=1e-4)


def test_the_rate_can_be_turned_while_it_runs() -> None:
    model = line()
    recipe = Recipe(steps=5, learning_rate=0.1, warm_up=1)
    steps = train(model, lambda step: slope(model), recipe)
    next(steps)
    recipe.learning_rate = 0.0
    before = model.weight.detach().clone()
    next(steps)
    assert torch.equal(model.weight, before)


def test_it_counts_steps_and_ends() -> None:
    model = line()
    updates = list(train(model, lambda step: slope(model), Recipe(4, 0.1)))
    assert [update.step for update in updates] == [1, 2, 3, 4]
    assert not updates[0].loss.requires_grad


def test_matrices_decay_as_the_recipe_says() -> None:
    with seeded(0):
        model = nn.Linear(3, 3)
    before = model.weight.detach().clone(), model.bias.detach().clone()
    recipe = Recipe(1, 0.1, warm_up=0, decay=0.5)
    list(train(model, lambda step: 0 * (model.weight.sum() + model.bias.sum()), recipe))
    assert torch.allclose(model.weight, 0.95 * before[0], rtol=1e-6)
    assert torch.equal(model.bias, before[1])


# Chance


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


@pytest.mark.parametrize("index", [0, 1])
def test_a_gpus_common_chance_is_seeded_and_left_alone_too(
    monkeypatch: pytest.MonkeyPatch, index: int
) -> None:
    gpus = tuple(torch.Generator().manual_seed(n) for n in (1, 2))
    monkeypatch.setattr(torch.cuda, "default_generators", gpus)
    monkeypatch.setattr(torch.cuda, "init", lambda: None)
    before = [gpu.get_state() for gpu in gpus]
    with seeded(9, torch.device("cuda", index)):
        assert [gpu.initial_seed() == 9 for gpu in gpus] == [n == index for n in range(2)]
        torch.rand(5, generator=gpus[index])
    assert all(torch.equal(g.get_state(), s) for g, s in zip(gpus, before, strict=True))


def test_chance_comes_back_after_an_error() -> None:
    before = torch.get_rng_state()
    with pytest.raises(ZeroDivisionError), seeded(5):
        torch.rand(1)
        raise ZeroDivisionError
    assert torch.equal(torch.get_rng_state(), before)


def test_every_step_has_data_of_its_own() -> None:
    drawn = {torch.rand(1, generator=chance(s, t)).item() for s in range(20) for t in range(20)}
    assert len(drawn) == 400
    assert torch.equal(*(torch.rand(5, generator=chance(3, 4)) for _ in range(2)))


def test_what_a_step_draws_is_not_what_its_data_were_drawn_from() -> None:
    seen: list[Tensor] = []
    model = line()

    def loss_at(step: int) -> Tensor:
        seen.extend([torch.rand(5), torch.rand(5, generator=chance(0, step))])
        return slope(model)

    list(train(model, loss_at, Recipe(2, 0.1)))
    assert len({tuple(row.tolist()) for row in seen}) == 4
    assert number("step", 0, 1) != number("data", 0, 1)


def test_dropout_belongs_to_the_step_and_the_seed() -> None:
    def dropped(seed: int, disturb: int) -> list[Tensor]:
        seen: list[Tensor] = []
        model = line()

        def loss_at(step: int) -> Tensor:
            seen.append(nn.functional.dropout(torch.ones(40)))
            return slope(model)

        for _ in train(model, loss_at, Recipe(3, 0.1), seed):
            torch.rand(disturb)  # what others draw between two steps
        return seen

    assert all(map(torch.equal, dropped(0, 1), dropped(0, 7)))
    assert not any(map(torch.equal, dropped(0, 1), dropped(1, 1)))
    first, second, _ = dropped(0, 1)
    assert not torch.equal(first, second)


def test_training_leaves_the_common_chance_alone() -> None:
    before = torch.get_rng_state()
    begun = begin("cosine", None)
    for _ in itertools.islice(begun[0].updates(begun[1]), 3):
        assert torch.equal(torch.get_rng_state(), before)


# Going on after a stop

STEPS, STOP = 12, 5


def begin(
    schedule: str, fused: bool | None, seed: int = 3
) -> tuple[Training, Callable[[int], Tensor]]:
    """A network with dropout that learns from data of both kinds: carried along, and by the step.

    One weight is tied, one is never used, one number is no weight.
    """
    with seeded(0):
        model = nn.Sequential(
            nn.Linear(6, 8), nn.Dropout(0.3), nn.BatchNorm1d(8), nn.Tanh(), nn.Linear(8, 6)
        )
        model.register_parameter("tied", model[0].weight)
        model.register_parameter("idle", nn.Parameter(torch.randn(3)))
    carried = torch.Generator().manual_seed(1)

    def loss_at(step: int) -> Tensor:
        x = torch.randn(9, 6, generator=carried)
        return (model(x) - torch.randn(9, 6, generator=chance(seed, step))).square().mean()

    recipe = Recipe(STEPS, 0.05, warm_up=3, schedule=schedule, width=8, decay=0.1)
    return Training(model, recipe, seed, {"mice": carried}, fused), loss_at


def went_on(training: Training, loss_at: Callable[[int], Tensor]) -> list[Tensor]:
    """Train to the end, turning the rate at a step; losses, gradients, and at last the weights."""
    numbers = []
    for update in training.updates(loss_at):
        numbers += [update.loss, update.gradient]
        if update.step == 3:
            training.recipe.learning_rate = 0.03
    return numbers + list(training.state().tensors.values())


@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize("schedule", ["cosine", "noam"])
def test_a_run_taken_up_from_a_file_is_the_run_not_interrupted(
    schedule: str, fused: bool, tmp_path: Path
) -> None:
    straight = went_on(*begin(schedule, fused))
    training, loss_at = begin(schedule, fused)
    for update in training.updates(loss_at):
        if update.step == 3:
            training.recipe.learning_rate = 0.03
        if update.step == STOP:
            break
    save(tmp_path / "kept", *training.state())

    again, loss_at = begin(schedule, fused)
    with torch.no_grad():
        for weight in again.model.parameters():
            weight.fill_(7)
    torch.rand(11, generator=again.generators["mice"])
    again.seed = 99
    again.restore(load(tmp_path / "kept"))
    assert again.step == STOP and again.recipe.learning_rate == 0.03
    resumed = went_on(again, loss_at)
    assert len(resumed) == len(straight) - 2 * STOP
    assert all(map(torch.equal, resumed, straight[2 * STOP :])), "bit for bit"


def test_both_ways_of_the_optimizer_take_up_from_each_other(tmp_path: Path) -> None:
    begun = begin("cosine", True)
    next(begun[0].updates(begun[1]))
    save(tmp_path / "kept", *begun[0].state())
    again = begin("cosine", False)
    again[0].restore(load(tmp_path / "kept"))
    ends = [went_on(*again), went_on(*begun)]
    assert begun[0].step == again[0].step == STEPS
    for one, other in zip(*ends, strict=True):
        assert torch.allclose(one.float(), other.float(), rtol=1e-4, atol=1e-5)


def spoiled(kept: Checkpoint, how: str) -> Checkpoint:
    tensors, about = dict(kept.tensors), dict(kept.about)
    if how == "no numbers":
        about = {}
    elif how == "numbers of another kind":
        about["training"] = {**about["training"], "step": "5"}
    elif how == "a step before the first":
        about["training"] = {**about["training"], "step": -1}
    elif how == "no chance":
        del tensors["chance.mice"]
    elif how == "chance that is none":
        tensors["chance.mice"] = torch.zeros_like(tensors["chance.mice"])
    elif how == "chance of another shape":
        tensors["chance.mice"] = torch.zeros(3)
    elif how == "a weight too few":
        del tensors["model.idle"]
    elif how == "a weight too many":
        tensors["model.more"] = torch.zeros(3)
    elif how == "no memory of gradients":
        del tensors["optimizer.v.1"]
    elif how == "another shape":
        tensors["optimizer.m.0"] = torch.zeros(6, 8)
    elif how == "other numbers":
        tensors["model.0.weight"] = tensors["model.0.weight"].double()
    return Checkpoint(tensors, about)


@pytest.mark.parametrize(
    "how",
    [
        "no numbers",
        "numbers of another kind",
        "a step before the first",
        "no chance",
        "chance that is none",
        "chance of another shape",
        "a weight too few",
        "a weight too many",
        "no memory of gradients",
        "another shape",
        "other numbers",
    ],
)
def test_what_does_not_fit_leaves_the_training_as_it_was(how: str) -> None:
    other, loss_at = begin("cosine", None, seed=4)
    list(itertools.islice(other.updates(loss_at), 2))
    training, _ = begin("cosine", None)
    before = {name: t.clone() for name, t in training.state().tensors.items()}
    with pytest.raises(CheckpointError, match=r"lab again|settings the checkpoint"):
        training.restore(spoiled(other.state(), how))
    after = training.state().tensors
    assert all(torch.equal(before[name], after[name]) for name in before)
    assert (training.step, training.seed) == (0, 3)
    training.restore(spoiled(other.state(), "not at all"))
    assert (training.step, training.seed) == (2, 4)


def test_what_a_lab_keeps_beside_it_is_left_alone() -> None:
    training, _ = begin("cosine", None)
    kept = training.state()
    kept.tensors["mice.here"] = torch.arange(3)
    kept.about["knobs"] = {"hidden": 8}
    training.restore(kept)
    assert math.isclose(training.recipe.learning_rate, 0.05)
