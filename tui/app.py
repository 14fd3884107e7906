"""The application: it puts session, labs and screens together, and starts the worker."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.app import App
from textual.binding import Binding
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.theme import Theme

from course.catalog import Catalog, read_catalog
from course.kept import Kept
from progress import paths
from progress.journal import Journal
from tui.ascii_only import AsciiOnly, in_ascii
from tui.drawing.ink import Ink
from tui.drawing.line_ends import keep_percentages_whole
from tui.pages.page import Desk
from tui.screens.home import HomeScreen
from tui.session import Session

if TYPE_CHECKING:
    from tui.examiner import Examiner
    from tui.lab_run import LabRun
    from tui.labs import Labs
    from tui.studies import Studies
    from tui.study_run import StudyRun
    from tui.worker_link import WorkerLink

# What the first picture can do without is imported where it is needed, and soon after it anyway.

THEME = Theme(
    name="grok",
    primary="#56b4e9",
    secondary="#009e73",
    accent="#56b4e9",
    warning="#e69f00",
    error="#d55e00",
    success="#20b98b",
    foreground="#d8d8d8",
    background="#121212",
    surface="#1b1b1b",
    panel="#242424",
    dark=True,
)
ASCII_ONLY = AsciiOnly()
LEAST = (60, 20)
"""Columns and rows below which a sentence says what to do."""


@dataclass(frozen=True)
class Options:
    """What the command line and the settings decide."""

    lesson: str | None = None
    screen: int | None = None
    lab: str | None = None
    """A lab to be played at once; empty for the list of them."""
    open_all: bool = False
    still: bool = False
    ink: str = "auto"
    markers: str = "auto"
    mouse: bool = True
    confidence: bool = True
    worker: str | None = None
    device: str = "auto"
    lessons: Path | None = None


class GrokApp(App[None]):
    """The course on a terminal."""

    CSS_PATH = "grok.tcss"
    TITLE = "grok"
    ENABLE_COMMAND_PALETTE = False
    PAUSE_GC_ON_SCROLL = True
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (140, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (33, "-tall")]  # noqa: RUF012
    BINDINGS = [Binding("ctrl+q,ctrl+c", "quit", "Quit", show=False, priority=True)]  # noqa: RUF012

    def __init__(
        self,
        options: Options,
        *,
        catalog: Catalog | None = None,
        journal: Journal | None = None,
        link: WorkerLink | None = None,
        study_link: WorkerLink | None = None,
        examiner: Examiner | None = None,
    ) -> None:
        keep_percentages_whole()
        no_color = bool(os.environ.get("NO_COLOR"))
        super().__init__(ansi_color=True if no_color else None)
        self.register_theme(THEME)
        few_colours = no_color or self.console.color_system in (None, "standard")
        self.theme = "ansi-dark" if few_colours else "grok"
        if options.still:
            self.animation_level = "none"
        self.options = options
        self.journal = journal or Journal(paths.journals())
        self.journal.open()
        ink = Ink.choose(options.ink, options.markers)
        self._kept = Kept(paths.lessons_file()) if catalog is None else None
        catalog = catalog or self._read_catalog()
        self.session = Session(
            in_ascii(catalog) if ink.is_ascii else catalog, self.journal, options.confidence
        )
        self._given_link, self._given_study_link = link, study_link
        self._given_examiner = examiner
        still = options.still or self.animation_level == "none"
        self.desk = Desk(
            self.session,
            lambda: self.labs,
            lambda: self.studies,
            lambda: self.examiner,
            ink,
            still,
        )

    @cached_property
    def link(self) -> WorkerLink:
        """The line to the worker."""
        return self._given_link or self._new_link()

    def _new_link(self) -> WorkerLink:
        from tui.worker_link import WorkerLink
        from tui.worker_process import command_of

        return WorkerLink(command_of(self.options.worker or ""), paths.log_file())

    @cached_property
    def examiner(self) -> Examiner:
        """The line to the process that checks exercises."""
        from tui.examiner import Examiner

        return self._given_examiner or Examiner()

    @cached_property
    def labs(self) -> Labs:
        """Every run of this sitting."""
        from tui.labs import Labs

        return Labs(self.link, self.session, self.options.device)

    @cached_property
    def studies(self) -> Studies:
        """The studies of this sitting; their worker is started when the first is begun."""
        from tui.studies import Studies

        link = self._given_study_link or self._new_link()
        return Studies(self.labs, link, self.options.device)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line goes through on its way to the terminal."""
        filters = super().get_line_filters()
        return [*filters, ASCII_ONLY] if self.desk.ink.is_ascii else filters

    async def on_mount(self) -> None:
        """Home, and on it the lesson that was asked for."""
        self._listen_for_signals()
        home = HomeScreen(self.desk)
        await self.push_screen(home)
        if self.options.open_all:
            for lesson_id in self.session.catalog.order:
                self.session.open_anyway(lesson_id, "--open")
        lesson = self.session.catalog.lessons.get(self.options.lesson or "")
        if lesson is not None:
            from tui.screens.lesson import LessonScreen

            self.session.open_anyway(lesson.id, "--lesson")
            start = None if self.options.screen is None else self.options.screen - 1
            await self.push_screen(LessonScreen(lesson, self.desk, start), home.come_home)
        if self.options.lab is not None:
            home.action_play(self.options.lab)
        self.call_after_refresh(self._after_first_paint)

    async def on_event(self, event: events.Event) -> None:
        """Keys that are still on their way when the last screen has gone find nobody."""
        if self.screen_stack or not isinstance(event, events.InputEvent):
            await super().on_event(event)

    def on_resize(self, event: events.Resize) -> None:
        """Below the least size, one sentence stands in for everything.

        The size is the event's: the app itself still has the one before.
        """
        from tui.screens.small import TooSmall

        small = event.size.width < LEAST[0] or event.size.height < LEAST[1]
        if small and not isinstance(self.screen, TooSmall):
            self.push_screen(TooSmall(LEAST))
        elif not small and isinstance(self.screen, TooSmall):
            self.pop_screen()

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something in passing, in place of what was said before: a key that is pressed again
        must not pile the same words up."""
        self.clear_notifications()
        super().notify(message, title=title, severity=severity, timeout=timeout, markup=markup)

    async def action_quit(self) -> None:
        """Leave; the journal and the worker are closed in `on_unmount`."""
        self.exit()

    async def on_unmount(self) -> None:
        """Everything is saved already; the worker is told to go, and not waited for long."""
        if "studies" in vars(self):
            await self.studies.close()
        if "examiner" in vars(self):
            await self.examiner.close()
        await self.link.close()
        await asyncio.to_thread(self.journal.close, 2.0)

    def _read_catalog(self) -> Catalog:
        """The lessons; an instructor's only if everything in them can be shown."""
        catalog = read_catalog(extra=self.options.lessons, kept=self._kept)
        if len(catalog.own) == len(catalog.lessons):
            return catalog
        from tui.showable import showable

        return showable(catalog)

    def _after_first_paint(self) -> None:
        gc.collect()
        gc.freeze()
        gc.enable()
        self._starting = asyncio.create_task(self._get_ready())

    async def _get_ready(self) -> None:
        """Do what the first picture could do without and the next one needs."""
        await asyncio.to_thread(import_module, "tui.labs")
        self.labs.subscribe(self._run_changed)
        self.studies.subscribe(self._study_changed)
        await self.link.ensure()
        if self._kept is not None:
            await asyncio.to_thread(self._kept.save)
        await asyncio.to_thread(import_module, "tui.screens.lesson")

    def _run_changed(self, run: LabRun | None) -> None:
        if run is None:
            self._tell_home()

    def _study_changed(self, study: StudyRun) -> None:
        self._tell_home()

    def _tell_home(self) -> None:
        """What trains here, and how far a study is, on the map."""
        from tui.study_words import header

        for screen in self.screen_stack:
            if isinstance(screen, HomeScreen):
                screen.tell_device(header(self.studies) + self.labs.told_worker)

    def _listen_for_signals(self) -> None:
        if sys.platform == "win32" or self.is_headless:
            return
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(name, self.exit)


def run_app(options: Options) -> int:
    """Run the course on this terminal; its exit status."""
    app = GrokApp(options)
    app.run(mouse=options.mouse)
    return app.return_code or 0
