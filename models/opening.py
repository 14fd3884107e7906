"""How a run is begun that the interface asks for, and what the worker says of that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from models.opened import curves_of
from models.protocol import Moment, Reply, Start, Started
from models.resuming import go_on
from models.run import Run
from models.runs import KeptRuns, RunProblem
from models.specs.spec import Value

Begin = Callable[[str, dict[str, Value], int, str], Run]
"""Lab, knobs, seed and device -> a run of it."""


def begun(request: Start, begin: Begin, runs: Path | None) -> Run:
    """The run that is asked for, new or gone on with; kept below `runs`, if there is such a place.

    Raises:
        Trouble: if it cannot begin, or cannot go on.
        Exception: whatever else goes wrong in its lab.
    """
    if request.resume and runs is None:
        raise RunProblem("This worker keeps no runs, so there is none to go on with.")
    run = begin(request.lab, request.knobs, request.seed, request.device)
    if runs is not None and request.resume:
        go_on(run, request.seed, KeptRuns(runs), request.resume)
    if runs is not None and request.keep:
        run.keep(runs, request.seed, request.study)
    return run


def stand_beside(run: Run, others: Sequence[str], begin: Begin, runs: Path | None) -> None:
    """Let kept runs of its lab stand beside a run, as they ended: a probe may take parts of them.

    Raises:
        Trouble: if one is not kept any more, is of another lab, or its networks are not there.
    """
    for name in others:
        if name in run.beside:
            continue
        if runs is None:
            raise RunProblem("This worker keeps no runs, so there is none to take anything from.")
        kept = KeptRuns(runs).summary(name)
        if kept.lab != run.spec.name:
            raise RunProblem(f"{name} is a run of the lab {kept.lab}, not of {run.spec.name}.")
        other = begin(kept.lab, kept.knobs, kept.seed, run.place)
        go_on(other, kept.seed, KeptRuns(runs), name)
        run.beside[name] = other.lab


def what_is_said(request: Start, run: Run) -> Iterator[Reply]:
    """That it has begun; and of one that goes on, where, and what there had been to see."""
    started = Started(request.run, run.device, request.seed)
    if run.earlier is None:
        yield started
        return
    reports = ((r.runner, r.step, r.metrics) for r in run.earlier.reports)
    yield msgspec.structs.replace(started, step=run.earlier.step, earlier=curves_of(reports))
    for moment in run.earlier.moments:
        yield Moment(request.run, moment.runner, moment.step, moment.name, moment.data)
