"""What a network thinks of a maze, turned into what its view draws."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import Any

from models.mazes.maze import Maze
from models.protocol import Moment
from models.specs.spec import LabSpec
from tui.drawing.mazes.thoughts import Thoughts
from tui.moments import titled


def thoughts_of_moment(moment: Moment, spec: LabSpec, of: str = "") -> Thoughts:
    """The arrows of a runner, as a look tells them."""
    who = dict(spec.runners).get(moment.runner, moment.runner)
    title = titled(of, f"{who}, {after_steps(moment.step)}")
    return thoughts_of(moment.data, title, moment.step)


def thoughts_of(told: Mapping[str, Any], title: str, step: int | None = None) -> Thoughts:
    """The same, as a look or a probe tells them."""
    # A large maze has half a million arrows, of which several films are kept.
    return Thoughts(
        Maze(told["width"], told["height"], tuple(told["passages"])),
        told["start"],
        told["cheese"],
        told["away"],
        [bytes(arrows) for arrows in told["arrows"]],
        [array("d", sure) for sure in told.get("confidence", ())],
        title,
        step,
    )


def after_steps(step: int) -> str:
    """How far a training had come."""
    return f"after {step:,} steps"
