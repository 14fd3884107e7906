"""The ranges of a chart's axes, and where their ticks stand."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from tui.drawing.ticks import log_ticks, round_up, round_up_step

_DECADES = 6
"""A logarithmic axis reaches at most this far below its top."""


@dataclass
class Frame:
    """The ranges of both axes, and y as it is plotted."""

    log: bool
    right: float
    bottom: float
    top: float
    ticks: list[float] = field(default_factory=list)

    def place(self, y: float) -> float:
        """Where a value lies on the plotted axis; never out of it."""
        clamped = min(self.top, max(self.bottom, y))
        return math.log10(clamped) if self.log else clamped


def frame_of(
    values: Sequence[float],
    right: float,
    rows: int,
    *,
    log: bool = False,
    span: tuple[float, float] | None = None,
) -> Frame:
    """A frame for finite values on `rows` lines, axis and numbers included.

    With `span` the y axis reaches at least from one of its ends to the other.
    """
    if log and any(value > 0 for value in values):
        most = max(2, (rows - 1) // 3)
        return _log_frame([value for value in values if value > 0], right, most)
    values = [*values, *(span or ())]
    low, high = min(values, default=0.0), max(values, default=1.0)
    # Zero belongs to the picture unless the values lie far from it.
    low = min(low, 0.0) if low < 0.6 * high or low < 0 else low
    high = high if high > low else low + (abs(low) or 1.0)
    return _linear_frame(low, high, right, max(2, rows - 2))


def _linear_frame(low: float, high: float, right: float, rows: int) -> Frame:
    """Ticks fall exactly on rows, the same number of rows apart; as little is wasted as can be."""
    frames = []
    for apart in (2, 3, 4, 5):
        gaps = (rows - 1) / apart
        if gaps < 1:
            continue
        step = round_up_step((high - low) / gaps)
        bottom = math.floor(low / step + 1e-9) * step
        if bottom + step * gaps < high - 1e-9 * abs(high):
            step = round_up_step(step * 1.01)
            bottom = math.floor(low / step + 1e-9) * step
        ticks = [bottom + n * step for n in range(int(gaps) + 1)]
        frames.append(Frame(False, right, bottom, bottom + step * gaps, ticks))
    if not frames:
        return Frame(False, right, low, high, [low, high])

    def cost(frame: Frame) -> float:
        return (frame.top - frame.bottom) * (1 + 0.25 * max(0, 4 - len(frame.ticks)))

    return min(frames, key=cost)


def _log_frame(positive: list[float], right: float, most: int) -> Frame:
    """Values are clamped to a few decades below the highest, so that a zero does no harm."""
    high = max(positive)
    low = max(min(positive), high * 10.0**-_DECADES)
    top = round_up(high)
    bottom = 10.0 ** math.floor(math.log10(low) + 1e-9)
    if bottom * 5 <= low:
        bottom *= 5
    elif bottom * 2 <= low:
        bottom *= 2
    bottom = min(bottom, top / 2)
    return Frame(True, right, bottom, top, log_ticks(bottom, top, most + 1))
