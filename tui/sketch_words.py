"""What is said about a prediction that was drawn, and how its numbers are written."""

from __future__ import annotations

from collections.abc import Mapping

from course.bets import Sketch
from course.sketches import Gaps
from models.specs.catalog import LABS
from models.specs.studies import find_study
from tui.drawing.ticks import exact, grouped, short

BEFORE = "*A bet, drawn. It brings no marks; your run will be drawn beside it.*"
DRAW_FIRST = "Draw first: the arrows move it. n goes on without a bet."
CLOSE = 0.02
"""Off by less than this share of the range is as good as anyone can draw."""


def placed(sketch: Sketch) -> str:
    """That the bet stands, and until when it can be changed."""
    who = "study" if sketch.study else "lab"
    return f"Your bet is placed; until the {who} has run you can draw it anew."


def number(sketch: Sketch, value: float) -> str:
    """A value as a sentence has it: 62 %, 1.25, 400."""
    if sketch.form == "percent":
        return f"{100 * value:.0f} %"
    return grouped(value) if sketch.form == "count" else exact(value)


def brief(sketch: Sketch, value: float) -> str:
    """A value in as few characters as stand below a curve; a percentage without its sign."""
    if sketch.form == "percent":
        return f"{100 * value:.0f}"
    return f"{value:.0f}" if sketch.form == "count" and abs(value) < 10_000 else short(value)


def tick(sketch: Sketch, value: float) -> str:
    """A value at an axis."""
    return number(sketch, value) if sketch.form == "percent" else brief(sketch, value)


def apart(sketch: Sketch, gap: float) -> str:
    """A difference, without its sign: 12 points, 0.25."""
    size = abs(gap)
    if sketch.form != "percent":
        return grouped(size) if sketch.form == "count" else exact(size)
    points = round(100 * size)
    return "1 point" if points == 1 else f"{points} points"


def over(sketch: Sketch) -> str:
    """What a curve goes over, in words: step, pairs, forget bias."""
    return (find_study(sketch.study).x if sketch.study else "") or sketch.over


def at(sketch: Sketch, x: float) -> str:
    """One place of a curve: step 200, 13 pairs, or forget bias 2."""
    value = grouped(x) if float(x).is_integer() else f"{x:g}"
    counted = find_study(sketch.study).counted if sketch.study else sketch.by_value
    return f"{value} {over(sketch)}" if counted else f"{over(sketch)} {value}"


def measured_at(sketch: Sketch, measured: Mapping[float, float]) -> str:
    """What a study measured, place by place."""
    known = [x for x in sketch.xs if x in measured]
    places = ", ".join(f"{x:g}" for x in known)
    values = ", ".join(number(sketch, measured[x]) for x in known)
    return f"Measured at {over(sketch)} {places}: {values}." if known else ""


def what(sketch: Sketch, lab: str) -> str:
    """What is drawn, for a heading: who is measured in which number."""
    spec = LABS.get(lab)
    if spec is None:
        return sketch.measure
    who = dict(spec.runners).get(sketch.runner, sketch.runner) or spec.title
    if sketch.by_value:
        return f"{who}: {spec.columns[0][1]}"
    return f"{who}: {dict(spec.columns).get(sketch.metric, sketch.metric)}"


def outcome(sketch: Sketch, found: Gaps) -> str:
    """How far the bet was from what was measured, in a sentence or two."""
    span = sketch.range[1] - sketch.range[0]
    if not sketch.xs:
        gap = found.each[0.0]
        if abs(gap) < CLOSE * span:
            return "You drew it where it came out."
        side = "higher" if gap > 0 else "lower"
        return f"It came out {apart(sketch, gap)} {side} than you bet."
    if found.mean < CLOSE * span:
        return f"You drew it as it came out: {apart(sketch, found.mean)} off on average."
    x = found.farthest
    side = "more" if found.each[x] > 0 else "less"
    told = (
        f"You were {apart(sketch, found.mean)} off on average; farthest at {at(sketch, x)}, where "
        f"it was {apart(sketch, found.each[x])} {side}."
    )
    missing = len(sketch.xs) - len(found.each)
    return f"{told} {missing} of {len(sketch.xs)} were not measured." if missing else told
