"""The race of the mice with the learner's own networks, in one maze after another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import on
from textual.binding import Binding

from course.problems import did_you_mean
from models.specs.rivals import SIZE
from tui.drawing.mazes.race import MiceRace
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref
from tui.pages.page import Desk, Page
from tui.panels.inside_panel import InsidePanel
from tui.race_told import race_of
from tui.widgets.key_line import Hint
from tui.widgets.mice_race import HELP, MiceRaceView

LAB = "rivals"
SETTINGS = frozenset({"lab", "when", "sample", "size"})
SIZES = range(3, 10)
"""Cells on a side of the mazes that can be run through; the plain transformer has places for 5."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps a race with these settings from being shown; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    lab = run_ref(settings.get("lab", LAB)).lab
    if lab != LAB:
        return f"there is no race of mice in the lab {lab}: {did_you_mean(lab, [LAB])}"
    if not (sample := settings.get("sample", "0")).isdecimal():
        return f"sample {sample}: expected a whole number from 0 up"
    size = settings.get("size", str(SIZE))
    if not size.isdecimal() or int(size) not in SIZES:
        return f"size {size}: expected a whole number from {SIZES[0]} to {SIZES[-1]}"
    return ""


def in_words(settings: Mapping[str, str]) -> str:
    """The race in words, where none can be drawn."""
    when, size = settings.get("when", "after"), settings.get("size", str(SIZE))
    return (
        f"A maze of {size}x{size} cells, and the ways of five through it, {when} training: the"
        " right-hand rule and the GRU mouse, which see one cell at a time; the plain transformer"
        " and the looped map, which are told the whole maze and have an arrow for each cell; and"
        " breadth-first search. Each is drawn with what it sees, and how many moves it made."
    )


class MiceRacePanel(InsidePanel):
    """One maze; another one by a key."""

    needs_verdict = False
    BINDINGS = [  # noqa: RUF012
        Binding("m", "another", "Another maze", show=False, id="race-another"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self._sample = int(settings.get("sample", "0"))
        self._side = int(settings.get("size", str(SIZE)))
        self._seen: dict[tuple[str, int], MiceRace] = {}
        self._shown: MiceRace | None = None

    def build(self) -> MiceRaceView:
        """The mazes."""
        return MiceRaceView(ink=self.desk.ink)

    @property
    def view(self) -> MiceRaceView:
        """Where it is drawn."""
        return self.query_one(MiceRaceView)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Play first."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        return (
            ("space", "pause" if self.view.playing else "play"),
            ("← →", "move"),
            ("↑ ↓", "who"),
            ("m", "another maze"),
            *hints[1:],
        )

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        return (
            ("space", "begin the run, where there is none; play and pause"),
            ("← →", "a move back, a move on"),
            ("↑ ↓", "who is spoken of"),
            ("f s", "faster, slower"),
            ("r e", "to the start, to the end"),
            ("m", "another maze"),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """What is to be seen now, and how it is read."""
        return f"{self.sentence}\n\n{HELP}" if self.pictured else HELP

    @on(MiceRaceView.Changed)
    def _keys_changed(self) -> None:
        self.post_message(Page.KeysChanged())

    def action_another(self) -> None:
        """Another maze."""
        self._sample += 1
        self.look()

    @property
    def wanted(self) -> tuple[str, int]:
        """Time and maze."""
        return self.when, self._sample

    async def ask(self, run: LabRun, when: str) -> None:
        """Everyone's way through the maze."""
        wanted = self.wanted
        told = {"when": when, "size": self._side, "sample": wanted[1]}
        seen = await self.desk.labs.probe(run, "race", told)
        memory = seen.arrays["memory"].rows() if "memory" in seen.arrays else ()
        self._seen[wanted] = race_of(seen.values, memory)

    def show(self) -> None:
        """Draw the maze that is chosen."""
        race = self._seen[self.wanted]
        if race is not self._shown:
            self._shown = race
            self.view.show(race)
