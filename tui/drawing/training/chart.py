"""Curves on axes, drawn by plotext, as strips.

plotext draws axes, ticks and curves as characters; the colours it is given are only labels, which
are turned back into the ink's own styles here. It is imported when the first chart is drawn.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import blank, strip
from tui.drawing.ticks import along, round_up, short, ticks_to
from tui.drawing.training.buckets import Point
from tui.drawing.training.chart_bet import ChartBet, bet_mark, between_points, spots
from tui.drawing.training.frame import Frame, frame_of

MARKS = "●×+◆▲■"
_ASCII_MARKS = "*x+o^="
MARGIN = 5
"""Columns for the numbers at the y axis: fixed, so that the curve never shifts."""
_SPACING = 9
"""Columns between the marks that tell curves apart."""
_LABELS_OF_COLOURS = 20
"""First of the colour numbers that label curves on their way through plotext."""
_SGR = re.compile(r"\x1b\[([\d;]*)m")


@dataclass(frozen=True)
class Curve:
    """One series: its points from left to right, and where it was not finite."""

    name: str
    points: Sequence[Point]
    bad: Sequence[float] = ()
    faint: bool = False
    """Whether another curve is the one to look at."""


@dataclass(frozen=True)
class Chart:
    """All that is drawn. `references` are horizontal lines, `ghosts` are curves of a run before."""

    curves: Sequence[Curve] = ()
    ghosts: Sequence[Curve] = ()
    references: Sequence[tuple[str, float]] = ()
    log: bool = False
    end: float = 0.0
    """Where the x axis ends at least: the number of steps of the whole run, if it is known."""
    turns: Sequence[float] = ()
    """Where a knob was turned: marked on the x axis."""
    span: tuple[float, float] | None = None
    """What the y axis shows at least, where it is not logarithmic."""
    bets: Sequence[ChartBet] = ()
    """What was expected of the curves."""


def _frame(chart: Chart, height: int) -> Frame:
    curves = [*chart.curves, *chart.ghosts]
    last = max((x for curve in curves for x in _ends(curve)), default=0.0)
    right = chart.end if 0 < chart.end >= last else round_up(last)
    values = [y for curve in curves for _, y in curve.points]
    values += [y for _, y in chart.references if math.isfinite(y)]
    values += [y for bet in chart.bets for y in bet.values]
    return frame_of(values, right, height, log=chart.log, span=chart.span)


def _ends(curve: Curve) -> list[float]:
    return [x for x, _ in curve.points[-1:]] + list(curve.bad[-1:])


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


def turn_mark(ink: Ink) -> str:
    """The glyph on the axis where a knob was turned."""
    return "T" if ink.is_ascii else "↑"


def draw_chart(chart: Chart, width: int, height: int, ink: Ink) -> list[Strip]:
    """Exactly `height` lines of `width` columns; blank where there is no room for axes."""
    if width < 14 or height < 4:
        return [blank(width) for _ in range(max(0, height))]
    frame = _frame(chart, height)
    plt = _fresh_figure(width, height)
    roles = _Roles(ink)
    plot_width = width - MARGIN - 1
    for name_y in chart.references:
        _level(plt, frame, name_y[1], ink, roles)
    for ghost in chart.ghosts:
        _ghost(plt, frame, ghost, plot_width, ink, roles)
    # What is to be looked at is drawn last, over the others.
    curves = sorted(enumerate(chart.curves), key=lambda one: not one[1].faint)
    for index, curve in curves:
        _line(plt, frame, curve, index, ink, roles)
    for index, curve in curves:
        _marks(plt, frame, curve, index, plot_width, ink, roles)
    for bet in chart.bets:
        _bet(plt, frame, bet, plot_width, ink, roles)
    _turns(plt, frame, chart.turns, ink, roles)
    _axes(plt, frame, plot_width)
    return _strips(plt.build(), width, height, ink, roles)


def column_of(x: float, right: float, columns: int) -> int:
    """In which of the `columns` of an axis from 0 to `right` a value lies, counted from 0."""
    share = min(1.0, max(0.0, x / right)) if right > 0 else 0.0
    return int(share * (columns - 1) + 0.5)


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


def _level(plt: Any, frame: Frame, y: float, ink: Ink, roles: _Roles) -> None:
    if math.isfinite(y):
        at = frame.place(y)
        colour = roles.colour("reference")
        plt.plot([0, frame.right], [at, at], marker=reference_mark(ink), color=colour)


def _line(plt: Any, frame: Frame, curve: Curve, index: int, ink: Ink, roles: _Roles) -> None:
    if not curve.points:
        return
    marker = {"braille": "braille", "block": "hd"}.get(ink.markers, ".")
    marker = "." if ink.is_ascii else marker
    xs = [x for x, _ in curve.points]
    ys = [frame.place(y) for _, y in curve.points]
    plt.plot(xs, ys, marker=marker, color=roles.colour(_role(curve, index)))


def _role(curve: Curve, index: int) -> str:
    return "faint" if curve.faint else f"series{index % 6}"


def _marks(
    plt: Any, frame: Frame, curve: Curve, index: int, width: int, ink: Ink, roles: _Roles
) -> None:
    """Marks at fixed columns and at the newest point, so that little moves as points arrive."""
    if curve.points:
        offset = 2 + index * 3
        xs = [frame.right * column / width for column in range(offset, width, _SPACING)]
        spots = [(x, between_points(curve.points, x)) for x in xs if x <= curve.points[-1][0]]
        spots = [spot for spot in spots if spot[0] >= curve.points[0][0]] + [curve.points[-1]]
        role = roles.colour(_role(curve, index))
        ys = [frame.place(y) for _, y in spots]
        plt.scatter([x for x, _ in spots], ys, marker=mark(index, ink), color=role)
    if curve.bad:
        floor = frame.place(frame.bottom)
        plt.scatter(curve.bad, [floor] * len(curve.bad), marker="!", color=roles.colour("bad"))


def _turns(plt: Any, frame: Frame, turns: Sequence[float], ink: Ink, roles: _Roles) -> None:
    if turns:
        floor = [frame.place(frame.bottom)] * len(turns)
        plt.scatter(list(turns), floor, marker=turn_mark(ink), color=roles.colour("accent"))


def _ghost(plt: Any, frame: Frame, curve: Curve, width: int, ink: Ink, roles: _Roles) -> None:
    """A dot every other column: not to be taken for a curve that is being drawn."""
    if not curve.points:
        return
    columns = [frame.right * column / width for column in range(0, width, 2)]
    inside = [x for x in columns if curve.points[0][0] <= x <= curve.points[-1][0]]
    near = 2 * frame.right / width
    ys = [frame.place(_mean_around(curve.points, x, near)) for x in inside]
    if inside:
        plt.scatter(inside, ys, marker=ghost_mark(ink), color=roles.colour("ghost"))


def _bet(plt: Any, frame: Frame, bet: ChartBet, width: int, ink: Ink, roles: _Roles) -> None:
    if found := [(x, y) for x, y in spots(bet, frame.right, width) if x <= frame.right]:
        ys = [frame.place(y) for _, y in found]
        role = roles.colour("accent")
        plt.scatter([x for x, _ in found], ys, marker=bet_mark(ink), color=role)


def _mean_around(points: Sequence[Point], x: float, near: float) -> float:
    """The mean of the points within `near` of `x`: a quiet line through a noisy curve."""
    first = bisect_left(points, x - near, key=lambda point: point[0])
    last = bisect_right(points, x + near, key=lambda point: point[0])
    values = [y for _, y in points[first:last]]
    return sum(values) / len(values) if values else between_points(points, x)


def _axes(plt: Any, frame: Frame, width: int) -> None:
    plt.xaxes(True, False)
    plt.yaxes(True, False)
    plt.xlim(0, frame.right)
    plt.ylim(frame.place(frame.bottom), frame.place(frame.top))
    labels = [short(tick).rjust(MARGIN - 1) for tick in frame.ticks]
    plt.yticks([frame.place(tick) for tick in frame.ticks], labels)
    columns = ticks_to(frame.right, max(2, width // 12))
    plt.xticks(columns, [along(tick) for tick in columns])


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
