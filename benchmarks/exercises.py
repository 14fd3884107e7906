"""Checking an exercise: what that costs besides running the versions that are compared.

Run by itself: one process that has imported torch and checks every exercise, as the app's does.
Printed are ratios, as JSON.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.program import PATIENCE, ROOT, environment, python
from benchmarks.result import Measure, Target
from models.checks import examiner
from models.exercises.blank import blank_of
from models.exercises.catalog import EXERCISES
from models.exercises.examined import RIGHT, Examined

ROUNDS, STARTS = 5, 3
STARTED = "attention"
"""The exercise for which a process is started, too."""

Request = dict[str, Any]


def checks() -> Mapping[str, float]:
    """CPU time of checking every exercise once torch is there, divided by that of the same work
    without a process, a folder and limits for each; and seconds until a check is answered, divided
    by those of a process that is started for it. A design that imports torch for every check shows
    more than 20 and 1."""
    told = subprocess.run(
        python("benchmarks.exercises"),
        cwd=ROOT,
        env=environment(Path.home()),
        stdout=subprocess.PIPE,
        timeout=PATIENCE,
        check=True,
    )
    found: dict[str, float] = json.loads(told.stdout)
    return found


def checked(request: Request, folder: Path) -> tuple[float, float]:
    """CPU seconds, and seconds by the clock, of a check by a child of this process."""
    cpu, clock = _cpu(), time.monotonic()
    _see_right(examiner.check(request, folder))
    return _cpu() - cpu, time.monotonic() - clock


def worked(request: Request) -> float:
    """CPU seconds of the same work, done by this process."""
    from models.checks.examination import examine

    cpu = _cpu()
    _see_right(examine(EXERCISES[request["exercise"]], request["code"]))
    return _cpu() - cpu


def started(request: Request) -> float:
    """Seconds by the clock of a check by a process that is started for it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-P", "-m", "models.checks.examiner", "--once", folder]
        clock = time.monotonic()
        subprocess.run(command, cwd=ROOT, input=json.dumps(request).encode(), check=True)
        return time.monotonic() - clock


def _see_right(found: Examined) -> None:
    if found.kind != RIGHT:
        raise RuntimeError(f"a right answer was found to be {found.kind}: {found.told}")


def _cpu() -> float:
    """Seconds of this process and of all that it waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main() -> None:
    """Check and work by turns."""
    requests = [
        {"exercise": one.name, "code": blank_of(one).reference} for one in EXERCISES.values()
    ]
    first = next(one for one in requests if one["exercise"] == STARTED)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for request in requests:  # torch, and what it makes at the first use of anything
            checked(request, folder)
            worked(request)
        cpu = statistics.median(
            sum(checked(one, folder)[0] for one in requests) / sum(map(worked, requests))
            for _ in range(ROUNDS)
        )
        warm = statistics.median(checked(first, folder)[1] / started(first) for _ in range(STARTS))
    print(json.dumps({"check-cpu": cpu, "check-warm": warm}))


MEASURES = (Measure((Target("check-cpu", 2.0), Target("check-warm", 0.1)), checks),)

if __name__ == "__main__":
    main()
