"""What a finished run of a lab comes to, for people (chart and table) and for machines."""

from __future__ import annotations

import math
import platform
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol

from models.specs.spec import LabSpec, Metric, Value

WIDEST = 100
"""Columns beyond which a chart says no more."""


class Result(Protocol):
    """What a lab leaves when it has ended."""

    metrics: dict[str, float]
    reached: bool
    control_failed: bool
    steps: int


@dataclass(frozen=True)
class Outcome:
    """One finished run."""

    spec: LabSpec
    settings: dict[str, Value]
    seed: int
    device: str
    result: Result
    seconds: float
    cpu_seconds: float
    curves: dict[tuple[str, str], list[tuple[int, float]]]

    @property
    def reached(self) -> bool:
        """Whether the claim held and its control failed, as it must."""
        return self.result.reached and self.result.control_failed

    @property
    def turned(self) -> dict[str, Value]:
        """The knobs that stand elsewhere than their default."""
        return {k: v for k, v in self.settings.items() if v != self.spec.knob(k).default}

    def as_json(self) -> dict[str, Any]:
        """The run as one object with keys that stay."""
        return {
            "lab": self.spec.name,
            "seed": self.seed,
            "device": self.device,
            "steps": self.result.steps,
            "seconds": round(self.seconds, 3),
            "cpu_seconds": round(self.cpu_seconds, 3),
            "reached": self.reached,
            "goal": {"claim": self.spec.goal, "held": self.result.reached},
            "control": {"claim": self.spec.control, "failed": self.result.control_failed},
            "metrics": dict(self.result.metrics),
            "run": {"knobs": self.settings, "versions": versions()},
        }

    def as_text(self) -> str:
        """Chart, table and verdict."""
        width = min(shutil.get_terminal_size((80, 24)).columns, WIDEST)
        from tui.commands.lab_chart import chart

        ascii_only = not prints(sys.stdout.encoding, "⣿•×│█")
        picture = chart(self.spec, self.curves, self.result.metrics, width, ascii_only)
        return "\n\n".join(part for part in (picture, table(self), self._verdict()) if part)

    def _verdict(self) -> str:
        """Whether the claim held, whether the control failed, and what it took."""
        held = "yes" if self.result.reached else "NO"
        failed = "yes" if self.result.control_failed else "NO"
        turned = ", ".join(f"{name} = {value}" for name, value in self.turned.items())
        lines = [
            f"The claim: {self.spec.goal}",
            f"  Held: {held}.",
            f"The control: {self.spec.control}",
            f"  So it was: {failed}.",
            f"{self.result.steps:,} steps in {self.seconds:.1f} s ({self.cpu_seconds:.1f} s of CPU)"
            f" on {self.device}, seed {self.seed}{', ' + turned if turned else ''}.",
        ]
        return "\n".join(lines)


def versions() -> dict[str, str]:
    """Of what the numbers of a run may depend on."""
    found = {"python": platform.python_version()}
    for package in ("grok-tui", "numpy", "torch"):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = ""
    return found


def prints(encoding: str | None, signs: str) -> bool:
    """Whether a stream in this encoding can print these signs."""
    try:
        signs.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def said(value: float, form: str) -> str:
    """A number in the form that its metric asks for."""
    if not math.isfinite(value):
        return "–"
    if form == "percent":
        return f"{value:.1%}"
    if form == "count":
        return f"{value:,.0f}"
    if form == "ratio":
        return f"{value:.2f}x"
    return f"{value:.3g}"


def table(outcome: Outcome) -> str:
    """The metrics: a row for each runner, a column for each thing that is measured."""
    forms = {metric.name: metric.form for metric in outcome.spec.metrics}
    cells: dict[str, dict[str, str]] = {}
    columns: dict[str, str] = {}
    for name, value in outcome.result.metrics.items():
        runner, _, what = name.rpartition(".")
        cells.setdefault(runner or outcome.spec.name, {})[what] = said(value, forms.get(name, ""))
        columns.setdefault(what, _meaning(outcome.spec.metrics, name))
    wide = {c: max(len(c), *(len(row.get(c, "")) for row in cells.values())) for c in columns}
    first = max(map(len, cells), default=0)
    rows = [" ".join(["".ljust(first), *(f"{c:>{wide[c] + 1}}" for c in columns)])]
    for runner, row in cells.items():
        rows.append(
            " ".join([runner.ljust(first), *(f"{row.get(c, ''):>{wide[c] + 1}}" for c in columns)])
        )
    legend = [f"{column}: {means}" for column, means in columns.items() if means]
    return "\n".join([*rows, "", *legend])


def _meaning(metrics: tuple[Metric, ...], name: str) -> str:
    return next((metric.means for metric in metrics if metric.name == name), "")
