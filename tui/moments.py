"""What a lab shows while it trains, turned into what the views play."""

from __future__ import annotations

from models.mazes.maze import Maze
from models.mazes.trace import SEEN, Step, Trace
from models.protocol import Moment


def walk_trace(moment: Moment) -> Trace:
    """The path of a half-trained mouse through its maze, as a trace."""
    data = moment.data
    maze = Maze(data["width"], data["height"], tuple(data["passages"]))
    path = list(data["path"])
    steps = tuple(
        Step(there, ((here, SEEN),)) for here, there in zip(path, path[1:], strict=False)
    )
    return Trace(maze, data["start"], data["cheese"], steps, f"after {moment.step} updates")
