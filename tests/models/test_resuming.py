"""A run that was stopped or killed goes on from its weights, as if it had never stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from models.kept import Turned
from models.opened import Opened
from models.protocol import Failed, Finished, Moment, Ready, Report, Start, Started
from models.resuming import go_on
from models.run import Run
from models.run_files import MOMENTS, REPORTS, WEIGHTS
from models.run_here import begin, resume
from models.runs import KeptRuns, RunProblem
from models.seen import line_of
from models.worker import serve
from tests.support.fake_lab import FakeLab, GoingLab, find_fake
from tests.support.peer import Peer, pipe

ROOT = Path(__file__).parents[2]
LETTERS = {"steps": 400, "width": 8, "length": 5, "control": False}
KILLED = """
import json, sys
from pathlib import Path
import torch
from models import keeper, standing
from models.run_here import begin
torch.set_num_threads(1)
keeper.PERIOD, keeper.FREE = 0.01, 1e9
standing.FIRST, standing.EVERY, standing.SHARE = 0.0, 0.0, 1.0
run = begin("letters", json.loads(sys.argv[2]), 1)
run.keep(Path(sys.argv[1]), 1)
weights = Path(sys.argv[1]) / "letters-1" / "weights.safetensors"
for number, seen in enumerate(run):
    if number > 100 and weights.exists():
        print("there", flush=True)
        sys.stdin.read()
"""


def fake(seed: int = 3, lab: type[FakeLab] = GoingLab, **knobs: Any) -> Run:
    return begin("fake", knobs, seed, find=find_fake, load=lambda name: lab)


def stopped_after(folder: Path, made: int, **knobs: Any) -> Run:
    """A kept run that was stopped after some steps."""
    run = fake(**knobs)
    run.keep(folder, 3)
    while run.marks.steps.get("counter", 0) < made:
        run.advance()
    run.stop()
    return run


def gone_on(folder: Path, kept: str, **knobs: Any) -> Run:
    """A run that goes on from a kept one, to its end, kept beside it."""
    run = fake(**knobs)
    go_on(run, 3, KeptRuns(folder), kept)
    run.keep(folder, 3)
    list(run)
    return run


def curve(opened: Opened, metric: str = "loss") -> dict[int, float]:
    (found,) = (c for c in opened.curves if c.metric == metric)
    return dict(zip(found.steps, found.values, strict=True))


def test_it_goes_on_where_it_stood_and_its_curves_and_film_are_whole(tmp_path: Path) -> None:
    whole = fake(steps=40)
    whole.keep(tmp_path / "other", 3)
    list(whole)
    stopped_after(tmp_path, 25, steps=40)
    runs = KeptRuns(tmp_path)
    assert runs.summary("fake-1").resumable
    run = gone_on(tmp_path, "fake-1", steps=40)
    again, straight = runs.open(run.kept), KeptRuns(tmp_path / "other").open("fake-1")
    assert (again.kept.id, again.kept.resumed, again.kept.state) == ("fake-2", "fake-1", "finished")
    assert curve(again) == curve(straight)
    assert again.moments == straight.moments
    assert (again.kept.steps, again.kept.metrics) == (40, {"count": 40.0})
    assert runs.summary("fake-1").state == "stopped", "the one it went on from stays as it was"


def test_what_was_shown_of_all_runners_together_is_there_as_far_as_all_had_come(
    tmp_path: Path,
) -> None:
    stopped_after(tmp_path, 25, steps=40)
    with (tmp_path / "fake-1" / MOMENTS).open("ab") as film:
        for step in (10, 39):
            film.write(line_of("", step, "reach", {"reach": {"counter": [1.0]}}) + b"\n")
    again = KeptRuns(tmp_path).open(gone_on(tmp_path, "fake-1", steps=40).kept)
    assert [one.step for one in again.moments if one.name == "reach"] == [10]


def test_what_it_took_before_counts_too(tmp_path: Path) -> None:
    before = stopped_after(tmp_path, 5)
    run = fake()
    go_on(run, 3, KeptRuns(tmp_path), "fake-1")
    assert run.seconds > before.seconds and run.cpu_seconds > before.cpu_seconds
    assert run.finished().steps == 5


def test_knobs_turned_on_the_way_stay_turned_and_are_told_of(tmp_path: Path) -> None:
    run = fake(steps=20)
    run.keep(tmp_path, 3)
    run.advance()
    run.turn("rate", 0.25)
    run.advance()
    run.stop()
    again = gone_on(tmp_path, "fake-1", steps=20)
    kept = KeptRuns(tmp_path).open(again.kept)
    assert kept.kept.turned == again.finished().turned == [Turned(1, "rate", 0.25)]
    assert kept.kept.knobs["rate"] == 0.5
    assert curve(kept)[3] == pytest.approx(0.25 / 3)


def test_a_killed_run_of_a_lab_goes_on_bit_by_bit(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(tmp_path), json.dumps(LETTERS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdin and process.stdout
    assert process.stdout.readline() == b"there\n"
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdin.close()
    process.stdout.close()
    runs = KeptRuns(tmp_path)
    kept = runs.summary("letters-1")
    assert (kept.state, kept.resumable) == ("cut short", True)
    run = resume(runs, "letters-1")
    run.keep(tmp_path, 1)
    list(run)
    straight: dict[int, float] = {}
    for seen in begin("letters", LETTERS, 1):
        if isinstance(seen, Report) and "loss" in seen.metrics:
            straight[seen.step] = seen.metrics["loss"]
    assert curve(runs.open(run.kept)) == straight
    runs.delete("letters-1")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda place: (place / WEIGHTS).unlink(), "without weights to go on from"),
        (lambda place: (place / WEIGHTS).write_bytes(b"rubbish"), "weights of fake-1 are damaged"),
        (
            lambda place: (place / REPORTS).write_bytes(b"rubbish\n"),
            "weights of fake-1 are damaged",
        ),
    ],
)
def test_what_is_missing_or_damaged_is_said(tmp_path: Path, spoil: Any, said: str) -> None:
    stopped_after(tmp_path, 5)
    spoil(tmp_path / "fake-1")
    with pytest.raises(RunProblem, match=said):
        gone_on(tmp_path, "fake-1")


def test_only_the_same_lab_knobs_and_seed_go_on(tmp_path: Path) -> None:
    stopped_after(tmp_path, 5, hidden=16)
    runs = KeptRuns(tmp_path)
    with pytest.raises(RunProblem, match="fake-1 has hidden = 16, not 8, and can go on with that"):
        go_on(fake(), 3, runs, "fake-1")
    with pytest.raises(RunProblem, match="fake-1 has steps = 10, not 20"):
        go_on(fake(hidden=16, steps=20), 3, runs, "fake-1")
    with pytest.raises(RunProblem, match="fake-1 has the seed 3, not 4"):
        go_on(fake(hidden=16), 4, runs, "fake-1")
    with pytest.raises(RunProblem, match="a run of the lab fake, not of mice"):
        go_on(begin("mice", {"mazes": 50}, 3), 3, runs, "fake-1")
    with pytest.raises(RunProblem, match="no kept run 'fake-7'"):
        go_on(fake(), 3, runs, "fake-7")


def test_a_run_that_has_ended_or_goes_does_not_go_on(tmp_path: Path) -> None:
    runs = KeptRuns(tmp_path)
    going = fake(steps=1000)
    going.keep(tmp_path, 3)
    assert going.kept == "fake-1"
    with pytest.raises(RunProblem, match="fake-1 is still going"):
        go_on(fake(steps=1000), 3, runs, "fake-1")
    going.stop()
    list(gone_on(tmp_path, "fake-1", steps=1000))
    assert not runs.summary("fake-2").resumable
    with pytest.raises(RunProblem, match="fake-2 is finished"):
        resume(runs, "fake-2")


def test_from_the_end_of_a_run_its_networks_are_there_again_and_nothing_is_trained(
    tmp_path: Path,
) -> None:
    run = begin("letters", LETTERS, 1)
    run.keep(tmp_path, 1)
    list(run)
    assert KeptRuns(tmp_path).summary("letters-1").lookable
    seen, _ = run.probe("attention", {"when": "after"})
    again = begin("letters", LETTERS, 1)
    go_on(again, 1, KeptRuns(tmp_path), "letters-1")
    reports = [one for one in again if isinstance(one, Report)]
    assert not any("loss" in report.metrics for report in reports)
    assert again.finished().metrics == run.finished().metrics
    then, _ = again.probe("attention", {"when": "after"})
    assert (then["weights"] == seen["weights"]).all()


def test_a_lab_that_gives_no_weights_does_not_go_on(tmp_path: Path) -> None:
    run = fake(lab=FakeLab)
    run.keep(tmp_path, 3)
    run.advance()
    run.stop()
    assert not KeptRuns(tmp_path).summary("fake-1").resumable
    with pytest.raises(RunProblem, match="without weights to go on from"):
        gone_on(tmp_path, "fake-1")


def test_weights_of_a_loss_that_ran_away_are_not_kept(tmp_path: Path) -> None:
    stopped_after(tmp_path, 5, trouble="nan", when=4)
    assert not KeptRuns(tmp_path).summary("fake-1").resumable


class Served(Peer):
    """A worker in a thread of this process that keeps its runs, and the peer that asks it."""

    def __init__(self, folder: Path) -> None:
        requests, asking = pipe()
        hearing, replies = pipe()

        def work() -> None:
            serve(
                requests,
                replies,
                begin=partial(begin, find=find_fake, load=lambda name: GoingLab),
                introduce=lambda: Ready(3, "CPU", 1, "3.11", ""),
                runs=folder,
            )
            replies.close()

        threading.Thread(target=work, daemon=True).start()
        super().__init__(asking, hearing)


def test_the_worker_says_what_there_had_been_to_see_and_goes_on(tmp_path: Path) -> None:
    stopped_after(tmp_path, 25, steps=40)
    worker = Served(tmp_path)
    worker.ask(Start("r1", "fake", {"steps": 40}, 3, resume="fake-1"))
    started = worker.hear(Started)
    assert started.step == 25
    (before,) = started.earlier
    assert (before.runner, before.metric, before.steps) == ("counter", "loss", [*range(1, 26)])
    done = worker.hear(Finished)
    assert [report.step for report in worker.reports()] == list(range(26, 41))
    assert [m.step for m in worker.all if isinstance(m, Moment)] == [10, 20, 30, 40]
    assert (done.kept, done.steps) == ("fake-2", 40)
    assert KeptRuns(tmp_path).summary("fake-2").resumed == "fake-1"
    worker.hang_up()


def test_the_worker_refuses_in_plain_words_and_is_ready_for_the_next(tmp_path: Path) -> None:
    stopped_after(tmp_path, 5)
    worker = Served(tmp_path)
    worker.ask(Start("r1", "fake", {"hidden": 16}, 3, resume="fake-1"))
    failed = worker.hear(Failed)
    assert (failed.run, failed.kind, failed.ended) == ("r1", "kept", True)
    assert "fake-1 has hidden = 8, not 16" in failed.text
    worker.ask(Start("r2", "fake", {}, 3))
    worker.hear(Finished, run="r2")
    worker.hang_up()
