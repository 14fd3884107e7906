"""What heads of another seed are worth, and what a layer carries: measured on five seeds."""

from __future__ import annotations

import functools

import pytest
from torch import nn

from models.labs.borrowed import Borrowing
from models.labs.catalog import load_lab
from models.specs.catalog import LABS

SEEDS = range(5)
RUNNERS = {"lap": "mixed", "induction": "two"}
pytestmark = pytest.mark.slow


@functools.cache
def trained(name: str, seed: int) -> Borrowing:
    """A lab of which one racer was trained."""
    lab = load_lab(name)(LABS[name].settings({}), seed, "cpu")
    assert isinstance(lab, Borrowing)
    racer = lab._named(RUNNERS[name])
    while racer.pupil.step < racer.recipe.steps:
        racer.pupil.advance()
    assert isinstance(racer.network, nn.Module)
    return lab


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", RUNNERS)
def test_the_layer_that_answers_brings_the_answers_of_the_other_text(name: str, seed: int) -> None:
    layer = [[1, head] for head in range(4)]
    asked = {"runner": RUNNERS[name], "elsewhere": layer}
    _, found = trained(name, seed).probe("heads", asked)
    assert found["other"] > 0.95 and found["other_own"] < 0.08 and found["accuracy"] < 0.08


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("name", RUNNERS)
def test_heads_of_another_seed_are_worth_no_more_than_silence(name: str, seed: int) -> None:
    lab, runner = trained(name, seed), RUNNERS[name]
    layers = [[[layer, head] for head in range(4)] for layer in (0, 1)]
    sets = [*layers, *([one] for layer in layers for one in layer)]
    _, silent = lab.probe("ablate", {"runner": runner, "sets": sets})
    beside = {"other": trained(name, (seed + 1) % len(SEEDS))}
    for places, row in zip(sets, silent["rows"], strict=True):
        taken = [[*place, "other"] for place in places]
        asked = {"runner": runner, "taken": taken, "beside": beside, "sets": [[]]}
        _, theirs = lab.probe("ablate", asked)
        assert theirs["rows"][0]["accuracy"] < row["accuracy"] + 0.03
