"""How the screen of a film is shared out: chart, pictures, table, line and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tui.drawing.training.chart import MARGIN
from tui.drawing.training.film import GAP
from tui.drawing.training.film_table import AS_OF, value_width

Side = Literal["chart", "picture", "facts"]
"""What stands beside the chart; on a narrow screen, what stands in its place."""

BESIDE = 70
"""Columns from which a picture stands beside the chart."""
TWO = 108
"""Columns from which two pictures do."""
PICTURE = 30
"""Columns that a picture has at least: a maze of seven squares, with its walls."""
WIDEST = 64
TOP = 14
"""Lines of a picture at least: a maze of five squares, its title and its caption."""
LOW = 11
"""Lines of a chart at least, where nothing stands beside it that needs more."""
LEAST_TABLE = 3
FACTS, ROOMY = 12, 50
"""Lines of the facts below the film, and lines from which they stand there."""
TALL = 34
"""Lines from which there is room for one more line of words."""


@dataclass(frozen=True)
class Plan:
    """Lines and columns. What has none is not there."""

    top: int
    chart: int
    side: int
    """Columns of each picture, or of the facts."""
    pictures: int
    """How many pictures stand side by side."""
    table: int
    left: int
    """Columns of the axis with its margin, in the chart, the strips and the line."""
    told: int
    below: int = 0
    """Lines for the facts below everything else."""


def plan(
    width: int,
    height: int,
    *,
    curves: bool,
    pictures: int,
    side: Side,
    metrics: int,
    heads: int,
    label: int,
) -> Plan:
    """Share out `width` columns and `height` lines.

    `pictures` is how many there are to show at once, `metrics` how many lines the table would
    like, with `heads` values in each and names of up to `label` columns.
    """
    if not curves:
        return _without_curves(width, height, pictures if side == "picture" else 0, side)
    told = 3 if height >= TALL else 2
    below = FACTS if height >= ROOMY and side != "facts" else 0
    free = height - told - 1 - below
    alone = side != "picture" or not pictures
    table = min(1 + metrics, max(LEAST_TABLE, free - max(LOW if alone else TOP, free // 2)))
    top = max(0, free - table)
    right = GAP + label + 1 + heads * value_width(heads) + AS_OF
    if width < BESIDE:
        left = max(MARGIN + 16, width - right)
        chart = width if side == "chart" else 0
        beside = 0 if side == "chart" else width
        return Plan(top, chart, beside, int(side == "picture"), table, left, told, below)
    count = 0 if side != "picture" else 2 if pictures > 1 and width >= TWO else 1
    each = max(PICTURE, min(WIDEST, width * 3 // 10))
    if count < 2:
        each = max(each, min(right, width - BESIDE + PICTURE))
    if side == "facts":
        each = max(PICTURE, min(WIDEST, width * 48 // 100))
    beside = max(1, count) * (each + GAP)
    return Plan(top, width - beside, each, count, table, width - beside, told, below)


def _without_curves(width: int, height: int, pictures: int, side: Side) -> Plan:
    """The pictures, and below them the facts."""
    count = 2 if pictures > 1 and width >= PICTURE * 2 + GAP else min(1, pictures)
    top = height if side == "facts" else min(height, max(TOP, height - FACTS))
    each = width // 2 if count > 1 else width
    return Plan(top, 0, each, count, 0, width, 0, height - top)
