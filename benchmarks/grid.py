"""The attention grid: a frame with 1,024 tokens against a frame with 64."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from textual.widget import Widget

from benchmarks.painting import Cost, Frame, paint, ratio
from benchmarks.result import Measure, Target
from tui.drawing.weights import Weights
from tui.widgets.attention_grid import AttentionGrid

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


def frames() -> Mapping[str, float]:
    """CPU time and bytes of a frame that scrolls a grid of 1,024 tokens, divided by those of one of
    64. A design that draws cells nobody sees, as Static does, cannot show 1,024 at all."""
    large, small = scrolling(1024), scrolling(64)
    return {
        "grid-cpu": ratio(lambda: scrolling(1024), lambda: scrolling(64)),
        "grid-bytes": large.bytes / small.bytes,
    }


MEASURES = (Measure((Target("grid-cpu", 1.5), Target("grid-bytes", 1.2)), frames),)
