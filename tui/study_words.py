"""A study in words and as a picture: what it will do, how far it is, what it found."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from models.specs.spec import Value
from models.specs.study import Point, Study, full_name
from tui.drawing.inline import inline
from tui.drawing.studies.study import Line, Picture, State
from tui.drawing.training.dashboard import Progress, about
from tui.drawing.training.results import written
from tui.lab_run import Phase
from tui.lab_words import Lines, warning
from tui.study_run import Numbers, StudyRun

if TYPE_CHECKING:
    from tui.studies import Studies

Sketches = Mapping[str, Mapping[float, float]]
"""What the learner drew, by runner: a number for some values of the study."""


def value_text(value: Value) -> str:
    """A value of a study as it stands at an axis."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return written(value)
    return f"{value:,}" if isinstance(value, int) else f"{value:g}"


def where(study: Study, point: Point) -> str:
    """A point in a few words: 8 pairs, seed 0."""
    if study.over_seeds:
        return f"seed {point.seed}"
    value = value_text(point.value)
    what = f"{value} {study.x}" if study.counted else f"{study.x} {value}"
    return f"{what}, seed {point.seed}"


def command(study: Study, point: Point) -> str:
    """What runs one point in a terminal."""
    usual = {knob.name: knob.default for knob in study.spec.knobs}
    turned = "".join(
        f" --set {name}={written(value)}"
        for name, value in point.knobs.items()
        if value != usual[name]
    )
    return f"grok-tui lab {study.lab}{turned} --seed {point.seed}"


def picture_of(one: StudyRun, metric: str = "", sketches: Sketches | None = None) -> Picture:
    """All that there is to see of one of its numbers now; the first, unless it is named."""
    study = one.study
    metric = metric or study.metrics[0]
    values = tuple(dict.fromkeys(point.value for point in one.points))
    at: dict[Value, list[Point]] = {value: [] for value in values}
    for point in one.points:
        at[point.value].append(point)
    lines = tuple(
        Line(
            study.who(runner),
            tuple(
                tuple(_number(one.results.get(point), runner, metric) for point in at[value])
                for value in values
            ),
            _sketch(values, (sketches or {}).get(runner, {})),
        )
        for runner in study.runners
    )
    return Picture(
        title=study.title,
        what=study.heading(metric),
        over=study.x or "seeds",
        places=tuple(map(value_text, values)),
        spots=_spots(values, study.log_x),
        seeds=tuple(dict.fromkeys(point.seed for point in one.points)),
        lines=lines,
        states=tuple(_state(one, at[value]) for value in values),
        form=study.form,
        chance=study.chance,
        counted=study.counted,
        by_seed=study.over_seeds,
    )


def _number(numbers: Numbers | None, runner: str, metric: str) -> float | None:
    found = None if numbers is None else numbers.get(full_name(runner, metric))
    return found if found is not None and math.isfinite(found) else None


def _sketch(values: Sequence[Value], drawn: Mapping[float, float]) -> tuple[float | None, ...]:
    """A drawing place by place; empty if it says nothing of these values."""
    found = tuple(None if isinstance(v, str) else drawn.get(float(v)) for v in values)
    return found if any(one is not None for one in found) else ()


def _spots(values: Sequence[Value], log: bool) -> tuple[float, ...]:
    """Where the values lie along the axis, from 0 to 1; evenly where they are no numbers."""
    numbers = [float(v) for v in values if isinstance(v, int | float) and not isinstance(v, bool)]
    if log and min(numbers, default=0) > 0:
        numbers = [math.log(number) for number in numbers]
    if len(numbers) < len(values) or len(set(numbers)) < 2:
        return tuple(n / max(1, len(values) - 1) for n in range(len(values)))
    low, high = min(numbers), max(numbers)
    return tuple((number - low) / (high - low) for number in numbers)


def _state(one: StudyRun, points: Sequence[Point]) -> State:
    """How far the points of one place are."""
    if one.point in points:
        return "going"
    if any(point in one.troubles for point in points):
        return "failed"
    return "done" if all(point in one.results for point in points) else "open"


def progress_of(one: StudyRun) -> Progress:
    """How far it is, for the dashboard line."""
    paused = "paused: " if one.phase is Phase.PAUSED else ""
    what = where(one.study, one.point) if one.point is not None else "waiting"
    device = one.run.device if one.run is not None else ""
    return Progress(
        paused + what,
        len(one.results),
        len(one.points),
        device=device,
        share=one.share,
        elapsed=one.elapsed,
    )


def header(studies: Studies, shown: StudyRun | None = None) -> str:
    """For the line above a page: the study that is going, or one that nobody has seen yet.

    Of the one that is `shown` on the page nothing more need be said.
    """
    one = studies.going
    if one is not None and one is shown:
        return ""
    if one is not None:
        left = progress_of(one).left
        told = " paused" if one.phase is Phase.PAUSED else f", ~{about(left)}" if left else ""
        return f"study {len(one.results)}/{len(one.points)}{told}  "
    unseen = studies.unseen
    if unseen is None or unseen is shown:
        return ""
    return "study ready  " if unseen.complete else "study stopped  "


def before(one: StudyRun, text: str, cannot: str, width: int) -> Lines:
    """What it asks, what it takes, and that it can be left alone."""
    study = one.study
    lines = [Content.styled(study.title, "bold $text-accent"), Content("")]
    if cannot:
        lines += warning(cannot, width)
    for part in (text or study.summary, _plan(one)):
        lines += [*inline(part).wrap(width), Content("")]
    return [*lines, *Content.styled(takes(one), "$foreground-muted").wrap(width)]


def _plan(one: StudyRun) -> str:
    """Which runs it is made of."""
    study = one.study
    runs = f"**{len(one.points)} runs** of the lab `{study.lab}`"
    fixed = ", ".join(f"{name} = {written(value)}" for name, value in study.knobs.items())
    seeds = ", ".join(str(seed) for seed in dict.fromkeys(point.seed for point in one.points))
    if study.over_seeds:
        told = f"{runs}, from the seeds {seeds}"
    else:
        values = ", ".join(value_text(value) for value in study.values)
        plural = "seeds" if "," in seeds else "seed"
        told = f"{runs}: {study.over} = {values}, from {plural} {seeds}"
    there = len(one.results)
    have = f" {there} of them are there already." if there else ""
    return f"{told}{f', with {fixed}' if fixed else ''}.{have}"


def begun(one: StudyRun, text: str, width: int) -> Lines:
    """What is there of it, above a picture; what it asks as long as that is less than half."""
    asks = text or one.study.summary if 2 * len(one.results) < len(one.points) else ""
    there = f"{len(one.results)} of {len(one.points)} runs are there."
    muted = Content.styled(f"{there} The others take {_about_left(one)}.", "$foreground-muted")
    return [*(inline(asks).wrap(width) if asks else []), *muted.wrap(width), Content("")]


def takes(one: StudyRun) -> str:
    """How long it takes and that one need not wait."""
    return (
        f"A{_about_left(one)[1:]}, in the background: read on while it trains. Every run is"
        " kept, so it goes on where it stood, today or another day."
    )


def _about_left(one: StudyRun) -> str:
    left = sum(point.cost for point in one.points if point not in one.results)
    return f"about {about(left)} of one core"


def trouble_of(one: StudyRun) -> str:
    """What went wrong, in words that end with what to do; empty if nothing did."""
    if one.trouble:
        return f"{one.trouble} enter tries again."
    if not one.troubles or one.alive:
        return ""
    point, because = next(iter(one.troubles.items()))
    count = len(one.troubles)
    what = f"{where(one.study, point)} did not come to its end"
    what += f", nor did {count - 1} more" if count > 1 else ""
    return f"{what[0].upper()}{what[1:]}: {because} enter tries again."
