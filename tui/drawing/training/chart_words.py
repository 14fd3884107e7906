"""What a chart shows, in a legend and in a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, strip
from tui.drawing.ticks import exact, grouped
from tui.drawing.training.buckets import Buckets
from tui.drawing.training.chart import ghost_mark, mark, reference_mark
from tui.drawing.training.chart_bet import ChartBet, bet_mark

Entry = list[Piece]
"""What a legend says of one thing."""

FEW = 2
"""Of so many curves a sentence tells the whole course; of more, only who is where."""


def legend(
    series: Mapping[str, Buckets],
    ghosts: Sequence[str],
    references: Sequence[tuple[str, float]],
    bets: Sequence[ChartBet],
    ink: Ink,
) -> list[Entry]:
    """Which glyph is which curve, with each curve's newest value."""
    entries: list[Entry] = []
    for index, (name, curve) in enumerate(series.items()):
        newest = f" {exact(curve.last[1])}" if curve.last else ""
        style = ink.style(f"series{index % 6}")
        entries.append([(mark(index, ink) + " ", style), (f"{name}{newest}", Style.null())])
    return entries + levels(ghosts, references, bets, ink)


def levels(
    ghosts: Sequence[str],
    references: Sequence[tuple[str, float]],
    bets: Sequence[ChartBet],
    ink: Ink,
) -> list[Entry]:
    """Which glyph is what the curves are compared with: levels, a run before, one's own bets.

    The first level has the glyph of all: they look alike.
    """
    entries: list[Entry] = [
        [(f"{name} {exact(level)}", ink.style("dim"))] for name, level in references
    ]
    if entries:
        entries[0].insert(0, (reference_mark(ink) * 2 + " ", ink.style("reference")))
    if ghosts:
        faint = (ghost_mark(ink) * 2 + " ", ink.style("ghost"))
        entries.append([faint, ("before", ink.style("dim"))])
    for bet in bets:
        level = "" if bet.level is None else f" {exact(bet.level)}"
        name = bet.name if len(bets) > 1 else "your bet"
        told = (name + level, ink.style("dim"))
        entries.append([(bet_mark(ink) + " ", ink.style("accent")), told])
    return entries


def names(
    series: Sequence[str], shown: Sequence[str], behind: str, references: Sequence[str], ink: Ink
) -> list[Entry]:
    """Which glyph is which curve, of those that are shown, without any number."""
    entries: list[Entry] = []
    for index, name in enumerate(series):
        if name in shown:
            style = ink.style(f"series{index % 6}")
            entries.append([(mark(index, ink) + " ", style), (ink.words(name), Style.null())])
    for name in references:
        entries.append([(f"{reference_mark(ink) * 2} {name}", ink.style("dim"))])
    if behind:
        entries.append([(f"{ghost_mark(ink) * 2} {behind}", ink.style("dim"))])
    return entries


def wrapped(entries: Sequence[Entry], width: int, indent: int = 0) -> list[Strip]:
    """Entries side by side, on as many lines as it takes to name them all."""
    lines: list[Entry] = []
    used = 0
    for entry in entries:
        size = sum(cell_len(text) for text, _ in entry)
        if lines and used + 3 + size <= width:
            lines[-1] += [("   ", Style.null()), *entry]
            used += 3 + size
        else:
            lines.append([(" " * indent, Style.null()), *entry])
            used = indent + size
    return [strip(line, width) for line in lines]


def describe(series: Mapping[str, Buckets], unit: str) -> str:
    """Where every curve came from and where it is, in plain words."""
    seen = {name: curve for name, curve in series.items() if curve.count}
    if not seen:
        return "No numbers yet."
    end = max(curve.end for curve in seen.values())
    trouble = [curve.bad[0] for curve in seen.values() if curve.bad]
    warning = f" Not a finite number at {unit} {exact_step(min(trouble))}." if trouble else ""
    told = _places(seen) if len(seen) > FEW else _courses(seen)
    return f"By {unit} {exact_step(end)} {told}.{warning}"


def _courses(seen: Mapping[str, Buckets]) -> str:
    """What each curve did."""
    parts, word = [], ""
    for name, curve in seen.items():
        verb, rest = _course(curve)
        parts.append(f"{name} {rest}" if verb == word else f"{name} {verb} {rest}")
        word = verb
    return ", ".join(parts)


def _places(seen: Mapping[str, Buckets]) -> str:
    """Which of many curves lies lowest and which highest."""
    ends = sorted((curve.last[1], name) for name, curve in seen.items() if curve.last)
    if not ends:
        return "there is no finite value"
    (low, lowest), (high, highest) = ends[0], ends[-1]
    return f"{lowest} is lowest at {exact(low)}, {highest} highest at {exact(high)}"


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
    return grouped(x) if float(x).is_integer() else exact(x)
