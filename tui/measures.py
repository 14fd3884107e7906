"""What of a lab can be drawn while it trains: its losses, and how often each runner is right."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from models.specs.spec import LabSpec

Curves = Mapping[tuple[str, str], Sequence[tuple[int, float]]]
"""Steps and values by runner and metric, as a run reports them."""


@dataclass(frozen=True)
class Line:
    """One curve: which runner's and of what, and what it is called. `of_first` says that it is
    the first that its runner has."""

    runner: str
    metric: str
    label: str
    of_first: bool = True


@dataclass(frozen=True)
class Measure:
    """Something that a chart can show of every runner. Lines of all measures of a lab stand in the
    same order, so that a runner keeps its mark."""

    title: str
    lines: tuple[Line, ...]
    percent: bool = False


def who(spec: LabSpec, runner: str) -> str:
    """What a runner is called in tables and sentences."""
    named = dict(spec.runners)
    own = named.get("", "") if runner == spec.name else ""
    labels = (one.label for one in spec.series if one.runner == runner)
    return named.get(runner) or own or next(labels, runner)


def share_of(spec: LabSpec) -> tuple[str, str]:
    """The metric that says how often a runner is right, and its head; empty where none does."""
    forms = {metric.name.rpartition(".")[2]: metric.form for metric in spec.metrics}
    return next((one for one in spec.columns if forms.get(one[0]) == "percent"), ("", ""))


@cache
def measures(spec: LabSpec) -> tuple[Measure, ...]:
    """The losses first; then the share that is right, in a lab that trains something."""
    if not spec.series:
        return ()
    seen: set[str] = set()
    losses, shares = [], []
    metric, head = share_of(spec)
    for one in spec.series:
        first = one.runner not in seen
        seen.add(one.runner)
        losses.append(Line(one.runner, one.metric, one.label, first))
        label = who(spec, one.runner) if first else one.label
        shares.append(Line(one.runner, metric if first else "", label, first))
    found = [Measure("loss", tuple(losses))]
    if metric:
        found.append(Measure(f"{head}, in %", tuple(shares), percent=True))
    return tuple(found)


def levels(spec: LabSpec, measure: Measure) -> dict[str, float]:
    """The lines that a chart of a measure draws to compare with, those of chance included."""
    found: dict[str, float] = {}
    metric, scale = (share_of(spec)[0], 100.0) if measure.percent else ("loss", 1.0)
    if not measure.percent and spec.chance:
        found["guessing"] = spec.chance[1]
    if measure.percent and who(spec, "chance") != "chance":
        found["guessing"] = scale * guessing(spec)
    return found | {one.name: scale * one.value for one in spec.levels if one.metric == metric}


def guessing(spec: LabSpec) -> float:
    """The share that is right by chance, as far as the loss of guessing tells: 0 where not."""
    return math.exp(-spec.chance[1]) if spec.chance else 0.0
