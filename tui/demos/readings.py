"""The demonstration of readings: all that has arrived, worked by hand."""

from __future__ import annotations

import random
from statistics import fmean

from models.mazes.generators import wilson
from models.mazes.solvers import distances
from tui.demos.demo import Demo
from tui.drawing.ink import Ink
from tui.drawing.mazes.readings import ARRIVED, Readings


def readings_demo(ink: Ink | None = None) -> Demo:
    """Every distance that news has come from, and of the others their mean."""
    from tui.widgets.readings_view import ReadingsView

    return Demo(lambda: [ReadingsView(arriving(), loop=6)], ink)


def arriving(size: int = 7, seed: int = 3, loops: int = 32, who: str = "map") -> Readings:
    """A stream of two numbers: how far the cheese is, as far as that can be known, and 1 where it
    cannot; read with the weights 1 and the mean of the others."""
    maze = wilson(size, size, random.Random(seed))
    cheese = maze.cells // 2
    away = distances(maze, cheese)
    stream = [[_known(moves, loop) for moves in away] for loop in range(1, loops + 1)]
    weights = [(1.0, _mean_beyond(away, loop)) for loop in range(1, loops + 1)]
    read = [
        [far * w + unknown * mean for far, unknown in cells]
        for cells, (w, mean) in zip(stream, weights, strict=True)
    ]
    curve = [_explained(row, away) for row in read]
    return Readings(
        maze,
        away.index(max(away)),
        cheese,
        who,
        away,
        away,
        read,
        weights,
        [0.0] * loops,
        stream,
        curve,
        {ARRIVED: curve, who: curve},
        200,
        200,
        5,
    )


def _known(moves: int, loop: int) -> tuple[float, float]:
    return (float(moves), 0.0) if moves <= loop else (0.0, 1.0)


def _mean_beyond(away: list[int], loop: int) -> float:
    return fmean([moves for moves in away if moves > loop] or [0])


def _explained(read: list[float], away: list[int]) -> float:
    """R² in this very maze."""
    mean = fmean(away)
    missed = sum((said - moves) ** 2 for said, moves in zip(read, away, strict=True))
    return 1 - missed / sum((moves - mean) ** 2 for moves in away)
