"""Curves on axes, drawn by plotext, as strips.

plotext draws axes, ticks and curves as characters; the colours it is given are only labels, which
are turned back into the ink's own styles here. It is imported when the first chart is drawn.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rich.style import Style
from textual.strip import Strip

from tui.drawing.buckets import Point
from tui.drawing.ink import Ink
from tui.drawing.lines import blank, strip
from tui.drawing.ticks import linear_ticks, log_ticks, round_up, round_up_step, short

MARKS = "●×+◆▲■"
_ASCII_MARKS = "*x+o^="
_LABEL = 5
"""Columns for the numbers at the y axis: fixed, so that the curve never shifts."""
_SPACING = 9
"""Columns between the marks that tell curves apart."""
_LABELS_OF_COLOURS = 20
"""First of the colour numbers that label curves on their way through plotext."""
_SGR = re.compile(r"\x1b\[([\d;]*)m")
_DECADES = 6
"""A logarithmic axis reaches at most this far below its top."""


@dataclass(frozen=True)
class Curve:
    """One series: its points from left to right, and where it was not finite."""

    name: str
    points: Sequence[Point]
    bad: Sequence[float] = ()


@dataclass(frozen=True)
class Chart:
    """All that is drawn. `references` are horizontal lines, `ghosts` are curves of a run before."""

    curves: Sequence[Curve] = ()
    ghosts: Sequence[Curve] = ()
    references: Sequence[tuple[str, float]] = ()
    log: bool = False
    end: float = 0.0
    """Where the x axis ends at least: the number of steps of the whole run, if it is known."""


@dataclass
class _Frame:
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


def mark(index: int, ink: Ink) -> str:
    """The glyph that tells the curve with this number from the others."""
    marks = _ASCII_MARKS if ink.markers == "ascii" or ink.is_ascii else MARKS
    return marks[index % len(marks)]


def ghost_mark(ink: Ink) -> str:
    """The glyph that a run before is drawn with."""
    return "," if ink.is_ascii else "∙"


def reference_mark(ink: Ink) -> str:
    """The glyph that horizontal lines are drawn with."""
    return "-" if ink.is_ascii else "┄"


def draw_chart(chart: Chart, width: int, height: int, ink: Ink) -> list[Strip]:
    """Exactly `height` lines of `width` columns; blank where there is no room for axes."""
    if width < 14 or height < 4:
        return [blank(width) for _ in range(max(0, height))]
    frame = _frame(chart, height)
    plt = _fresh_figure(width, height)
    roles = _Roles(ink)
    plot_width = width - _LABEL - 1
    for name_y in chart.references:
        _level(plt, frame, name_y[1], ink, roles)
    for ghost in chart.ghosts:
        _ghost(plt, frame, ghost, plot_width, ink, roles)
    for index, curve in enumerate(chart.curves):
        _line(plt, frame, curve, index, ink, roles)
    for index, curve in enumerate(chart.curves):
        _marks(plt, frame, curve, index, plot_width, ink, roles)
    _axes(plt, frame, plot_width)
    return _strips(plt.build(), width, height, ink, roles)


class _Roles:
    """Hands out a colour number for each style, and finds the style again."""

    def __init__(self, ink: Ink) -> None:
        self._ink = ink
        self._roles: list[str] = []

    def colour(self, role: str) -> int:
        """The number under which plotext is to draw."""
        if role not in self._roles:
            self._roles.append(role)
        return _LABELS_OF_COLOURS + self._roles.index(role)

    def style(self, codes: str) -> Style:
        """The style that was meant by the codes plotext wrote."""
        parts = codes.split(";")
        if parts[:2] != ["38", "5"]:
            return self._ink.style("axis")
        return self._ink.style(self._roles[int(parts[2]) - _LABELS_OF_COLOURS])


def _fresh_figure(width: int, height: int) -> Any:
    import plotext

    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.theme("clear")
    plotext.plot_size(width, height)
    return plotext


def _frame(chart: Chart, height: int) -> _Frame:
    curves = [*chart.curves, *chart.ghosts]
    last = max((x for curve in curves for x in _ends(curve)), default=0.0)
    right = chart.end if 0 < chart.end >= last else round_up(last)
    values = [y for curve in curves for _, y in curve.points]
    values += [y for _, y in chart.references if math.isfinite(y)]
    most = max(2, (height - 1) // 3)
    if chart.log and any(value > 0 for value in values):
        return _log_frame([value for value in values if value > 0], right, most)
    low, high = min(values, default=0.0), max(values, default=1.0)
    # Zero belongs to the picture unless the values lie far from it.
    low = min(low, 0.0) if low < 0.6 * high or low < 0 else low
    high = high if high > low else low + (abs(low) or 1.0)
    return _linear_frame(low, high, right, max(2, height - 2))


def _linear_frame(low: float, high: float, right: float, rows: int) -> _Frame:
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
        frames.append(_Frame(False, right, bottom, bottom + step * gaps, ticks))
    if not frames:
        return _Frame(False, right, low, high, [low, high])

    def cost(frame: _Frame) -> float:
        return (frame.top - frame.bottom) * (1 + 0.25 * max(0, 4 - len(frame.ticks)))

    return min(frames, key=cost)


def _ends(curve: Curve) -> list[float]:
    return [x for x, _ in curve.points[-1:]] + list(curve.bad[-1:])


def _log_frame(positive: list[float], right: float, most: int) -> _Frame:
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
    return _Frame(True, right, bottom, top, log_ticks(bottom, top, most + 1))


def _level(plt: Any, frame: _Frame, y: float, ink: Ink, roles: _Roles) -> None:
    if math.isfinite(y):
        at = frame.place(y)
        colour = roles.colour("reference")
        plt.plot([0, frame.right], [at, at], marker=reference_mark(ink), color=colour)


def _line(plt: Any, frame: _Frame, curve: Curve, index: int, ink: Ink, roles: _Roles) -> None:
    if not curve.points:
        return
    marker = {"braille": "braille", "block": "hd"}.get(ink.markers, ".")
    marker = "." if ink.is_ascii else marker
    xs = [x for x, _ in curve.points]
    ys = [frame.place(y) for _, y in curve.points]
    plt.plot(xs, ys, marker=marker, color=roles.colour(f"series{index % 6}"))


def _marks(
    plt: Any, frame: _Frame, curve: Curve, index: int, width: int, ink: Ink, roles: _Roles
) -> None:
    """Marks at fixed columns and at the newest point, so that little moves as points arrive."""
    if curve.points:
        offset = 2 + index * 3
        xs = [frame.right * column / width for column in range(offset, width, _SPACING)]
        spots = [(x, _value_at(curve.points, x)) for x in xs if x <= curve.points[-1][0]]
        spots = [spot for spot in spots if spot[0] >= curve.points[0][0]] + [curve.points[-1]]
        role = roles.colour(f"series{index % 6}")
        ys = [frame.place(y) for _, y in spots]
        plt.scatter([x for x, _ in spots], ys, marker=mark(index, ink), color=role)
    if curve.bad:
        floor = frame.place(frame.bottom)
        plt.scatter(curve.bad, [floor] * len(curve.bad), marker="!", color=roles.colour("bad"))


def _ghost(plt: Any, frame: _Frame, curve: Curve, width: int, ink: Ink, roles: _Roles) -> None:
    """A dot every other column: not to be taken for a curve that is being drawn."""
    if not curve.points:
        return
    columns = [frame.right * column / width for column in range(0, width, 2)]
    inside = [x for x in columns if curve.points[0][0] <= x <= curve.points[-1][0]]
    near = 2 * frame.right / width
    ys = [frame.place(_mean_around(curve.points, x, near)) for x in inside]
    if inside:
        plt.scatter(inside, ys, marker=ghost_mark(ink), color=roles.colour("ghost"))


def _value_at(points: Sequence[Point], x: float) -> float:
    """The curve's value at `x`, between the two points around it."""
    after = bisect_right(points, x, key=lambda point: point[0])
    if after == 0 or after == len(points):
        return points[min(after, len(points) - 1)][1]
    (x0, y0), (x1, y1) = points[after - 1], points[after]
    return y0 if x1 == x0 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)


def _mean_around(points: Sequence[Point], x: float, near: float) -> float:
    """The mean of the points within `near` of `x`: a quiet line through a noisy curve."""
    first = bisect_left(points, x - near, key=lambda point: point[0])
    last = bisect_right(points, x + near, key=lambda point: point[0])
    values = [y for _, y in points[first:last]]
    return sum(values) / len(values) if values else _value_at(points, x)


def _axes(plt: Any, frame: _Frame, width: int) -> None:
    plt.xaxes(True, False)
    plt.yaxes(True, False)
    plt.xlim(0, frame.right)
    plt.ylim(frame.place(frame.bottom), frame.place(frame.top))
    labels = [short(tick).rjust(_LABEL - 1) for tick in frame.ticks]
    plt.yticks([frame.place(tick) for tick in frame.ticks], labels)
    columns = linear_ticks(0, frame.right, max(2, width // 12))
    plt.xticks(columns, [short(tick) for tick in columns])


def _strips(text: str, width: int, height: int, ink: Ink, roles: _Roles) -> list[Strip]:
    lines = []
    for row in text.split("\n")[:height]:
        pieces, style, end = [], ink.style("axis"), 0
        for code in _SGR.finditer(row):
            pieces.append((_axis_text(row[end : code.start()], ink), style))
            style, end = roles.style(code[1]), code.end()
        pieces.append((_axis_text(row[end:], ink), style))
        lines.append(strip(pieces, width))
    return lines + [blank(width)] * (height - len(lines))


_AXIS = str.maketrans("┤├┬┴─└┘┼┌┐│", "++++-+++++|")


def _axis_text(text: str, ink: Ink) -> str:
    return text.translate(_AXIS) if ink.is_ascii else text
