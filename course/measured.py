"""What the authors' own runs measured: told, as theirs, to whoever cannot run a lab.

`grok-tui author check --run` writes it beside the lessons, one JSON object: for each bet the
branch that every seed decided for, and for each run its numbers, seed by seed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course.bets import Predict
from course.lock import digest

Value = float | int | str | bool
MEASURED_FILE = "measured.json"
HEAD = "Written by: grok-tui author check --run"


@dataclass(frozen=True)
class MeasuredRun:
    """One run of a lab on several seeds. `knobs` are those that stand off their defaults."""

    lab: str
    knobs: Mapping[str, Value]
    seeds: tuple[int, ...]
    metrics: Mapping[str, tuple[float | None, ...]]
    """Each number, in the order of the seeds; None where a run could not give it."""
    seconds: float
    """How long one core of the authors' machine took for a run, on average."""

    def of(self, seed: int) -> dict[str, float]:
        """The numbers of one seed."""
        place = self.seeds.index(seed)
        numbers = {name: values[place] for name, values in self.metrics.items()}
        return {name: value for name, value in numbers.items() if value is not None}


@dataclass(frozen=True)
class Measured:
    """Everything the authors measured."""

    bets: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Question id -> the branch that held on all seeds, and the digest of what was asked."""
    runs: tuple[MeasuredRun, ...] = ()

    def branch(self, bet: Predict) -> str:
        """How a bet came out for the authors; empty if it was not run as it stands now."""
        branch, asked = self.bets.get(bet.id, ("", ""))
        return branch if asked == digest(bet) else ""

    def run(self, lab: str, knobs: Mapping[str, Value]) -> MeasuredRun | None:
        """The authors' run of a lab with just these knobs off their defaults."""
        for run in self.runs:
            if (run.lab, dict(run.knobs)) == (lab, dict(knobs)):
                return run
        return None


def read_measured(*paths: Path) -> Measured:
    """What the files that exist say, taken together. A damaged file counts as none."""
    bets: dict[str, tuple[str, str]] = {}
    runs: list[MeasuredRun] = []
    for path in paths:
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            bets |= {name: (bet["branch"], bet["digest"]) for name, bet in found["bets"].items()}
            runs += [_run(entry) for entry in found["runs"]]
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    return Measured(bets, tuple(runs))


def write_measured(path: Path, measured: Measured) -> None:
    """Write what was measured, replacing what the file held."""
    bets = {
        name: {"branch": branch, "digest": asked}
        for name, (branch, asked) in sorted(measured.bets.items())
    }
    table = {"about": HEAD, "bets": bets, "runs": [_entry(run) for run in measured.runs]}
    path.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def merged(old: Measured, new: Measured, keep: Iterable[str]) -> Measured:
    """`new`, and of `old` the bets named in `keep` and the runs that `new` does not have.

    What was measured anew stays where it stood; runs that are new come last.
    """
    wanted = set(keep)
    bets = {name: bet for name, bet in old.bets.items() if name in wanted} | dict(new.bets)
    kept = [new.run(run.lab, run.knobs) or run for run in old.runs]
    added = [run for run in new.runs if old.run(run.lab, run.knobs) is None]
    return Measured(bets, (*kept, *added))


def _run(entry: Any) -> MeasuredRun:
    return MeasuredRun(
        entry["lab"],
        dict(entry["knobs"]),
        tuple(entry["seeds"]),
        {name: tuple(values) for name, values in entry["metrics"].items()},
        float(entry["seconds"]),
    )


def _entry(run: MeasuredRun) -> dict[str, object]:
    return {
        "lab": run.lab,
        "knobs": dict(run.knobs),
        "seeds": list(run.seeds),
        "seconds": round(run.seconds, 1),
        "metrics": {
            name: [None if value is None else float(f"{value:.6g}") for value in values]
            for name, values in run.metrics.items()
        },
    }
