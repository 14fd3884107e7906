"""What a run came to: one row for each runner, one column for each thing that is measured."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from course.placeholders import FORMS
from models.specs.spec import LabSpec, Value

GAP = "  "
"""What stands between two columns."""


def said(value: float, form: str) -> str:
    """A number in the form that its metric asks for, with as many digits as those beside it."""
    if form == "percent" and math.isfinite(value):
        return f"{100 * value:.1f} %"
    return FORMS.get(form, FORMS["number"])(value) if math.isfinite(value) else "–"


def results(spec: LabSpec, metrics: Mapping[str, float]) -> list[list[str]]:
    """The table as rows of cells, its heads first; what has no number yet is left out."""
    forms = {metric.name: metric.form for metric in spec.metrics}
    rows = [["", *(head for _, head in spec.columns)]]
    for runner, words in spec.runners:
        names = [f"{runner}.{column}" if runner else column for column, _ in spec.columns]
        if any(name in metrics for name in names):
            cells = [said(metrics[n], forms.get(n, "")) if n in metrics else "" for n in names]
            rows.append([words, *cells])
    told = [i for i in range(len(rows[0])) if i == 0 or any(row[i] for row in rows[1:])]
    return [[row[i] for i in told] for row in rows]


def fitting(rows: Sequence[Sequence[str]], room: int) -> list[Sequence[str]]:
    """The rows with as many of the first columns as fit whole into `room`, and at least one number;
    without the rows of which none is left."""
    widths = _widths(rows)
    while len(widths) > 2 and sum(widths) + len(GAP) * (len(widths) - 1) > room:
        widths.pop()
    head, *told = (row[: len(widths)] for row in rows)
    return [head, *(row for row in told if any(row[1:]))]


def columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """The rows as lines of text: the first column to the left, numbers to the right."""
    widths = _widths(rows)
    return [
        GAP.join(
            cell.ljust(width) if i == 0 else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]


def written(value: Value) -> str:
    """A knob's value as a learner types it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
