"""Heads that are off: how the network does without them, and whether fewer would have done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice
from math import comb

from course.experiment import SHARE, Experiment
from course.experiment_marking import as_told, is_enough
from tui.drawing.attention.ablations import Board, Off
from tui.drawing.attention.heads import Judged
from tui.experiments.meter import Ask, Did, Meter
from tui.head_moments import board_of_probe

AT_ONCE = 4
"""Sets of heads that the worker is asked about in one go: it may have a run to go on with."""
WHOLE: Off = frozenset()


class SwitchMeter(Meter):
    """Remembers every set that it has asked about."""

    def __init__(self, question: Experiment, settings: Mapping[str, str], ask: Ask) -> None:
        super().__init__(question, settings, ask)
        self._board = Board()
        self._known: dict[Off, Judged] = {}

    async def measure(self, did: Did) -> tuple[dict[str, float], str]:
        """Where it is enough, every smaller set is tried, the smallest first."""
        off = off_of(did)
        whole, judged = await self._judged([WHOLE, off])
        enough = self._is_enough(judged)
        fewer = await self._first(len(off) - 1) if enough else None
        measured = {
            "off": len(off),
            "heads": len(self._board.places),
            "fewest": len(off) if fewer is None else len(fewer),
            "enough": int(enough),
            "accuracy": judged.accuracy,
            "whole": whole.accuracy,
            "loss": judged.loss,
        }
        return measured, f"without {self._board.name(off)}: {as_told(judged.accuracy, SHARE)} right"

    async def right(self) -> Did | None:
        """The first of the smallest sets that are enough."""
        await self._judged([WHOLE])
        off = await self._first(len(self._board.places))
        return None if off is None else did_of(off)

    async def tries(self) -> list[Did]:
        """Every set of heads."""
        await self._judged([WHOLE])
        return [did_of(off) for off in self._sets(len(self._board.places))]

    def _sets(self, most: int) -> Iterator[Off]:
        """All sets of at most so many heads, the smallest first."""
        for count in range(1, most + 1):
            yield from map(frozenset, combinations(self._board.places, count))

    def _is_enough(self, judged: Judged) -> bool:
        whole = self._known[WHOLE].accuracy
        measured = {"accuracy": judged.accuracy, "loss": judged.loss, "whole": whole}
        return is_enough(self.question, measured)

    async def _first(self, most: int) -> Off | None:
        heads, sets, tried = len(self._board.places), self._sets(most), 0
        every = sum(comb(heads, count) for count in range(1, most + 1))
        while some := list(islice(sets, AT_ONCE)):
            self.tell(f"trying every smaller set of heads: {tried} of {every}…")
            judged = await self._judged(some)
            tried += len(some)
            for off, one in zip(some, judged, strict=True):
                if self._is_enough(one):
                    return off
        return None

    async def _judged(self, sets: Sequence[Off]) -> list[Judged]:
        """How the network does without each of these sets."""
        asked = [off for off in dict.fromkeys(sets) if off not in self._known]
        if asked:
            told = {"when": "after", "sets": [did_of(off)["off"] for off in asked]}
            if runner := self.settings.get("runner"):
                told["runner"] = runner
            self._board = board_of_probe(await self.ask("ablate", told), "after")
            self._known |= dict(self._board.rows)
        return [self._known[off] for off in sets]


def off_of(did: Did) -> Off:
    """The heads that are off."""
    return frozenset((layer, head) for layer, head in did["off"])


def did_of(off: Off) -> Did:
    """The same as an answer keeps it."""
    return {"off": [list(place) for place in sorted(off)]}
