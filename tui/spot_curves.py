"""The curves that can be pointed at: numbers of the learner's own run or study.

A curve goes over the steps of a run, over values at which one run measures the same (`at*` of
`:over: tokens 20 40` is `at20` and `at40`), or over the knob that a study turns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from course.problems import did_you_mean
from course.sketches import STEP
from models.specs.catalog import LABS
from models.specs.spec import LabSpec
from models.specs.studies import STUDIES, find_study
from tui.drawing.ticks import grouped
from tui.lab_settings import lab_fault, run_ref
from tui.sketches import Point, kept_curve, over_study
from tui.spots import Place

if TYPE_CHECKING:
    from tui.pages.page import Desk

SETTINGS = frozenset({"lab", "study", "measure", "over"})
MOST = 24
"""Points of a curve at most: of more one could not see which one stands on."""


@dataclass(frozen=True)
class CurveOf:
    """A curve, as the settings of a view name it."""

    lab: str
    """With its knobs; empty where it is of a study."""
    study: str
    measure: str
    """`RUNNER.METRIC`, or a metric of the only runner; a `*` stands for each of the values."""
    over: str
    """`step`, what a `*` counts, or the knob of a study."""
    values: tuple[float, ...] = ()
    """The values that a `*` stands for."""

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> CurveOf:
        """What the settings name.

        Raises:
            ValueError: if the values of `over` are no numbers.
        """
        lab, study = settings.get("lab", ""), settings.get("study", "")
        measure = settings.get("measure", "loss")
        if study:
            return cls("", study, measure, find_study(study).over if study in STUDIES else "")
        over, *values = settings.get("over", STEP).split()
        return cls(lab, "", measure, over, tuple(map(float, values)))

    @property
    def curve(self) -> tuple[str, str]:
        """Runner and metric; the only runner of a lab is called like the lab."""
        runner, _, metric = self.measure.rpartition(".")
        return runner or self.lab.split()[0], metric

    @property
    def name(self) -> str:
        """What it is of, for a heading."""
        spec, (runner, metric) = self._spec, self.measure.rpartition(".")[::2]
        who = dict(spec.runners).get(runner, runner) or spec.name
        if self.values:
            return f"{who}: {spec.columns[0][1]}"
        return f"{who}: {dict(spec.columns).get(metric, metric)}"

    @property
    def words(self) -> str:
        """What it goes over."""
        return (find_study(self.study).x if self.study else "") or self.over

    def told_at(self, x: float) -> str:
        """A place of it: step 200, 40 tokens, or forget bias 2."""
        value = grouped(x) if float(x).is_integer() else f"{x:g}"
        counted = find_study(self.study).counted if self.study else bool(self.values)
        return f"{value} {self.words}" if counted else f"{self.words} {value}"

    def told(self, value: float) -> str:
        """A number of it, as a share where it is one."""
        names = {self.measure, *(self.at(x) for x in self.values)}
        metrics = (one for one in self._spec.metrics if one.name in names)
        shares = any(metric.form == "percent" for metric in metrics)
        return f"{100 * value:.3g} %" if shares else f"{value:.4g}"

    def at(self, x: float) -> str:
        """What is measured at a value."""
        return self.measure.replace("*", f"{x:g}")

    @property
    def _spec(self) -> LabSpec:
        return find_study(self.study).spec if self.study else LABS[self.lab.split()[0]]

    @property
    def measured_by(self) -> str:
        """The lab or the study."""
        return f"the study {self.study}" if self.study else self.lab.split()[0]

    def at_hand(self, desk: Desk) -> Sequence[Point]:
        """What is known of it without asking the worker."""
        if self.study:
            found = over_study(desk.studies.of(find_study(self.study)), self.measure)
            return sorted(found.items())
        ref = run_ref(self.lab)
        if self.values:
            metrics = desk.session.runs.metrics(ref) or {}
            return [(x, metrics[self.at(x)]) for x in self.values if self.at(x) in metrics]
        run = desk.labs.last(ref.lab, desk.labs.settings(ref)[1])
        return run.curves.get(self.curve, ()) if run is not None and run.result else ()

    async def kept(self, desk: Desk) -> Sequence[Point]:
        """What a kept run tells of it; nothing where none was kept."""
        if self.study or self.values:
            return ()
        return await kept_curve(run_ref(self.lab), self.curve, desk.labs)


def stretches(points: Sequence[Point]) -> list[Point]:
    """A curve of few enough points to be told apart: the means of stretches that are as long."""
    count = min(MOST, len(points))
    edges = [round(number * len(points) / count) for number in range(count + 1)] if count else []
    parts = [points[start:end] for start, end in pairwise(edges)]
    return [
        (sum(x for x, _ in part) / len(part), sum(y for _, y in part) / len(part)) for part in parts
    ]


def curve_places(points: Sequence[Point], curve: CurveOf) -> list[Place]:
    """The points of a curve. A slope is that to the next point, for each step (or token, or
    whatever it goes over); 0 at the last."""
    if not points:
        return []
    slopes = [(y1 - y0) / (x1 - x0) if x1 > x0 else 0.0 for (x0, y0), (x1, y1) in pairwise(points)]
    slopes.append(0.0)
    values = [value for _, value in points]
    known = {
        "places": float(len(points)),
        "first": values[0],
        "last": values[-1],
        "max": max(values),
        "min": min(values),
        "max_slope": max(slopes),
        "min_slope": min(slopes),
    }
    return [
        Place(
            (0, index),
            f"{curve.told_at(x)}: {curve.told(value)}",
            {**known, "place": index + 1, "x": x, "value": value, "slope": slopes[index]},
        )
        for index, (x, value) in enumerate(points)
    ]


def curve_fault(settings: Mapping[str, str]) -> str:
    """What keeps a curve with these settings from being drawn; empty if nothing does."""
    try:
        curve = CurveOf.of(settings)
    except ValueError:
        return f"over {settings['over']}: expected a word and numbers, such as tokens 20 40"
    if settings.get("study"):
        return _study_fault(curve, settings)
    if "lab" not in settings:
        return "a curve is of a lab or a study: expected `:lab: NAME` or `:study: NAME`"
    if text := lab_fault(settings, ""):
        return text
    spec = LABS[curve.lab.split()[0]]
    known = [spec.name, *(name for name, _ in spec.runners)]
    if (runner := curve.curve[0]) not in known:
        return f"{spec.name} has no runner {runner}"
    return _values_fault(curve, [metric.name for metric in spec.metrics])


def _values_fault(curve: CurveOf, metrics: Sequence[str]) -> str:
    many = curve.measure.endswith("*")
    if not many and not curve.values and curve.over == STEP:
        return ""
    if not many or len(curve.values) < 2 or curve.over == STEP:
        return "a * stands for the values of `:over: WORD 1 2 3`, and they for a *"
    if any(b <= a for a, b in pairwise(curve.values)):
        return f"over {curve.over}: expected each value to be larger than the one before"
    for x in curve.values:
        if (name := curve.at(x)) not in metrics:
            return f"{curve.lab} does not measure {name}: {did_you_mean(name, metrics)}"
    return ""


def _study_fault(curve: CurveOf, settings: Mapping[str, str]) -> str:
    if curve.study not in STUDIES:
        return f"no study is called {curve.study}: {did_you_mean(curve.study, STUDIES)}"
    study = STUDIES[curve.study]
    if "lab" in settings or "over" in settings:
        return "a curve of a study goes over its knob: `:study:` and `:measure:` say all"
    if study.over_seeds or not all(isinstance(value, int | float) for value in study.values):
        return f"the study {curve.study} goes over no numbers"
    known = [f"{runner}.{metric}" for runner in study.runners for metric in study.metrics]
    if curve.measure not in known:
        return (
            f"{curve.study} does not measure {curve.measure}: {did_you_mean(curve.measure, known)}"
        )
    return ""
