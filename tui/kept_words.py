"""A kept run in a few words, also where its lab has changed since, or is gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from models.kept import Kept
from models.specs.catalog import LABS
from models.specs.spec import LabSpec, Series, Value
from tui.drawing.training.results import said

Curves = Mapping[tuple[str, str], Sequence[tuple[int, float]]]
NUMBERS = 2
"""How many of a lab's columns are told in a line."""


def is_known(kept: Kept) -> bool:
    """Whether this version of the course has its lab."""
    return kept.lab in LABS


def spec_of(kept: Kept) -> LabSpec:
    """The lab of a run; where there is none of that name any more, one that knows no more."""
    known = LABS.get(kept.lab)
    if known is not None:
        return known
    return LabSpec(kept.lab, f"the lab {kept.lab}", "", (), (), "", "", 0)


def with_numbers(spec: LabSpec, metrics: Mapping[str, float], curves: Curves) -> LabSpec:
    """A lab that nobody knows any more, with the curves and numbers that its run has."""
    parts = [name.rpartition(".") for name in metrics]
    return replace(
        spec,
        runners=tuple((name, name) for name in dict.fromkeys(runner for runner, _, _ in parts)),
        columns=tuple((name, name) for name in dict.fromkeys(last for _, _, last in parts)),
        series=tuple(Series(r, m, f"{r} {m}") for r, m in curves),
        log_scale=False,
    )


def so_far(spec: LabSpec, curves: Curves) -> dict[str, float]:
    """The last numbers of a run that has no result, by the names that results have."""
    return {
        metric if runner == spec.name else f"{runner}.{metric}": points[-1][1]
        for (runner, metric), points in curves.items()
        if points
    }


def known_knobs(spec: LabSpec, kept: Kept) -> dict[str, Value]:
    """The knobs of a run that its lab still has."""
    names = {knob.name for knob in spec.knobs}
    return {name: value for name, value in kept.knobs.items() if name in names}


def off_default(kept: Kept) -> dict[str, Value]:
    """The knobs that stood elsewhere than their default is today; all of a lab that is gone."""
    usual = {knob.name: knob.default for knob in spec_of(kept).knobs}
    return {name: value for name, value in kept.knobs.items() if usual.get(name) != value}


def when(kept: Kept) -> str:
    """When it began, by the clock of this machine."""
    try:
        return datetime.fromisoformat(kept.began).astimezone().strftime("%Y-%m-%d %H:%M")
    except (ValueError, OverflowError, OSError):
        return kept.began[:16]


def ended(kept: Kept) -> str:
    """How it ended, in a few words. The claim is made for the knobs at their default."""
    if kept.state == "finished" and off_default(kept):
        return "finished"
    if kept.state == "finished":
        return "reached" if kept.reached else "not reached"
    at = f"at {100 * min(1.0, max(0.0, kept.fraction)):.0f} %"
    return f"still going, {at}" if kept.state == "going" else f"{kept.state} {at}"


def first_numbers(kept: Kept) -> str:
    """The first columns of its lab, for the first who runs in it, by name where it has one."""
    spec, numbers = spec_of(kept), kept.numbers
    if kept.state != "finished" or not spec.runners:
        return ""
    runner, called = spec.runners[0]
    forms = {metric.name: metric.form for metric in spec.metrics}
    told = []
    for column, head in spec.columns:
        name = f"{runner}.{column}" if runner else column
        if name in numbers:
            told.append(f"{head} {said(numbers[name], forms.get(name, 'number'))}")
    numbers_told = ", ".join(told[:NUMBERS])
    return f"{called}: {numbers_told}" if runner and numbers_told else numbers_told
