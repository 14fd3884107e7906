"""What the learner's own runs have measured: the numbers that the lessons speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.bets import Predict
from course.lesson import RunRef
from progress import events
from progress.journal import Journal

if TYPE_CHECKING:
    from models.protocol import Finished
    from models.specs.spec import Value
    from tui.lab_run import LabRun


def off_default(ref: RunRef) -> dict[str, Value]:
    """The knobs that a lesson sets elsewhere than the lab's default, as values."""
    from models.specs.catalog import find_lab

    spec = find_lab(ref.lab)
    given = {name: spec.knob(name).parse(text) for name, text in ref.knobs.items()}
    return {name: value for name, value in given.items() if value != spec.knob(name).default}


@dataclass
class OwnRuns:
    """The latest run of each lab and knobs, as the record has it."""

    journal: Journal

    def metrics(self, ref: RunRef, *, free: bool = False) -> dict[str, float] | None:
        """What the learner's latest run of a lab with these knobs measured.

        With `free` also one that was played before a bet on it was placed.
        """
        run = self.journal.record.latest_run(ref.lab, off_default(ref), free=free)
        return None if run is None else run["metrics"]

    def seed(self, ref: RunRef, *, free: bool = False) -> int:
        """What that run began from; 0 where there was none."""
        run = self.journal.record.latest_run(ref.lab, off_default(ref), free=free)
        return 0 if run is None else run["seed"]

    def seconds(self, lab: str, knobs: Mapping[str, Value]) -> float | None:
        """How long the latest run took that had just these knobs off their defaults, here."""
        run = self.journal.record.latest_run(lab, knobs, free=True)
        return None if run is None else run["seconds"]

    def has_run(self, lab: str) -> bool:
        """Whether a run of this lab came to its end, with whatever knobs."""
        return any(run["lab"] == lab for run in self.journal.record.runs)

    def keep(self, run: LabRun, result: Finished) -> None:
        """Write down what a run came to; it is what the lessons then speak of."""
        self.journal.append(
            events.RunFinished(
                lab=run.spec.name,
                knobs=run.off_default,
                seed=run.seed,
                metrics=result.metrics,
                reached=result.reached,
                device=result.device,
                seconds=result.seconds,
                steps=result.steps,
                free=run.free,
            )
        )

    def measured(self, name: str) -> float | None:
        """The number called `run.LAB.METRIC`, from the learner's latest default run."""
        _, lab, metric = name.split(".", 2)
        found = self.metrics(RunRef(lab))
        return None if found is None else found.get(metric)

    def all_measured(self) -> dict[str, float]:
        """Every number of the latest default runs, by its name `run.LAB.METRIC`."""
        from models.specs.catalog import LABS

        return {
            f"run.{lab}.{metric}": value
            for lab in LABS
            for metric, value in (self.metrics(RunRef(lab)) or {}).items()
        }

    def outcome(self, question: Predict) -> str:
        """The branch that the learner's own run decided for.

        Empty when there is no such run, or one that did not measure what the bet is about.
        """
        run = self.metrics(question.run)
        baseline = self.metrics(question.baseline) if question.baseline else None
        if run is None or (question.baseline is not None and baseline is None):
            return ""
        from course.runs import OutcomeProblem, outcome

        try:
            return outcome(question, run, baseline)
        except OutcomeProblem:
            return ""
