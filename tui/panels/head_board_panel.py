"""The board of heads of the learner's own networks: every number is computed by the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType

from course.problems import did_you_mean
from models.specs.lap import LENGTHS
from tui.drawing.attention.ablations import Board, Off
from tui.drawing.attention.head_board import HeadBoard
from tui.head_moments import board_of_probe, head_board_of_probes
from tui.lab_run import LabRun
from tui.lab_settings import run_ref
from tui.pages.page import Desk
from tui.panels.heads_panel import TEAMS, next_team
from tui.panels.heads_panel import fault as heads_fault
from tui.panels.inside_panel import InsidePanel
from tui.widgets.drawn_view import DrawnView
from tui.widgets.head_board_view import HELP, HeadBoardView, Switches
from tui.widgets.key_line import Hint

LAB = "lap"
LABS = ("lap", "induction")
"""The labs that say of each of their heads where it looks, by rules."""
LOOPS = ("lap",)
"""Those whose texts run loops, of a length that can be chosen."""
SETTINGS = frozenset({"lab", "when", "sample", "runner", "length", "below"})
BELOW = 40
"""What the accuracy is to be brought below unless it is told, in percent."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the board from being drawn with these settings; empty if nothing does."""
    settings = {"lab": LAB, **settings}
    if found := heads_fault(settings):
        return found
    lab = run_ref(settings["lab"]).lab
    if lab not in LABS:
        return f"the lab {lab} has no board of heads: {did_you_mean(lab, LABS)}"
    if "length" in settings and lab not in LOOPS:
        return f"the lab {lab} has no loops of some length"
    length = settings.get("length", str(LENGTHS[0]))
    if not length.isdecimal() or int(length) not in LENGTHS:
        return f"length {length}: loops have {LENGTHS[0]} to {LENGTHS[-1]} landmarks"
    below = settings.get("below", str(BELOW))
    if not below.isdecimal() or not 1 <= int(below) <= 99:
        return f"below {below}: expected a share in percent, from 1 to 99"
    return ""


def in_words(settings: Mapping[str, str]) -> str:
    """The board in words, where it cannot be drawn."""
    lab = run_ref(settings.get("lab", LAB)).lab
    return (
        f"The heads of a network of the lab {lab}, a line for each: how much of its weight lies on"
        " the token before, on what followed this token last time and on the first token, beside"
        " what equal shares would put there; and how much is still right without that head. Heads"
        " can be switched off, or taken from another network; every number is then computed again."
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
        """The same for all texts and whatever is off: what is judged is the same."""
        return replace(self, sample=0, switches=replace(self.switches, off=frozenset()))


class HeadBoardPanel(InsidePanel):
    """The board before or after training; every new set of switches is asked of the worker."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "next_team", "Another network", show=False, id="headboard-team"),
        Binding("l", "length", "Other loops", show=False, id="headboard-length"),
        Binding("m", "another", "Another text", show=False, id="headboard-another"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self._runner = settings.get("runner", TEAMS[self.spec.name][-1])
        self._sample = int(settings.get("sample", "0"))
        self._length = int(settings["length"]) if "length" in settings else None
        self._below = int(settings.get("below", str(BELOW))) / 100
        self._switches = Switches()
        self._alone: dict[_Case, Board] = {}
        """Each network without each of its heads."""
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
        swap = (("t", "swap"),) if self.view.board.donors else ()
        ways = (("↑ ↓", "head"), ("x", "off/on"), *swap, ("s", "sort"))
        return (*ways, ("u", "undo all"), ("r", "network"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All keys."""
        told = "loops of another length; at first they are as those it learned from"
        loops = (("l", told),) if self.spec.name in LOOPS else ()
        return (
            ("space", "begin the run, where there is none; then as x"),
            ("↑ ↓", "a head up, a head down"),
            ("x", "switch the head off, or on again"),
            ("t", "put the same head of another network in its place; then its own again"),
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

    def action_next_team(self) -> None:
        """The heads of the next network, all on."""
        self._runner = next_team(self.spec.name, self._runner)
        self._switches = Switches()
        self.view.begin()
        self.look()

    def action_length(self) -> None:
        """The next length of the loops; after the last as it learned them."""
        order = (None, *LENGTHS)
        self._length = order[(order.index(self._length) + 1) % len(order)]
        self.look()

    def action_another(self) -> None:
        """Another text for the same network."""
        self._sample += 1
        self.look()

    @on(HeadBoardView.Wanted)
    def want(self, event: HeadBoardView.Wanted) -> None:
        """Other switches: every number is asked for again."""
        self._switches = event.switches
        self.look()

    async def ask(self, run: LabRun, when: str) -> None:
        """Each head alone first, once for a network; then the heads as they are switched."""
        wanted = self.wanted
        own = replace(wanted.judged, switches=Switches())
        for case in (own, wanted.judged):
            if case not in self._alone:
                seen = await self.desk.labs.probe(run, "ablate", case.told)
                self._alone[case] = board_of_probe(seen, when)
        off = [list(place) for place in sorted(wanted.switches.off)]
        seen = await self.desk.labs.probe(run, "heads", {**wanted.told, "off": off})
        whole, alone = self._alone[own].whole, self._alone[wanted.judged]
        board = head_board_of_probes(seen, alone, whole, self.spec, when)
        only = wanted.length is not None
        self._seen[wanted] = replace(board, below=self._below, only=only)

    def show(self) -> None:
        """Draw what is chosen, with the smallest set found so far that is enough."""
        wanted = self.wanted
        self.view.show(replace(self._seen[wanted], fewest=self._fewest(wanted)))

    def _fewest(self, wanted: _Case) -> Off | None:
        """Of the sets tried on this network, the smallest that brings it below what is asked."""
        enough = [
            case.switches.off
            for case, board in self._seen.items()
            if case.judged == wanted.judged
            and not case.switches.taken
            and board.heads.now is not None
            and board.heads.now.accuracy < self._below
        ]
        return min(enough, key=lambda off: (len(off), sorted(off)), default=None)
