"""The chart that `grok-tui lab` prints: the curves of the run, or bars where there are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from textual.strip import Strip

from models.specs.spec import LabSpec
from tui.drawing.ink import Ink
from tui.drawing.training.buckets import Buckets
from tui.drawing.training.chart import Chart, Curve, draw_chart
from tui.drawing.training.chart_words import describe, legend, wrapped
from tui.drawing.training.results import said
from tui.plain_text import wrap

ROWS = 14
BAR = 30
"""Columns of the longest bar."""

Points = Sequence[tuple[int, float]]


def chart(
    spec: LabSpec,
    curves: Mapping[tuple[str, str], Points],
    metrics: Mapping[str, float],
    width: int,
    ink: Ink,
) -> list[Strip | str]:
    """The lines of a chart `width` columns wide; none where there is nothing to draw."""
    series: dict[str, Buckets] = {}
    for one in spec.series:
        for step, value in curves.get((one.runner, one.metric), ()):
            series.setdefault(one.label, Buckets()).add(step, value)
    return drawn(series, spec.log_scale, width, ink) if series else _bars(spec, metrics, ink)


def printed(lines: Sequence[Strip | str], coloured: bool) -> str:
    """The lines as text, with codes for their colours where the terminal takes them."""
    console = Console()
    return "\n".join(
        line if isinstance(line, str) else line.render(console) if coloured else line.text.rstrip()
        for line in lines
    )


def drawn(series: Mapping[str, Buckets], log: bool, width: int, ink: Ink) -> list[Strip | str]:
    """Curves by their names, with a legend above and a sentence below."""
    picture = Chart([Curve(n, b.points, b.bad) for n, b in series.items()], log=log)
    lines: list[Strip | str] = [*wrapped(legend(series, (), (), (), ink), width)]
    lines += draw_chart(picture, width, ROWS, ink)
    return [*lines, *wrap(ink.words(describe(series, "step")), width)]


def _bars(spec: LabSpec, metrics: Mapping[str, float], ink: Ink) -> list[Strip | str]:
    """Who got how far, by the first column of the table of results."""
    if not spec.columns:
        return []
    column, head = spec.columns[0]
    named = {words: f"{runner}.{column}" if runner else column for runner, words in spec.runners}
    found = {words: metrics[name] for words, name in named.items() if name in metrics}
    forms = {metric.name: metric.form for metric in spec.metrics}
    wide = max(map(len, found), default=0)
    rows = [
        f"{words:<{wide}}  {ink.bar(value, BAR)} {said(value, forms[named[words]])}"
        for words, value in found.items()
        if forms.get(named[words]) == "percent"
    ]
    return [f"{'':<{wide}}  {head}", *rows] if rows else []
