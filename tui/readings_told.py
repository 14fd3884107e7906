"""What probes read in a maze, as the worker tells it, turned into what its view draws."""

from __future__ import annotations

from models.mazes.maze import Maze
from models.protocol import ProbeResult
from tui.drawing.mazes.readings import Readings


def readings_of(seen: ProbeResult) -> Readings:
    """The answer to a probe for `readings`."""
    told, rows = seen.values, {name: array.rows() for name, array in seen.arrays.items()}
    return Readings(
        Maze(told["width"], told["height"], tuple(told["passages"])),
        told["start"],
        told["cheese"],
        told["who"],
        away=told["away"],
        wanted=told["wanted"],
        read=rows["read"],
        weights=rows["weights"],
        bias=rows["bias"],
        stream=rows["stream"],
        explained=told["explained"],
        curves=told["curves"],
        practised=told["practised"],
        unseen=told["unseen"],
        tasks=told["tasks"],
    )
