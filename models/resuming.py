"""What a kept run can be gone on from, read with suspicion."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from models.checkpoint import Checkpoint, load, number_in
from models.checkpoint_file import CheckpointError
from models.film import Frame
from models.kept import Kept, Turned
from models.opened import Moment, moment_of, report_of
from models.protocol import Report
from models.run_files import LARGEST, MOMENTS, REPORTS, WEIGHTS, lines_of, start_of
from models.runs import KeptRuns, RunProblem
from models.specs.spec import Value
from models.standing import steps_in
from models.troubles import LOSS

if TYPE_CHECKING:
    from models.run import Run


class Earlier(NamedTuple):
    """A kept run as far as its weights stand."""

    kept: Kept
    weights: Checkpoint
    reports: list[Report]
    film: list[Frame]
    turned: list[Turned]
    seconds: float
    cpu_seconds: float

    @property
    def step(self) -> int:
        """The last step that was reported of a change of weights; 0 if there was none."""
        return next((r.step for r in reversed(self.reports) if LOSS in r.metrics), 0)

    @property
    def moments(self) -> list[Moment]:
        """What had been shown."""
        return [moment for frame in self.film if (moment := moment_of(frame.line))]


def earlier(runs: KeptRuns, run: str, lab: str, knobs: Mapping[str, Value], seed: int) -> Earlier:
    """A kept run that another one with these settings is to go on from.

    From the end of a run nothing is trained any more: its networks are there again, to be looked
    into, and judged once more.

    Raises:
        RunProblem: if it cannot, in plain words.
    """
    kept = runs.summary(run)
    closed = "" if kept.lookable else why_not(kept)
    if why := closed or _apart(kept, lab, knobs, seed):
        raise RunProblem(why)
    place = runs.place(run)
    try:
        weights = load(place / WEIGHTS)
        told = {name: number_in(weights.about, "run", name) for name in _TOLD}
        reports = _reports(place, int(told["reports"]))
    except (CheckpointError, OSError, ValueError):
        raise RunProblem(
            f"The weights of {run} are damaged or of another version of the course: it runs again "
            "from its start, and makes the same curve."
        ) from None
    return Earlier(
        kept,
        weights,
        reports,
        _film(place, steps_in(weights.about)),
        kept.turned[: int(told["turned"])],
        told["seconds"],
        told["cpu_seconds"],
    )


def go_on(run: Run, seed: int, runs: KeptRuns, kept: str) -> None:
    """Let a run that has just been made go on from where a kept one stood.

    Raises:
        RunProblem: if it cannot, in plain words.
    """
    found = earlier(runs, kept, run.spec.name, run.settings, seed)
    try:
        run.go_on(found)
    except CheckpointError:
        raise RunProblem(_changed(kept, run.spec.name)) from None


_TOLD = ("reports", "turned", "seconds", "cpu_seconds")


def why_not(kept: Kept) -> str:
    """Why a run cannot be gone on from, as a sentence; empty if it can."""
    if kept.state == "going":
        return f"{kept.id} is still going."
    if kept.state == "finished":
        return (
            f"{kept.id} is finished. With more steps it would be another run, whose learning rate "
            "falls over all of them: that one begins at its start."
        )
    if kept.state == "failed":
        return f"{kept.id} failed, and would fail again: it can only run from its start."
    if not kept.resumable:
        return f"{kept.id} was kept without weights to go on from: it can only run from its start."
    return ""


def _apart(kept: Kept, lab: str, knobs: Mapping[str, Value], seed: int) -> str:
    """What keeps these settings from being those of the run; empty if nothing does."""
    if kept.lab != lab:
        return f"{kept.id} is a run of the lab {kept.lab}, not of {lab}."
    if kept.seed != seed:
        return f"{kept.id} has the seed {kept.seed}, not {seed}, and can go on with that alone."
    for name in sorted({*kept.knobs, *knobs}):
        before, now = kept.knobs.get(name), knobs.get(name)
        if before is None or now is None:
            return _changed(kept.id, lab)
        if before != now:
            return f"{kept.id} has {name} = {before}, not {now}, and can go on with that alone."
    return ""


def _changed(kept: str, lab: str) -> str:
    return f"The lab {lab} has changed since {kept} was trained: it runs again from its start."


def _reports(place: Path, size: int) -> list[Report]:
    """What had been reported when so many bytes were written.

    Raises:
        ValueError: if the file holds fewer, or none.
    """
    data = start_of(place / REPORTS, LARGEST)[: max(0, size)]
    if len(data) != size or data[-1:] not in (b"", b"\n"):
        raise ValueError("the reports end before the weights")
    found = (report_of(line) for line in data.splitlines())
    return [
        Report(runner, "", step, step, 0.0, metrics)
        for runner, step, metrics in filter(None, found)
    ]


def _film(place: Path, steps: Mapping[str, int]) -> list[Frame]:
    """What had been shown by then; of all runners together what the last of them has come to."""
    frames, slowest = [], min(steps.values(), default=-1)
    for line in lines_of(place / MOMENTS):
        moment = moment_of(line)
        if moment and moment.step <= steps.get(moment.runner, -1 if moment.runner else slowest):
            frames.append(Frame(moment.runner, moment.step, moment.name, line))
    return frames
