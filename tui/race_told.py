"""A race through a maze, as a probe tells it, turned into what its view draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.mazes.maze import Maze
from models.specs.rivals import BASELINES, LEARNERS
from tui.drawing.mazes.race import Contestant, MiceRace

SHOWN = ("right", "mouse", "plain", "map", "bfs")
"""Who is shown, in this order."""
NAMES = LEARNERS | BASELINES | {"bfs": "breadth-first search"}


def race_of(told: Mapping[str, Any], memory: Sequence[Sequence[float]] = ()) -> MiceRace:
    """The maze and its contestants, of whom `told["contestants"]` says what each did, and what the
    mouse had in mind before each of its moves (M, N)."""
    found = {one["name"]: one for one in told["contestants"]}
    return MiceRace(
        Maze(told["width"], told["height"], tuple(told["passages"])),
        told["start"],
        told["cheese"],
        told["away"],
        tuple(
            Contestant(
                name,
                NAMES[name],
                tuple(found[name]["path"]),
                found[name]["ends"],
                found[name].get("why", ""),
                found[name].get("arrows", ()),
                found[name].get("wave", ()),
                found[name].get("looked", 0),
                memory if name == "mouse" else (),
            )
            for name in SHOWN
            if name in found
        ),
    )
