"""What a benchmark reports: one number and how large, or how small, it may be."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Result(NamedTuple):
    """`ok` says whether `value` is within `limit`."""

    name: str
    value: float
    limit: float
    ok: bool

    @property
    def line(self) -> str:
        """For people."""
        verdict = "ok" if self.ok else "MISS"
        return f"{self.name:<22}{_said(self.value):>10}{_said(self.limit):>8}  {verdict}"

    @property
    def json(self) -> str:
        """One JSON object; a value that could not be measured is null."""
        value = self.value if math.isfinite(self.value) else None
        return json.dumps({"name": self.name, "value": value, "limit": self.limit, "ok": self.ok})


class Reading(NamedTuple):
    """A measured value, and by how much it may be off."""

    value: float
    margin: float = 0.0


@dataclass(frozen=True)
class Target:
    """A number that is to be within a limit: at most that, or with `least` at least."""

    name: str
    limit: float
    least: bool = False

    def judge(self, measured: float | Reading) -> Result:
        """Whether the target is met; what could be within the margin of it is."""
        value, margin = measured if isinstance(measured, Reading) else (measured, 0.0)
        met = value + margin >= self.limit if self.least else value - margin <= self.limit
        return Result(self.name, float(f"{value:.4g}"), self.limit, met)


@dataclass(frozen=True)
class Measure:
    """Targets that are measured together. What `take` is called with is nothing; its docstring
    says what is measured, and what a design that fails it would show."""

    targets: tuple[Target, ...]
    take: Callable[[], Mapping[str, float | Reading]]


class NotHere(Exception):
    """This machine cannot measure that; the text says why."""


def _said(value: float) -> str:
    if not math.isfinite(value):
        return "-"
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1000 else f"{value:.3g}"
