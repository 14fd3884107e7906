"""What a chart shows, in a legend and in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.style import Style

from .buckets import Buckets
from .chart import ghost_mark, mark, reference_mark
from .ink import Ink
from .lines import Piece
from .ticks import exact, short


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
    parts = [_course(name, curve, unit) for name, curve in series.items() if curve.count]
    return "; ".join(parts) + "." if parts else "No numbers yet."


def _course(name: str, curve: Buckets, unit: str) -> str:
    bad = curve.bad
    trouble = f", not finite at {unit} {short(bad[0])}" if bad else ""
    if curve.first is None or curve.last is None:
        return f"{name}: no finite value yet{trouble}"
    (x0, y0), (x1, y1) = curve.first, curve.last
    if x0 == x1:
        return f"{name} starts at {exact(y0)}{trouble}"
    if exact(y0) == exact(y1):
        return f"{name} is at {exact(y1)} as at the start{trouble}"
    word = "fell" if y1 < y0 else "rose"
    return f"{name} {word} from {exact(y0)} to {exact(y1)} by {unit} {exact_step(x1)}{trouble}"


def exact_step(x: float) -> str:
    """A step as a whole number, anything else as short as it goes."""
    return f"{int(x):,}".replace(",", " ") if float(x).is_integer() else exact(x)
