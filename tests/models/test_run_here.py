"""A run without any messages: what is counted, what is summed up, what may be turned."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from models import run_limits
from models.protocol import Report, Turned
from models.run import Run
from models.run_here import begin
from models.run_limits import too_large
from models.troubles import Trouble
from tests.support.fake_lab import SPEC, FakeLab, find_fake, load_fake


def fake(**knobs: object) -> Run:
    """A run of the fake lab."""
    return begin("fake", knobs, 3, find=find_fake, load=load_fake)


def test_a_loop_sees_everything_and_the_sum_is_the_labs_own() -> None:
    run = fake(steps=20)
    seen = list(run)
    assert [s.step for s in seen if isinstance(s, Report)] == list(range(1, 21))
    assert [s.step for s in seen if not isinstance(s, Report)] == [10, 20]
    done = run.finished("r")
    assert (done.run, done.steps, done.metrics) == ("r", 20, {"count": 20.0})
    assert done.reached and done.control_failed and not done.stopped
    assert done.device == "CPU, 1 thread"


def test_the_lab_gets_all_its_settings_and_its_seed() -> None:
    run = fake(hidden=16)
    assert run.settings == {**SPEC.settings({}), "hidden": 16}
    assert run.lab.settings == run.settings
    assert (run.lab.seed, run.lab.device) == (3, "cpu")


def test_the_time_between_two_units_is_not_the_runs() -> None:
    run = fake(steps=3)
    began = time.process_time()
    for _ in run:
        until = time.process_time() + 0.02
        while time.process_time() < until:
            pass
    spent = time.process_time() - began
    assert spent >= 0.06
    assert 0 < run.cpu_seconds < spent / 2
    assert 0 < run.seconds < spent / 2


def test_the_work_of_a_unit_is_the_runs() -> None:
    class Busy(FakeLab):
        def train(self) -> Iterator[Report]:
            until = time.process_time() + 0.05
            while time.process_time() < until:
                pass
            yield Report("busy", "train", 1, 1, 1.0, {})

    run = begin("fake", {}, 0, find=find_fake, load=lambda name: Busy)
    list(run)
    assert run.cpu_seconds >= 0.05


def test_a_stopped_run_counts_the_changes_of_weights() -> None:
    """Mazes are made before and judged after; neither is a step of training."""

    class Mixed(FakeLab):
        def train(self) -> Iterator[Report]:
            yield Report("mazes", "making", 4000, 4000, 0.5, {})
            yield Report("mouse", "train", 7, 10, 0.8, {"loss": 1.0})
            yield Report("mouse", "judge", 250, 1000, 0.9, {"arrival": 0.5})

    run = begin("fake", {}, 0, find=find_fake, load=lambda name: Mixed)
    for _ in range(3):
        run.advance()
    run.stop()
    done = run.finished(stopped=True)
    assert done.steps == 7
    assert done.metrics == {"mouse.arrival": 0.5}
    assert not done.reached
    assert list(run) == []


def test_it_works_for_as_long_as_it_is_told() -> None:
    run = fake(steps=1_000_000_000)
    assert [seen.step for seen in run.advance()] == [1]
    began = time.perf_counter()
    seen = run.advance(0.05)
    assert time.perf_counter() - began >= 0.05
    assert len(seen) > 10
    assert run.seconds >= 0.05


def test_it_ends_early_where_the_run_ends_or_a_loss_runs_away() -> None:
    run = fake(steps=25)
    assert [seen.step for seen in run.advance(3600) if isinstance(seen, Report)][-1] == 25
    assert run.over
    run = fake(trouble="nan", when=4)
    assert [seen.step for seen in run.advance(3600)] == [1, 2, 3, 4]
    assert not run.over
    assert [seen.step for seen in run.advance(3600)] == [5]


def test_what_was_seen_before_an_error_is_not_lost() -> None:
    run = fake(trouble="error", when=3)
    assert [seen.step for seen in run.advance(3600)] == [1, 2]
    assert not run.over
    with pytest.raises(ZeroDivisionError):
        run.advance(3600)
    assert run.over


def test_what_is_left_open_by_the_lab_is_closed_when_it_stops() -> None:
    closed: list[bool] = []

    class Opening(FakeLab):
        def train(self) -> Iterator[Report]:
            try:
                yield Report("a", "train", 1, 2, 0.5, {})
                yield Report("a", "train", 2, 2, 1.0, {})
            finally:
                closed.append(True)

    run = begin("fake", {}, 0, find=find_fake, load=lambda name: Opening)
    run.advance()
    run.stop()
    assert closed == [True]
    assert run.over


def test_a_turned_knob_is_kept_with_its_step() -> None:
    run = fake(steps=5)
    run.turn("rate", 1)
    run.advance()
    run.advance()
    run.turn("rate", 0.25)
    assert run.finished().turned == [Turned(0, "rate", 1.0), Turned(2, "rate", 0.25)]
    assert run.settings["rate"] == 0.25


@pytest.mark.parametrize(
    ("name", "value"), [("hidden", 16), ("rate", 2.0), ("rate", True), ("nothing", 1)]
)
def test_a_knob_that_may_not_be_turned_is_not(name: str, value: object) -> None:
    run = fake()
    before = dict(run.settings)
    with pytest.raises(Trouble) as trouble:
        run.turn(name, value)
    assert trouble.value.kind == "knob"
    assert run.settings == before
    assert run.finished().turned == []


def test_what_the_lab_says_of_a_turn_is_passed_on() -> None:
    class Picky(FakeLab):
        def set_knob(self, name: str, value: object) -> None:
            raise ValueError("not on a Sunday")

    run = begin("fake", {}, 0, find=find_fake, load=lambda name: Picky)
    with pytest.raises(Trouble, match="not on a Sunday"):
        run.turn("rate", 0.25)


TRIED = "you tried to allocate 1099511627776 bytes."


def test_memory_that_runs_out_is_counted_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_limits, "memory", lambda place: (3 << 30, 16 << 30))
    trouble = too_large(SPEC, SPEC.settings({}), "cpu", RuntimeError(TRIED))
    assert "it asked for 1.0 TB at once, and 3.0 GB were free" in str(trouble)


def test_memory_that_runs_out_names_the_knob_at_every_stage() -> None:
    class Torchlike(FakeLab):
        def train(self) -> Iterator[Report]:
            raise RuntimeError(f"DefaultCPUAllocator: can't allocate memory: {TRIED}")
            yield

    running = begin("fake", {"hidden": 32}, 0, find=find_fake, load=lambda name: Torchlike)
    for stage in (
        lambda: fake(hidden=32, trouble="build"),
        running.advance,
        lambda: fake(hidden=32).probe("memory", {}),
    ):
        with pytest.raises(Trouble, match="turn hidden down") as trouble:
            stage()
        assert trouble.value.kind == "memory"


def test_what_cannot_be_looked_at_is_said_in_the_labs_own_words() -> None:
    with pytest.raises(Trouble, match=r"^nothing here is called nonsense$") as trouble:
        fake().probe("nonsense", {})
    assert trouble.value.kind == "error"


def test_another_error_of_the_lab_is_its_own() -> None:
    run = fake(trouble="error", when=1)
    with pytest.raises(ZeroDivisionError):
        run.advance()
    assert run.over


def test_without_torch_a_lab_that_needs_it_says_so() -> None:
    def load(name: str) -> type[FakeLab]:
        raise ModuleNotFoundError("No module named 'torch'", name="torch")

    with pytest.raises(Trouble, match="pip install torch") as trouble:
        begin("fake", {}, 0, find=find_fake, load=load)
    assert trouble.value.kind == "torch"


def test_another_missing_module_is_not_taken_for_torch() -> None:
    def load(name: str) -> type[FakeLab]:
        raise ModuleNotFoundError("No module named 'cheese'", name="cheese")

    with pytest.raises(ModuleNotFoundError, match="cheese"):
        begin("fake", {}, 0, find=find_fake, load=load)


def test_a_lab_without_a_network_never_minds_the_device() -> None:
    run = begin("fake", {}, 0, "cuda:7", find=find_fake, load=load_fake)
    assert run.lab.device == "cpu"


def test_a_lab_of_the_course_runs_here() -> None:
    run = begin("mice", {"mazes": 50, "size": 3}, 0)
    last = [seen for seen in run if isinstance(seen, Report)][-1]
    assert last.fraction == pytest.approx(1.0)
    done = run.finished()
    assert set(done.metrics) >= {"random.arrival", "right.arrival"}
    assert done.cpu_seconds > 0
