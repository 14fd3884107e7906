"""What a worker tells of attention in a maze, turned into what its view draws."""

from __future__ import annotations

from collections.abc import Callable

from models.arrays import Array
from models.mazes.scene import Scene
from models.protocol import ProbeResult
from tui.drawing.attention.heads import Place
from tui.drawing.mazes.attention import Judged, MazeAttention
from tui.thought_moments import thoughts_of

Rows = Callable[[Place, int], list[float]]
"""The weights of a head and a cell that asks."""


def maze_attention_of(
    seen: ProbeResult, scene: Scene, title: str, who: str, chosen: str
) -> MazeAttention:
    """The answer to the probe `maze-attention` about `scene`, with the heads `off` or with all."""
    values, looped = seen.values, "own" in seen.arrays
    off = frozenset((layer, head) for layer, head in values.get("off", ()))
    without = [
        [Judged(here, many) for here, many in zip(*both, strict=True)]
        for both in zip(values["without"], values["many_without"], strict=True)
    ]
    return MazeAttention(
        scene,
        thoughts_of(values, title),
        layers=values["layers"],
        heads=values["heads"],
        row=_through_doors(seen.arrays["own"], scene) if looped else _rows(seen.arrays["weights"]),
        asked=values["asked"],
        whole=Judged(values["right"], values["many_right"]),
        without=without,
        on_route=values["on_route"],
        on_route_uniform=values["on_route_uniform"],
        mazes=values["mazes"],
        off=off,
        now=Judged(values["now"], values["many_now"]) if off else None,
        who=who,
        chosen=chosen,
        looped=looped,
    )


def _rows(weights: Array) -> Rows:
    """Rows of weights that were told in full, (L, H, T, T)."""
    return lambda place, cell: weights.row(*place, cell)


def _through_doors(own: Array, scene: Scene) -> Rows:
    """Rows of a network whose head d gives what it does not give itself, (L, H, T), to the cell
    behind the door in direction d."""
    maze = scene.maze

    def row(place: Place, cell: int) -> list[float]:
        found, itself = [0.0] * maze.cells, own.row(*place)[cell]
        found[cell] = itself
        if maze.is_open(cell, place[1]):
            found[maze.step(cell, place[1])] = 1 - itself
        return found

    return row
