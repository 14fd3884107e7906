"""How long the interface's event loop is held up while torch is imported and while it trains."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.lab_lesson import write_lesson
from benchmarks.program import Program, environment, python
from benchmarks.result import Measure, Target
from benchmarks.waits import need_run_queue, percentile

IMPORTS = 3
"""Imports of each kind. One in a thread goes before, which reads torch from the disk."""

Lags = Mapping[str, list[float]]


def watched(what: str) -> Lags:
    """What `inside` finds, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        told = home / "told"
        command = python("benchmarks.inside", what, str(write_lesson(home)), str(told))
        with Program(command, environment(home)) as program:
            program.end()
        found: Lags = json.loads(told.read_text("utf-8"))
        return found


def import_stall() -> Mapping[str, float]:
    """The longest time that the interface's loop stands still while the worker imports torch,
    divided by the same while a thread of the interface imports it; waits for a processor do not
    count. A design that imports torch in its own process, in a thread or not, shows 1 or more."""
    need_run_queue()
    watched("thread")
    ratios = [
        max(watched("worker")["importing"]) / max(watched("thread")["importing"])
        for _ in range(IMPORTS)
    ]
    return {"import-stall": statistics.median(ratios)}


def loop_lag() -> Mapping[str, float]:
    """How late the interface's loop wakes while a network trains, in all but one of a hundred
    cases: in milliseconds, and divided by the same while nothing trains and the interface draws
    the same curves in the same rhythm; waits for a processor do not count. A design that draws too
    much at a time shows more than 16 ms; one that trains in its own process shows spikes of the
    length of an operation that keeps Python's lock."""
    need_run_queue()
    found = watched("lag")
    training, idle = (percentile(found[name], 0.99) for name in ("training", "idle"))
    return {"lag-training": training / idle, "lag-ms": training * 1000}


MEASURES = (
    Measure((Target("import-stall", 0.5),), import_stall),
    Measure((Target("lag-training", 2.0), Target("lag-ms", 16.0)), loop_lag),
)
