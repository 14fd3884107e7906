"""How many loops a maze needs: where the mouse gets by the arrows after each of them."""

from __future__ import annotations

from typing import Any

from models.specs.map import SIZE
from tui.drawing.mazes.thoughts import THERE, Thoughts
from tui.drawing.mazes.thoughts_words import counted, mouse_words
from tui.experiments.meter import Did, Meter
from tui.thinkers import loops_for
from tui.thought_moments import thoughts_of


class LoopMeter(Meter):
    """Asks once about the maze, for all loops."""

    _thoughts: Thoughts | None = None

    async def thoughts(self) -> Thoughts:
        """What the network would answer after each number of loops."""
        if self._thoughts is None:
            size = int(self.settings.get("size", SIZE))
            sample = int(self.settings.get("sample", "0"))
            told: dict[str, Any] = {"when": "after", "size": size, "sample": sample}
            told["loops"] = loops_for(size)
            if runner := self.settings.get("runner"):
                told["runner"] = runner
            seen = await self.ask("thought", told)
            self._thoughts = thoughts_of(seen.values, "after training")
        return self._thoughts

    async def measure(self, did: Did) -> tuple[dict[str, float], str]:
        """Whether the mouse arrives after so many, and after how many it first does."""
        thoughts, loops = await self.thoughts(), did["loops"]
        way = thoughts.way(loops, thoughts.start)
        fewest, away = _first(thoughts), thoughts.away[thoughts.start]
        measured = {
            "loops": loops,
            # Where it never arrives, as many as there are were too few.
            "fewest": thoughts.loops + 1 if fewest is None else fewest,
            "away": away,
            "arrives": int(way.ends == THERE),
        }
        return measured, f"after {counted(loops, 'loop')} the mouse {mouse_words(way, away)}"

    async def right(self) -> Did | None:
        """The first number of loops after which it arrives."""
        fewest = _first(await self.thoughts())
        return None if fewest is None else {"loops": fewest}

    async def tries(self) -> list[Did]:
        """Every number of loops."""
        return [{"loops": loops} for loops in range(1, (await self.thoughts()).loops + 1)]


def _first(thoughts: Thoughts) -> int | None:
    """The first loop after which the mouse arrives; before any, arrows are drawn by no maze."""
    loops = range(1, thoughts.loops + 1)
    return next((k for k in loops if thoughts.way(k, thoughts.start).ends == THERE), None)
