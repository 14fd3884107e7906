"""What it costs a training to be kept, filmed and able to go on later."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.result import Measure, Target

if TYPE_CHECKING:
    from models.labs.lab import Lab, Look
    from models.protocol import Report

KEPT: dict[str, dict[str, Any]] = {
    "letters": {"steps": 1500},
    "recall": {"steps": 300},
    "recurrence": {"steps": 150},
}
"""Labs and their knobs: short steps with many reports, and films of weights and of states."""


def keeping_share() -> Mapping[str, float]:
    """The share of a training's CPU time, in percent, that goes into keeping it: reports, film and
    weights written, and the looks that are filmed. The worst of three labs. A design that writes
    weights all the time shows 35."""
    return {"keeping-share": 100 * max(share(lab, knobs) for lab, knobs in KEPT.items())}


def share(name: str, knobs: dict[str, Any]) -> float:
    """That share for one lab."""
    from models.run_here import begin, load_lab

    filmed: list[float] = []
    run = begin(name, knobs, 0, "cpu", load=lambda lab: _watched(load_lab(lab), filmed))
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        run.keep(Path(folder), 0)
        for _ in run:
            pass
        whole = time.process_time() - began
        assert run.keeper is not None
        return (sum(filmed) + run.keeper.cpu_seconds) / whole


def _watched(lab: type[Lab], filmed: list[float]) -> type[Lab]:
    """The same lab, noting what each of its looks costs."""
    from models.labs.lab import Look

    class Watched(lab):  # type: ignore[valid-type,misc]
        def train(self) -> Iterator[Report | Look]:
            units = super().train()
            while True:
                began = time.thread_time()
                unit = next(units, None)
                if unit is None:
                    return
                if isinstance(unit, Look):
                    filmed.append(time.thread_time() - began)
                yield unit

    return Watched


MEASURES = (Measure((Target("keeping-share", 5.0),), keeping_share),)
