"""Predictions that were drawn, and what was measured of them since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course.bets import Sketch
from course.lesson import RunRef
from course.sketches import STEP, fits, gaps, places
from models.specs.spec import Value
from models.specs.studies import find_study
from tui.bet_words import not_there
from tui.drawing.training.chart_bet import between_points
from tui.labs import Labs
from tui.own_runs import off_default
from tui.session import Session
from tui.shelf import kept_of
from tui.sketch_words import measured_at, outcome
from tui.study_run import StudyRun

if TYPE_CHECKING:
    from tui.pages.page import Desk

Point = tuple[float, float]
Measured = Mapping[float, float]
"""What was measured, by x; a single number stands at 0."""


@dataclass(frozen=True)
class Drawn:
    """What the learner drew of one number of one runner, before a run or a study."""

    sketch: Sketch
    numbers: tuple[float, ...]

    @property
    def runner(self) -> str:
        """Whose number it is; empty where the lab has but one runner."""
        return self.sketch.runner

    @property
    def metric(self) -> str:
        """Which number."""
        return self.sketch.metric

    @property
    def points(self) -> tuple[Point, ...]:
        """The curve; empty where a single number was drawn."""
        return tuple(zip(self.sketch.xs, self.numbers, strict=True)) if self.sketch.xs else ()

    @property
    def level(self) -> float | None:
        """The single number; None where a curve was drawn."""
        return None if self.sketch.xs else self.numbers[0]


def drawn(sketch: Sketch, session: Session) -> Drawn | None:
    """The bet that stands; None if nothing was drawn, or nothing that fits any more."""
    placed = session.questions.tried(sketch, 0).answer
    return Drawn(sketch, tuple(placed)) if fits(sketch, placed) else None


def drawn_for(session: Session, name: str, knobs: Mapping[str, Value] | None) -> list[Drawn]:
    """All that was drawn before a run of a lab (of these knobs) or before a study, in order."""
    found = []
    for lesson_id in session.catalog.order:
        for question in session.catalog.lessons[lesson_id].questions:
            if isinstance(question, Sketch) and _is_about(question, name, knobs):
                found.append(drawn(question, session))
    return [one for one in found if one is not None]


def _is_about(sketch: Sketch, name: str, knobs: Mapping[str, Value] | None) -> bool:
    if sketch.study:
        return sketch.study == name
    return sketch.run.lab == name and (knobs is None or off_default(sketch.run) == dict(knobs))


def is_decided(sketch: Sketch, desk: Desk) -> bool:
    """Whether all that it is about was measured, so that nothing can be drawn any more."""
    if sketch.study:
        return at_hand(sketch, desk).keys() >= set(sketch.xs)
    return desk.session.runs.metrics(sketch.run) is not None


def at_hand(sketch: Sketch, desk: Desk) -> Measured:
    """What is known without asking the worker; empty if that is nothing."""
    if sketch.study:
        return over_study(desk.studies.of(find_study(sketch.study)), sketch.measure)
    if sketch.over == STEP:
        _, knobs = desk.labs.settings(sketch.run)
        run = desk.labs.last(sketch.run.lab, knobs)
        curve = run.curves.get(_curve_of(sketch)) if run and run.result else None
        return along(curve or (), sketch)
    return in_result(sketch, desk.session.runs.metrics(sketch.run) or {})


def in_result(sketch: Sketch, metrics: Mapping[str, float]) -> Measured:
    """What the result of a run says of it, at the values that it has."""
    found = {x: metrics.get(sketch.measure_at(x)) for x in places(sketch)}
    return {x: value for x, value in found.items() if value is not None}


def over_study(study: StudyRun, measure: str) -> Measured:
    """What a study measured at each value of its knob, the mean of its seeds."""
    found: dict[float, list[float]] = {}
    for point, numbers in study.results.items():
        if measure in numbers and isinstance(point.value, int | float):
            found.setdefault(float(point.value), []).append(numbers[measure])
    return {x: sum(values) / len(values) for x, values in found.items()}


async def kept(sketch: Sketch, labs: Labs) -> Measured:
    """What the newest kept run of this kind measured along its steps; empty if there is none."""
    return along(await kept_curve(sketch.run, _curve_of(sketch), labs), sketch)


async def kept_curve(ref: RunRef, of: tuple[str, str], labs: Labs) -> Sequence[Point]:
    """A curve (runner, metric) of the newest kept run of this kind; empty if there is none."""
    spec, knobs = labs.settings(ref)
    try:
        for run in await kept_of(labs, spec, knobs):
            for curve in (await labs.open_kept(run.id)).curves:
                if (curve.runner, curve.metric) == of:
                    return tuple(zip(curve.steps, curve.values, strict=True))
    except ConnectionError:
        pass
    return ()


def told(sketch: Sketch, desk: Desk) -> str:
    """How a drawing came out, for a page further on, as Markdown."""
    bet = drawn(sketch, desk.session)
    if not is_decided(sketch, desk):
        if sketch.study:
            study = desk.studies.of(find_study(sketch.study))
            return (
                f"*Of the study “{study.study.title}” {len(study.results)} of {len(study.points)} "
                "runs are there. Go on with n and come back once it is done, or answer from what "
                "you know.*"
            )
        return not_there(sketch.run.lab, desk.labs.trains(sketch.run))
    known = at_hand(sketch, desk)
    numbers = measured_at(sketch, known) if sketch.study or sketch.by_value else ""
    if bet is None:
        return numbers
    found = gaps(sketch, bet.numbers, known)
    if found is None:
        return "*Your drawing and your run stand together on the page of your bet.*"
    return f"Your drawing: **{outcome(sketch, found)}** {numbers}".strip()


def _curve_of(sketch: Sketch) -> tuple[str, str]:
    """Runner and metric as a run reports them; the only runner of a lab is called like the lab."""
    return (sketch.runner or sketch.run.lab, sketch.metric)


def along(curve: Sequence[tuple[float, float]], sketch: Sketch) -> Measured:
    """The curve of a run at the steps of a sketch, as far as it goes."""
    if not curve:
        return {}
    first, last = curve[0][0], curve[-1][0]
    return {x: between_points(curve, x) for x in places(sketch) if first <= x <= last}
