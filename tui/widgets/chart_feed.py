"""What stands between a run and the chart that draws it: the choice of what is drawn along what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tui.axes import STEPS, Axis
from tui.lab_bets import is_of
from tui.lab_run import LabRun
from tui.measures import Line, Measure, levels
from tui.sketches import Drawn
from tui.widgets.loss_chart import LossChart

Spots = list[tuple[float, float]]


@dataclass(frozen=True)
class Choice:
    """What a chart shows: of which run, behind it which one, which measure, along which axis."""

    run: LabRun | None
    before: LabRun | None
    measure: Measure
    axis: Axis = STEPS
    bets: tuple[Drawn, ...] = ()
    """What the learner drew of the run before it began."""


class ChartFeed:
    """Gives a chart the points of a run as they come, each once."""

    def __init__(self, chart: LossChart) -> None:
        self._chart = chart
        self._choice: Choice | None = None
        self._given: dict[Line, int] = {}
        self._bet_on: list[str] = []
        self._levels: list[str] = []

    def show(self, choice: Choice) -> None:
        """Draw this choice; where it is what is drawn already, only what is new is added."""
        if choice != self._choice:
            self._begin(choice)
        if choice.run is not None:
            self._add(choice.run, choice)

    def _begin(self, choice: Choice) -> None:
        chart, measure = self._chart, choice.measure
        self._choice, self._given = choice, {}
        chart.clear()
        chart.title, chart.unit = measure.title, choice.axis.unit
        chart.span = (0.0, 100.0) if measure.percent else None
        chart.declare(*(line.label for line in measure.lines))
        if choice.run is not None:
            chart.log_scale = choice.run.spec.log_scale and not measure.percent
            self._draw_levels(levels(choice.run.spec, measure))
            self._draw_bets(choice, choice.run)
        if (before := choice.before) is not None:
            ghosts = {one.label: _spots(before, one, choice)[0] for one in measure.lines}
            chart.set_ghosts({name: points for name, points in ghosts.items() if points})

    def _draw_levels(self, found: Mapping[str, float]) -> None:
        """What the curves are compared with, in place of what they were compared with before."""
        for name in self._levels:
            self._chart.set_reference(name, None)
        self._levels = list(found)
        for name, value in found.items():
            self._chart.set_reference(name, value)

    def _draw_bets(self, choice: Choice, run: LabRun) -> None:
        """The bets on what is drawn; along another axis than steps only levels have a place."""
        for label in self._bet_on:
            self._chart.set_sketch(label)
        self._bet_on = []
        scale = 100.0 if choice.measure.percent else 1.0
        for line in choice.measure.lines:
            for bet in (one for one in choice.bets if is_of(one, line, run.spec)):
                points = bet.points if choice.axis is STEPS else ()
                scaled = [(x, scale * y) for x, y in points]
                level = None if bet.level is None else scale * bet.level
                self._chart.set_sketch(line.label, scaled, level)
                self._bet_on.append(line.label)

    def _add(self, run: LabRun, choice: Choice) -> None:
        chart, last = self._chart, 0.0
        for line in choice.measure.lines:
            given = self._given.get(line, 0)
            points, self._given[line] = _spots(run, line, choice, given)
            chart.extend(line.label, points)
            last = max(last, chart.series[line.label].end)
        if choice.axis is STEPS:
            chart.set_turns(turn.step for turn in run.turns)
            # What is reported after the training may count something else, such as mazes.
            chart.set_end(run.planned or (run.report.steps if run.report else 0))
        else:
            chart.set_end(0 if run.alive else last)

    def choose(self, runner: str) -> None:
        """Set the first curve of a runner off from the rest; of nobody with an empty name."""
        lines = self._choice.measure.lines if self._choice else ()
        self._chart.choose(next((one.label for one in lines if one.runner == runner), ""))


def _spots(run: LabRun, line: Line, choice: Choice, given: int = 0) -> tuple[Spots, int]:
    """The points of a curve from the one numbered `given` on that have a place, and how many
    have been looked at: those without a place yet are left for the next time."""
    points = run.curves.get((line.runner, line.metric), [])
    place = choice.axis.place(run.curves, line.runner)
    scale = 100.0 if choice.measure.percent else 1.0
    found: Spots = []
    for step, value in points[given:]:
        if (x := place(step)) is None:
            break
        found.append((x, scale * value))
    return found, given + len(found)
