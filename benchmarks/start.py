"""From the command to the first picture of the map: CPU time, and what is loaded by then."""

from __future__ import annotations

import statistics
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from pathlib import Path

from benchmarks.history import write_history
from benchmarks.program import QUIT, ROOT, Program, environment, python, until
from benchmarks.result import Measure, Target

ROUNDS = 11
"""Pairs of starts."""


def move_in(home: Path) -> None:
    """Start once and leave, so that what is kept for later starts is there."""
    home.mkdir(exist_ok=True)
    with Program(python("tui"), environment(home)) as program:
        program.until("quit")
        until(lambda: list(home.rglob("lessons.json")))
        program.type(QUIT)
        program.end()


def until_first_paint(home: Path) -> tuple[float, str]:
    """CPU seconds until the map is drawn, for who lives in `home`; which heavy modules it took."""
    title = tomllib.loads((ROOT / "course" / "course.toml").read_text("utf-8"))["title"]
    told = home / "told"
    command = python("benchmarks.first_paint", str(told), title, "quit")
    with Program(command, environment(home)) as program:
        program.end()
    return program.cpu_seconds, told.read_text()


def _importing_textual(home: Path) -> float:
    """CPU seconds of a Python that imports textual.app and nothing else."""
    only = [sys.executable, "-c", "import os, textual.app; os._exit(0)"]
    with Program(only, environment(home)) as program:
        program.end()
    return program.cpu_seconds


def start_of_the_app() -> Mapping[str, float]:
    """CPU time from the command to the first picture of the map, divided by that of `import
    textual.app` alone; and how many of torch, numpy and plotext are loaded by then. A design that
    imports torch at its start shows about 7; one that imports every screen at its start, or reads
    every lesson, shows more with every lesson that is written."""
    with tempfile.TemporaryDirectory() as folder:
        home, ratios = Path(folder), []
        move_in(home)
        for _ in range(ROUNDS):
            seconds, heavy = until_first_paint(home)
            ratios.append(seconds / _importing_textual(home))
    return {"start-cpu": statistics.median(ratios), "start-modules": len(heavy.split())}


def start_with_history() -> Mapping[str, float]:
    """CPU time to the first picture with 300 journals and 20,000 events, divided by that with
    none. A design that decodes every event before it draws shows about 2 and grows with every
    sitting."""
    with tempfile.TemporaryDirectory() as folder:
        new, old = Path(folder) / "new", Path(folder) / "old"
        write_history(old, journals=300, count=20_000)
        for home in (new, old):
            move_in(home)
        ratios = [until_first_paint(old)[0] / until_first_paint(new)[0] for _ in range(ROUNDS)]
    return {"start-history": statistics.median(ratios)}


MEASURES = (
    Measure((Target("start-cpu", 1.6), Target("start-modules", 0)), start_of_the_app),
    Measure((Target("start-history", 1.4),), start_with_history),
)
