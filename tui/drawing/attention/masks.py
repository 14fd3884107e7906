"""A mask, before and after: scores of which some may not count, and what the softmax gives."""

from __future__ import annotations

import math
from dataclasses import dataclass

from tui.drawing.attention.attended import Attended, Tile
from tui.drawing.attention.cell_numbers import power_of
from tui.drawing.attention.grid_words import describe_case, named_answering, named_asking
from tui.drawing.attention.weights import PLACES, Weights

_NEAR = 4
"""How far ahead a token looks at most where the cursor begins."""


@dataclass(frozen=True)
class Masks:
    """Weights and what they are made of, where the cursor is, and whether the mask is off."""

    weights: Weights
    inside: Attended
    cursor: tuple[int, int]
    lifted: bool = False
    panel: int = 0
    """Which of the three is seen where there is room for one."""

    @property
    def rows(self) -> range:
        """The rows that were told."""
        return range(self._tile.top, self._tile.top + len(self._tile.q))

    @property
    def columns(self) -> range:
        """The columns that were told."""
        return range(self._tile.left, self._tile.left + len(self._tile.k))

    @property
    def _tile(self) -> Tile:
        return self.inside.tiles[0]

    def score(self, row: int, column: int) -> float:
        """What the softmax would be given without the mask."""
        return float(self._tile.free[row - self._tile.top][column - self._tile.left])

    def allowed(self, row: int, column: int) -> bool:
        """Whether the row may look at the column."""
        return bool(self._tile.allowed[row - self._tile.top][column - self._tile.left])

    def unmasked(self, row: int, column: int) -> float:
        """What the softmax gives it without the mask."""
        return power_of(self.score(row, column) - self._tile.lifted[row - self._tile.top])

    def share(self, row: int, column: int) -> float:
        """What the softmax gives it, with the mask or without."""
        if self.lifted:
            return self.unmasked(row, column)
        return float(self._tile.weights[row - self._tile.top][column - self._tile.left])

    def hides(self, row: int) -> bool:
        """Whether the mask keeps anything from the row, told or not."""
        return self._tile.visible[row - self._tile.top] < len(self.weights.answers)


def most_hidden(weights: Weights, inside: Attended) -> tuple[int, int]:
    """The cell from which the mask takes most among those not far ahead; the last of all where
    there is no mask."""
    masks = Masks(weights, inside, (0, 0))
    near = [
        (row, column)
        for row in masks.rows
        for column in masks.columns
        if column - row <= _NEAR and not masks.allowed(row, column)
    ]
    last = masks.rows[-1], masks.columns[-1]
    return max(near, key=lambda cell: masks.unmasked(*cell), default=last)


def words(masks: Masks) -> str:
    """What the mask does to the row under the cursor."""
    row, weights = masks.cursor[0], masks.weights
    asks = f"row {weights.asks[row]}" if weights.called == PLACES else named_asking(weights, row)
    asks = f"{asks[0].upper()}{asks[1:]}"
    if not masks.hides(row):
        return f"{asks}, may look at every {weights.called[1]}: no mask changes this row."
    best = max(masks.columns, key=lambda column: masks.score(row, column))
    hidden = [column for column in masks.columns if not masks.allowed(row, column)]
    taken = math.fsum(masks.unmasked(row, column) for column in hidden)
    score = f"{masks.score(row, best):.1f}".replace("-", "−")
    told = f"{asks}: its largest score, {score}, is for {named_answering(weights, best)}"
    if best not in hidden:
        return (
            f"{told}, where it may look. Without the mask all it may not look at would take"
            f" {_short(taken)}."
        )
    return (
        f"{told}, which it may not look at. Without the mask that alone would take"
        f" {_short(masks.unmasked(row, best))} of its attention, all that is hidden"
        f" {_short(taken)}."
    )


def _short(share: float) -> str:
    """A share to two digits: .84."""
    return "1.00" if share >= 0.995 else f"{share:.2f}"[1:]


def case(masks: Masks) -> str:
    """Which head it is, how the case was come by, and what happens without the head."""
    title = masks.weights.title
    first = f"{title[0].upper()}{title[1:]}." if title else ""
    return f"{first} {describe_case(masks.weights)}".strip()
