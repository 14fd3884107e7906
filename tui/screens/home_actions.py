"""What can be done on the map besides opening a lesson: prove it, begin it anew, take all along."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding
from textual.screen import Screen

from course.gates import Stop
from course.lesson import Lesson
from tui.pages.page import Desk
from tui.screens.dialogs import ConfirmScreen, HelpScreen, LineScreen
from tui.widgets.key_line import Hint

if TYPE_CHECKING:
    from tui.screens.glossary import Passage

HELP = """\
The map is the course. The way you have walked is solid, **M** is where you are, and the cheese
at the end is a transformer of your own.

A lesson is passed when every objective has one answer you got right without help. You can open a
locked lesson with `u`: it is recorded as opened that way, and nothing else changes.

Your answers are saved as you give them. `grok-tui progress` exports, imports and resets them.
"""
EVERYWHERE: tuple[Hint, ...] = (
    ("t", "test out of a lesson you know already"),
    ("u", "open a locked lesson anyway"),
    ("x", "begin the chosen lesson anew"),
    ("c", "how sure you were of your answers, and how it went"),
    ("g", "the glossary: every word in a sentence, and where it comes from"),
    ("p", "play: any lab of the course, with any of its knobs turned"),
    ("r", "the runs of labs that are kept: their films, compare, go on, delete"),
    ("z", "take back the last reset"),
    ("e", "export all progress into one file"),
)


class HomeActions(Screen):
    """A screen on which a lesson is chosen, and the keys that do something with it."""

    BINDINGS = [  # noqa: RUF012
        Binding("u", "unlock", "Open anyway", show=False, id="unlock"),
        Binding("t", "trial", "Test out", show=False, id="trial"),
        Binding("p", "play", "Play", show=False, id="play"),
        Binding("r", "runs", "Kept runs", show=False, id="runs"),
        Binding("x", "reset", "Reset", show=False, id="reset"),
        Binding("e", "export", "Export", show=False, id="export"),
        Binding("c", "calibration", "How sure, and how it went", show=False, id="calibration"),
        Binding("z", "undo_reset", "Undo the reset", show=False, id="undo-reset"),
        Binding("g", "glossary", "Glossary", show=False, id="home-glossary"),
        Binding("question_mark,f1", "help", "Help", show=False, id="home-help"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._session = desk.session

    # What a subclass does

    @property
    def chosen(self) -> str:
        """The lesson that is chosen."""
        raise NotImplementedError

    @property
    def keys(self) -> Sequence[Hint]:
        """What can be done with it."""
        raise NotImplementedError

    def draw(self, selected: str = "") -> None:
        """Show what the record says now."""
        raise NotImplementedError

    def action_open_lesson(self) -> None:
        """Into the lesson."""
        raise NotImplementedError

    def come_home(self, passage: Passage | None) -> None:
        """Back from a lesson."""
        raise NotImplementedError

    def go_to(self, passage: Passage | None) -> None:
        """To where a word comes from."""
        raise NotImplementedError

    # Keys

    @work
    async def action_unlock(self) -> None:
        """Open a locked lesson after asking; the record says so."""
        if self._session.state(self.chosen) != "locked":
            return
        missing = self._session.what_is_missing(self.chosen)
        if await self.app.push_screen_wait(
            ConfirmScreen(f"{missing}\n\nOpen it anyway? Your record will say so.", "open it")
        ):
            self._session.open_anyway(self.chosen, "by hand")
            self.draw()

    def action_trial(self) -> None:
        """Let whoever knows a lesson already prove it by its checkpoints."""
        lesson = self._session.catalog.lessons.get(self.chosen)
        if lesson is not None and (stops := self._session.trial(lesson)):
            self._try(lesson, stops)

    @work
    async def _try(self, lesson: Lesson, stops: Sequence[Stop]) -> None:
        from tui.screens.trial import TrialScreen, invitation  # with its pages it costs time

        if await self.app.push_screen_wait(ConfirmScreen(invitation(lesson, stops), "begin")):
            if await self.app.push_screen_wait(TrialScreen(lesson, stops, self._desk)):
                self._session.open_anyway(lesson.id, "a test")
                self.action_open_lesson()
            else:
                self.come_home(None)

    @work
    async def action_reset(self) -> None:
        """Forget a lesson's answers; can be undone."""
        lesson = self._session.catalog.lessons.get(self.chosen)
        if lesson is None or not self._session.place_known(lesson.id):
            return
        if await self.app.push_screen_wait(
            ConfirmScreen(
                f"Begin “{lesson.title}” anew? Its answers are set aside; z brings them back.",
                "begin anew",
            )
        ):
            from progress import transfer

            transfer.reset(self._session.journal, lesson.id)
            self.draw()

    @work
    async def action_export(self) -> None:
        """Copy everything done so far into one file, with what could not be saved yet."""
        from progress import transfer

        told = "Where to? One zip file with all your progress."
        value = str(Path.home() / "grok-progress.zip")
        while True:
            typed = await self.app.push_screen_wait(LineScreen(told, value))
            if not typed or not typed.strip():
                return
            path = Path(typed.strip()).expanduser()
            try:
                await asyncio.to_thread(transfer.export, path, self._session.journal)
            except (transfer.TransferProblem, OSError) as problem:
                told, value = f"{problem}\n\nWhere to?", typed
            else:
                self.notify(f"Exported to {path}.", markup=False)
                return

    def action_calibration(self) -> None:
        """How sure the learner was in this part, and how it went."""
        from tui.screens.calibration import CalibrationScreen  # costs start-up time

        part = self._session.catalog.part_of(self.chosen)
        self.app.push_screen(CalibrationScreen(self._desk, part))

    def action_play(self, lab: str = "") -> None:
        """Every lab, freely; or this one at once."""
        from tui.screens.play import PlayScreen  # with the labs it costs start-up time

        self.app.push_screen(PlayScreen(self._desk, lab), self.go_to)

    def action_runs(self) -> None:
        """The runs that are kept where the worker is."""
        from tui.screens.runs import RunsScreen  # with its chart it costs start-up time

        self.app.push_screen(RunsScreen(self._desk))

    def action_undo_reset(self) -> None:
        """Bring back what the last reset set aside."""
        if self._session.record.last_reset:
            from progress import transfer

            transfer.undo_reset(self._session.journal)
            self.draw()

    def action_glossary(self) -> None:
        """The words of the course."""
        from tui.screens.glossary import GlossaryScreen  # costs start-up time

        self.app.push_screen(GlossaryScreen(self._desk), self.go_to)

    def action_help(self) -> None:
        """Keys, and how the course works."""
        words = self._desk.ink.words
        self.app.push_screen(
            HelpScreen(
                [(words(key), words(label)) for key, label in self.keys if key != "?"],
                EVERYWHERE,
                HELP,
                glossary=True,
            ),
            self._after_help,
        )

    def _after_help(self, glossary: bool | None) -> None:
        if glossary:
            self.action_glossary()
