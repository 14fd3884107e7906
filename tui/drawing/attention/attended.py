"""One weight of dot-product attention and every number that it is made of, down to the product.

    score = q · k / √D (+ bias), weight = e^score / Σ e^score, effect = weight · v Woᵀ J

Axes: T that ask, S that answer, D numbers in a question, a key or a value, A answers.

A long text is told tile by tile. What a tile cannot know of its rows, the sums over columns that
were not told, comes with it as a logarithm.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from tui.drawing.attention.cell_numbers import power_of
from tui.drawing.attention.weights import Row, Weights

_KEPT = 12
"""Tiles that are kept: a window and what is round it."""


@dataclass(frozen=True)
class Tile:
    """What was told of some rows and columns, the first of which are `top` and `left`."""

    top: int
    left: int
    weights: Sequence[Row]
    allowed: Sequence[Sequence[bool]]
    ranks: Sequence[Sequence[int]]
    """Which of the scores of its whole row each is, the largest being 1."""
    q: Sequence[Row]
    k: Sequence[Row]
    logsums: Row
    """Of each row, the logarithm of Σ e^score over all columns it may look at."""
    lifted: Row
    """The same over all columns there are."""
    sums: Row
    """What the weights of each row add up to, over all columns."""
    visible: Sequence[int]
    """How many columns each row may look at."""
    bias: Sequence[Row] = ()
    free: Sequence[Row] = ()
    """The scores that the softmax would be given without the mask."""
    effects: Mapping[int, Sequence[Row]] = field(default_factory=dict)
    """What the cells of a row add to each logit, row by row as far as it was told."""
    logits: Mapping[int, Row] = field(default_factory=dict)
    """The logits at each row, where there are any."""

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell is in it."""
        inside = 0 <= column - self.left < len(self.k)
        return inside and 0 <= row - self.top < len(self.q)

    def is_over(self, other: Tile) -> bool:
        """Whether both tell of the same cells."""
        mine = (self.top, self.left, len(self.q), len(self.k))
        return mine == (other.top, other.left, len(other.q), len(other.k))


@dataclass(frozen=True)
class Attended:
    """What all weights of a head are made of, as far as it was told."""

    tiles: tuple[Tile, ...]
    scale: float
    """√D"""
    names: Sequence[str]
    """Of the logits."""
    layer: int = 0
    layers: int = 1
    head: int = 0
    heads: int = 1
    overview: Sequence[Row] = ()
    """Of each patch of a text too long to be told whole the largest multiple of an equal share."""
    adds: str = "distance"
    """What `bias` stands for, in a word."""

    def tile(self, row: int, column: int) -> Tile | None:
        """Where a cell was told, the latest first; with its effects, if they were told at all."""
        found = [tile for tile in reversed(self.tiles) if tile.holds(row, column)]
        return next((tile for tile in found if row in tile.effects), found[0] if found else None)

    def told(self, row: int, column: int) -> bool:
        """Whether all of a cell is known."""
        tile = self.tile(row, column)
        return tile is not None and row in tile.effects

    def joined(self, other: Attended) -> Attended:
        """With the tiles of another, which are the latest; the oldest of many are forgotten."""
        tiles = list(self.tiles)
        for new in other.tiles:
            for old in [tile for tile in tiles if tile.is_over(new)]:
                tiles.remove(old)
                new = replace(new, effects={**old.effects, **new.effects})
                new = replace(new, logits={**old.logits, **new.logits})
            tiles.append(new)
        return replace(self, tiles=tuple(tiles[-_KEPT:]))


@dataclass(frozen=True)
class Term:
    """What one channel adds to q · k."""

    channel: int
    """Its number, from 1."""
    q: float
    k: float

    @property
    def product(self) -> float:
        """What it adds."""
        return self.q * self.k


@dataclass(frozen=True)
class Taken:
    """One weight taken apart. The cell must have been told."""

    weights: Weights
    inside: Attended
    row: int
    column: int

    @cached_property
    def _at(self) -> tuple[Tile, int, int]:
        tile = self.inside.tile(self.row, self.column)
        if tile is None:
            raise LookupError(f"row {self.row}, column {self.column} was not told")
        return tile, self.row - tile.top, self.column - tile.left

    @property
    def row_cells(self) -> list[Taken]:
        """The cells of its row that were told together with it, this one among them."""
        tile = self._at[0]
        columns = range(tile.left, tile.left + len(tile.k))
        return [replace(self, column=column) for column in columns]

    @cached_property
    def terms(self) -> list[Term]:
        """The products, in the order of the channels."""
        tile, i, j = self._at
        both = zip(tile.q[i], tile.k[j], strict=True)
        return [Term(channel, q, k) for channel, (q, k) in enumerate(both, 1)]

    @cached_property
    def sorted_terms(self) -> list[Term]:
        """The same, the largest first, for or against."""
        return sorted(self.terms, key=lambda term: -abs(term.product))

    @cached_property
    def total(self) -> float:
        """q · k, the sum of the products before any is rounded."""
        return math.fsum(term.product for term in self.terms)

    @property
    def bias(self) -> float | None:
        """What is added to the score, for the distance say; None where nothing is."""
        tile, i, j = self._at
        return tile.bias[i][j] if tile.bias else None

    @cached_property
    def score(self) -> float:
        """What the softmax would be given if every column might be looked at."""
        return self.total / self.inside.scale + (self.bias or 0.0)

    @property
    def allowed(self) -> bool:
        """Whether the row may look at the column."""
        tile, i, j = self._at
        return bool(tile.allowed[i][j])

    @property
    def masks(self) -> bool:
        """Whether the row may not look everywhere."""
        tile, i, _ = self._at
        return tile.visible[i] < len(self.weights.answers)

    @property
    def masks_nobody(self) -> bool:
        """Whether every row that was told may look everywhere."""
        return min(self._at[0].visible) == len(self.weights.answers)

    @property
    def weight(self) -> float:
        """The weight itself."""
        tile, i, j = self._at
        return float(tile.weights[i][j])

    @property
    def unmasked(self) -> float:
        """What the weight would be without the mask."""
        tile, i, _ = self._at
        return math.exp(self.score - tile.lifted[i])

    @property
    def rank(self) -> int:
        """Which of the scores of its row it is, the largest being 1."""
        tile, i, j = self._at
        return int(tile.ranks[i][j])

    def powers(self, *, lifted: bool = False) -> tuple[float, float]:
        """e^score, and what e^score adds up to in the row: infinite where they are too large."""
        tile, i, _ = self._at
        return power_of(self.score), power_of((tile.lifted if lifted else tile.logsums)[i])

    @cached_property
    def effects(self) -> list[tuple[str, float]] | None:
        """What the cell adds to each logit; None where that was not told."""
        tile, _, j = self._at
        if self.row not in tile.effects:
            return None
        return list(zip(self.inside.names, map(float, tile.effects[self.row][j]), strict=True))

    @cached_property
    def read(self) -> bool:
        """Whether any logit depends on this row, by the direct way."""
        tile = self._at[0]
        return any(any(cell) for cell in tile.effects.get(self.row, ()))

    def logit(self, name: str) -> tuple[float, float, float, float] | None:
        """A logit, and what of it this cell adds, the others of its head, and all the rest.

        None where it is not known: the row is not read, or not all its columns were told.
        """
        tile, _, j = self._at
        logits = tile.logits.get(self.row)
        if logits is None or not self.read or len(tile.k) < len(self.weights.answers):
            return None
        at = list(self.inside.names).index(name)
        cells = [float(cell[at]) for cell in tile.effects[self.row]]
        others = math.fsum(cells) - cells[j]
        return logits[at], cells[j], others, logits[at] - cells[j] - others

    @cached_property
    def says(self) -> tuple[str, float] | None:
        """What is said at this row, and how likely that is held to be."""
        logits = self._at[0].logits.get(self.row)
        if logits is None or not self.read:
            return None
        most = max(logits)
        powers = [math.exp(logit - most) for logit in logits]
        return self.inside.names[powers.index(1.0)], 1 / math.fsum(powers)
