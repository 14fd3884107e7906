"""What is said when a run cannot go on: the knob to turn, and why."""

from __future__ import annotations

import math

import pytest

from models.protocol import Report
from models.specs.catalog import LABS
from models.specs.spec import Knob, LabSpec
from models.troubles import diverged, is_out_of_memory, out_of_memory, ran_away


def spec(*knobs: Knob) -> LabSpec:
    return LabSpec("lab", "", "", knobs, (), "", "", 1)


def report(**metrics: float) -> Report:
    return Report("mouse", "train", 12, 100, 0.12, metrics)


WIDTH = Knob("hidden", 8, "", 4, 64)
BATCH = Knob("batch_size", 16, "", 1, 256)
RATE = Knob("learning_rate", 0.003, "", 0.0, 1.0, live=True)
UPDATES = Knob("updates", 100, "", 1, 9999)


class OutOfMemoryError(RuntimeError):
    """Named as torch names its own."""


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OutOfMemoryError("CUDA out of memory"),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory"),
    ],
)
def test_memory_has_many_ways_to_run_out(error: Exception) -> None:
    assert is_out_of_memory(error)


@pytest.mark.parametrize("error", [RuntimeError("shape mismatch"), ValueError("memory")])
def test_other_errors_are_other_errors(error: Exception) -> None:
    assert not is_out_of_memory(error)


def test_torch_names_its_error_so() -> None:
    torch = pytest.importorskip("torch")
    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory"))
    with pytest.raises(RuntimeError) as caught:
        torch.empty(1 << 60, dtype=torch.uint8)
    assert is_out_of_memory(caught.value)


def test_the_knob_that_was_turned_up_is_the_one_to_turn_down() -> None:
    knobs = spec(BATCH, WIDTH, RATE, UPDATES)
    text = out_of_memory(knobs, {**knobs.settings({}), "hidden": 64}, "CPU, 1 thread")
    assert "on CPU, 1 thread" in text
    assert "turn hidden down (it stands at 64; it may go to 4)" in text


def test_at_the_defaults_the_batch_comes_first() -> None:
    knobs = spec(WIDTH, BATCH, RATE)
    assert "turn batch_size down" in out_of_memory(knobs, knobs.settings({}), "CPU")


def test_a_knob_at_its_lowest_is_not_named() -> None:
    knobs = spec(Knob("hidden", 4, "", 4, 64), RATE)
    assert "another device" in out_of_memory(knobs, knobs.settings({}), "CPU")


@pytest.mark.parametrize("name", [name for name, lab in LABS.items() if lab.needs_torch])
def test_every_lab_that_trains_has_a_knob_to_turn(name: str) -> None:
    lab = LABS[name]
    text = out_of_memory(lab, lab.settings({}), "CPU")
    assert any(f"turn {knob.name} down" in text for knob in lab.knobs)


@pytest.mark.parametrize("name", [name for name, lab in LABS.items() if lab.needs_torch])
def test_every_lab_that_trains_names_its_rate(name: str) -> None:
    lab = LABS[name]
    text = diverged(report(loss=math.nan), lab, lab.settings({}))
    assert "learning_rate stands at" in text


@pytest.mark.parametrize(
    ("metrics", "away"),
    [
        ({"loss": math.nan}, True),
        ({"arrival": 0.5, "loss": math.inf}, True),
        ({"loss": 3.0}, False),
        ({"ratio": math.inf, "loss": 3.0}, False),
        ({"ratio": math.nan}, False),
        ({}, False),
    ],
)
def test_only_a_loss_must_be_finite(metrics: dict[str, float], away: bool) -> None:
    """The median path of mice of which none arrives is infinite, and that is no accident."""
    assert ran_away(report(**metrics)) is away


def test_why_a_loss_ran_away() -> None:
    knobs = spec(RATE)
    text = diverged(report(loss=math.inf), knobs, knobs.settings({}))
    assert text.startswith("At step 12 the loss of mouse is infinite, so the run is paused.")
    assert "learning_rate stands at 0.003" in text
    assert "no longer a number" in diverged(report(loss=math.nan), knobs, {"learning_rate": 1})
    assert "smaller ones" in diverged(report(loss=math.nan), spec(), {})
