"""What a worker tells of attention in a maze, turned into what its view draws."""

from __future__ import annotations

from models.mazes.scene import Scene
from models.protocol import ProbeResult
from tui.drawing.mazes.attention import Judged, MazeAttention
from tui.thought_moments import thoughts_of


def maze_attention_of(
    seen: ProbeResult, scene: Scene, title: str, who: str, chosen: str
) -> MazeAttention:
    """The answer to the probe `maze-attention` about `scene`, with the heads `off` or with all."""
    values, weights = seen.values, seen.arrays["weights"]
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
        row=lambda place, cell: weights.row(*place, cell),
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
    )
