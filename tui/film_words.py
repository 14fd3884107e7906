"""What is told of a film at a step: the table, the chart's curves, and sentences."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import replace

from rich.cells import cell_len

from models.kept import Kept
from models.specs.spec import LabSpec
from tui.drawing.ink import Ink
from tui.drawing.ticks import exact, grouped, short
from tui.drawing.training.chart import mark
from tui.drawing.training.film import CURSOR, PIN, Drawn
from tui.drawing.training.film_table import BRIEF, Table, Track
from tui.film import Points, Reel
from tui.kept_words import is_known
from tui.measures import Line, Measure, levels, measures, who

LABELS = {"validation": "unseen", "practised": "practice", "arrival": "arrives"}
"""Metrics whose names say too little."""
LONGEST = 10
"""Characters that a metric's head has at most; of a longer one its name is told."""
SHARES = ("accuracy", "arrival", "practised")
"""Metrics that are shares, also where a lab's results have none of that name."""
SEVERAL = 3
"""Curves that a sentence names at most."""


HELP = """\
### A film

Everything on this screen is about one step of the run: the upright line in the chart stands there,
the bright bar of every strip, and the picture is what the run showed then, or last before that.

Below the chart each line is a metric. To the left is its curve as a strip of bars; to the right is
what everyone has at this step, under their marks. Where something was not measured at just this
step, its value is the nearest earlier one, and the last column says from which step.

**prev** and **same**, where there are any, are scores of heads: the share of its weight that the
best head of the first layer gives the token just before, and that the best of the last layer gives
what followed this token when it came before.

`◆` (`@`) on the line is where you are, `▽` (`v`) what you pinned, `★` (`*`) a bookmark, `┴` (`'`) a
step that has a picture. With a step pinned the columns are the pinned step and this one, and both
pictures stand side by side where there is room.

Every run of a lab is kept where it was trained, also when it was stopped or its worker died.
`grok-tui runs` shows, compares and deletes them on the command line.
"""


def label(spec: LabSpec, metric: str) -> str:
    """A metric in a word or two."""
    head = LABELS.get(metric) or dict(spec.columns).get(metric, metric)
    return head if len(head) <= LONGEST else metric


def is_share(spec: LabSpec, metric: str) -> bool:
    """Whether a metric is told in percent."""
    forms = {one.name.rpartition(".")[2]: one.form for one in spec.metrics}
    return forms.get(metric) == "percent" or metric in SHARES


def said(value: float, share: bool, brief: bool = False) -> str:
    """A value in at most six characters; in four where it is to be brief."""
    if not math.isfinite(value):
        return "!"
    if brief:
        return f"{100 * value:.0f}%" if share else short(value)
    if not share:
        return f"{value:.4f}" if 0.001 <= abs(value) < 0.01 else exact(value)
    return f"{100 * value:.1f} %" if 0.99 < value < 1 else f"{100 * value:.0f} %"


# The chart


def charts(reel: Reel) -> tuple[Measure, ...]:
    """What the chart can draw: the measures of the lab first, then every other metric."""
    spec = reel.spec
    known = [m for m in measures(spec) if any(_points(reel, line) for line in m.lines)]
    drawn = {line.metric for measure in known for line in measure.lines}
    return (*known, *(_measure(spec, metric) for metric in reel.metrics if metric not in drawn))


def _measure(spec: LabSpec, metric: str) -> Measure:
    """A metric on a chart of its own, everyone with the mark they have in the others."""
    losses = measures(spec)[0].lines
    lines = tuple(
        Line(one.runner, metric if one.of_first else "", who(spec, one.runner), one.of_first)
        if one.of_first
        else replace(one, metric="")
        for one in losses
    )
    share = is_share(spec, metric)
    return Measure(f"{label(spec, metric)}{', in %' if share else ''}", lines, share)


def _points(reel: Reel, line: Line) -> Points:
    return reel.curves.get((line.runner, line.metric), ())


def curves(reel: Reel, measure: Measure) -> dict[str, Points]:
    """The curves of a chart by name; who has none keeps a name without points."""
    return {line.label: _points(reel, line) for line in measure.lines}


def drawn(
    reel: Reel, measure: Measure, ghost: Reel | None, behind: str, turns: tuple[float, ...] = ()
) -> Drawn:
    """A chart, with another run behind it."""
    spec, lab = reel.spec, measures(reel.spec)[0]
    first = measure == lab
    level = tuple(levels(spec, measure).items()) if first else ()
    times = 100.0 if measure.percent else 1.0
    behind_it = curves(ghost, measure) if ghost else {}
    return Drawn(
        measure.title,
        {name: _times(points, times) for name, points in curves(reel, measure).items()},
        {name: _times(points, times) for name, points in behind_it.items() if points},
        behind if ghost else "",
        level,
        first and spec.log_scale,
        (0.0, 100.0) if measure.percent else None,
        reel.right,
        turns,
    )


def _times(points: Points, times: float) -> Points:
    return points if times == 1 else [(step, times * value) for step, value in points]


# The table


def slot(reel: Reel, runner: str) -> int:
    """The place of somebody's mark among those of the chart."""
    return next((n for n, one in enumerate(reel.spec.series) if one.runner == runner), 0)


def table(reel: Reel, runner: str, step: int, pin: int | None, ink: Ink, bar: float) -> Table:
    """Every metric at a step: of everyone, or with a pinned step of one runner at both steps.

    A bar of the strips stands for `bar` steps.
    """
    shown = [metric for metric in reel.metrics if (runner, metric) in reel.curves]
    if pin is None:
        asked = [(one, step) for one in reel.runners]
        heads = [slot(reel, one) for one in reel.runners]
        titles = tuple((mark(n, ink), f"series{n % 6}") for n in heads)
    else:
        asked = [(runner, pin), (runner, step)]
        titles = ((grouped(pin), PIN), (grouped(step), CURSOR))
    tracks = tuple(_track(reel, runner, metric, asked, step) for metric in shown)
    about = f"bar: {exact(bar) if bar < 3 else grouped(bar)} steps"
    name = f"{mark(slot(reel, runner), ink)} {who(reel.spec, runner)}"
    return Table(f"{name}; {about}", titles, tracks, reel.right)


def _track(reel: Reel, runner: str, metric: str, asked: list[tuple[str, int]], step: int) -> Track:
    share = is_share(reel.spec, metric)
    found = [reel.value(who, metric, when) for who, when in asked]
    brief = len(asked) >= BRIEF
    values = tuple(said(one[1], share, brief) if one else "-" for one in found)
    now = reel.value(runner, metric, step)
    as_of = grouped(now[0]) if now and now[0] != step else ""
    points = reel.curves[runner, metric]
    span = f"{said(points[0][1], share)} → {said(points[-1][1], share)}"
    return Track(label(reel.spec, metric), points, values, as_of, span)


# Sentences


def happened(reel: Reel, step: int, ink: Ink) -> str:
    """The last thing that happened up to a step, or the next."""
    star = "*" if ink.is_ascii else "★"
    if (last := reel.passed(step)) is not None:
        when = "here" if last.step == step else f"step {grouped(last.step)}"
        return f"{star} {when}: {last.text}"
    if reel.bookmarks:
        return f"{star} next, at step {grouped(reel.bookmarks[0].step)}: {reel.bookmarks[0].text}"
    return ""


def sentence(reel: Reel, measure: Measure, step: int, pin: int | None, room: int = 1000) -> str:
    """What the chart's curves are at a step, or what becomes of them between it and another.

    As many of them are named as fit into `room` columns, and one at least.
    """
    share = measure.percent
    if pin is not None:
        step, pin = max(step, pin), min(step, pin)
    told = []
    for name, points in curves(reel, measure).items():
        now = _value(points, step)
        if now is None:
            continue
        then = None if pin is None else _value(points, pin)
        when = f" (step {grouped(now[0])})" if now[0] != step else ""
        if then is None:
            told.append(f"{name} {said(now[1], share)}{when}")
        else:
            told.append(f"{name} {said(then[1], share)} to {said(now[1], share)}")
    what = measure.title.removesuffix(", in %")
    where = f"Step {grouped(step)} of {grouped(reel.right)}"
    if pin is not None:
        where = f"From step {grouped(pin)} to step {grouped(step)}"
    if not told:
        return f"{where}: nothing was measured yet."
    for named in range(min(SEVERAL, len(told)), 0, -1):
        more = f" and {len(told) - named} more" if len(told) > named else ""
        found = f"{where}: {what}, {', '.join(told[:named])}{more}."
        if cell_len(found) <= room:
            break
    return found


def _value(points: Points, step: int) -> tuple[int, float] | None:
    place = bisect_right(points, step, key=lambda point: point[0])
    return points[place - 1] if place else None


def why_not(kept: Kept) -> str:
    """Why a kept run cannot go on, as one sentence; empty if it can."""
    if kept.resumable and is_known(kept):
        return ""
    if not is_known(kept):
        return f"{kept.id} cannot go on: this version of the course has no lab {kept.lab}."
    if kept.state == "going":
        return f"{kept.id} is still being trained."
    if kept.state == "failed":
        return f"{kept.id} cannot go on: it failed, and its weights were not kept."
    if kept.state == "finished":
        return f"{kept.id} cannot go on: it has come to its end."
    return f"{kept.id} cannot go on: its weights were not kept."
