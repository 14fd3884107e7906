"""The attention grid: a frame with 1,024 tokens against one with 64, and one that fills in."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from typing import cast

from textual.containers import Horizontal
from textual.widget import Widget

from benchmarks.painting import Cost, Frame, paint, ratio
from benchmarks.result import Measure, Target
from models.protocol import Moment
from tui.drawing.attention.attended import Attended, Taken, Tile
from tui.drawing.attention.tiles import TILE, tiled
from tui.drawing.attention.weights import Weights
from tui.widgets.alignment_grid import AlignmentGrid
from tui.widgets.attention_grid import AttentionGrid
from tui.widgets.head_inspector import HeadInspector

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


def filling(still: bool) -> Cost:
    """An alignment of 19 moves and 12 words that changes as it is learned; or by one row alone."""

    def look(number: int) -> Moment:
        sharp = 0.5 * (number % 4)
        rows = []
        for move in range(19):
            at = sharp if not still or move == 9 else 1.0
            powers = [math.exp(-at * abs(word - 11 + move * 12 // 19)) for word in range(12)]
            rows.append([power / sum(powers) for power in powers])
        data = {"asks": ["N"] * 19, "answers": ["pippip"] * 12, "weights": rows, "title": "now"}
        return Moment("", "attention", number, "alignment", data)

    def make() -> Widget:
        grid = AlignmentGrid()
        grid.can_focus = False
        grid.show_moment(look(0))
        return grid

    def frame(widget: Widget) -> Frame:
        grid = cast(AlignmentGrid, widget)
        return lambda number: grid.show_moment(look(number + 1))

    return paint(make, frame, FRAMES)


def looks() -> Mapping[str, float]:
    """Bytes of an alignment of which one row changes, divided by those of one that changes
    everywhere. A design that paints the whole grid for every look shows about 1."""
    return {"alignment-bytes": filling(still=True).bytes / filling(still=False).bytes}


def inspecting(tokens: int) -> Cost:
    """A walk through cells that are taken apart, at the end of a text of `tokens`: 64 of its rows
    and columns are told, as for any text."""
    rng = random.Random(0)
    told = min(TILE, tokens)

    def rows(count: int, width: int) -> list[list[float]]:
        return [[rng.gauss(0, 1) for _ in range(width)] for _ in range(count)]

    tile = Tile(
        tokens - told,
        tokens - told,
        weights=[[1 / tokens] * told] * told,
        allowed=[[True] * told] * told,
        ranks=[[1] * told] * told,
        q=rows(told, 16),
        k=rows(told, 16),
        logsums=[math.log(tokens)] * told,
        lifted=[math.log(tokens)] * told,
        sums=[1.0] * told,
        visible=[tokens] * told,
        effects={tokens - told + row: rows(told, 26) for row in range(told)},
        logits={tokens - told + row: rows(1, 26)[0] for row in range(told)},
    )
    inside = Attended((tile,), scale=4.0, names=[chr(97 + n) for n in range(26)])
    names = [chr(97 + index % 26) for index in range(tokens)]
    weights = tiled(Weights(names, names, lambda row: None), inside)

    def make() -> Widget:
        grid, inspector = AttentionGrid(weights), HeadInspector()
        grid.styles.height = inspector.styles.height = 24
        grid.styles.width = 40
        return Horizontal(grid, inspector)

    def frame(widget: Widget) -> Frame:
        grid, inspector = widget.query_one(AttentionGrid), widget.query_one(HeadInspector)

        def change(number: int) -> None:
            row, column = tokens - 20 + number % 19, tokens - 16 + number % 15
            grid.move_to(row, column)
            inspector.show(Taken(weights, inside, row, column))

        return change

    return paint(make, frame, FRAMES)


def inspected() -> Mapping[str, float]:
    """CPU time of a cell more that is taken apart in a text of 1,024 tokens, divided by that in one
    of 64. A design that keeps all rows of what a cell is made of grows with the text."""
    return {"cell-cpu": ratio(lambda: inspecting(1024), lambda: inspecting(64))}


MEASURES = (
    Measure((Target("grid-cpu", 1.5), Target("grid-bytes", 1.2)), frames),
    Measure((Target("cell-cpu", 1.5),), inspected),
    Measure((Target("alignment-bytes", 0.5),), looks),
)
