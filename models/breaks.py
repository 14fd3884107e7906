"""Breakpoints: where a run is to hold, each once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from models.protocol import Break, Report
from models.troubles import Trouble

MOST = 20
"""Breakpoints that a run may have."""


class Met(NamedTuple):
    """A breakpoint that a report has met."""

    runner: str
    metric: str
    step: int
    value: float


class Breaks:
    """The breakpoints of a run, and those that were met and not yet told of."""

    def __init__(self) -> None:
        self._waiting: list[Break] = []
        self._met: list[Met] = []

    def replace(self, breaks: Sequence[Break]) -> None:
        """Have these and no others.

        Raises:
            Trouble: if they are too many, or one of them can never be met.
        """
        if len(breaks) > MOST:
            raise Trouble("error", f"A run holds at {MOST} places at most, not at {len(breaks)}.")
        for one in breaks:
            if not math.isfinite(one.value):
                raise Trouble("error", f"{one.metric} cannot reach {one.value}: choose a number.")
        self._waiting = list(breaks)

    def meets(self, report: Report) -> bool:
        """Whether the run is to hold at this report; what it meets is spent."""
        if not self._waiting:
            return False
        met = {}
        for number, one in enumerate(self._waiting):
            value = _measured(one, report)
            if value is not None and (value >= one.value if one.above else value <= one.value):
                met[number] = Met(report.runner, one.metric, report.step, float(value))
        self._met += met.values()
        self._waiting = [one for number, one in enumerate(self._waiting) if number not in met]
        return bool(met)

    def take(self) -> list[Met]:
        """What was met since the last time."""
        met, self._met = self._met, []
        return met


def _measured(one: Break, report: Report) -> float | None:
    """What a breakpoint waits for, as a report has it; None where it does not."""
    if one.runner not in ("", report.runner):
        return None
    return report.step if one.metric == "step" else report.metrics.get(one.metric)
