"""What a chart shows, in a legend and in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.style import Style

from tui.drawing.buckets import Buckets
from tui.drawing.chart import ghost_mark, mark, reference_mark
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece
from tui.drawing.ticks import exact


def legend(
    series: Mapping[str, Buckets],
    ghosts: Sequence[str],
    references: Sequence[tuple[str, float]],
    ink: Ink,
) -> list[Piece]:
    """Which glyph is which curve, with each curve's newest value."""
    pieces: list[Piece] = []
    for index, (name, curve) in enumerate(series.items()):
        newest = f" {exact(curve.last[1])}" if curve.last else ""
        style = ink.style(f"series{index % 6}")
        pieces += [(mark(index, ink) + " ", style), (f"{name}{newest}   ", Style.null())]
    for name, level in references:
        words = (f"{name} {exact(level)}   ", ink.style("dim"))
        pieces += [(reference_mark(ink) * 2 + " ", ink.style("reference")), words]
    if ghosts:
        pieces += [(ghost_mark(ink) * 2 + " ", ink.style("ghost")), ("before", ink.style("dim"))]
    return pieces


def describe(series: Mapping[str, Buckets], unit: str) -> str:
    """Where every curve came from and where it is, in plain words."""
    seen = {name: curve for name, curve in series.items() if curve.count}
    if not seen:
        return "No numbers yet."
    end = max(curve.end for curve in seen.values())
    parts, word = [], ""
    for name, curve in seen.items():
        verb, rest = _course(curve)
        parts.append(f"{name} {rest}" if verb == word else f"{name} {verb} {rest}")
        word = verb
    trouble = [curve.bad[0] for curve in seen.values() if curve.bad]
    warning = f" Not a finite number at {unit} {exact_step(min(trouble))}." if trouble else ""
    return f"By {unit} {exact_step(end)} {', '.join(parts)}.{warning}"


def _course(curve: Buckets) -> tuple[str, str]:
    """What a curve did and between which values."""
    if curve.first is None or curve.last is None:
        return "had", "no finite value"
    start, now = exact(curve.first[1]), exact(curve.last[1])
    if start == now:
        return "is at", now
    return ("fell" if curve.last[1] < curve.first[1] else "rose"), f"from {start} to {now}"


def exact_step(x: float) -> str:
    """A step as a whole number, anything else as short as it goes."""
    return f"{int(x):,}".replace(",", " ") if float(x).is_integer() else exact(x)
