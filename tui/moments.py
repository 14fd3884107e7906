"""What a lab shows while it trains, turned into what the views play."""

from __future__ import annotations

from itertools import pairwise

from models.mazes.maze import Maze
from models.mazes.trace import SEEN, Step, Trace
from models.protocol import Moment
from models.specs.spec import LabSpec
from tui.drawing.weights import PLACES, Weights


def walk_trace(moment: Moment, spec: LabSpec) -> Trace:
    """The path of a mouse through its maze, as a trace that names the mouse.

    A mouse that learns is named by how far it has come with that.
    """
    data = moment.data
    maze = Maze(data["width"], data["height"], tuple(data["passages"]))
    path = list(data["path"])
    steps = tuple(Step(there, ((here, SEEN),)) for here, there in pairwise(path))
    who = dict(spec.runners).get(moment.runner, "")
    name = who
    if spec.series:
        far = f"{moment.step} updates"
        name = f"{who}, {far}" if who else f"after {far}"
    return Trace(maze, data["start"], data["cheese"], steps, name)


def weights_of_moment(moment: Moment) -> Weights:
    """The weights that a look named `alignment` carries.

    `asks`, `answers` and `weights` are always there; `called`, `said`, `right` and `title` where
    they are known.
    """
    data = moment.data
    return Weights.of(
        data["asks"],
        data["answers"],
        data["weights"],
        title=data.get("title") or f"after {moment.step:,} steps",
        called=tuple(data.get("called", PLACES)),
        said=data.get("said", ()),
        right=data.get("right", ()),
    )
