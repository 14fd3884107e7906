"""The probe `maze-attention`, as every lab whose heads look into mazes answers it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.labs.lab import Inside
from models.labs.map_asked import asked
from models.labs.maze_attention import Fair, attention_on, fairly
from models.labs.race import Racer
from models.networks.map import MapSolver
from models.networks.plain_map import PlainMap


class HeadsInMazes:
    """What heads do over many mazes is measured once for each step, and kept."""

    def __init__(self, seed: int, side: int, loops: int) -> None:
        """`side`: cells on a side of the mazes trained in; `loops`: those of the looped map."""
        self._seed, self._side, self._loops = seed, side, loops
        self._fair = dict[tuple[str, int], Fair]()

    def told(self, racer: Racer, arguments: Mapping[str, Any]) -> Inside:
        """Where the heads of a racer look in a maze (`maze_attention`), with those in `off` off;
        where `when` is `before`, as they did before its first step.

        Raises:
            ValueError: if it has none, in plain words.
        """
        before = arguments.get("when") == "before"
        network, step = racer.network, racer.pupil.step
        if before:
            network, step = racer.untrained, 0
        if not isinstance(network, PlainMap | MapSolver):
            raise ValueError(f"{racer.name} has no heads that look into a maze")
        of, off = asked({"size": self._side, **arguments}, self._seed), arguments.get("off", ())
        key = racer.name, step
        if key not in self._fair:
            self._fair = {one: fair for one, fair in self._fair.items() if one[1] in (0, step)}
            self._fair[key] = fairly(network, self._seed, self._side, self._loops)
        return attention_on(network, of, self._fair[key], off, self._loops)
