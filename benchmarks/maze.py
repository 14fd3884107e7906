"""The maze view: bytes of a frame, and CPU of a frame in a large maze against a small one."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import cast

from textual.widget import Widget

from benchmarks.painting import Cost, Frame, paint, ratio
from benchmarks.result import Measure, Target
from models.mazes.generators import wilson
from models.mazes.walkers import right_hand
from tui.widgets.maze_view import MazeView

FRAMES = 60


def walking(side: int) -> Cost:
    """A mouse that takes one step a frame in a maze of `side` x `side` squares.

    It keeps its hand on the wall, so it gets about; the odd frame on which a large maze scrolls
    is dearer, and the median passes over it.
    """

    def make() -> Widget:
        maze = wilson(side, side, random.Random(1))
        goal = maze.cells - 1
        return MazeView(right_hand(maze, 0, goal, random.Random(1), FRAMES * 20))

    def frame(widget: Widget) -> Frame:
        view = cast(MazeView, widget)
        return lambda number: view.step()

    return paint(make, frame, FRAMES, size=(120, 40))


def frames() -> Mapping[str, float]:
    """Bytes of a frame in a maze of 60 x 60 squares, and its CPU time divided by that in one of
    10 x 10. A design that draws the whole maze again shows 32,000 bytes."""
    return {
        "maze-bytes": walking(60).bytes,
        "maze-cpu": ratio(lambda: walking(60), lambda: walking(10)),
    }


MEASURES = (Measure((Target("maze-bytes", 400), Target("maze-cpu", 2.0)), frames),)
