"""What was expected of a curve, drawn beside the curve: a few points, or one level."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from tui.drawing.ink import Ink
from tui.drawing.training.buckets import Point

_APART = 4
"""Columns between two marks: never to be taken for a curve that is being drawn."""


@dataclass(frozen=True)
class ChartBet:
    """What the learner has bet on. `series` names the curve; empty where there is but one."""

    series: str = ""
    points: Sequence[Point] = ()
    """From left to right; straight from each to the next."""
    level: float | None = None
    """Where it is to end, if that is all that was bet on."""

    @property
    def values(self) -> list[float]:
        """Every value that has to be in the picture."""
        return [y for _, y in self.points] + ([] if self.level is None else [self.level])

    @property
    def name(self) -> str:
        """What a legend calls it."""
        return f"your bet on {self.series}" if self.series else "your bet"


def bet_mark(ink: Ink) -> str:
    """The glyph that a bet is drawn with."""
    return "?" if ink.is_ascii else "◇"


def spots(bet: ChartBet, right: float, width: int) -> list[Point]:
    """Where its marks stand on an axis from 0 to `right`, `width` columns wide."""
    columns = [right * column / max(1, width) for column in range(0, width, _APART)]
    if bet.level is not None:
        return [(x, bet.level) for x in columns]
    if not bet.points:
        return []
    first, last = bet.points[0][0], bet.points[-1][0]
    between = [(x, between_points(bet.points, x)) for x in columns if first < x < last]
    return [*between, *bet.points]


def between_points(points: Sequence[Point], x: float) -> float:
    """The value at `x` on straight lines from each point to the next."""
    after = bisect_right(points, x, key=lambda point: point[0])
    if after == 0 or after == len(points):
        return points[min(after, len(points) - 1)][1]
    (x0, y0), (x1, y1) = points[after - 1], points[after]
    return y0 if x1 == x0 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)
