"""Whether an answer that was said to be saved is ever lost."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from benchmarks.program import PATIENCE, ROOT, environment, python
from benchmarks.result import Measure, Target
from progress.journal import Journal

UNTIL_KILLED = ROOT / "tests" / "progress" / "answer_until_killed.py"
KILLED, TOGETHER = 100, 4
WRITERS, ANSWERS = 2, 200
FULL = "64k"
"""The size of a disk that is soon full."""

Saved = tuple[str, int]
"""A session, and the number of an event of it."""


def killed() -> Mapping[str, float]:
    """Answers lost that were said to be saved, over 100 processes that answer and are each killed
    in the middle of it. A design that writes its file anew loses all of them."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "journals"
        counts = (str(KILLED), str(TOGETHER))
        told = _output([sys.executable, "-I", "-S", str(UNTIL_KILLED), str(folder), *counts])
        last = [line.split() for line in told.splitlines()]
        if len(last) != KILLED:
            raise RuntimeError(f"{len(last)} processes told what they saved")
        # Each answer follows a page turn, so the answers have the even numbers.
        saved = [(name, n) for name, most in last for n in range(2, int(most) + 1, 2)]
        return {"lost-killed": lost(folder, saved)}


def two_writers() -> Mapping[str, float]:
    """Answers lost that were said to be saved, when two processes answer at the same time. A
    design that keeps everything in one file loses those of the one that writes first."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "journals"
        command = python("benchmarks.answering", str(folder), str(ANSWERS))
        writers = [_start(command) for _ in range(WRITERS)]
        saved = [one for writer in writers for one in _saved(_end(writer))]
        if len(saved) != WRITERS * ANSWERS:
            raise RuntimeError(f"only {len(saved)} answers were said to be saved")
        return {"lost-two-writers": lost(folder, saved)}


def full_disk() -> Mapping[str, float]:
    """Answers lost that were said to be saved on a disk that is full after a while: a real one in
    memory where we may mount that, else one that pretends. A design that cuts its file to nothing
    before it writes loses all of them."""
    with tempfile.TemporaryDirectory() as place:
        command = python("benchmarks.answering", f"{place}/disk/journals", "--until-full")
        mounted = f'mkdir "{place}/disk" && mount -t tmpfs -o size={FULL} none "{place}/disk"'
        room = ["unshare", "-rm", "sh", "-c"]
        real = (
            shutil.which("unshare")
            and not subprocess.run([*room, mounted], capture_output=True, check=False).returncode
        )
        if real:
            shutil.rmtree(f"{place}/disk")
            command = [*room, mounted + ' && exec "$@"', "sh", *command]
        else:
            command += ["--pretend"]
        return {"lost-full-disk": float(_output(command))}


def lost(folder: Path, saved: Iterable[Saved]) -> int:
    """How many of these answers the journals in a folder do not hold."""
    with Journal(folder) as journal:
        kept = {(event["session"], event["n"]) for event in journal.record.histories["q"]}
    return sum(one not in kept for one in saved)


def _saved(told: str) -> list[Saved]:
    """What a process says that it saved: its session, then numbers."""
    session, *numbers = told.split()
    return [(session, int(number)) for number in numbers]


def _start(command: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(Path.home()),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _end(process: subprocess.Popen[str]) -> str:
    told, trouble = process.communicate(timeout=PATIENCE)
    if process.returncode:
        raise RuntimeError(trouble)
    return told


def _output(command: list[str]) -> str:
    return _end(_start(command))


MEASURES = (
    Measure((Target("lost-killed", 0),), killed),
    Measure((Target("lost-two-writers", 0),), two_writers),
    Measure((Target("lost-full-disk", 0),), full_disk),
)
