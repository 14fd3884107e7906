"""What a finished run of a lab comes to, for people (chart and table) and for machines."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from typing import Any

from models.protocol import Finished
from models.specs.spec import LabSpec, Value
from models.versions import versions
from progress.settings import load
from tui.drawing.ink import Ink
from tui.drawing.training.results import columns, results
from tui.plain_text import wrap

WIDEST = 100
"""Columns beyond which a chart says no more."""
SIGNS = "⣿•×│█→–"
"""What charts and tables are made of, where the locale can print it."""


@dataclass(frozen=True)
class Outcome:
    """One finished run."""

    spec: LabSpec
    settings: dict[str, Value]
    seed: int
    result: Finished
    curves: dict[tuple[str, str], list[tuple[int, float]]]

    @property
    def turned(self) -> dict[str, Value]:
        """The knobs that stand elsewhere than their default."""
        return {k: v for k, v in self.settings.items() if v != self.spec.knob(k).default}

    def as_json(self) -> dict[str, Any]:
        """The run as one object with keys that stay."""
        return {
            "lab": self.spec.name,
            "seed": self.seed,
            "device": self.result.device,
            "steps": self.result.steps,
            "seconds": round(self.result.seconds, 3),
            "cpu_seconds": round(self.result.cpu_seconds, 3),
            "reached": self.result.reached,
            "goal": self.spec.goal,
            "control": {"claim": self.spec.control, "failed": self.result.control_failed},
            "metrics": dict(self.result.metrics),
            "run": {"id": self.result.kept, "knobs": self.settings, "versions": versions()},
        }

    def as_text(self) -> str:
        """Chart, table and verdict."""
        from tui.commands.lab_chart import chart, printed

        width, ink = paper()
        lines = chart(self.spec, self.curves, self.result.metrics, width, ink)
        picture = printed(lines, coloured=ink.kind == "colour" and sys.stdout.isatty())
        table = "\n".join([*columns(results(self.spec, self.result.metrics)), *self.legend()])
        said = "\n".join(line for text in self.verdict() for line in wrap(text, width))
        return "\n\n".join(part for part in (picture, ink.words(table), ink.words(said)) if part)

    def legend(self) -> list[str]:
        """What the columns of the table mean that are not shares of a whole."""
        said = []
        for column, head in self.spec.columns:
            of = (m for m in self.spec.metrics if m.name.rpartition(".")[2] == column)
            metric = next(of, None)
            if metric is not None and metric.form != "percent":
                said.append(f"{head}: {metric.means}")
        return said

    def verdict(self) -> list[str]:
        """Whether the claim held, whether the control failed, and what it took."""
        result = self.result
        if self.turned:
            came = "The claim is made for the knobs at their default, so it is not judged here."
        elif result.reached:
            came = "It held, and the control failed as it must."
        elif result.control_failed:
            came = "It did NOT hold in this run, though the control failed as it must."
        else:
            came = "The control did NOT fail in this run, so the claim would say nothing."
        return [f"Claim: {self.spec.goal}", f"Control: {self.spec.control}", came, self.took()]

    def took(self) -> str:
        """What it took, with what knobs, and what it is kept as."""
        result = self.result
        turned = "".join(f", {name} = {value}" for name, value in self.turned.items())
        kept = f" Kept as {result.kept}." if result.kept else ""
        work = f"{result.steps:,} {self.spec.counts} in {result.seconds:.1f} s"
        return (
            f"{work} ({result.cpu_seconds:.1f} s of CPU) on {result.device}, seed"
            f" {self.seed}{turned}.{kept}"
        )


def paper() -> tuple[int, Ink]:
    """How many columns there are to print on, and in which ink."""
    chosen = load()
    ink = Ink.choose(chosen.ink, chosen.markers)
    if not prints(sys.stdout.encoding, SIGNS):
        ink = Ink("ascii", "ascii")
    return min(shutil.get_terminal_size((80, 24)).columns, WIDEST), ink


def prints(encoding: str | None, signs: str) -> bool:
    """Whether a stream in this encoding can print these signs."""
    try:
        signs.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
