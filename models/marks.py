"""How far the runners of a run have come."""

from __future__ import annotations

from models.protocol import Report
from models.troubles import LOSS, ran_away


class Marks:
    """The last report of each runner, and its last step that changed its weights."""

    def __init__(self) -> None:
        self.last: Report | None = None
        """The last report of all."""
        self._latest: dict[str, Report] = {}
        self._learned: dict[str, int] = {}

    def add(self, report: Report) -> None:
        """Take a report."""
        self.last = self._latest[report.runner] = report
        if LOSS in report.metrics:
            self._learned[report.runner] = report.step

    @property
    def steps(self) -> dict[str, int]:
        """The step that each runner has reached."""
        return {runner: report.step for runner, report in self._latest.items()}

    @property
    def made(self) -> int:
        """Changes of weights, of all runners together; of a run without any, steps."""
        return sum((self._learned or self.steps).values())

    @property
    def metrics(self) -> dict[str, float]:
        """The last numbers of each runner, as `runner.metric`."""
        return {
            f"{runner}.{name}": value
            for runner, report in self._latest.items()
            for name, value in report.metrics.items()
        }

    @property
    def lost(self) -> bool:
        """Whether the loss of a runner is no finite number any more."""
        return any(map(ran_away, self._latest.values()))
