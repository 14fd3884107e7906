"""What a run has to tell while it goes: who stands where, what happened, and why it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models import protocol
from models.specs.spec import LabSpec
from tui.drawing.training.results import written
from tui.drawing.training.standings import Standing
from tui.lab_run import LabRun, Phase
from tui.measures import measures, share_of, who
from tui.milestones import milestones

RECENT, ALL = 400, 4000
"""Reports of which a gradient is shown as it went, and a learning rate."""


EVERY = 25
"""Steps between two looks for moments: so often runners say how often they are right."""


@dataclass(frozen=True)
class News:
    """Something that happened at a step: a moment of a runner, or a knob that was turned."""

    step: int
    text: str
    turned: bool = False


def standings(run: LabRun, chosen: str = "") -> list[Standing]:
    """Who takes part so far, in the order of the lab, with the newest numbers of each."""
    if not run.spec.series:
        return []
    metric, _ = share_of(run.spec)
    rows: list[Standing] = []
    lines = measures(run.spec)[0].lines
    told = _whose_rate(run, chosen)
    for place, line in enumerate(lines):
        if not line.of_first or not any(runner == line.runner for runner, _ in run.curves):
            continue
        others = [
            (at, one.label.removeprefix(f"{who(run.spec, one.runner)}, "), newest)
            for at, one in enumerate(lines)
            if one.runner == line.runner and not one.of_first
            if (newest := _newest(run, one.runner, one.metric)) is not None
        ]
        rows.append(
            Standing(
                number=len(rows) + 1,
                mark=place,
                name=who(run.spec, line.runner),
                share=_newest(run, line.runner, metric),
                loss=_newest(run, line.runner, line.metric),
                others=tuple(others),
                rates=_values(run, line.runner, "rate") if line.runner == told else (),
                gradients=_values(run, line.runner, "gradient", RECENT),
                chosen=line.runner == chosen,
            )
        )
    return rows


def runner_numbered(run: LabRun, number: int) -> str:
    """The runner in this row of the standings, counted from 1; empty where there is none."""
    taking_part = [
        line.runner
        for line in (measures(run.spec)[0].lines if run.spec.series else ())
        if line.of_first and any(runner == line.runner for runner, _ in run.curves)
    ]
    return taking_part[number - 1] if 0 < number <= len(taking_part) else ""


def news(run: LabRun) -> list[News]:
    """What happened, in the order of steps; what can still move only once the run has ended."""
    told = [
        News(one.step, one.text)
        for one in milestones(run.spec, run.curves, settled=run.alive)
        if one.settled or (one.kind == "steepest" and not run.alive)
    ]
    told += [
        News(turn.step, f"{turn.name} {written(turn.was)} → {written(turn.now)}", True)
        for turn in run.turns
    ]
    return sorted(told, key=lambda one: one.step)


class NewsReader:
    """Looks through a run for news, though not at each of its reports."""

    def __init__(self) -> None:
        self._of: tuple[object, ...] = ()
        self._news: list[News] = []

    def read(self, run: LabRun | None) -> list[News]:
        """What happened so far, as far as it was looked at."""
        if run is None:
            return []
        at = run.report.step // EVERY if run.report else 0
        now = (run, run.phase, at, len(run.turns))
        if now != self._of:
            self._of, self._news = now, news(run)
        return self._news


def breaks_at(spec: LabSpec, one: protocol.Break) -> str:
    """A break in words: LSTM's accuracy is above 90 %."""
    beyond = "above" if one.above else "below"
    return f"{_whose(spec, one.runner, one.metric)} is {beyond} {amount(spec, one)}"


def amount(spec: LabSpec, one: protocol.Break) -> str:
    """The value of a break, in the form of its metric."""
    if one.metric == share_of(spec)[0]:
        return f"{100 * one.value:g} %"
    return f"{one.value:,.0f}" if one.metric == "step" else f"{one.value:g}"


def why_held(run: LabRun) -> str:
    """Why the run holds, in a sentence; empty where it does not, or was asked to."""
    if run.held is None or run.phase is not Phase.PAUSED:
        return ""
    held, met = run.held
    named = protocol.Break(held.runner, met.metric, met.above, met.value)
    return f"Held at step {held.step:,}: {breaks_at(run.spec, named)}."


def _whose(spec: LabSpec, runner: str, metric: str) -> str:
    if metric == "step":
        return "the step" if not runner else f"{who(spec, runner)}'s step"
    words = {"gradient": "gradient", "rate": "learning rate"}.get(metric, metric)
    return f"{who(spec, runner)}'s {words}" if runner else f"anyone's {words}"


def _newest(run: LabRun, runner: str, metric: str) -> float | None:
    curve = run.curves.get((runner, metric))
    return curve[-1][1] if curve else None


def _whose_rate(run: LabRun, chosen: str) -> str:
    """The runner whose learning rate is shown: who is chosen, or in a race, where as a rule they
    share it, who comes first; of runners that train one after the other who began last."""
    known = [runner for runner, metric in run.curves if metric == "rate"]
    if chosen in known or not known:
        return chosen if known else ""
    return known[0] if run.racing else known[-1]


def _values(run: LabRun, runner: str, metric: str, most: int = ALL) -> Sequence[float]:
    """The newest values; how many are left out is a multiple of what one glyph stands for."""
    curve = run.curves.get((runner, metric), [])
    begin = max(0, len(curve) - most) // 40 * 40
    return [value for _, value in curve[begin:]]
