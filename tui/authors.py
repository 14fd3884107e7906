"""What the authors' own runs measured: told, as theirs, where a lab cannot run here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from course.bets import Predict
from course.catalog import Catalog

if TYPE_CHECKING:
    from course.measured import Measured, MeasuredRun
    from models.specs.spec import Value


class Authors:
    """The files that stand beside the lessons, read when one of them is first asked for."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    @cached_property
    def _measured(self) -> Measured:
        from course.measured import MEASURED_FILE, read_measured

        homes = dict.fromkeys(Path(one.path).parent for one in self._catalog.lessons.values())
        course = Path(self._catalog.path).parent
        return read_measured(*(home / MEASURED_FILE for home in (course, *homes)))

    def branch(self, bet: Predict) -> str:
        """How a bet came out on every seed; empty if it was not run as it stands now."""
        return self._measured.branch(bet)

    def run(self, lab: str, knobs: Mapping[str, Value]) -> MeasuredRun | None:
        """The run of a lab with just these knobs off their defaults."""
        return self._measured.run(lab, knobs)

    def numbers(self) -> dict[str, float]:
        """The first seed of every default run, by names such as `run.mouse.arrival`."""
        return {
            f"run.{run.lab}.{name}": value
            for run in self._measured.runs
            if not run.knobs
            for name, value in run.of(run.seeds[0]).items()
        }


def seeds_told(bet: Predict) -> str:
    """The seeds of a bet in words."""
    first, last = bet.seeds[0], bet.seeds[-1]
    if len(bet.seeds) == 1:
        return f"with seed {first}"
    if list(bet.seeds) == list(range(first, last + 1)):
        return f"with the seeds {first} to {last}"
    return f"with the seeds {', '.join(map(str, bet.seeds))}"
