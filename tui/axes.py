"""What the x axis of a race counts: steps, seconds of computing, or weights changed.

Runners report steps. The other two are read off what they report along the way; where a runner
has not said enough yet, it has no place on the axis.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.specs.spec import LabSpec
from tui.drawing.ticks import grouped, short
from tui.measures import Curves, share_of, who

Place = Callable[[float], float | None]
"""Where a step lies on an axis; None as long as nobody knows."""


@dataclass(frozen=True)
class Axis:
    """A choice of x: its name in the title of a chart, and the metric that it needs."""

    unit: str
    needs: str
    each: str
    """One of them, as it follows a number in a sentence."""

    def place(self, curves: Curves, runner: str) -> Place:
        """Where the steps of a runner lie."""
        known = curves.get((runner, self.needs), ())
        match self.needs:
            case "seconds":
                return _between([(0, 0.0), *known])
            case "parameters":
                size = known[0][1] if known else None
                return lambda step: None if size is None else size * step
        return lambda step: step

    def said(self, x: float) -> str:
        """A place on it in words."""
        number = short(x) if self.needs == "parameters" else grouped(x)
        if self.needs == "seconds":
            number = f"{x:.1f}" if x < 10 else f"{x:.0f}"
        return f"{number} {self.each}"


STEPS = Axis("step", "", "steps")
SECONDS = Axis("CPU-seconds of each", "seconds", "CPU-seconds")
CHANGES = Axis("weights changed (steps × parameters)", "parameters", "weights changed")
AXES = (STEPS, SECONDS, CHANGES)


def axes_of(curves: Curves) -> tuple[Axis, ...]:
    """Those for which the runners report enough."""
    reported = {metric for _, metric in curves}
    return tuple(axis for axis in AXES if not axis.needs or axis.needs in reported)


def _between(known: Sequence[tuple[float, float]]) -> Place:
    """A straight line between each two points that are known; nothing beyond the last."""
    steps = [step for step, _ in known]

    def place(step: float) -> float | None:
        after = bisect_left(steps, step)
        if after == len(steps):
            return None
        x1, y1 = known[after]
        if x1 == step:
            return y1
        x0, y0 = known[after - 1]
        return y0 + (y1 - y0) * (step - x0) / (x1 - x0)

    return place


LEVELS = (0.99, 0.9)
"""The levels that a race is decided at: the higher one, if somebody reached it."""


def who_was_first(spec: LabSpec, curves: Curves, axis: Axis) -> str:
    """Who came first to 99 % (or 90 %) along an axis, and who followed, from the curves alone.

    Empty where there is no race: one runner, none whose share is known, or no level within reach.
    """
    metric, _ = share_of(spec)
    shares = {runner: points for (runner, what), points in curves.items() if what == metric}
    ceiling = min((one.value for one in spec.levels if one.metric == metric), default=1.0)
    if len(shares) < 2 or ceiling < LEVELS[-1]:
        return ""
    for level in LEVELS:
        came = []
        for runner, points in shares.items():
            place = axis.place(curves, runner)
            step = next((step for step, value in points if value >= level), None)
            if step is not None and (x := place(step)) is not None:
                came.append((x, who(spec, runner)))
        if came:
            names = {name for _, name in came}
            left = [who(spec, runner) for runner in shares if who(spec, runner) not in names]
            return _told(sorted(came), level, axis, left)
    best = max(shares, key=lambda runner: shares[runner][-1][1])
    return f"Nobody is at 90 %; {who(spec, best)} is nearest with {_percent(shares[best])}."


def _told(came: Sequence[tuple[float, str]], level: float, axis: Axis, left: Sequence[str]) -> str:
    (x, first), rest = came[0], came[1:]
    alone = [name for other, name in came if other == x]
    if len(alone) > 1:
        first, rest = " and ".join(alone), came[len(alone) :]
    then = "".join(f", {name} after {axis.said(at)}" for at, name in rest)
    told = f"First at {100 * level:.0f} %: {first}, after {axis.said(x)}{'; then' if then else ''}"
    others = f" Not there: {_listed(left)}." if left else ""
    return f"{told}{then[1:]}.{others}"


def _listed(names: Sequence[str]) -> str:
    """Names one after the other, set apart even where one of them has a comma."""
    return ("; " if any("," in name for name in names) else ", ").join(names)


def _percent(points: Sequence[tuple[int, float]]) -> str:
    return f"{100 * points[-1][1]:.0f} %"
