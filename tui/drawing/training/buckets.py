"""A curve of any length in at most 250 points that stay where they are as more arrive.

The newest points are kept as they are while there are few of them. Then each bucket, a stretch of
the x axis, keeps its lowest and its highest point; when there are too many buckets, neighbours
merge. A bucket's width is a power of two and its borders are multiples of it, so old buckets do
not change until the next merge, and what was drawn stays drawn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, float]

POINTS = 250
"""Points that a curve is drawn with, at most."""


def thinned(points: Sequence[Point], stretches: int = 4 * POINTS) -> Sequence[Point]:
    """A long curve, known as a whole, before it goes into buckets: of each of the stretches into
    which it is cut the lowest and the highest point, and whatever is not finite."""
    size = len(points) // stretches
    if size < 3:
        return points
    kept: list[Point] = [points[0]]
    for begin in range(0, len(points), size):
        part = points[begin : begin + size]
        finite = [point for point in part if math.isfinite(point[1])]
        kept += [point for point in part if not math.isfinite(point[1])]
        if finite:
            kept += [min(finite, key=_height), max(finite, key=_height)]
    return sorted({*kept, points[-1]}, key=lambda point: point[0])


def _height(point: Point) -> float:
    return point[1]


class Buckets:
    """One curve. Adding a point costs the same however many came before."""

    def __init__(self, limit: int = POINTS) -> None:
        self._limit = max(4, limit)
        self._width = 0.0  # 0: the points themselves are kept, in `_few`
        self._few: list[Point] = []
        self._buckets: dict[int, tuple[Point, Point]] = {}
        self._bad: dict[int, float] = {}
        self.count = 0
        self.first: Point | None = None
        self.last: Point | None = None
        self.lowest: Point | None = None
        self.highest: Point | None = None
        self.end = -math.inf
        """The largest x that came, of any point."""

    def add(self, x: float, y: float) -> None:
        """Take another point. One that is not finite is remembered as bad at its x."""
        if not math.isfinite(x):
            return
        self.count += 1
        self.end = max(self.end, x)
        if not math.isfinite(y):
            self._bad[self._index(x)] = x
            self._thin_bad()
            return
        point = (x, y)
        self.first = self.first or point
        self.last = point
        if self.lowest is None or y < self.lowest[1]:
            self.lowest = point
        if self.highest is None or y > self.highest[1]:
            self.highest = point
        if self._width:
            self._put(point)
        else:
            self._few.append(point)
            if len(self._few) > self._limit:
                self._start_buckets()

    @property
    def points(self) -> list[Point]:
        """What to draw, from left to right."""
        if not self._width:
            return sorted(self._few, key=lambda point: point[0])
        found: list[Point] = []
        for index in sorted(self._buckets):
            low, high = self._buckets[index]
            found += [low] if low == high else sorted((low, high))
        return found

    @property
    def bad(self) -> list[float]:
        """Where values came that are not finite."""
        return sorted(self._bad.values())

    def _index(self, x: float) -> int:
        return math.floor(x / (self._width or 1))

    def _put(self, point: Point) -> None:
        index = self._index(point[0])
        low, high = self._buckets.get(index, (point, point))
        if point[1] < low[1]:
            low = point
        if point[1] > high[1]:
            high = point
        self._buckets[index] = (low, high)
        while len(self._buckets) * 2 > self._limit:
            self._rebuild(self._width * 2)

    def _start_buckets(self) -> None:
        xs = [x for x, _ in self._few]
        span = max(xs) - min(xs)
        wanted = span / (self._limit / 4) if span > 0 else 1.0
        self._rebuild(2.0 ** math.ceil(math.log2(wanted)), self._few)
        self._few = []

    def _rebuild(self, width: float, points: list[Point] | None = None) -> None:
        kept = points if points is not None else self.points
        self._width, self._buckets = width, {}
        for point in kept:
            index = self._index(point[0])
            low, high = self._buckets.get(index, (point, point))
            self._buckets[index] = (
                point if point[1] < low[1] else low,
                point if point[1] > high[1] else high,
            )
        self._bad = {self._index(x): x for x in self._bad.values()}

    def _thin_bad(self) -> None:
        while len(self._bad) > self._limit:
            self._bad = dict(sorted(self._bad.items())[::2])
