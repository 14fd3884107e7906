"""The real application without a terminal, for whoever looks at the screens of a course."""

from __future__ import annotations

import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from course.catalog import Catalog
from course.lesson import Lesson
from models import protocol
from progress.events import RunFinished
from progress.journal import Journal
from tui.app import GrokApp, Options
from tui.screens.lesson import LessonScreen
from tui.worker_link import WorkerLink

LEAST = (80, 24)
"""Columns and rows in which every screen must be whole."""


@dataclass(frozen=True)
class Drawing:
    """A way of drawing that every screen must survive."""

    ink: str
    no_color: bool = False

    def __str__(self) -> str:
        return "NO_COLOR" if self.no_color else f"the {self.ink} ink"


DRAWINGS = (Drawing("colour"), Drawing("shade"), Drawing("ascii"), Drawing("colour", True))
"""All ways there are."""


class NoWorker(WorkerLink):
    """A line to nobody: what is asked is dropped, and nothing is ever trained."""

    def __init__(self) -> None:
        super().__init__([], Path(os.devnull))

    async def ensure(self) -> None:
        """Start nothing."""

    async def send(self, request: protocol.Request) -> None:
        """Ask nobody."""


@asynccontextmanager
async def opened(
    catalog: Catalog,
    drawing: Drawing = DRAWINGS[0],
    *,
    size: tuple[int, int] = LEAST,
    runs: tuple[RunFinished, ...] = (),
    link: WorkerLink | None = None,
) -> AsyncIterator[tuple[GrokApp, Pilot[None]]]:
    """The course in an app that has done nothing but `runs`, its progress in a folder that goes."""
    with tempfile.TemporaryDirectory(prefix="grok-tui-") as home, _no_color(drawing.no_color):
        journal = Journal(Path(home)).open()
        for run in runs:
            journal.append(run)
        options = Options(ink=drawing.ink, still=True)
        app = GrokApp(options, catalog=catalog, journal=journal, link=link or NoWorker())
        # The author's terminal may have few colours; a learner's has them unless they say not.
        app.theme = "ansi-dark" if drawing.no_color else "grok"
        async with app.run_test(size=size) as pilot:
            yield app, pilot


async def open_lesson(pilot: Pilot[None], lesson: Lesson, screen: int = 0) -> LessonScreen:
    """Show a lesson, at a screen counted from 0."""
    app = pilot.app
    assert isinstance(app, GrokApp)
    # The app's own: it may have rewritten the lesson for its ink.
    shown = LessonScreen(app.session.catalog.lessons[lesson.id], app.desk, screen)
    await app.push_screen(shown)
    await drawn(pilot)
    return shown


async def drawn(pilot: Pilot[None]) -> str:
    """The characters on the screen, once nothing more comes."""
    before, now = None, ""
    while now != before:
        await pilot.pause(0)
        before, now = now, screen_text(pilot)
    return now


def screen_text(pilot: Pilot[None]) -> str:
    """The characters on the screen now, line by line."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


@contextmanager
def _no_color(wanted: bool) -> Iterator[None]:
    """NO_COLOR set or not, whatever the author's own terminal asks for."""
    before = os.environ.pop("NO_COLOR", None)
    if wanted:
        os.environ["NO_COLOR"] = "1"
    try:
        yield
    finally:
        os.environ.pop("NO_COLOR", None)
        if before is not None:
            os.environ["NO_COLOR"] = before
