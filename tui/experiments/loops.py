"""How many loops a maze needs: where the mouse gets by the arrows after each of them."""

from __future__ import annotations

from typing import Any

from models.specs.map import SIZE
from tui.drawing.mazes.thoughts import THERE, Thoughts
from tui.drawing.mazes.thoughts_words import counted, mouse_words
from tui.experiments.meter import Did, Meter
from tui.thinkers import loops_for
from tui.thought_moments import thoughts_of

MOST, APART = 8, 100
"""Mazes that are tried at most until the network solves one, and the numbers between theirs."""


class LoopMeter(Meter):
    """Asks once about a maze, for all loops. One that the network never solves asks for nothing
    that could be found: then it is another."""

    _thoughts: Thoughts | None = None
    _fewest: int | None = None

    async def thoughts(self) -> Thoughts:
        """What the network would answer after each number of loops, in a maze that it solves."""
        if self._thoughts is None:
            first = int(self.settings.get("sample", "0"))
            for sample in range(first, first + MOST * APART, APART):
                thoughts = await self._think(sample)
                if (fewest := _first(thoughts)) is not None:
                    break
            self._thoughts, self._fewest = thoughts, fewest
        return self._thoughts

    async def _think(self, sample: int) -> Thoughts:
        size = int(self.settings.get("size", SIZE))
        told: dict[str, Any] = {"when": "after", "size": size, "sample": sample}
        told["loops"] = loops_for(size)
        if runner := self.settings.get("runner"):
            told["runner"] = runner
        return thoughts_of((await self.ask("thought", told)).values, "after training")

    async def measure(self, did: Did) -> tuple[dict[str, float], str]:
        """Whether the mouse arrives after so many, and after how many it first does."""
        thoughts, loops = await self.thoughts(), did["loops"]
        way = thoughts.way(loops, thoughts.start)
        away = thoughts.away[thoughts.start]
        measured = {
            "loops": loops,
            # Where it never arrives, as many as there are were too few.
            "fewest": thoughts.loops + 1 if self._fewest is None else self._fewest,
            "away": away,
            "arrives": int(way.ends == THERE),
        }
        return measured, f"after {counted(loops, 'loop')} the mouse {mouse_words(way, away)}"

    async def right(self) -> Did | None:
        """The first number of loops after which it arrives."""
        await self.thoughts()
        return None if self._fewest is None else {"loops": self._fewest}

    async def tries(self) -> list[Did]:
        """Every number of loops."""
        return [{"loops": loops} for loops in range(1, (await self.thoughts()).loops + 1)]


def _first(thoughts: Thoughts) -> int | None:
    """The first loop after which the mouse arrives: without any, nothing has been looked at."""
    loops = range(1, thoughts.loops + 1)
    return next((k for k in loops if thoughts.way(k, thoughts.start).ends == THERE), None)
