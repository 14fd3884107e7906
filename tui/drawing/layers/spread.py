"""How a number spreads over many seeds or draws: a histogram, with one's own number in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, paragraph, strip
from tui.drawing.ticks import round_up_step

_LABEL, _COUNT = 16, 7
"""Columns of a bin's name, and of how many fell into it."""
_NARROW = 40
_MOST, _LEAST = 24, 2
"""Bins."""
_WORDS = 4
"""Lines of words above and below them."""
_MARKS = 22
"""Columns for the signs behind a bar."""


@dataclass(frozen=True)
class Spread:
    """The same number, measured again and again."""

    values: Sequence[float] = ()
    own: float | None = None
    """That of this very run."""
    what: str = ""
    """What was measured, and before or after what: a phrase."""
    of: str = "seeds"
    baseline: float | None = None
    baseline_name: str = ""

    @cached_property
    def mean(self) -> float:
        """The mean of all."""
        return math.fsum(self.values) / len(self.values)

    @cached_property
    def deviation(self) -> float:
        """The standard deviation: how far from the mean they lie."""
        squares = ((value - self.mean) ** 2 for value in self.values)
        return math.sqrt(math.fsum(squares) / len(self.values))

    def bins(self, most: int) -> Bins:
        """At most so many bins of a round width, and how many fell into each."""
        low, high = min(self.values), max(self.values)
        step = round_up_step((high - low) / max(1, most - 1)) if high > low else 1.0
        first = math.floor(low / step)
        counts = [0] * (math.floor(high / step) - first + 1)
        for value in self.values:
            counts[min(len(counts) - 1, math.floor(value / step) - first)] += 1
        return Bins(first, step, tuple(counts))


@dataclass(frozen=True)
class Bins:
    """Equal bins from `first * step` on."""

    first: int
    step: float
    counts: tuple[int, ...]

    def edges(self, index: int) -> tuple[float, float]:
        """Where a bin begins and ends."""
        return (self.first + index) * self.step, (self.first + index + 1) * self.step

    def name(self, index: int) -> str:
        """A bin as `0.10 to 0.12`."""
        digits = max(0, -math.floor(math.log10(self.step) + 1e-9))
        digits += round(self.step * 10**digits, 6) % 1 > 0
        low, high = (f"{edge:.{digits}f}".replace("-", "−") for edge in self.edges(index))
        return f"{low} to {high}"

    def holding(self, value: float | None) -> int:
        """The bin of a value; −1 for none, and for one outside."""
        if value is None:
            return -1
        index = math.floor(value / self.step) - self.first
        return index if 0 <= index < len(self.counts) else -1


def fitting(spread: Spread, height: int) -> Bins:
    """The finest bins that a picture so high has room for."""
    for most in range(_MOST, _LEAST, -1):
        bins = spread.bins(most)
        if len(bins.counts) + _WORDS <= height:
            return bins
    return spread.bins(_LEAST)


def draw(spread: Spread, cursor: int, width: int, height: int, ink: Ink) -> list[Strip]:
    """A line a bin, the longer the more; below, mean, spread and the ends."""
    if not spread.values or width < _NARROW or height < 7:
        return paragraph(sentence(spread, cursor, height), width, height, ink.style("plain"), ink)
    bins = fitting(spread, height)
    lines = paragraph(_head(spread), width, 1, ink.style("strong"), ink)
    largest = max(bins.counts)
    room = max(4, width - _LABEL - _COUNT - _MARKS - 2)
    for index, count in enumerate(bins.counts):
        here = index == cursor
        mark = ink.glyph("pointer") if here else " "
        bar = ink.bar(count / largest, room)
        if count and not bar.strip():
            bar = (ink.glyphs.steps[0] if not ink.is_ascii else ".").ljust(room)
        label = f"{mark}{bins.name(index)}".ljust(_LABEL)
        own = index == bins.holding(spread.own)
        pieces: list[Piece] = [
            (ink.words(label), ink.style("accent" if here else "axis")),
            (bar, ink.style("series0" if own else "series1")),
            (f"{count:>{_COUNT},}", ink.style("strong" if here else "plain")),
            (ink.words(_signs(spread, bins, index)), ink.style("dim")),
        ]
        lines.append(strip(pieces, width))
    lines += paragraph(_bin_words(spread, bins, cursor), width, 1, ink.style("strong"), ink)
    lines += paragraph(_told(spread), width, 2, ink.style("plain"), ink)
    return (lines + [blank(width)] * height)[:height]


def height_wanted(spread: Spread, height: int) -> int:
    """As many lines as the picture takes of so many."""
    if not spread.values:
        return 2
    return _WORDS + len(fitting(spread, height).counts)


def sentence(spread: Spread, cursor: int, height: int) -> str:
    """The bin under the cursor, and what to hold it against."""
    if not spread.values:
        return "Nothing was measured yet."
    bins = fitting(spread, height)
    return f"{_head(spread)}. {_bin_words(spread, bins, cursor)} {_told(spread)}"


def _head(spread: Spread) -> str:
    what = spread.what[:1].upper() + spread.what[1:]
    return f"{what}: {len(spread.values):,} {spread.of}"


def _bin_words(spread: Spread, bins: Bins, cursor: int) -> str:
    index = max(0, min(cursor, len(bins.counts) - 1))
    count = bins.counts[index]
    share = 100 * count / len(spread.values)
    return f"{bins.name(index)}: {count:,} of {len(spread.values):,} {spread.of}, {share:.1f} %."


def _told(spread: Spread) -> str:
    own = f" Yours: {_plain(spread.own)}." if spread.own is not None else ""
    return (
        f"Mean {_plain(spread.mean)}, standard deviation {_plain(spread.deviation)}, from"
        f" {_plain(min(spread.values))} to {_plain(max(spread.values))}.{own}"
    )


def _plain(value: float) -> str:
    digits = 3 if abs(value) < 10 else 1
    return f"{value:.{digits}f}".replace("-", "−")


def _signs(spread: Spread, bins: Bins, index: int) -> str:
    """What else lies in a bin: one's own, and the baseline."""
    words = []
    if index == bins.holding(spread.own):
        words.append("yours")
    if index == bins.holding(spread.baseline):
        words.append(spread.baseline_name)
    return "  ← " + ", ".join(words) if words else ""
