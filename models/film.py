"""What of a run is kept when there is more than may be: the film and the curves, thinned.

A film keeps the frames between which the loss moves most, and of each kind the first and the
last. A curve keeps every report at first, and later the lowest and the highest of each stretch.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from models.protocol import Report

FRAMES, FILM_BYTES = 240, 16 << 20
"""How much film a run may have."""
EXACT = 20_000
"""Reports of one runner that are all kept."""


class Frame(NamedTuple):
    """Something that a run showed, as the line it is kept as."""

    runner: str
    step: int
    name: str
    line: bytes
    loss: float = math.nan
    """The runner's loss when it was shown."""


class Film:
    """The frames of a run in the order they came; never too many, never too large."""

    def __init__(self, frames: int = FRAMES, size: int = FILM_BYTES) -> None:
        self._most, self._largest = frames, size
        self.frames: list[Frame] = []
        self.dropped = 0
        """How many frames had to go so far."""
        self._size = 0

    def add(self, frame: Frame) -> None:
        """Take a frame; the one that says least goes where there are too many.

        What is shown again at the same step takes the place of what was shown there.
        """
        if (place := self._shown_before(frame)) is not None:
            self._size -= len(self.frames.pop(place).line)
        self.frames.append(frame)
        self._size += len(frame.line)
        while self.frames and (len(self.frames) > self._most or self._size > self._largest):
            gone = self.frames.pop(least(self.frames))
            self._size -= len(gone.line)
            self.dropped += 1

    def _shown_before(self, frame: Frame) -> int | None:
        """The place of the last frame of the same kind, if it is of the same step."""
        for place in reversed(range(len(self.frames))):
            other = self.frames[place]
            if (other.runner, other.name) == (frame.runner, frame.name):
                return place if other.step == frame.step else None
        return None


def least(frames: list[Frame]) -> int:
    """The frame that is missed least: the loss hardly moves from the one before to the one after.

    Where no loss tells them apart, it is the one whose neighbours are nearest to each other. The
    first and the last of what a runner shows under a name go only when nothing else is left.

    >>> losses = (3.0, 2.0, 1.0, 0.99, 0.98)
    >>> least([Frame("mouse", 10 * i, "walk", b"", loss) for i, loss in enumerate(losses)])
    3
    """
    kinds: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, frame in enumerate(frames):
        kinds[frame.runner, frame.name].append(place)
    worth: dict[int, tuple[float, float]] = {}
    for places in kinds.values():
        for before, place, after in zip(places, places[1:], places[2:], strict=False):
            worth[place] = _moved(frames[before], frames[after])
    largest = max(range(len(frames)), key=lambda place: len(frames[place].line))
    return min(worth, key=worth.__getitem__) if worth else largest


def _moved(before: Frame, after: Frame) -> tuple[float, float]:
    """How far the loss moves between two frames, as a ratio, and how many steps lie between."""
    low, high = sorted((before.loss, after.loss))
    known = math.isfinite(low) and math.isfinite(high) and low > 0
    return (math.log(high / low) if known else 0.0), after.step - before.step


class Thinner:
    """The reports of a run as they come, and those of them that are kept."""

    def __init__(self, exact: int = EXACT) -> None:
        self._exact = exact
        self._counts: dict[str, int] = defaultdict(int)
        self._groups: dict[str, list[Report]] = defaultdict(list)

    def add(self, report: Report) -> list[Report]:
        """Take a report; the reports that are to be written now."""
        runner = report.runner
        count = self._counts[runner]
        self._counts[runner] = count + 1
        if count < self._exact:
            return [report]
        group = self._groups[runner]
        group.append(report)
        if len(group) < 2 ** (count // self._exact).bit_length():
            return []
        self._groups[runner] = []
        return extremes(group)

    def rest(self) -> list[Report]:
        """What is still held back, once nothing more comes."""
        groups, self._groups = list(self._groups.values()), defaultdict(list)
        return [
            report for group in groups if group for report in (*extremes(group[:-1]), group[-1])
        ]


def extremes(group: list[Report]) -> list[Report]:
    """Of each metric the report with its lowest and with its highest value, in order.

    A value that is no finite number is an extreme of its own.
    """
    lowest: dict[str, tuple[float, int]] = {}
    highest: dict[str, tuple[float, int]] = {}
    kept: set[int] = set()
    odd: set[str] = set()
    for place, report in enumerate(group):
        metrics: Mapping[str, float] = report.metrics
        for name, value in metrics.items():
            if not math.isfinite(value):
                if name not in odd:
                    odd.add(name)
                    kept.add(place)
                continue
            if name not in lowest or value < lowest[name][0]:
                lowest[name] = (value, place)
            if name not in highest or value > highest[name][0]:
                highest[name] = (value, place)
    kept.update(place for found in (lowest, highest) for _, place in found.values())
    return [group[place] for place in sorted(kept)]
