"""What a grid of attention weights says in words: of a cell, of its row, of all of it."""

from __future__ import annotations

import math

from tui.drawing.attention.weights import PLACES, Weights, number_text
from tui.drawing.ink import THRESHOLDS, Ink

_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
]


def scale(ink: Ink) -> str:
    """What the glyphs mean."""
    shades = ink.glyphs.shades
    first = shades[0] if shades[0].strip() else "blank"
    parts = [f"{first} <{_threshold(0)}"]
    parts += [f"{shades[n + 1]} {_threshold(n)}" for n in range(len(THRESHOLDS) - 1)]
    parts += [f"{shades[-1]} ≥{_threshold(-1)}", f"{ink.glyph('masked')} masked"]
    return "  ".join(ink.words(part) if "≥" in part else part for part in parts)


def _threshold(index: int) -> str:
    return f"{THRESHOLDS[index]:g}"[1:]


def describe_cell(weights: Weights, row: int, column: int) -> str:
    """Who takes how much from whom, exactly."""
    masked, value = weights.masked(row, column), weights.weight(row, column)
    if weights.called == PLACES:
        who = f"row {row} {weights.asks[row]!r}"
        whom = f"column {column} {weights.answers[column]!r}"
        if masked:
            return f"{who} may not look at {whom}: masked"
        told = "still on its way" if value is None else number_text(value)
        return f"{who} reads {whom}: {told}"
    who = f"{named_asking(weights, row)},"
    whom = named_answering(weights, column)
    if masked:
        return f"{who} may not look at {whom}"
    if value is None:
        return f"what {who} takes from {whom}, is still on its way"
    return f"{who} takes {percent(value)} from {whom}"


def named_asking(weights: Weights, row: int) -> str:
    """One that asks: the third move, E."""
    return f"{ordinal(row, len(weights.asks))} {weights.called[0]}, {_spelled(weights.asks[row])}"


def named_answering(weights: Weights, column: int) -> str:
    """One that answers: pippip, the last word."""
    place = f"{ordinal(column, len(weights.answers))} {weights.called[1]}"
    return f"{_spelled(weights.answers[column])}, {place}"


def describe_row(weights: Weights, row: int) -> str:
    """What to compare the weight with: equal shares; and what the row came to."""
    seen = weights.may_see(row)
    if weights.called == PLACES:
        total = weights.total(row)
        even = f"uniform would be {number_text(1 / seen)}" if seen else "it may look at nothing"
        ends = "" if total is None else f", and the row adds up to {number_text(total)}"
        return even + ends
    even = f"equal shares would be {percent(1 / seen)}" if seen else "it may look at nothing"
    return even + _said(weights, row)


def _said(weights: Weights, row: int) -> str:
    said, right = weights.verdict(row)
    if not said:
        return ""
    told = f"; on its own it says {_spelled(said)}"
    if right is None:
        return told
    return f"{told}: right" if right else f"{told}, but {_spelled(weights.right[row])} is right"


def describe_case(weights: Weights) -> str:
    """How the case was come by, and what happens without the weights: what makes it honest."""
    chosen = f"{weights.selected[0].upper()}{weights.selected[1:]}." if weights.selected else ""
    return f"{chosen} {weights.without}".strip()


def sentence(weights: Weights, row: int, column: int) -> str:
    """Everything that is to be said of the cell under the cursor."""
    if not weights.asks or not weights.answers:
        return "No weights yet."
    words = f"{describe_cell(weights, row, column)}; {describe_row(weights, row)}."
    return f"{words[0].upper()}{words[1:]} {describe_case(weights)}".strip()


def summary(weights: Weights) -> str:
    """How much of each row goes to one column, on the whole, and what is said."""
    rows = [
        [value or 0.0 for value in found]
        for row in range(len(weights.asks))
        if (found := weights.row(row)) is not None
    ]
    if not rows or not weights.answers:
        return "No weights yet."
    asks, answers = weights.called
    most = math.fsum(max(row) for row in rows) / len(rows)
    each = f"each {asks} takes" if len(rows) > 1 else f"the {asks} takes"
    mean = ", on average" if len(rows) > 1 else ""
    even = percent(1 / len(weights.answers))
    told = f"{each} {percent(most)} from one {answers}{mean}; equal shares would be {even}."
    return told[0].upper() + told[1:] + _right_of(weights)


def _right_of(weights: Weights) -> str:
    verdicts = [weights.verdict(row)[1] for row in range(len(weights.asks))]
    known = [right for right in verdicts if right is not None]
    if len(verdicts) < 2 or not known:
        return ""  # a single row is marked right or wrong beside what it says
    return f" Of what it says, {sum(known)} of {len(known)} are right."


def percent(value: float) -> str:
    """A share in a hundred, to a tenth: 93.4 %."""
    return f"{100 * value:.1f} %"


def ordinal(place: int, whole: int) -> str:
    """The place of one of several, counted from 0, in words: the third, the last."""
    if place == whole - 1 and whole > 1:
        return "the last"
    if place < len(_ORDINALS):
        return f"the {_ORDINALS[place]}"
    number = place + 1
    ending = (
        "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"the {number}{ending}"


def _spelled(text: str) -> str:
    """A token in a sentence: bare if it is a word, else in quotes."""
    return text if text.isalnum() else repr(text)
