"""The board of heads of the learner's own networks: every number is computed by the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from models.specs.lap import LENGTHS
from tui.drawing.attention.ablations import Board, Off
from tui.drawing.attention.head_board import HeadBoard
from tui.drawing.attention.heads import Judged
from tui.head_moments import board_of_probe, head_board_of_probes
from tui.lab_run import LabRun
from tui.pages.page import Desk
from tui.panels.head_board_settings import BELOW, LAB, LOOPS
from tui.panels.team_panel import TeamPanel
from tui.shelf import kept_of
from tui.widgets.drawn_view import DrawnView
from tui.widgets.head_board_view import HELP, HeadBoardView, Switches
from tui.widgets.key_line import Hint

NONE_KEPT = (
    "No run from another seed is kept of this lab as it is set here. p on the map plays it again;"
    " there k sets the seed."
)


@dataclass(frozen=True)
class Switched:
    """What was done to a network, and how it does then."""

    runner: str
    off: Off
    accuracy: float
    loss: float


@dataclass(frozen=True)
class _Case:
    """Which network, which text, which loops, and what is done to it."""

    when: str
    runner: str
    sample: int
    length: int | None
    switches: Switches

    @property
    def told(self) -> dict[str, Any]:
        """What the worker is told of it, the heads that are off aside."""
        taken = [[layer, head, whose] for (layer, head), whose in self.switches.taken]
        told = {"when": self.when, "runner": self.runner, "sample": self.sample, "taken": taken}
        return told | ({} if self.length is None else {"length": self.length})

    @property
    def judged(self) -> _Case:
        """The same for all texts, whatever is off or says what it says elsewhere: what is judged
        is the same."""
        return replace(self, sample=0, switches=Switches(taken=self.switches.taken))

    @property
    def own(self) -> _Case:
        """The same with its own heads, all on."""
        return replace(self.judged, switches=Switches())


class HeadBoardPanel(TeamPanel):
    """The board before or after training; every new set of switches is asked of the worker."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("l", "length", "Other loops", show=False, id="headboard-length"),
        Binding("o", "other_run", "From another run", show=False, id="headboard-run"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self._length = int(settings["length"]) if "length" in settings else None
        self._below = int(settings.get("below", str(BELOW))) / 100
        self._switches = Switches()
        self._kept: dict[str, int] = {}
        """The kept runs that heads can be taken from, and the seeds that they began from."""
        self._note = ""
        self._alone: dict[_Case, Board] = {}
        """Each network without each of its heads."""
        self._instead: dict[tuple[_Case, Off], Judged] = {}
        """Each network without the heads that were taken from others."""
        self._seen: dict[_Case, HeadBoard] = {}

    def build(self) -> DrawnView:
        """The board."""
        return HeadBoardView(ink=self.desk.ink)

    @property
    def view(self) -> HeadBoardView:
        """Where the board is drawn."""
        return self.query_one(HeadBoardView)

    @property
    def wanted(self) -> _Case:
        """Time, network, text, loops, and what is done to the heads."""
        return _Case(self.when, self._runner, self._sample, self._length, self._switches)

    @property
    def switched(self) -> Switched | None:
        """What is done to the network and how it does, once that is measured."""
        if not self.has_picture or (now := self._seen[self.wanted].heads.now) is None:
            return None
        return Switched(self._runner, self._switches.off, now.accuracy, now.loss)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Choose a head and do something to it."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        ways = (("↑ ↓", "head"), ("x", "off/on"), ("e", "patch"), ("o", "other run"))
        return (*ways, ("a", "layer"), ("u", "undo all"), ("r", "network"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All keys."""
        told = "loops of another length; at first they are as those it learned from"
        loops = (("l", told),) if self.spec.name in LOOPS else ()
        return (
            ("space", "begin the run, where there is none; then as x"),
            ("↑ ↓", "a head up, a head down"),
            ("x", "switch the head off, or on again"),
            ("e", "patch it: it says what it says in another text; then its own again"),
            ("o", "put the same head of a kept run in its place, of the next one, its own again"),
            ("t", "put the same head of another network of this run in its place"),
            ("a", "do the same to all heads of the layer"),
            ("u", "all heads on, and its own"),
            ("s", "sort by the next column"),
            ("r", "another network"),
            *loops,
            ("m", "another text"),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """How the board is read, and the head under the cursor in numbers."""
        return f"{self.sentence}\n\n{HELP}" if self.pictured else HELP

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where no loops are run their length cannot be chosen."""
        return action != "length" or self.spec.name in LOOPS

    def begin_anew(self) -> None:
        """All heads on, and its own."""
        self._switches = Switches()
        self.view.begin()

    def action_length(self) -> None:
        """The next length of the loops; after the last as it learned them."""
        order = (None, *LENGTHS)
        self._length = order[(order.index(self._length) + 1) % len(order)]
        self.look()

    @work(exclusive=True, group="other run")
    async def action_other_run(self) -> None:
        """The same head of the next kept run from another seed; after the last its own again."""
        if (run := self._askable) is None or not self.has_picture:
            return
        kept = await kept_of(self.desk.labs, self.spec, self.knobs)
        others = [one for one in reversed(kept) if one.lookable and one.seed != run.seed]
        # Of those from one seed, which are alike, the newest.
        newest = {one.seed: one.id for one in others}
        self._kept |= {name: seed for seed, name in newest.items()}
        if newest:
            self.view.take(tuple(newest.values()))
        else:
            self._note = NONE_KEPT
            self.redraw()

    @on(HeadBoardView.Wanted)
    def want(self, event: HeadBoardView.Wanted) -> None:
        """Other switches: every number is asked for again."""
        self._switches = event.switches
        self.look()

    def look(self) -> None:
        """What was said of the board before does not stay."""
        self._note = ""
        super().look()

    async def ask(self, run: LabRun, when: str) -> None:
        """Each head alone first, once for a network; then the heads as they are switched."""
        wanted = self.wanted
        for case in (wanted.own, wanted.judged):
            if case not in self._alone:
                self._alone[case] = await self._without(run, case)
        whole, alone = self._alone[wanted.own].whole, self._alone[wanted.judged]
        instead = await self._off_instead(run, wanted)
        switches = {
            "off": [list(place) for place in sorted(wanted.switches.off)],
            "elsewhere": [list(place) for place in sorted(wanted.switches.elsewhere)],
        }
        beside = self._beside(wanted)
        seen = await self.desk.labs.probe(run, "heads", {**wanted.told, **switches}, beside)
        board = head_board_of_probes(seen, alone, whole, self.spec, when)
        only = wanted.length is not None
        self._seen[wanted] = replace(
            board, below=self._below, only=only, kept=dict(self._kept), instead=instead
        )

    async def _without(self, run: LabRun, case: _Case, sets: Sequence[Off] | None = None) -> Board:
        """A network without each of its heads, or without sets of them."""
        told = case.told
        if sets is not None:
            told["sets"] = [[list(place) for place in sorted(off)] for off in sets]
        seen = await self.desk.labs.probe(run, "ablate", told, self._beside(case))
        return board_of_probe(seen, case.when)

    async def _off_instead(self, run: LabRun, wanted: _Case) -> Judged | None:
        """The network with its own heads, but without those that were taken from others."""
        off = frozenset(place for place, _ in wanted.switches.taken)
        if off and (wanted.own, off) not in self._instead:
            board = await self._without(run, wanted.own, [off])
            self._instead[wanted.own, off] = board.rows[0][1]
        return self._instead.get((wanted.own, off))

    def _beside(self, case: _Case) -> list[str]:
        """The kept runs that heads are taken from."""
        return sorted({whose for _, whose in case.switches.taken if whose in self._kept})

    def show(self) -> None:
        """Draw what is chosen, with the smallest set found so far that is enough."""
        wanted = self.wanted
        fewest = self._fewest(wanted)
        self.view.show(replace(self._seen[wanted], fewest=fewest, note=self._note))

    def _fewest(self, wanted: _Case) -> Off | None:
        """Of the sets tried on this network, the smallest that brings it below what is asked."""
        enough = [
            case.switches.off
            for case, board in self._seen.items()
            if case.own == wanted.own
            and case.switches == Switches(off=case.switches.off)
            and board.heads.now is not None
            and board.heads.now.accuracy < self._below
        ]
        return min(enough, key=lambda off: (len(off), sorted(off)), default=None)
