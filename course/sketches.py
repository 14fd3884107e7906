"""Predictions that are drawn: how their settings are read, and what a drawing is worth."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from course.bets import Mark, Sketch
from course.fences import Fence, Setting
from course.lesson import RunRef
from course.problems import Problems, did_you_mean
from course.settings import read_number, read_run, read_seeds

MOST = 12
"""So many values a curve may be drawn over: more have no room for their numbers."""
STEP = "step"
"""What a curve goes over that is drawn as it trains."""
FORMS = ("percent", "number", "count")

_MEASURE = re.compile(r"(?:[a-z]\w*\.)?[a-z]\w*\*?")


@dataclass(frozen=True)
class Gaps:
    """How far a drawing was from what was measured, where that was measured."""

    each: Mapping[float, float]
    """By x: measured less drawn. A single number has x = 0."""

    @property
    def mean(self) -> float:
        """How far off it was on average, never negative."""
        return sum(map(abs, self.each.values())) / len(self.each)

    @property
    def farthest(self) -> float:
        """The x at which it was farthest off."""
        return max(self.each, key=lambda x: abs(self.each[x]))


def places(sketch: Sketch) -> tuple[float, ...]:
    """Where numbers are drawn: the values of x, or 0 alone for a single number."""
    return sketch.xs or (0.0,)


def fits(sketch: Sketch, answer: Any) -> bool:
    """Whether an answer is a drawing of this sketch: a number in its range for each place."""
    low, high = sketch.range
    return (
        isinstance(answer, list | tuple)
        and len(answer) == len(places(sketch))
        and all(
            isinstance(one, int | float) and not isinstance(one, bool) and low <= one <= high
            for one in answer
        )
    )


def gaps(sketch: Sketch, drawn: Sequence[float], measured: Mapping[float, float]) -> Gaps | None:
    """The gaps at every place that was measured; None if none was."""
    pairs = zip(places(sketch), drawn, strict=True)
    each = {x: measured[x] - y for x, y in pairs if x in measured and math.isfinite(measured[x])}
    return Gaps(each) if each else None


def read_sketch(fence: Fence, common: dict[str, Any], explanation: str, found: Problems) -> Sketch:
    """The sketch in a fence."""
    run, study = fence.one("run"), fence.one("study")
    if (run is None) == (study is None):
        found.report(fence.line, "{sketch} needs either :run: or :study:")
    measure, seeds = fence.one("measure"), fence.one("seeds")
    if measure and not _MEASURE.fullmatch(measure.value):
        found.report(measure.line, f"“{measure.value}”: expected RUNNER.METRIC")
    over, xs = _over(fence, found)
    span = _range(fence.one("range"), found)
    form = fence.one("form")
    if form and form.value not in FORMS:
        found.report(form.line, f"“{form.value}”: {did_you_mean(form.value, FORMS)}")
    return Sketch(
        **common,
        run=read_run(run.value, run.line, found) if run else RunRef(""),
        study=study.value if study else "",
        measure=measure.value if measure else "",
        over=over,
        xs=xs,
        range=span,
        form=form.value if form else "percent",
        marks=tuple(mark for one in fence.all("mark") if (mark := _mark(one, span, found))),
        seeds=read_seeds(seeds, found) if seeds else (0,),
        explanation=explanation,
    )


def _over(fence: Fence, found: Problems) -> tuple[str, tuple[float, ...]]:
    """What a curve goes over, and its values; nothing for a single number."""
    over = fence.one("over")
    if over is None:
        measure = fence.one("measure")
        if measure and measure.value.endswith("*"):
            found.report(measure.line, "a * needs the values: expected `:over: WORD 1 2 3`")
        if study := fence.one("study"):
            found.report(study.line, "a study is drawn over its knob: expected `:over: KNOB 1 2 3`")
        return "", ()
    name, *values = over.value.split()
    measure = fence.one("measure")
    by_value = measure is not None and measure.value.endswith("*")
    if by_value and (fence.one("study") is not None or name == STEP):
        found.report(
            over.line, "a * stands for values at which one run measures: `:over: WORD 1 2`"
        )
    elif fence.one("study") is None and name != STEP and not by_value:
        text = f"over {name}: one run has one {name}; draw over `step`, or over a :study:"
        found.report(over.line, text)
    if fence.one("study") is not None and name == STEP:
        found.report(over.line, "a study is drawn over its knob, and only a :run: over `step`")
    xs = tuple(read_number(value, over.line, (), found) for value in values)
    if not 2 <= len(xs) <= MOST:
        found.report(over.line, f"expected 2 to {MOST} values after {name}, found {len(xs)}")
    if any(b <= a for a, b in pairwise(xs)):
        found.report(over.line, "expected each value to be larger than the one before")
    if name == STEP and any(x < 0 or x != int(x) for x in xs):
        found.report(over.line, "expected steps as whole numbers")
    return name, xs


def _range(setting: Setting | None, found: Problems) -> tuple[float, float]:
    """`0 1`: between what the numbers lie."""
    if setting is None:
        return 0.0, 1.0
    numbers = [read_number(one, setting.line, (), found) for one in setting.value.split()]
    if len(numbers) != 2 or not numbers[0] < numbers[1]:
        found.report(setting.line, "expected `:range: LOWEST HIGHEST`, such as 0 1")
        return 0.0, 1.0
    return numbers[0], numbers[1]


def _mark(setting: Setting, span: tuple[float, float], found: Problems) -> Mark | None:
    """`0.038 guessing`: a level to compare with."""
    number, _, name = setting.value.partition(" ")
    if not name.strip():
        found.report(setting.line, "expected a number and a name, such as `:mark: 0.5 guessing`")
        return None
    level = read_number(number, setting.line, (), found)
    if not span[0] <= level <= span[1]:
        found.report(setting.line, f"{number} lies outside of :range:")
    return Mark(level, name.strip())
