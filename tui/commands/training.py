"""A run of a lab trained here to its end and kept, with a progress bar."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from models.protocol import Report
from models.run import Run
from models.specs.catalog import LABS
from models.specs.spec import LabSpec
from models.troubles import Trouble
from progress import paths
from tui.commands.lab_meter import Meter
from tui.commands.lab_report import Outcome
from tui.commands.outcome import Failure


def trained(make: Callable[[], Run], spec: LabSpec, seed: int, *, quiet: bool) -> Outcome:
    """Train the run that `make` makes; the bar is drawn on stderr, if that is a terminal.

    Raises:
        Failure: if it cannot begin or go on, in plain words.
    """
    os.environ.setdefault("TORCH_CPP_LOG_LEVEL", "ERROR")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    shown = not quiet and sys.stderr.isatty()
    try:
        with Meter(sys.stderr, spec.name, shown=shown) as meter:
            run = make()
            settings = dict(run.settings)
            run.keep(paths.runs(), seed)
            if shown:
                print(f"On {run.why}", file=sys.stderr)
            reports = list(run.earlier.reports) if run.earlier else []
            try:
                for seen in run:
                    if isinstance(seen, Report):
                        meter.show(seen)
                        reports.append(seen)
            finally:
                run.stop()  # so that it is kept as stopped where it is not over
    except Trouble as trouble:
        if trouble.kind == "torch":
            rest = ", ".join(other.name for other in LABS.values() if not other.needs_torch)
            raise Failure(f"{trouble} Without it there are these labs: {rest}.") from None
        raise Failure(str(trouble)) from None
    if run.not_kept:
        print(run.not_kept, file=sys.stderr)
    curves: dict[tuple[str, str], list[tuple[int, float]]] = {}
    for report in reports:
        for metric, value in report.metrics.items():
            curves.setdefault((report.runner, metric), []).append((report.step, value))
    return Outcome(spec, settings, seed, run.finished(), curves)
