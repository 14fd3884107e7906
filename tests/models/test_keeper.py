"""Runs that are kept while they train, and what becomes of those that end badly."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from models import keeper, run_folder, standing
from models.checkpoint import load
from models.run import Run
from models.run_files import FORMAT, MOMENTS, REPORTS, SUMMARY, WEIGHTS
from models.run_here import begin
from models.runs import KeptRuns
from models.troubles import Trouble
from tests.support.fake_lab import FakeLab, GoingLab, find_fake
from tests.support.peer import PATIENCE

ROOT = Path(__file__).parents[2]
KILLED = """
import sys
from pathlib import Path
from models import keeper
from models.run_here import begin
from tests.support.fake_lab import find_fake, load_fake
keeper.PERIOD = keeper.SUMMED_UP = 0.01
run = begin("fake", {"steps": 1_000_000_000}, 3, find=find_fake, load=load_fake)
run.keep(Path(sys.argv[1]), 3)
for number, _ in enumerate(run):
    if number % 100 == 0:
        print(run.kept, flush=True)
"""


def kept_run(folder: Path, lab: type[FakeLab] = FakeLab, **knobs: Any) -> Run:
    """A run of the fake lab that is being kept."""
    run = begin("fake", knobs, 3, find=find_fake, load=lambda name: lab)
    run.keep(folder, 3)
    return run


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Written all the time, and not only once a second."""
    monkeypatch.setattr(keeper, "PERIOD", 0.005)
    monkeypatch.setattr(keeper, "SUMMED_UP", 0.005)


def wait_for(what: Any) -> None:
    until = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < until
        time.sleep(0.005)


def test_a_run_is_kept_with_all_that_it_reported_and_showed(tmp_path: Path) -> None:
    run = kept_run(tmp_path / "home" / "runs", steps=25, hidden=16)
    list(run)
    runs = KeptRuns(tmp_path / "home" / "runs")
    (kept,), notes = runs.listed()
    assert notes == []
    assert kept.id == run.kept == run.finished().kept == "fake-1"
    assert (kept.lab, kept.seed, kept.state, kept.device) == (
        "fake",
        3,
        "finished",
        "CPU, 1 thread",
    )
    assert kept.knobs == {**run.settings, "hidden": 16}
    assert (kept.steps, kept.metrics, kept.reached) == (25, {"count": 25.0}, True)
    assert kept.fraction == 1.0
    assert kept.versions["python"]
    assert kept.size > 0
    opened = runs.open("fake-1")
    (curve,) = opened.curves
    assert (curve.runner, curve.metric) == ("counter", "loss")
    assert curve.steps == list(range(1, 26))
    assert curve.values == pytest.approx([0.5 / step for step in range(1, 26)])
    assert [(m.step, m.name, m.data) for m in opened.moments] == [
        (10, "ten", {"path": [1, 10]}),
        (20, "ten", {"path": [1, 20]}),
    ]


def test_a_stopped_run_and_its_turned_knobs_are_kept(tmp_path: Path) -> None:
    run = kept_run(tmp_path)
    run.advance()
    run.turn("rate", 0.25)
    run.advance()
    run.stop()
    (kept,), _ = KeptRuns(tmp_path).listed()
    assert (kept.state, kept.steps, kept.knobs["rate"]) == ("stopped", 2, 0.5)
    assert [(t.step, t.name, t.value) for t in kept.turned] == [(1, "rate", 0.25)]
    assert kept.metrics == {"counter.loss": pytest.approx(0.125)}


def test_a_failed_run_is_kept_with_the_reason(tmp_path: Path) -> None:
    run = kept_run(tmp_path, trouble="error", when=5)
    with pytest.raises(ZeroDivisionError):
        list(run)
    (kept,), _ = KeptRuns(tmp_path).listed()
    assert (kept.state, kept.steps) == ("failed", 4)
    assert kept.why == "ZeroDivisionError: the cheese was divided among no mice"


def test_the_first_end_counts(tmp_path: Path) -> None:
    run = kept_run(tmp_path)
    list(run)
    run.stop()
    assert KeptRuns(tmp_path).summary("fake-1").state == "finished"


def test_a_loss_that_is_no_number_is_kept_as_none(tmp_path: Path) -> None:
    list(kept_run(tmp_path, trouble="nan", when=9))
    values = KeptRuns(tmp_path).open("fake-1").curves[0].values
    assert [value == value for value in values] == [True] * 8 + [False] * 2


def test_what_cannot_be_kept_of_a_moment_is_left_out(tmp_path: Path) -> None:
    list(kept_run(tmp_path, trouble="odd", steps=10))
    assert KeptRuns(tmp_path).open("fake-1").moments[0].data == {"path": None}


@pytest.mark.usefixtures("quick")
def test_a_run_that_is_going_says_so(tmp_path: Path) -> None:
    run = kept_run(tmp_path, steps=1000)
    for _ in range(110):  # ten of them looks
        run.advance()
    runs = KeptRuns(tmp_path)
    assert run.kept == "fake-1"
    wait_for(lambda: runs.summary("fake-1").steps == 100)
    kept = runs.summary("fake-1")
    assert (kept.state, kept.fraction) == ("going", 0.1)
    with pytest.raises(Trouble, match="still going: stop it first"):
        runs.delete("fake-1")
    run.stop()
    assert runs.summary("fake-1").state == "stopped"


@pytest.mark.parametrize("after", [1, 5, 40])
def test_a_killed_run_is_listed_as_cut_short_and_can_be_read(tmp_path: Path, after: int) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout
    for _ in range(after):
        assert process.stdout.readline() == b"fake-1\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    runs = KeptRuns(tmp_path)
    (kept,), notes = runs.listed()
    assert (kept.state, notes) == ("cut short", [])
    opened = runs.open("fake-1")
    assert opened.note == ""
    for curve in opened.curves:
        assert curve.steps == sorted(curve.steps)
    runs.delete("fake-1")
    assert runs.listed() == ([], [])


def test_two_workers_at_once_take_two_names(tmp_path: Path) -> None:
    def train() -> None:
        list(kept_run(tmp_path))

    threads = [threading.Thread(target=train) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found, notes = KeptRuns(tmp_path).listed()
    assert sorted(kept.id for kept in found) == [f"fake-{n}" for n in range(1, 9)]
    assert {kept.state for kept in found} == {"finished"}
    assert notes == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "the disk is full: free some space"),
        (errno.EROFS, "is read-only: make it writable"),
        (errno.EIO, "check that disk"),
    ],
)
@pytest.mark.usefixtures("quick")
def test_a_disk_that_takes_no_more_ends_the_keeping_and_not_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    run = kept_run(tmp_path, steps=500)
    assert run.kept == "fake-1"

    def fail(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(run_folder, "_append", fail)
    run.advance()
    wait_for(lambda: run.not_kept)
    assert said in run.not_kept
    assert run.not_kept.startswith("This run is only kept up to here, because")
    list(run)
    assert run.finished().reached
    (kept,), _ = KeptRuns(tmp_path).listed()
    assert kept.state == "cut short"
    assert said in kept.note


def test_a_folder_that_cannot_be_made_is_said_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    run = kept_run(tmp_path / "file" / "runs")
    list(run)
    assert run.finished().reached
    assert run.kept == run.finished().kept == ""
    assert run.not_kept.startswith("This run is not kept, because")
    assert "set GROK_TUI_HOME" in run.not_kept


def test_over_the_limit_of_all_runs_new_ones_are_kept_without_film(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    list(kept_run(tmp_path, steps=20))
    monkeypatch.setattr(keeper, "ALL", 100)
    run = kept_run(tmp_path, steps=20)
    list(run)
    assert "`grok-tui runs delete` makes room" in run.not_kept
    runs = KeptRuns(tmp_path)
    assert len(runs.listed()[0]) == 2, "nothing is deleted unasked"
    assert runs.open("fake-2").moments == []
    assert len(runs.open("fake-2").curves[0].steps) == 20
    assert runs.summary("fake-2").note == run.not_kept
    assert len(runs.open("fake-1").moments) == 2


def test_a_long_film_is_thinned_on_disk_too(tmp_path: Path) -> None:
    list(kept_run(tmp_path, steps=4000))
    moments = KeptRuns(tmp_path).open("fake-1").moments
    lines = (tmp_path / "fake-1" / MOMENTS).read_bytes().splitlines()
    assert len(lines) == len(moments) == 240
    assert (moments[0].step, moments[-1].step) == (10, 4000)


@pytest.mark.usefixtures("quick")
def test_a_long_film_stays_small_on_disk_while_it_grows(tmp_path: Path) -> None:
    run = kept_run(tmp_path, steps=1_000_000_000)
    for _ in range(60):
        run.advance(0.005)
        path = tmp_path / "fake-1" / MOMENTS
        assert not path.exists() or path.read_bytes().count(b"\n") < 1000
    run.stop()


def test_curves_that_are_too_long_are_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "REPORTS_BYTES", 0)
    list(kept_run(tmp_path))
    assert "longer than may be kept" in KeptRuns(tmp_path).summary("fake-1").note


def test_the_weights_of_a_stopped_run_are_kept_and_those_of_an_end_outside_a_study(
    tmp_path: Path,
) -> None:
    run = kept_run(tmp_path, GoingLab)
    run.advance()
    run.stop()
    state = load(tmp_path / "fake-1" / WEIGHTS)
    assert state.tensors["counter/weight"].tolist() == [1.0] * 3
    list(kept_run(tmp_path, GoingLab))
    kept = KeptRuns(tmp_path).summary("fake-2")
    assert (tmp_path / "fake-2" / WEIGHTS).exists() and kept.lookable and not kept.resumable
    of_a_study = begin("fake", {}, 3, find=find_fake, load=lambda name: GoingLab)
    of_a_study.keep(tmp_path, 3, "a-study")
    list(of_a_study)
    assert not (tmp_path / "fake-3" / WEIGHTS).exists()
    assert not KeptRuns(tmp_path).summary("fake-3").lookable


def test_weights_that_are_too_large_are_left_out_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "LARGEST", 0)
    kept_run(tmp_path, GoingLab).stop()
    assert not (tmp_path / "fake-1" / WEIGHTS).exists()
    kept = KeptRuns(tmp_path).summary("fake-1")
    assert "cannot go on later" in kept.note and not kept.resumable


@pytest.mark.usefixtures("quick")
def test_weights_are_written_while_it_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "FIRST", 0.0)
    monkeypatch.setattr(standing, "EVERY", 0.0)
    run = kept_run(tmp_path, GoingLab, steps=1_000_000_000)
    weights = tmp_path / "fake-1" / WEIGHTS

    def counted() -> float:
        run.advance()
        return float(load(weights).tensors["counter/weight"][0]) if weights.exists() else 0.0

    wait_for(counted)
    before = counted()
    wait_for(lambda: counted() > before)
    run.stop()


def test_where_keeping_would_cost_too_much_it_looks_less_often(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeper, "FREE", -1.0)
    monkeypatch.setattr(keeper, "SHARE", 0.0)
    list(kept_run(tmp_path, steps=10_000))
    opened = KeptRuns(tmp_path).open("fake-1")
    assert 100 < len(opened.curves[0].steps) < 1000
    assert opened.moments[-1].step == 10_000
    assert opened.kept.metrics == {"count": 10_000.0}


def test_files_are_what_they_are_said_to_be(tmp_path: Path) -> None:
    list(kept_run(tmp_path))
    place = tmp_path / "fake-1"
    assert sorted(os.listdir(place)) == [MOMENTS, REPORTS, SUMMARY]
    assert json.loads((place / SUMMARY).read_text())["format"] == FORMAT
    assert json.loads((place / REPORTS).read_text().splitlines()[0]) == [
        "counter",
        1,
        {"loss": 0.5},
    ]
    assert os.listdir(tmp_path) == ["fake-1"]
