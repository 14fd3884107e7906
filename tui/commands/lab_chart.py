"""The chart that `grok-tui lab` prints: the curves of the run, or bars where there are none."""

from __future__ import annotations

import math
import re

import plotext

from models.specs.spec import LabSpec

ROWS = 16
POINTS = 250
"""Points that a curve is thinned to: plotext takes time for each, and no terminal shows more."""
MARKS = ("braille", "•", "×", "+")
ASCII_MARKS = ("*", "o", "x", "+")
_CODES = re.compile("\x1b\\[[0-9;]*m")
_ASCII_LINES = str.maketrans(dict.fromkeys("┌┐└┘├┤┬┴┼", "+") | {"─": "-", "│": "|", "█": "#"})

Curve = list[tuple[int, float]]


def chart(
    spec: LabSpec,
    curves: dict[tuple[str, str], Curve],
    metrics: dict[str, float],
    width: int,
    ascii_only: bool = False,
) -> str:
    """A chart `width` columns wide, without colour codes; empty where there is nothing to draw."""
    drawable = {
        series.label: kept
        for series in spec.series
        if (kept := _kept(curves.get((series.runner, series.metric), []), spec.log_scale))
    }
    plotext.clear_figure()
    plotext.limit_size(False, False)
    plotext.theme("clear")
    if drawable:
        _lines(drawable, ASCII_MARKS if ascii_only else MARKS, spec.log_scale)
        plotext.title(", ".join(sorted({series.metric for series in spec.series})))
        plotext.plot_size(width, ROWS)
    elif arrivals := _shares(spec, metrics):
        plotext.bar(
            list(arrivals),
            [100 * share for share in arrivals.values()],
            orientation="h",
            marker="#" if ascii_only else "hd",
            width=0.5,
        )
        plotext.xlim(0, 100)
        plotext.plot_size(width, 2 * len(arrivals) + 4)
    else:
        return ""
    drawn = "\n".join(line.rstrip() for line in _CODES.sub("", plotext.build()).splitlines())
    return drawn.translate(_ASCII_LINES) if ascii_only else drawn


def _lines(drawable: dict[str, Curve], marks: tuple[str, ...], log_scale: bool) -> None:
    """Hand the curves to plotext. Each has a mark of its own, since there is no colour."""
    for index, (label, curve) in enumerate(drawable.items()):
        xs, ys = zip(*curve, strict=True)
        plotext.plot(list(xs), list(ys), marker=marks[index % len(marks)], label=label)
    plotext.yscale("log" if log_scale else "linear")
    plotext.xlabel("steps")


def _kept(curve: Curve, log_scale: bool) -> Curve:
    """The points that can be drawn, at most `POINTS` of them."""
    good = [(x, y) for x, y in curve if math.isfinite(y) and (y > 0 or not log_scale)]
    stride = math.ceil(len(good) / POINTS) or 1
    return good[::stride] if len(good) > 1 else []


def _shares(spec: LabSpec, metrics: dict[str, float]) -> dict[str, float]:
    """Each runner's first share of a whole, which is what bars compare."""
    shares: dict[str, float] = {}
    for metric in spec.metrics:
        runner = metric.name.rpartition(".")[0] or spec.name
        if metric.form == "percent" and metric.name in metrics:
            shares.setdefault(runner, metrics[metric.name])
    return shares
