"""One weight of additive attention taken apart, down to the single product.

    score = vᵀ tanh(W s + U h), weight = e^score / Σ e^score

Axes: T that ask, S that answer, A judges, V moves that can be said.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from textual.strip import Strip

from tui.drawing.attention.cell_numbers import signed
from tui.drawing.attention.grid_words import (
    describe_cell,
    describe_row,
    named_answering,
    named_asking,
    percent,
)
from tui.drawing.attention.weights import Row, Weights, number_text
from tui.drawing.ink import Ink
from tui.drawing.lines import Piece, blank, paragraph, strip

LEAST = (44, 7)
"""Columns and lines below which a sentence stands for the picture."""
_COLUMN = 8
"""Columns of a number in the table of judges."""
_AROUND = 7
"""Lines of the table and the softmax, without the judges."""


@dataclass(frozen=True)
class Term:
    """What one judge adds to a score."""

    judge: int
    """Its number, from 1."""
    asked: float
    offered: float
    fit: float
    """tanh(asked + offered)"""
    counts: float
    """How much it counts, and whether for or against."""

    @property
    def product(self) -> float:
        """What it adds."""
        return self.counts * self.fit


@dataclass(frozen=True)
class Parts:
    """What all weights of a grid are made of."""

    asked: Sequence[Row]
    """W s, (T, A)."""
    offered: Sequence[Row]
    """U h, (S, A)."""
    judge: Row
    """v, (A,)."""
    scores: Sequence[Row]
    """(T, S)"""
    speaks: Sequence[Row]
    """What each word, taken whole, adds straight to the logit of each move: (S, V)."""
    moves: Sequence[str]

    def terms(self, row: int, column: int) -> list[Term]:
        """What the judges add to a score, the largest first."""
        numbers = zip(self.asked[row], self.offered[column], self.judge, strict=True)
        terms = [
            Term(judge, w, u, math.tanh(w + u), v) for judge, (w, u, v) in enumerate(numbers, 1)
        ]
        return sorted(terms, key=lambda term: -abs(term.product))


@dataclass(frozen=True)
class Cell:
    """One weight of a grid, and which of its judges is looked at, counted from the largest."""

    weights: Weights
    parts: Parts
    row: int
    column: int
    chosen: int = 0

    @property
    def terms(self) -> list[Term]:
        """What the judges add to the score."""
        return self.parts.terms(self.row, self.column)

    @property
    def weight(self) -> float:
        """The weight itself."""
        return self.weights.weight(self.row, self.column) or 0.0

    @property
    def who(self) -> str:
        """Who asks and who answers."""
        asks, answers = named_asking(self.weights, self.row), self.column
        return f"{asks[0].upper()}{asks[1:]}, and {named_answering(self.weights, answers)}"


def draw(cell: Cell, width: int, height: int, ink: Ink) -> list[Strip]:
    """The cell in exactly `height` lines: its judges, the softmax, what it speaks for."""
    if width < LEAST[0] or height < LEAST[1]:
        return paragraph(sentence(cell), width, height, ink.style("plain"), ink)
    lines = paragraph(cell.who, width, 1, ink.style("strong"), ink)
    below = _softmax(cell, width, ink)
    free = height - _AROUND
    if free >= 4:
        below += _speaks(cell, width, ink)
        free -= 2
    if free >= 3:
        words = describe(cell)
        below += paragraph(words, width, 2, ink.style("plain"), ink)
        free -= 2
    lines += _judges(cell, max(1, free), width, ink) + below
    return (lines + [blank(width)] * height)[:height]


def _judges(cell: Cell, shown: int, width: int, ink: Ink) -> list[Strip]:
    """The judges around the chosen one, all the others in one line, and their sum."""
    terms, score = cell.terms, cell.parts.scores[cell.row][cell.column]
    top = max(0, min(cell.chosen - shown // 2, len(terms) - shown))
    seen = terms[top : top + shown]
    title = f"1  score = v · tanh(W s + U h)   {len(terms)} judges"
    lines = [_line(title, "accent", width, ink)]
    names = ("W s", "U h", "tanh", "v", "product")
    lines.append(_line(_table("judge", names), "dim", width, ink))
    for place, term in enumerate(seen, top):
        here = place == cell.chosen
        numbers = (term.asked, term.offered, term.fit, term.counts, term.product)
        told = _table(str(term.judge), [signed(number) for number in numbers])
        pieces: list[Piece] = [(ink.glyph("pointer") if here else " ", ink.style("accent"))]
        pieces.append((ink.words(told[1:]), ink.style("strong" if here else "plain")))
        lines.append(strip(pieces, width))
    others = score - math.fsum(term.product for term in seen)
    count = len(terms) - len(seen)
    if count:
        lines.append(_sum(f"{count} others, together", others, "dim", width, ink))
    else:
        lines.append(blank(width))
    lines.append(_sum("score, the sum of all", score, "strong", width, ink))
    return lines


def _table(first: str, numbers: Sequence[str]) -> str:
    return f"  {first:>5}" + "".join(number.rjust(_COLUMN) for number in numbers)


def _sum(words: str, number: float, role: str, width: int, ink: Ink) -> Strip:
    room = 7 + 5 * _COLUMN - 4
    return _line(f"    {words}{signed(number).rjust(room - len(words))}", role, width, ink)


def _softmax(cell: Cell, width: int, ink: Ink) -> list[Strip]:
    """From the scores of the row to the weight."""
    row = cell.parts.scores[cell.row]
    rank = 1 + sum(score > row[cell.column] for score in row)
    title = f"2  softmax over {len(row)} {cell.weights.called[1]}s: rank {rank}"
    told = f"    {softmax_text(row, cell.column)} = {number_text(cell.weight)}"
    return [_line(title, "accent", width, ink), _line(told, "plain", width, ink)]


def softmax_text(scores: Row, column: int) -> str:
    """How a weight comes from its score: e^1.20 / Σ = 3.32 / 12.4."""
    power, whole = math.exp(scores[column]), math.fsum(math.exp(score) for score in scores)
    return f"e^{signed(scores[column]).removeprefix('+')} / Σ e^score = {power:.4g} / {whole:.4g}"


def _speaks(cell: Cell, width: int, ink: Ink) -> list[Strip]:
    """What the word, taken so much of, adds straight to each move."""
    title = f"3  × {number_text(cell.weight)}: what it adds straight to each move"
    added = [cell.weight * number for number in cell.parts.speaks[cell.column]]
    told = "".join(
        f"   {move} {signed(number)}" for move, number in zip(cell.parts.moves, added, strict=True)
    )
    return [_line(title, "accent", width, ink), _line(f" {told}", "plain", width, ink)]


def _line(text: str, role: str, width: int, ink: Ink) -> Strip:
    return strip([(ink.words(text), ink.style(role))], width)


def describe(cell: Cell) -> str:
    """What the chosen judge does, exactly."""
    term = cell.terms[cell.chosen]
    more = "speaks for it" if term.product > 0 else "speaks against it"
    return (
        f"Judge {term.judge} {more}: tanh({signed(term.asked)} {signed(term.offered)}) ="
        f" {signed(term.fit)}, times {signed(term.counts)}, is {signed(term.product)}."
    )


def explained(weights: Weights, parts: Parts | None, row: int, column: int) -> str:
    """The weight under the cursor with its formula and its numbers, as Markdown."""
    told = describe_cell(weights, row, column)
    value = weights.weight(row, column)
    lines = [f"### Now\n\n{told[0].upper()}{told[1:]}; {describe_row(weights, row)}."]
    if value is not None and parts is not None:
        scores = parts.scores[row]
        lines.append(f"`weight = {softmax_text(scores, column)} = {number_text(value)}`")
        largest = Cell(weights, parts, row, column).terms[0]
        lines.append(
            f"`score = v · tanh(W s + U h) = {signed(scores[column])}`, the sum of what"
            f" {len(parts.judge)} judges add; the most is {signed(largest.product)}, from judge"
            f" {largest.judge}. **i** takes it apart."
        )
    elif value is not None:
        lines.append(f"`weight = e^score / Σ e^score = {number_text(value)}`")
    lines.append("Such weights are the matter of lesson 4, *The bottleneck*.")
    return "\n\n".join(lines)


def sentence(cell: Cell) -> str:
    """Everything in words."""
    score = cell.parts.scores[cell.row][cell.column]
    return (
        f"{cell.who}: the score is {signed(score)}, the weight {percent(cell.weight)}."
        f" {describe(cell)}"
    )
