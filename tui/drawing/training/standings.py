"""Who stands where in a run: a line for each runner, and what is happening to its weights.

    1 ● RNN, 8 cells  ├──────────────────M┤C  100.0 %  3.9e-4   .21 ▇▅▃▂▁▁▁
    2 × RNN           ├────────M          ┤C   49.2 %   0.696   .35 ▇▇▇▇▇▇▇

The mouse on its track has as far to go to the cheese as its runner to always being right.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, fit, strip
from tui.drawing.sparkline import BAD, sparkline
from tui.drawing.ticks import exact
from tui.drawing.training.chart import mark

_LEAST_TRACK, _MOST_TRACK = 8, 40
_GRADIENT = 10
"""Glyphs of a gradient's recent past."""
_STRIP = 48
"""Glyphs of a strip at most."""
_APIECE = 8
"""Steps that each of them stands for."""


@dataclass(frozen=True)
class Standing:
    """One runner: its number, its mark on the chart, and its newest numbers."""

    number: int
    mark: int
    name: str
    share: float | None = None
    loss: float | None = None
    others: tuple[tuple[int, str, float], ...] = ()
    """Its further curves: mark, name and newest value of each."""
    rates: Sequence[float] = ()
    """The learning rate at each step, as far as it is told."""
    gradients: Sequence[float] = ()
    """The length of the gradient at each step, as far as it is told."""
    chosen: bool = False


@dataclass(frozen=True)
class _Plan:
    """Which columns there are, and how wide."""

    name: int
    track: int
    share: bool
    loss: bool
    gradient: bool
    spark: int
    others: tuple[str, ...]
    """The names of further curves."""


def height_of(rows: Sequence[Standing]) -> int:
    """The lines that `draw_standings` takes."""
    chosen = any(row.chosen and row.gradients for row in rows)
    return 1 + len(rows) + any(row.rates for row in rows) + chosen if rows else 0


def draw_standings(rows: Sequence[Standing], head: str, width: int, ink: Ink) -> list[Strip]:
    """A line of heads, a line for each runner, and the strips of what is happening."""
    if not rows:
        return []
    plan = _plan(rows, width)
    lines = [_head(plan, head, width, ink), *(_row(row, plan, width, ink) for row in rows)]
    return [*lines, *_happening(rows, width, ink)]


def _plan(rows: Sequence[Standing], width: int) -> _Plan:
    name = max(len(row.name) for row in rows)
    share = any(row.share is not None for row in rows)
    loss = any(row.loss is not None for row in rows)
    gradient = any(row.gradients for row in rows)
    others = tuple(dict.fromkeys(label for row in rows for _, label, _ in row.others))
    beside = sum(_width(label) for label in others)
    used = 4 + name + 9 * share + 9 * loss + 9 * gradient + beside
    spark = _GRADIENT if gradient else 0
    room = width - used - 4 * share
    if share and gradient and room - spark < _LEAST_TRACK:
        spark = max(0, room - _LEAST_TRACK)
    track = min(_MOST_TRACK, room - spark) if share else 0
    track = track if track >= _LEAST_TRACK else 0
    return _Plan(name, track, share, loss, gradient, spark, others)


def _width(label: str) -> int:
    """Columns of a further curve: its name above, its mark and its newest value below."""
    return 2 + max(len(label), 8)


def _head(plan: _Plan, head: str, width: int, ink: Ink) -> Strip:
    room = 4 + plan.name + (plan.track + 4 if plan.track else 0) + 9 * plan.share
    text = head.rjust(room) if plan.share else " " * room
    text += "loss".rjust(9) if plan.loss else ""
    if plan.gradient:
        text += "gradient".rjust(10 if plan.spark else 9).ljust(9 + plan.spark)
    text += "".join(label.rjust(_width(label)) for label in plan.others)
    return strip([(fit(ink.words(text), width, ink), ink.style("dim"))], width)


def _row(row: Standing, plan: _Plan, width: int, ink: Ink) -> Strip:
    role = f"series{row.mark % 6}"
    name = ink.style("chosen") if row.chosen else ink.style("plain")
    pieces: list[Piece] = [
        (f"{row.number} ", ink.style("faint")),
        (f"{mark(row.mark, ink)} ", ink.style(role)),
        (ink.words(row.name), name),
        (" " * (plan.name - len(row.name)), ink.style("plain")),
    ]
    if plan.track:
        pieces += _track(row.share, plan.track, role, ink)
    if plan.share:
        told = f"{100 * row.share:.1f} %" if row.share is not None else ""
        pieces.append((told.rjust(9), ink.style("strong")))
    if plan.loss:
        pieces.append(_number(row.loss, 9, ink))
    if plan.gradient:
        newest = row.gradients[-1] if row.gradients else None
        pieces.append(_number(newest, 8, ink))
        past = sparkline(row.gradients, plan.spark, ink, _APIECE)
        pieces.append((" " + past.ljust(plan.spark), _spark_style(past, ink)))
    curves = {label: (at, value) for at, label, value in row.others}
    for label in plan.others:
        pieces += _other(curves.get(label), _width(label), ink)
    return strip(pieces, width)


def _other(curve: tuple[int, float] | None, width: int, ink: Ink) -> list[Piece]:
    """The mark of a further curve and its newest value."""
    if curve is None:
        return [(" " * width, ink.style("plain"))]
    at, value = curve
    told, role = _number(value, 7, ink)
    return [(" " * (width - 8), role), (mark(at, ink), ink.style(f"series{at}")), (told, role)]


def _number(value: float | None, width: int, ink: Ink) -> Piece:
    if value is None:
        return (" " * width, ink.style("plain"))
    if not math.isfinite(value):
        return (BAD.rjust(width), ink.style("bad"))
    return (exact(value).rjust(width), ink.style("plain"))


def _spark_style(past: str, ink: Ink) -> Style:
    return ink.style("bad" if BAD in past else "dim")


def _track(share: float | None, length: int, role: str, ink: Ink) -> list[Piece]:
    """The way that the mouse has gone, the mouse, what is left of the way, the cheese."""
    left, right = ("|", "|") if ink.is_ascii else ("├", "┤")
    pieces: list[Piece] = [("  " + left, ink.style("axis"))]
    if share is None:
        pieces.append((" " * (length - 1), ink.style("plain")))
    else:
        gone = round(min(1.0, max(0.0, share)) * (length - 2)) if math.isfinite(share) else 0
        pieces += [
            (("-" if ink.is_ascii else "─") * gone, ink.style(role)),
            ("M", ink.style("mouse")),
            (" " * (length - 2 - gone), ink.style("plain")),
        ]
    return [*pieces, (right, ink.style("axis")), ("C", ink.style("cheese"))]


def _happening(rows: Sequence[Standing], width: int, ink: Ink) -> list[Strip]:
    """The learning rate, once for all where they share it, and the chosen runner's gradient."""
    lines: list[Strip] = []
    chosen = next((row for row in rows if row.chosen), None)
    shown = chosen or next((row for row in rows if row.rates), None)
    whose = f" of {chosen.name}" if chosen else ""
    if shown is not None and shown.rates:
        lines.append(_strip_of(f"learning rate{whose}", shown.rates, "dim", width, ink))
    if chosen is not None and chosen.gradients:
        told = f"gradient{whose}".ljust(len(f"learning rate{whose}") if lines else 0)
        role = f"series{chosen.mark % 6}"
        lines.append(_strip_of(told, chosen.gradients, role, width, ink))
    return lines


def _strip_of(what: str, values: Sequence[float], role: str, width: int, ink: Ink) -> Strip:
    """All the values that are told, and the newest in digits."""
    newest = values[-1]
    told = f"{newest:.3g}" if math.isfinite(newest) else BAD
    label = ink.words(f"{what}  ")
    past = sparkline(values, min(_STRIP, max(0, width - len(label) - len(told) - 2)), ink)
    return strip(
        [
            (label, ink.style("dim")),
            (past, ink.style("bad" if BAD in past else role)),
            (f"  {told}", ink.style("strong")),
        ],
        width,
    )
