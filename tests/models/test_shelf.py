"""A worker that keeps its runs: what it says of them, and what is left when it goes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import shelf
from models.framing import FrameError
from models.protocol import (
    Advanced,
    Delete,
    Deleted,
    Failed,
    Finished,
    Listed,
    Moment,
    Open,
    Opened,
    Runs,
    Start,
    Started,
    Stop,
)
from models.run_here import begin
from models.runs import KeptRuns
from tests.support.fake_lab import find_fake, load_fake
from tests.support.peer import PATIENCE, Peer

ROOT = Path(__file__).parents[2]
FAKE = [sys.executable, str(ROOT / "tests" / "support" / "fake_worker.py")]
ENDLESS = 1_000_000_000


class Keeping(Peer):
    """A worker process that keeps its runs, and the peer that asks it."""

    def __init__(self, folder: Path) -> None:
        self.process = subprocess.Popen(
            [*FAKE, "--keep", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert self.process.stdin and self.process.stdout
        self.runs = KeptRuns(folder)
        super().__init__(self.process.stdin, self.process.stdout)

    def train(self, run: str = "r1", **knobs: object) -> Finished:
        """A whole run."""
        self.ask(Start(run, "fake", knobs, 7))
        return self.hear(Finished, run=run)

    def state(self, run: str) -> str:
        return self.runs.summary(run).state


@pytest.fixture
def worker(tmp_path: Path) -> Iterator[Keeping]:
    keeping = Keeping(tmp_path / "runs")
    yield keeping
    keeping.process.kill()
    keeping.process.wait()


def test_a_run_that_is_only_looked_into_is_not_kept(worker: Keeping) -> None:
    worker.ask(Start("r1", "fake", {"steps": 3}, 7, keep=False))
    assert not worker.hear(Finished, run="r1").kept
    worker.ask(Runs(1))
    assert not worker.hear(Listed).runs


def test_every_run_is_kept_listed_opened_and_deleted(worker: Keeping) -> None:
    assert worker.train(steps=20).kept == "fake-1"
    assert worker.train("r2", steps=30, rate=0.25).kept == "fake-2"
    worker.ask(Runs(1), Open(2, "fake-2"), Delete(3, "fake-1"), Runs(4))
    listed = worker.hear(Listed, id=1)
    assert [kept.id for kept in listed.runs] == ["fake-2", "fake-1"]
    opened = worker.hear(Opened, id=2)
    assert (opened.kept.seed, opened.kept.knobs["rate"]) == (7, 0.25)
    assert opened.curves[0].steps == list(range(1, 31))
    assert opened.moments[0] == Moment("", "counter", 10, "ten", {"path": [1, 10]})
    assert worker.hear(Deleted, id=3).kept == "fake-1"
    assert [kept.id for kept in worker.hear(Listed, id=4).runs] == ["fake-2"]


def test_a_run_of_a_study_is_kept_with_it_and_stands_back(worker: Keeping) -> None:
    before = os.getpriority(os.PRIO_PROCESS, worker.process.pid)
    for name in ("r1", "r2"):
        worker.ask(Start(name, "fake", {"steps": 3}, 7, study="lengths"))
        worker.hear(Finished, run=name)
    assert [worker.runs.summary(f"fake-{n}").study for n in (1, 2)] == ["lengths"] * 2
    assert os.getpriority(os.PRIO_PROCESS, worker.process.pid) == min(19, before + 10)


def test_asked_while_it_trains_it_answers_and_goes_on(worker: Keeping) -> None:
    worker.ask(Start("r1", "fake", {"steps": ENDLESS}, 0), Runs(1))
    worker.hear(Started)
    worker.hear(Listed)
    worker.hear(Advanced)
    worker.ask(Delete(2, "fake-1"))
    assert "still going" in worker.hear(Failed, id=2).text
    worker.hear(Advanced)


@pytest.mark.parametrize("kept", ["fake-9", "", "../../etc", "\x1b[2J"])
def test_a_run_that_is_not_there_is_a_sentence(worker: Keeping, kept: str) -> None:
    worker.ask(Open(1, kept), Delete(2, kept))
    for number in (1, 2):
        failed = worker.hear(Failed, id=number)
        assert (failed.kind, failed.ended, failed.run) == ("kept", False, "")
        assert "There is no kept run" in failed.text
        assert failed.text.isprintable()


def test_stopped_failed_and_replaced_runs_are_kept_as_such(worker: Keeping) -> None:
    worker.ask(Start("r1", "fake", {"steps": ENDLESS}, 0))
    worker.hear(Advanced)
    worker.ask(Stop("r1"))
    assert worker.hear(Finished).kept == "fake-1"
    worker.ask(Start("r2", "fake", {"trouble": "error"}, 0))
    worker.hear(Failed)
    worker.ask(Start("r3", "fake", {"steps": ENDLESS}, 0))
    worker.hear(Advanced, run="r3")
    worker.train("r4")
    states = [worker.state(f"fake-{number}") for number in range(1, 5)]
    assert states == ["stopped", "failed", "stopped", "finished"]


def test_when_the_requests_end_the_run_is_kept_as_stopped(worker: Keeping) -> None:
    worker.ask(Start("r1", "fake", {"steps": ENDLESS}, 0))
    worker.hear(Advanced)
    worker.hang_up()
    assert worker.process.wait(2.0) == 0
    assert worker.state("fake-1") == "stopped"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_killed_worker_leaves_a_run_cut_short(worker: Keeping, how: signal.Signals) -> None:
    worker.ask(Start("r1", "fake", {"steps": ENDLESS}, 0))
    worker.hear(Advanced)
    worker.ask(Runs(1))
    while not worker.hear(Listed).runs:
        worker.ask(Runs(1))
    worker.process.send_signal(how)
    worker.process.wait(PATIENCE)
    assert worker.state("fake-1") == "cut short"


def test_two_workers_share_a_folder(worker: Keeping, tmp_path: Path) -> None:
    other = Keeping(tmp_path / "runs")
    worker.ask(Start("a", "fake", {"steps": ENDLESS}, 0))
    worker.hear(Advanced)
    other.train("b")
    other.ask(Runs(1))
    states = {kept.id: kept.state for kept in other.hear(Listed).runs}
    assert sorted(states.values()) == ["finished", "going"]
    other.hang_up()
    other.process.wait(PATIENCE)


def test_a_disk_that_takes_nothing_is_said_once_and_the_run_goes_on(tmp_path: Path) -> None:
    (tmp_path / "runs").write_text("in the way")
    worker = Keeping(tmp_path / "runs")
    done = worker.train(steps=5000)
    assert (done.reached, done.kept) == (True, "")
    said = [m for m in worker.all if isinstance(m, Failed)]
    assert [(f.run, f.kind, f.ended) for f in said] == [("r1", "kept", False)]
    assert "This run is not kept, because" in said[0].text
    worker.hang_up()
    assert worker.process.wait(PATIENCE) == 0


def test_a_worker_without_a_folder_says_so() -> None:
    failed = shelf.answer(Runs(3), None)
    assert isinstance(failed, Failed)
    assert (failed.id, failed.text) == (3, "This worker keeps no runs.")


def test_a_run_too_large_to_travel_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = begin("fake", {}, 3, find=find_fake, load=load_fake)
    run.keep(tmp_path, 3)
    list(run)

    def too_large(_: object) -> bytes:
        raise FrameError("a message of 100,000,000 bytes is over the limit")

    monkeypatch.setattr(shelf, "frame", too_large)
    failed = shelf.answer(Open(1, "fake-1"), tmp_path)
    assert isinstance(failed, Failed)
    assert "over the limit" in failed.text
