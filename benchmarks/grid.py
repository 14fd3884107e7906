"""The attention grid: a frame with 1,024 tokens against a frame with 64."""

from __future__ import annotations

from typing import cast

from textual.widget import Widget

from tui.drawing.grid import Weights
from tui.widgets.attention_grid import AttentionGrid

from .painting import Cost, Frame, paint, ratio
from .result import Result, at_most

FRAMES = 40


def scrolling(tokens: int) -> Cost:
    """A grid of `tokens` x `tokens` weights that scrolls by a row and a column a frame."""
    row = [(column * 37 % 101) / 101 for column in range(tokens)]

    def make() -> Widget:
        names = [chr(97 + index % 26) for index in range(tokens)]
        weights = Weights(names, names, lambda index: row, lambda index, column: column > index)
        grid = AttentionGrid(weights)
        grid.styles.height = 24
        return grid

    def frame(widget: Widget) -> Frame:
        grid = cast(AttentionGrid, widget)
        # Starting where the window scrolls, and where nothing is masked yet to be seen.
        return lambda number: grid.move_to(20 + number % 40, 33 - number % 32)

    return paint(make, frame, FRAMES)


def results() -> list[Result]:
    """The targets of the attention grid."""
    large, small = scrolling(1024), scrolling(64)
    return [
        at_most(
            "grid: CPU per frame, 1,024 / 64 tokens",
            ratio(lambda: scrolling(1024), lambda: scrolling(64)),
            1.5,
        ),
        at_most("grid: bytes per frame, 1,024 / 64 tokens", large.bytes / small.bytes, 1.2),
    ]
