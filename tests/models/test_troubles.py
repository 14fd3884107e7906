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
OF_ONE_SIZE = {"clinic", "map", "probe", "rivals"}
"""Labs in which nothing that costs memory can be turned."""


class OutOfMemoryError(RuntimeError):
    """Named as torch names its own."""


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OutOfMemoryError("CUDA out of memory"),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory"),
        RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 8 bytes."),
        RuntimeError("CUDA error: out of memory"),
        RuntimeError("CUDA error: CUBLAS_STATUS_ALLOC_FAILED when calling `cublasCreate(handle)`"),
        RuntimeError("MPS backend out of memory (MPS allocated: 9.05 GB, max allowed: 9.07 GB)."),
        RuntimeError("Invalid buffer size: 24.00 GB"),
        RuntimeError("Storage size calculation overflowed with sizes=[4294967296, 2147483648]"),
        RuntimeError("numel: integer multiplication overflow"),
        ValueError("array is too big; `arr.size * arr.dtype.itemsize` is larger than"),
    ],
)
def test_memory_has_many_ways_to_run_out(error: Exception) -> None:
    assert is_out_of_memory(error)


@pytest.mark.parametrize("error", [RuntimeError("shape mismatch"), ValueError("out of memory")])
def test_other_errors_are_other_errors(error: Exception) -> None:
    assert not is_out_of_memory(error)


def test_torch_names_its_error_so() -> None:
    torch = pytest.importorskip("torch")
    assert is_out_of_memory(torch.OutOfMemoryError("CUDA out of memory"))
    for size in ((1 << 60,), (1 << 40, 1 << 40), (1 << 70,)):
        with pytest.raises((RuntimeError, TypeError)) as caught:
            torch.empty(size, dtype=torch.uint8)
        assert is_out_of_memory(caught.value)


def test_numpy_says_so_in_its_way() -> None:
    numpy = pytest.importorskip("numpy")
    for size in (1 << 55, (1 << 40, 1 << 40)):
        with pytest.raises((MemoryError, ValueError)) as caught:
            numpy.empty(size)
        assert is_out_of_memory(caught.value)


CUDA = OutOfMemoryError(
    "CUDA out of memory. Tried to allocate 2.50 GiB. GPU 0 has a total capacity of 15.00 GiB of "
    "which 512.00 MiB is free."
)
TOO_MANY = RuntimeError("Storage size calculation overflowed with sizes=[4294967296, 2147483648]")
CPU = RuntimeError(
    "DefaultCPUAllocator: can't allocate memory: you tried to allocate 8589934592 bytes"
)


@pytest.mark.parametrize(
    ("error", "free", "said"),
    [
        (CUDA, None, "GPU: it asked for 2.5 GB at once, and 512 MB were free. To"),
        (CUDA, 7 << 30, "it asked for 2.5 GB at once, and 512 MB were free. To"),
        (CPU, 3 << 30, "it asked for 8.0 GB at once, and 3.0 GB were free. To"),
        (CPU, None, "it asked for 8.0 GB at once. To"),
        (MemoryError(), 3 << 30, "GPU: 3.0 GB were free. To"),
        (TOO_MANY, 3 << 30, "GPU: it asked for more than any machine has. To"),
        (MemoryError(), None, "than there is on GPU. To"),
        (None, None, "than there is on GPU. To"),
    ],
)
def test_what_was_asked_for_and_what_was_free_is_said_where_it_is_known(
    error: BaseException | None, free: int | None, said: str
) -> None:
    knobs = spec(BATCH)
    assert said in out_of_memory(knobs, knobs.settings({}), "GPU", error, free)


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


def test_a_knob_with_a_choice_of_sizes_is_turned_to_its_least() -> None:
    knobs = spec(Knob("hidden", 16, "", choices=(8, 16, 32)), RATE)
    text = out_of_memory(knobs, knobs.settings({}), "CPU")
    assert "turn hidden down (it stands at 16; it may go to 8)" in text


@pytest.mark.parametrize("name", [name for name, lab in LABS.items() if lab.needs_torch])
def test_every_lab_that_trains_has_a_knob_to_turn_unless_it_has_one_size(name: str) -> None:
    lab = LABS[name]
    text = out_of_memory(lab, lab.settings({}), "CPU")
    turns = any(f"turn {knob.name} down" in text for knob in lab.knobs)
    assert turns != (name in OF_ONE_SIZE)
    assert turns or "close other programs" in text


@pytest.mark.parametrize("name", [n for n, lab in LABS.items() if lab.counts == "steps"])
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
