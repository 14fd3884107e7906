"""A long text tile by tile: what is known of its weights, and what is to be asked for next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tui.drawing.attention.attended import Attended
from tui.drawing.attention.grid_window import Window
from tui.drawing.attention.weights import Weights

TILE = 64
"""Rows and columns of a tile."""


class _TiledRow(Sequence[float | None]):
    """The weights of one row, looked up in the tiles when they are wanted."""

    def __init__(self, inside: Attended, row: int, columns: int) -> None:
        self._inside, self._row, self._columns = inside, row, columns

    def __len__(self) -> int:
        return self._columns

    def __getitem__(self, column: Any) -> Any:
        if not 0 <= column < self._columns:
            raise IndexError(column)
        tile = self._inside.tile(self._row, column)
        return None if tile is None else tile.weights[self._row - tile.top][column - tile.left]


def tiled(weights: Weights, inside: Attended) -> Weights:
    """The same weights of a text too long to be told at once, as far as the tiles go."""

    def masked(row: int, column: int) -> bool:
        tile = inside.tile(row, column)
        return tile is not None and not tile.allowed[row - tile.top][column - tile.left]

    columns = len(weights.answers)
    shown = replace(
        weights, row=lambda row: _TiledRow(inside, row, columns), masked=masked, whole=False
    )
    for tile in inside.tiles:
        both = zip(tile.sums, tile.visible, strict=True)
        for number, (total, visible) in enumerate(both, tile.top):
            shown.know(number, total, visible)
    return shown


def missing(
    inside: Attended,
    size: tuple[int, int],
    window: Window,
    cursor: tuple[int, int],
    *,
    whole: bool,
) -> dict[str, Any] | None:
    """The rows and columns to be asked for next; None where nothing is missing.

    All cells in the window are wanted, and where `whole`, all of what is under the cursor: its
    effects, too. `size` is that of the grid.
    """
    for row, column in [cursor, *_spread(window)]:
        row, column = min(row, size[0] - 1), min(column, size[1] - 1)
        tile = inside.tile(row, column)
        if tile is not None and not (whole and (row, column) == cursor):
            continue
        if tile is not None and inside.told(row, column):
            continue
        begins = (tile.top, tile.left) if tile else (row // TILE * TILE, column // TILE * TILE)
        if tile is not None:
            ends = tile.top + len(tile.q), tile.left + len(tile.k)
        else:
            ends = min(begins[0] + TILE, size[0]), min(begins[1] + TILE, size[1])
        rows, columns = (list(pair) for pair in zip(begins, ends, strict=True))
        return {"rows": rows, "columns": columns, "row": cursor[0]}
    return None


def _spread(window: Window) -> list[tuple[int, int]]:
    """Cells of a window so close together that no tile lies between them."""
    last = window.top + max(0, window.rows - 1), window.left + max(0, window.columns - 1)
    down = [*range(window.top, last[0], TILE), last[0]]
    across = [*range(window.left, last[1], TILE), last[1]]
    return [(row, column) for row in down for column in across]
