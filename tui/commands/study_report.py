"""What a study comes to, for people (plot, table, sentence) and for machines."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from textual.strip import Strip

from models.specs.study import full_name
from tui.commands.lab_chart import printed
from tui.commands.lab_report import paper
from tui.drawing.ink import Ink
from tui.drawing.studies.study import Line, Picture, describe
from tui.drawing.studies.study_plot import draw_plot
from tui.drawing.studies.study_table import seeds_table
from tui.drawing.training.chart import mark
from tui.drawing.training.dashboard import about
from tui.drawing.training.results import columns
from tui.plain_text import wrap
from tui.study_run import StudyRun
from tui.study_words import picture_of, where

ROWS = 12
"""Rows of a printed plot."""


def listed(studies: Sequence[StudyRun]) -> tuple[dict[str, Any], str]:
    """All studies, with how many of their runs are kept."""
    answer = {"studies": [_summary(one) for one in studies]}
    width, ink = paper()
    lines: list[str] = []
    for one in studies:
        study = one.study
        took = f"{len(one.points)} runs, about {about(study.seconds)}"
        have = f"; {len(one.results)} are kept" if one.results else ""
        lines += [f"{study.name}: {study.title} ({took}{have})"]
        lines += [f"    {line}" for line in wrap(study.summary, width - 4)]
    return answer, ink.words("\n".join(lines))


def _summary(one: StudyRun) -> dict[str, Any]:
    study = one.study
    return {
        "name": study.name,
        "title": study.title,
        "summary": study.summary,
        "lab": study.lab,
        "over": study.over,
        "values": list(study.values),
        "seeds": list(dict.fromkeys(point.seed for point in one.points)),
        "seconds": round(study.seconds),
        "runs": len(one.points),
        "kept": len(one.results),
    }


def as_json(one: StudyRun) -> dict[str, Any]:
    """The study as one object with keys that stay."""
    study = one.study
    names = [full_name(runner, metric) for metric in study.metrics for runner in study.runners]
    points = []
    for point in one.points:
        numbers = one.results.get(point, {})
        points.append(
            {
                "value": point.value,
                "seed": point.seed,
                "knobs": dict(point.knobs),
                "metrics": {name: numbers[name] for name in names if name in numbers},
                "trouble": one.troubles.get(point, ""),
            }
        )
    said = {metric: describe(picture_of(one, metric)) for metric in study.metrics}
    return {"study": study.name, "lab": study.lab, "over": study.over, "points": points} | {
        "found": said
    }


def as_text(one: StudyRun) -> str:
    """A picture, a table and a sentence for each thing that is measured; then what failed."""
    width, ink = paper()
    parts = [one.study.title]
    for metric in one.study.metrics:
        picture = picture_of(one, metric)
        parts += [_drawn(picture, width, ink), "\n".join(wrap(describe(picture), width))]
    for point, because in one.troubles.items():
        parts += wrap(f"{where(one.study, point)} failed: {because}", width)
    return ink.words("\n\n".join(parts))


def _drawn(picture: Picture, width: int, ink: Ink) -> str:
    """The plot and all its numbers, or the table of seeds."""
    coloured = ink.kind == "colour" and sys.stdout.isatty()
    lines: list[Strip | str] = [picture.what]
    if picture.by_seed:
        lines += seeds_table(picture, None, width, 1, ink)
        return printed(lines, coloured)
    lines += draw_plot(picture, None, width, ROWS, ink)
    marks = [mark(index, ink) for index in range(len(picture.lines))]
    named = zip(marks, picture.lines, strict=True)
    legend = wrap("   ".join(f"{sign} {line.name}" for sign, line in named), width)
    rows = [["", *marks]]
    for place in range(len(picture.places)):
        cells = [_cell(picture, line, place) for line in picture.lines]
        rows.append([picture.where(place), *cells])
    return printed([*lines, "", *legend, *columns(rows)], coloured)


def _cell(picture: Picture, line: Line, place: int) -> str:
    """What was measured at a place: one number, or the lowest and the highest."""
    values = line.at(place)
    if not values:
        return "–"
    low, high = picture.number(min(values)), picture.number(max(values))
    return low if low == high else f"{low} to {high}"
