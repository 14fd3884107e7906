"""What probes read off the learner's own map, in one maze after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual import on
from textual.binding import Binding

from course.problems import did_you_mean
from models.specs.map import LOOPS, SIZE
from models.specs.probe import FITTED, READ
from tui.drawing.mazes.readings import Readings
from tui.drawing.mazes.readings_words import HELP
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref
from tui.pages.page import Desk, Page
from tui.panels.inside_panel import InsidePanel
from tui.readings_told import readings_of
from tui.widgets.key_line import Hint
from tui.widgets.readings_view import ReadingsView

LAB = "probe"
SETTINGS = frozenset({"lab", "who", "sample", "loop"})

_SHORT = {"map": "trained", "untrained": "untrained", "control": "control task"}
"""Who can be read, in a word or two."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps readings from being drawn with these settings; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    lab, who = run_ref(settings.get("lab", LAB)).lab, settings.get("who", FITTED[0])
    if lab != LAB:
        return f"the lab {lab} fits no probes: {did_you_mean(lab, [LAB])}"
    if who not in FITTED:
        return f"who {who}: {did_you_mean(who, FITTED)}"
    if not (sample := settings.get("sample", "0")).isdecimal():
        return f"sample {sample}: expected a whole number from 0 up"
    if not (loop := settings.get("loop", "1")).isdecimal() or not 1 <= int(loop) <= LOOPS:
        return f"loop {loop}: expected a whole number from 1 to {LOOPS}"
    return ""


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    return (
        f"A maze of {SIZE}x{SIZE} cells. In each cell stands the distance to the cheese as a"
        f" weighted sum reads it off {READ['map']}, beside the true one, after 1 to {LOOPS} loops;"
        " `?` marks cells to which no news of the cheese can have come. Beside it stands how much"
        " that explains in unseen mazes (R²), and what one could read who knew all that has"
        " arrived, what is read off an untrained map, and what is read of numbers drawn at random."
    )


class ReadingsPanel(InsidePanel):
    """One maze; whose probes read it is turned by a key."""

    needs_verdict = False
    BINDINGS = [  # noqa: RUF012
        Binding("m", "another", "Another maze", show=False, id="readings-another"),
        Binding("r", "reader", "Read from another", show=False, id="readings-reader"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self._who = settings.get("who", FITTED[0])
        self.when = _when(self._who)
        self._sample, self._loop = int(settings.get("sample", "0")), int(settings.get("loop", "1"))
        self._seen: dict[tuple[str, int], Readings] = {}
        self._curves: dict[str, Sequence[float]] = {}
        """R² of everybody that the worker has told of."""

    def build(self) -> ReadingsView:
        """The maze."""
        return ReadingsView(loop=self._loop, ink=self.desk.ink)

    @property
    def view(self) -> ReadingsView:
        """Where it is drawn."""
        return self.query_one(ReadingsView)

    # Keys

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Through the loops, then whose stream is read."""
        hints = super().hints_of_keys
        following = ("r", _SHORT[self._next])
        if not self.pictured:
            return (*hints[:-1], following) if hints else hints
        view = self.view
        return (
            ("arrows", "cell") if view.steers else ("← →", "loop"),
            ("space", "pause" if view.playing else "play"),
            following,
            ("a", "loops" if view.steers else "cell"),
            ("m", "maze"),
        )

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        return (
            ("space", "begin the run, where there is none; play and pause"),
            ("← →", "a loop back, a loop on"),
            ("home end", "the first loop, the last"),
            ("r", "read from the trained map, an untrained one, or for the control task"),
            ("b", "the untrained map or the trained one"),
            ("a", "the arrows move the cursor; once more, the loops"),
            ("f s", "faster, slower"),
            ("m", "another maze"),
        )

    @property
    def help_text(self) -> str:
        """How the number under the cursor was read, and how the picture is."""
        return f"{self.sentence}\n\n{self.view.help}\n\n{HELP}" if self.pictured else HELP

    @on(ReadingsView.Changed)
    def _keys_changed(self) -> None:
        self.post_message(Page.KeysChanged())

    def action_another(self) -> None:
        """Another maze."""
        self._sample += 1
        self.look()

    def action_reader(self) -> None:
        """The next of those that can be read."""
        self._turn(self._next)

    def action_other_time(self) -> None:
        """From the trained map to the untrained one, or back."""
        self._turn("map" if self.when == "before" else "untrained")

    @property
    def _next(self) -> str:
        return FITTED[(FITTED.index(self._who) + 1) % len(FITTED)]

    def _turn(self, who: str) -> None:
        self._who, self.when, self._trouble = who, _when(who), ""
        self.look()

    # The worker

    @property
    def wanted(self) -> tuple[str, int]:
        """Who is read, and in which maze."""
        return self._who, self._sample

    async def ask(self, run: LabRun, when: str) -> None:
        """What is read in this maze, after every loop."""
        who, sample = wanted = self.wanted
        told = {"who": who, "size": SIZE, "sample": sample}
        found = readings_of(await self.desk.labs.probe(run, "readings", told))
        self._curves |= found.curves
        self._seen[wanted] = found

    def show(self) -> None:
        """Draw the maze that is chosen, beside all that is known by now."""
        found = self._seen[self.wanted]
        if (shown := self.view.readings) is None or shown.read is not found.read:
            self.view.show(replace(found, curves=dict(self._curves)))


def _when(who: str) -> str:
    """Before or after training."""
    return "before" if who == "untrained" else "after"
