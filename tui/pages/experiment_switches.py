"""Heads switched off, until the network fails as it is to: which, and how few are enough?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from course.experiment import SHARE
from course.experiment_marking import as_told, is_enough
from tui.drawing.attention.ablations import Board, Off
from tui.drawing.attention.heads import Judged
from tui.head_moments import board_of_probe
from tui.pages.experiment_bench import Bench, Did
from tui.panels.ablations_panel import AblationsPanel
from tui.widgets.key_line import Hint

AT_ONCE = 8
"""Sets of heads that the worker is asked about in one go: it may have a run to go on with."""
_HIGHEST, _LOW = 10, 24
"""Lines that the board takes at most where the window has so few."""


class SwitchBench(Bench, AblationsPanel):
    """A board with the sets that were tried, and no others."""

    nothing = "No head is off yet."
    none_right = "In your run no set of heads does it."
    first_sets = ((),)

    def on_resize(self) -> None:
        """A higher window has room for more."""
        self.picture.styles.max_height = _HIGHEST + max(0, self.app.size.height - _LOW)

    @property
    def own_keys(self) -> Sequence[Hint]:
        """Choose a head and switch it."""
        return (("← →", "head"), ("space", "off/on"), ("u", "undo"))

    @property
    def did(self) -> Did | None:
        """The heads that are off."""
        return {"off": [list(place) for place in sorted(self._off)]} if self._off else None

    def put(self, did: Did) -> None:
        """Switch them off again."""
        self.view.choose(_off(did))

    async def measure(self, did: Did) -> tuple[dict[str, float], str]:
        """Also whether fewer would have done: every smaller set is tried, the smallest first."""
        off = _off(did)
        judged = (await self._judged([off]))[0]
        enough = self._is_enough(judged)
        fewer = await self._first(len(off) - 1) if enough else None
        measured = {
            "off": len(off),
            "heads": len(self._board.places),
            "fewest": len(off) if fewer is None else len(fewer),
            "enough": int(enough),
            "accuracy": judged.accuracy,
            "whole": self._board.whole.accuracy,
            "loss": judged.loss,
        }
        told = f"without {self._board.name(off)}: {as_told(judged.accuracy, SHARE)} right"
        return measured, told

    async def right(self) -> Did | None:
        """The first of the smallest sets that are enough."""
        off = await self._first(len(self._board.places))
        if off is None:
            return None
        return {"off": [list(place) for place in sorted(off)]}

    @property
    def _board(self) -> Board:
        return self._boards[self.when, self._runner]

    def _is_enough(self, judged: Judged) -> bool:
        measured = {
            "accuracy": judged.accuracy,
            "loss": judged.loss,
            "whole": self._board.whole.accuracy,
        }
        return is_enough(self.question, measured)

    async def _first(self, most: int) -> Off | None:
        """The first set of at most so many heads that is enough, the smallest sets first."""
        sets = (
            frozenset(off)
            for count in range(1, most + 1)
            for off in combinations(self._board.places, count)
        )
        for some in _by(AT_ONCE, sets):
            judged = await self._judged(some)
            for off, one in zip(some, judged, strict=True):
                if self._is_enough(one):
                    return off
        return None

    async def _judged(self, sets: Sequence[Off]) -> list[Judged]:
        """How the network does without each of these sets; the board knows of some."""
        known = {off: self._board.of(off) for off in sets}
        asked = [off for off, judged in known.items() if judged is None]
        if asked:
            sent = [[list(place) for place in sorted(off)] for off in asked]
            told = {"when": self.when, "runner": self._runner, "sets": sent}
            seen = await self.desk.labs.probe(self.networks, "ablate", told)
            known |= dict(board_of_probe(seen, self.when).rows)
        return [judged for off in sets if (judged := known[off]) is not None]


def _off(did: Did) -> Off:
    return frozenset((layer, head) for layer, head in did["off"])


def _by(count: int, sets: Iterator[Off]) -> Iterator[list[Off]]:
    while some := list(islice(sets, count)):
        yield some
