"""What the interface costs the training beside it: rate, messages, and memory."""

from __future__ import annotations

import asyncio
import json
import math
import os
import shlex
import signal
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from benchmarks.lab_lesson import ID, write_lesson
from benchmarks.program import PATIENCE, QUIT, Program, environment, peak_memory, python, until
from benchmarks.result import Measure, Reading, Target
from benchmarks.waits import need_run_queue
from benchmarks.worker import STEP
from models import protocol
from tui.worker_link import WorkerLink

PAIRS = 36
SPELL = 0.6
"""Seconds for which the interface is awake, and then asleep, in each pair."""
WAKING = 0.1
"""The beginning of a spell that does not count: the interface catches up with what it missed."""
REPORTED = {"mouse": 10.0, "letters": 10.0}
"""Labs whose reports are weighed, and for how many seconds at most."""
GROWING = 10.0
"""Seconds of training after which the interface has as much memory as it will have."""


def course(lessons: Path, *arguments: str, run_by: str = "tui") -> list[str]:
    """The command that opens the course on a lab."""
    return python(run_by, "--lesson", ID, "--lessons", str(lessons), *arguments)


def training_rate() -> Mapping[str, Reading]:
    """The training rate while the interface draws, divided by that while it is held still and so
    takes nothing: the mean of pairs of spells, with two standard errors. Waits for a processor do
    not count. A design that trains in a thread of the interface shows about 0.93."""
    need_run_queue()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        notes = home / "steps"
        worker = shlex.join(python("benchmarks.worker", "steps", str(notes)))
        lessons = write_lesson(home)
        command = course(lessons, "--worker", worker, run_by="benchmarks.stoppable")
        awake, asleep = [], []
        with Program(command, environment(home)) as program:
            program.until("start")
            program.type("\r")
            until(lambda: notes.exists() and notes.stat().st_size > 20 * STEP.size)
            for _ in range(PAIRS):
                awake.append(_spell())
                os.kill(program.pid, signal.SIGSTOP)
                asleep.append(_spell())
                os.kill(program.pid, signal.SIGCONT)
            program.type(QUIT)
            program.end()
        steps = list(STEP.iter_unpack(notes.read_bytes()))
    ratios = [rate(steps, *a) / rate(steps, *b) for a, b in zip(awake, asleep, strict=True)]
    error = statistics.stdev(ratios) / math.sqrt(len(ratios))
    return {"training-rate": Reading(statistics.mean(ratios), 2 * error)}


def _spell() -> tuple[float, float]:
    """Let some time pass; from when to when it counts."""
    began = time.monotonic()
    time.sleep(SPELL)
    return began + WAKING, time.monotonic()


def rate(steps: list[tuple[float, float]], begin: float, end: float) -> float:
    """Steps a second between two times, without the time that was spent waiting to run."""
    inside = [(at, waited) for at, waited in steps if begin <= at <= end]
    (first, waited_first), (last, waited_last) = inside[0], inside[-1]
    return (len(inside) - 1) / (last - first - (waited_last - waited_first))


def reporting_share() -> Mapping[str, float]:
    """The share of the worker's CPU time, in percent, that goes into encoding and sending what it
    reports; of two labs, one with long steps and one with short ones, the worse. A design that
    sends its numbers as JSON shows 3.4."""
    shares = [asyncio.run(_share(lab, seconds)) for lab, seconds in REPORTED.items()]
    return {"reporting-share": 100 * max(shares)}


async def _share(lab: str, seconds: float) -> float:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        command = python("benchmarks.worker", "reporting", str(book))
        ended, started = asyncio.Event(), asyncio.Event()

        def hear(reply: protocol.Reply) -> None:
            if isinstance(reply, protocol.Started):
                started.set()
            if isinstance(reply, protocol.Finished | protocol.Failed):
                ended.set()

        link = WorkerLink(command, Path(folder) / "log", on_reply=hear)
        await link.send(protocol.Start("run", lab, {}, 0, "cpu"))
        try:
            await asyncio.wait_for(started.wait(), PATIENCE)
            try:
                await asyncio.wait_for(ended.wait(), seconds)
            except TimeoutError:
                await link.send(protocol.Stop("run"))
                await asyncio.wait_for(ended.wait(), PATIENCE)
        finally:
            await link.close()
        account = json.loads(book.read_text("utf-8"))
        return float(account["reporting"] / account["all"])


def memory() -> Mapping[str, float]:
    """The interface's peak memory after some training in its worker, divided by that without a
    worker. A design that trains in the interface's own process shows 6.9."""
    return {"memory": _peak() / _peak("--worker", "sleep 600")}


def _peak(*arguments: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with Program(course(write_lesson(home), *arguments), environment(home)) as program:
            program.until("start")
            program.type("\r")
            if not arguments:
                program.until("training the mouse")
            time.sleep(GROWING)
            held = peak_memory(program.pid)
            program.type(QUIT)
            program.end()
    return held


MEASURES = (
    Measure((Target("memory", 1.3),), memory),
    Measure((Target("training-rate", 0.97, least=True),), training_rate),
    Measure((Target("reporting-share", 0.5),), reporting_share),
)
