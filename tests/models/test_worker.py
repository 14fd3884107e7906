"""The worker: what it answers, when it leaves, and that nothing else reaches its stdout."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest

from models.framing import MAGIC
from models.protocol import (
    PROTOCOL,
    Advanced,
    Break,
    BreakWhen,
    Failed,
    Finished,
    Held,
    Moment,
    Pause,
    Probe,
    ProbeResult,
    Ready,
    Resume,
    SetKnob,
    Start,
    Started,
    StepOnce,
    Stop,
    Turned,
)
from models.run_here import begin
from models.worker import serve
from tests.support.fake_lab import find_fake, load_fake
from tests.support.peer import PATIENCE, Peer, pipe

ENDLESS = 1_000_000_000
READY = Ready(PROTOCOL, "CPU, 1 thread", 1, "3.11", "")


class Served(Peer):
    """A worker in a thread of this process, and the peer that asks it."""

    def __init__(self, idle: float = 600.0) -> None:
        requests, asking = pipe()
        hearing, replies = pipe()
        self.status: list[int] = []

        def work() -> None:
            self.status.append(
                serve(
                    requests,
                    replies,
                    begin=partial(begin, find=find_fake, load=load_fake),
                    introduce=lambda: READY,
                    idle=idle,
                )
            )
            replies.close()

        self.thread = threading.Thread(target=work, daemon=True)
        self.thread.start()
        super().__init__(asking, hearing)

    def start(self, run: str = "r1", **knobs: object) -> Started:
        """Start a run of the fake lab and wait for it to begin."""
        self.ask(Start(run, "fake", knobs, 0))
        return self.hear(Started, run=run)


@pytest.fixture
def worker() -> Iterator[Served]:
    served = Served()
    yield served
    served.hang_up()
    served.thread.join(PATIENCE)
    assert not served.thread.is_alive()


def test_it_greets_then_says_what_it_is(worker: Served) -> None:
    assert worker.hear(Ready) == READY
    assert worker.magic == MAGIC


def test_a_run_from_its_start_to_its_end(worker: Served) -> None:
    assert worker.start(steps=25).device == "CPU, 1 thread"
    finished = worker.hear(Finished)
    assert [r.step for r in worker.reports()] == list(range(1, 26))
    assert [m.step for m in worker.all if isinstance(m, Moment)] == [10, 20]
    assert finished.metrics == {"count": 25.0}
    assert finished.reached and finished.control_failed and not finished.stopped
    assert finished.steps == 25
    assert finished.seconds > 0


def test_nothing_comes_after_the_end(worker: Served) -> None:
    worker.start(steps=200)
    worker.hear(Finished)
    worker.ask(Pause("r1"), Resume("r1"), StepOnce("r1"), Stop("r1"), Probe("r1", 7, "count"))
    worker.hear(ProbeResult, id=7)
    assert isinstance(worker.all[-2], Finished)


def test_a_paused_run_stands_still_until_it_is_resumed(worker: Served) -> None:
    worker.start(steps=ENDLESS)
    worker.hear(Advanced)
    worker.ask(Pause("r1"), Probe("r1", 1, "count"), Probe("r1", 2, "count"))
    first = worker.hear(ProbeResult, id=1).values["count"]
    assert worker.hear(ProbeResult, id=2).values["count"] == first
    assert worker.reports()[-1].step == first
    worker.ask(Resume("r1"))
    worker.hear(Advanced)
    assert worker.reports()[-1].step > first


def test_one_step_at_a_time(worker: Served) -> None:
    worker.start(steps=ENDLESS)
    worker.ask(Pause("r1"), Probe("r1", 0, "count"))
    at = worker.hear(ProbeResult).values["count"]
    for step in range(at + 1, at + 25):  # over the looks, which are no steps
        worker.ask(StepOnce("r1"))
        assert [r.step for r in worker.hear(Advanced).reports] == [step]


def test_a_knob_turned_while_it_trains_is_kept_with_its_step(worker: Served) -> None:
    worker.start(steps=ENDLESS)
    worker.ask(Pause("r1"), Probe("r1", 0, "count"))
    at = worker.hear(ProbeResult).values["count"]
    worker.ask(SetKnob("r1", "rate", 1), StepOnce("r1"))
    report = worker.hear(Advanced).reports[0]
    assert report.metrics["loss"] == pytest.approx(1 / report.step)
    worker.ask(Stop("r1"))
    assert worker.hear(Finished).turned == [Turned(at, "rate", 1.0)]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("rate", 7, "must be a number from 0 to 1"),
        ("rate", "fast", "must be a number from 0 to 1"),
        ("rat", 0.5, "did you mean rate?"),
        ("hidden", 16, "While it trains you can turn rate."),
    ],
)
def test_a_wrong_turn_changes_nothing(worker: Served, name: str, value: object, said: str) -> None:
    worker.start(steps=ENDLESS)
    worker.ask(SetKnob("r1", name, value))
    failed = worker.hear(Failed)
    assert (failed.kind, failed.ended) == ("knob", False)
    assert said in failed.text
    worker.hear(Advanced)


def test_it_holds_at_the_very_report_that_meets_a_break_and_then_goes_on(worker: Served) -> None:
    worker.ask(
        Start("r1", "fake", {"steps": ENDLESS}, 0),
        Pause("r1"),
        Probe("r1", 0, "count"),
    )
    at = worker.hear(ProbeResult).values["count"] + 1000
    worker.ask(
        BreakWhen("r1", [Break("counter", "loss", False, 0.5 / at), Break("", "no", True, 0)]),
        Resume("r1"),
    )
    held = worker.hear(Held)
    assert (held.runner, held.metric, held.step) == ("counter", "loss", at)
    assert held.value == pytest.approx(0.5 / at)
    assert worker.reports()[-1].step == at, "everything up to there has been told before"
    worker.ask(Probe("r1", 1, "count"))
    assert worker.hear(ProbeResult, id=1).values["count"] == at, "and nothing came after it"
    worker.ask(Resume("r1"))
    worker.hear(Advanced)
    assert worker.reports()[-1].step > at


def test_breaks_that_cannot_be_are_refused_and_the_run_goes_on(worker: Served) -> None:
    worker.start(steps=ENDLESS)
    worker.ask(BreakWhen("r1", [Break("", "loss", False, 0.0)] * 21))
    failed = worker.hear(Failed)
    assert (failed.kind, failed.ended) == ("error", False)
    assert "at 20 places at most" in failed.text
    worker.hear(Advanced)


def test_stop_reports_what_there_is(worker: Served) -> None:
    worker.start(steps=ENDLESS)
    worker.hear(Advanced)
    worker.ask(Stop("r1"))
    finished = worker.hear(Finished)
    last = worker.reports()[-1]
    assert finished.stopped and not finished.reached
    assert finished.steps == last.step
    assert finished.metrics == {"counter.loss": last.metrics["loss"]}
    worker.ask(Probe("r1", 1, "count"))
    assert worker.hear(ProbeResult).values["count"] == last.step


def test_a_new_run_ends_the_old_one_and_silences_it(worker: Served) -> None:
    worker.start(steps=ENDLESS)
    worker.hear(Advanced)
    worker.start("r2", steps=ENDLESS)
    before = len(worker.all)
    worker.hear(Advanced)
    worker.ask(Stop("r1"))
    assert worker.hear(Failed).kind == "gone"
    assert {m.run for m in worker.all[before:] if not isinstance(m, Failed)} == {"r2"}


def test_a_probe_works_while_it_trains_and_answers_by_its_id(worker: Served) -> None:
    worker.start(steps=ENDLESS)
    worker.ask(Probe("r1", 41, "count", {"row": 3}))
    answer = worker.hear(ProbeResult)
    assert answer.id == 41
    count = answer.values["count"]
    assert answer.values == {"count": count, "row": 3}
    assert answer.arrays["row"].rows() == [[count] * 3] * 2


@pytest.mark.parametrize(
    ("run", "what", "kind"),
    [("r1", "nonsense", "error"), ("r0", "count", "gone"), ("r1", "memory", "memory")],
)
def test_a_failed_probe_leaves_the_run_alone(
    worker: Served, run: str, what: str, kind: str
) -> None:
    worker.start(steps=ENDLESS)
    worker.ask(Probe(run, 5, what))
    failed = worker.hear(Failed)
    assert (failed.id, failed.kind, failed.ended) == (5, kind, False)
    worker.hear(Advanced)


def test_a_probe_beside_a_run_that_is_not_there_says_so_and_the_next_is_answered(
    worker: Served,
) -> None:
    worker.start(steps=ENDLESS)
    worker.ask(Probe("r1", 6, "count", {}, ["fake-1"]), Probe("r1", 7, "count"))
    failed = worker.hear(Failed)
    assert (failed.id, failed.kind, failed.ended) == (6, "kept", False)
    assert worker.hear(ProbeResult).id == 7


@pytest.mark.parametrize(
    ("lab", "knobs", "device", "kind", "said"),
    [
        ("fak", {}, "auto", "knob", "did you mean fake?"),
        ("fake", {"stps": 1}, "auto", "knob", "did you mean steps?"),
        ("fake", {"hidden": 3}, "auto", "knob", "from 4 to 64 (no wider is needed)"),
        ("fake", {"hidden": "wide"}, "auto", "knob", "must be a whole number"),
        ("fake", {"hidden": 8.5}, "auto", "knob", "must be a whole number"),
        ("fake", {"rate": float("nan")}, "auto", "knob", "must be a number"),
        ("fake", {"trouble": "build"}, "auto", "memory", "more memory"),
    ],
)
def test_what_cannot_start_says_why(
    worker: Served, lab: str, knobs: dict, device: str, kind: str, said: str
) -> None:
    worker.ask(Start("r1", lab, knobs, 0, device))
    failed = worker.hear(Failed, run="r1")
    assert failed.kind == kind
    assert failed.ended
    assert said in failed.text
    worker.start("r2")  # and the worker goes on


def test_an_error_in_the_lab_ends_the_run_and_not_the_worker(
    worker: Served, capfd: pytest.CaptureFixture[str]
) -> None:
    worker.start(trouble="error", when=3)
    failed = worker.hear(Failed)
    assert failed.kind == "error"
    assert "the cheese was divided among no mice" in failed.text
    assert [r.step for r in worker.reports()] == [1, 2]
    assert "Traceback" in capfd.readouterr().err
    worker.start("r2")
    worker.hear(Finished, run="r2")


def test_too_little_memory_names_the_knob_to_turn(worker: Served) -> None:
    worker.start(trouble="memory", hidden=32)
    failed = worker.hear(Failed)
    assert failed.kind == "memory"
    assert "turn hidden down (it stands at 32; it may go to 4)" in failed.text
    worker.start("r2")


def test_a_loss_that_is_no_number_pauses_the_run_and_says_why(worker: Served) -> None:
    worker.start(trouble="nan", when=4, steps=50)
    failed = worker.hear(Failed)
    assert (failed.kind, failed.ended) == ("diverged", False)
    assert "At step 4 the loss of counter is no longer a number" in failed.text
    assert "rate stands at 0.5" in failed.text
    assert worker.reports()[-1].step == 4
    worker.ask(Probe("r1", 1, "count"))
    assert worker.hear(ProbeResult).values["count"] == 4
    worker.ask(Resume("r1"))  # whoever wants to go on all the same is let
    worker.hear(Finished)


def test_what_cannot_travel_ends_the_run_and_not_the_worker(worker: Served) -> None:
    worker.start(trouble="odd", steps=ENDLESS)
    assert "cannot travel" in worker.hear(Failed, run="r1").text
    worker.start("r2")
    worker.hear(Finished, run="r2")


@pytest.mark.parametrize("body", [b"", b"\xc1", b"\x80", b"\x81\xa4type\xa4Sing"])
def test_a_request_that_makes_no_sense_is_answered(worker: Served, body: bytes) -> None:
    worker.send(len(body).to_bytes(4, "big") + body)
    failed = worker.hear(Failed)
    assert (failed.run, failed.kind, failed.ended) == ("", "error", False)
    worker.start()


def test_an_oversized_announcement_ends_it_with_a_clear_message(
    capfd: pytest.CaptureFixture[str],
) -> None:
    worker = Served()
    worker.send(b"\xff\xff\xff\xff")
    failed = worker.hear(Failed)
    worker.thread.join(PATIENCE)
    assert "4,294,967,295 bytes was announced; the limit is 67,108,864" in failed.text
    assert "was announced" in capfd.readouterr().err
    assert worker.status == [2]


def test_it_leaves_when_it_has_nothing_to_do() -> None:
    worker = Served(idle=0.01)
    worker.hear_end()
    worker.thread.join(PATIENCE)
    assert worker.status == [0]


def test_a_paused_run_keeps_it_from_leaving() -> None:
    worker = Served(idle=0.05)
    worker.start(steps=ENDLESS)
    worker.ask(Pause("r1"))
    worker.thread.join(0.2)  # four times as long
    worker.ask(Probe("r1", 1, "count"))
    worker.hear(ProbeResult)
    worker.ask(Stop("r1"))
    worker.hear_end()
    worker.thread.join(PATIENCE)
    assert worker.status == [0]


def test_it_leaves_when_the_requests_end_while_it_trains() -> None:
    worker = Served()
    worker.start(steps=ENDLESS)
    worker.hang_up()
    worker.thread.join(PATIENCE)
    assert worker.status == [0]
