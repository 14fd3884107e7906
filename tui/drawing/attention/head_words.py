"""What a head does, in words: the pattern that most of its weight falls on.

Every pattern is a mean of weights, so that the number behind the words can be read off the grid.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from tui.drawing.attention.weights import number_text

Rows = Sequence[Sequence[float]]

CLEAR = 0.3
"""A pattern with less of the weight than that is none."""
EVEN = 0.95
"""Shares are even where their entropy is that near to the highest there is."""


@dataclass(frozen=True)
class Score:
    """A pattern in words, in fewer words, and the share of the weight that falls on it."""

    words: str
    short: str
    share: float


def score(rows: Rows, tokens: Sequence[str], asking: int | None, called: str) -> Score:
    """What a head does with all rows; where one row alone is answered, what it does there."""
    if asking is not None:
        return _of_row(rows[asking], called)
    level = _evenness(rows, _looks_back(rows))
    if level >= EVEN:
        return Score(f"even: {level:.0%} of the highest entropy", "even", 0.0)
    found = max(_patterns(rows, tokens, called), key=lambda one: one.share)
    if found.share >= CLEAR:
        return found
    return Score(f"mixed, at most {number_text(found.share)} in one pattern", "mixed", found.share)


def _of_row(row: Sequence[float], called: str) -> Score:
    """Where one row looks: at one token, at two, or at all alike."""
    order = sorted(range(len(row)), key=lambda column: -row[column])
    first = order[0]
    if _evenness([row]) >= EVEN:
        return Score("even: all alike", "even", 0.0)
    if row[first] >= 0.8 or len(row) < 2:
        words = f"looks at {called} {first + 1}: {number_text(row[first])}"
        return Score(words, f"{called} {first + 1} {number_text(row[first])}", row[first])
    a, b = sorted(order[:2])
    shares = f"{number_text(row[a])} {number_text(row[b])}"
    if row[a] + row[b] >= 0.8:
        words = f"mixes {called}s {a + 1} and {b + 1}: {shares}"
        short = f"{a + 1} {number_text(row[a])}, {b + 1} {number_text(row[b])}"
        return Score(words, short, row[first])
    words = f"spread out, most at {called} {first + 1}: {number_text(row[first])}"
    return Score(words, f"spread, {first + 1} {number_text(row[first])}", row[first])


def _patterns(rows: Rows, tokens: Sequence[str], called: str) -> list[Score]:
    """Each pattern with its mean weight, over the rows that could show it."""
    count = len(rows)
    itself = [row[at] for at, row in enumerate(rows)]
    back = [rows[at][at - 1] for at in range(1, count)]
    on = [rows[at][at + 1] for at in range(count - 1)]
    same = [
        sum(row[before + 1] for before in range(at) if tokens[before] == tokens[at])
        for at, row in enumerate(rows)
        if tokens[at] in tokens[:at]
    ]
    found = [
        _named("looks at itself", "itself", itself),
        _named("looks one back", "one back", back),
        _named("looks one on", "one on", on),
        _named("looks at what followed this last time", "followed", same),
    ]
    for column in range(len(rows[0]) if count else 0):
        seen = [row[column] for row in rows]
        found.append(_named(f"looks at {called} {column + 1}", f"{called} {column + 1}", seen))
    return found


def _named(words: str, short: str, weights: Sequence[float]) -> Score:
    share = sum(weights) / len(weights) if weights else 0.0
    return Score(f"{words}: {number_text(share)}", f"{short} {number_text(share)}", share)


def _evenness(rows: Rows, back: bool = False) -> float:
    """The mean entropy of the rows, each against the highest that it could have; `back` says that
    a row may look at itself and what came before it alone."""
    levels = []
    for at, row in enumerate(rows):
        may = at + 1 if back else len(row)
        if may > 1:
            levels.append(-sum(w * math.log(w) for w in row if w > 0) / math.log(may))
    return sum(levels) / len(levels) if levels else 0.0


def _looks_back(rows: Rows) -> bool:
    """Whether no row looks at what comes after it."""
    return not any(any(row[at + 1 :]) for at, row in enumerate(rows))
