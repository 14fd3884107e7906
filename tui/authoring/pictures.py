"""The pictures of the README, drawn by the application itself after real runs."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

from textual.pilot import Pilot

from course.catalog import read_catalog
from course.lesson import Lab, Lesson, Multi, Screen, View
from course.spot import Spot
from progress import paths
from progress.events import LessonPassed
from tui.app import GrokApp
from tui.authoring.headless import drawn, open_lesson, opened, screen_text
from tui.commands.outcome import Failure
from tui.lab_run import Phase
from tui.pages.lab_page import LabPage
from tui.pages.marked_page import MarkedPage
from tui.panels.attention_panel import AttentionPanel
from tui.panels.maze_panel import MazePanel
from tui.screens.home import HomeScreen
from tui.widgets.progress_line import ProgressLine
from tui.worker_link import WorkerLink
from tui.worker_process import command_of

SIZE = (100, 30)
PATIENCE = 600.0
"""Seconds after which a run is given up."""
STEPS = 7
"""How far the mice have come in their picture."""

_NOT_DRAWN = re.compile(r"@font-face\s*\{.*?\}|<!--.*?-->", re.DOTALL)
_FONT = re.compile(r"Fira Code")


def draw_pictures(folder: Path) -> list[Path]:
    """Draw all pictures into a folder; their files.

    Raises:
        Failure: if a run does not end.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return asyncio.run(_draw(folder))


async def _draw(folder: Path) -> list[Path]:
    catalog = read_catalog()
    mouse, looks = catalog.lessons["mouse"], catalog.lessons["query-key-value"]
    link = WorkerLink(command_of(""), paths.log_file())
    files = []
    async with opened(catalog, size=SIZE, link=link) as (app, pilot):
        for name, draw in (
            ("lesson", lambda: _lesson(pilot, mouse)),
            ("question", lambda: _question(pilot, mouse)),
            ("lab", lambda: _lab(pilot, mouse)),
            ("home", lambda: _home(pilot, mouse)),
            ("grid", lambda: _grid(pilot, looks)),
        ):
            await draw()
            files.append(folder / f"{name}.svg")
            files[-1].write_text(_svg(app), encoding="utf-8")
            if len(app.screen_stack) > 2:
                app.pop_screen()
                await drawn(pilot)
    return files


async def _lesson(pilot: Pilot[None], lesson: Lesson) -> None:
    """Mice in a maze, on their way."""
    await open_lesson(pilot, lesson, _place(lesson, lambda one: bool(one.blocks_of(View))))
    panel = pilot.app.screen.query_one(MazePanel)
    for _ in range(STEPS):
        panel.action_step()
    await drawn(pilot)


async def _question(pilot: Pilot[None], lesson: Lesson) -> None:
    """A question after one wrong tick."""
    place = _place(lesson, lambda one: isinstance(one.question, Multi))
    shown = await open_lesson(pilot, lesson, place)
    page = shown.page
    assert isinstance(page, MarkedPage)
    question = lesson.screens[place].question
    assert isinstance(question, Multi)
    wrong = next(index for index, option in enumerate(question.options) if not option.correct)
    page.card.answer.post_message(page.card.answer.Given([wrong]))
    await _until(pilot, lambda: page.asks_how_sure)
    page.action_sure(2)
    await _until(pilot, lambda: question.options[wrong].explanation[:12] in _text(pilot))
    await drawn(pilot)


async def _lab(pilot: Pilot[None], lesson: Lesson) -> None:
    """The last lab of a lesson, run to its end."""
    labs = [n for n, one in enumerate(lesson.screens) if one.blocks_of(Lab)]
    shown = await open_lesson(pilot, lesson, labs[-1])
    page = shown.page
    assert isinstance(page, LabPage)
    page.action_start()
    await _until(pilot, lambda: page.phase in (Phase.FINISHED, Phase.FAILED))
    if page.phase is Phase.FAILED:
        raise Failure(f"The run of {page.spec.name} failed: {page.run_shown}")
    await _until(pilot, lambda: not page.query_one(ProgressLine).display)
    await drawn(pilot)


async def _grid(pilot: Pilot[None], lesson: Lesson) -> None:
    """The attention grid after training."""

    def after(screen: Screen) -> bool:
        asked = screen.question
        return isinstance(asked, Spot) and asked.view.name == "attention-grid"

    await open_lesson(pilot, lesson, _place(lesson, after))
    panel = pilot.app.screen.query_one(AttentionPanel)
    panel.action_begin()
    await _until(pilot, lambda: panel.has_picture)
    await drawn(pilot)


async def _home(pilot: Pilot[None], passed: Lesson) -> None:
    """The map, for somebody who has passed a lesson and begun the next."""
    app = pilot.app
    assert isinstance(app, GrokApp) and isinstance(app.screen, HomeScreen)
    app.journal.append(LessonPassed(lesson=passed.id, help=False))
    app.screen.draw()
    await pilot.press("right")
    await drawn(pilot)


def _place(lesson: Lesson, fits: Callable[[Screen], bool]) -> int:
    return next(number for number, screen in enumerate(lesson.screens) if fits(screen))


async def _until(pilot: Pilot[None], done: Callable[[], bool]) -> None:
    """Wait for a condition.

    Raises:
        Failure: if it does not hold in time.
    """
    for _ in range(int(PATIENCE / 0.05)):
        if done():
            return
        await pilot.pause(0.05)
    raise Failure("The picture was not done in time.")


def _text(pilot: Pilot[None]) -> str:
    """The words on the screen, each wrapped line joined to the next."""
    return " ".join(screen_text(pilot).split())


def _svg(app: GrokApp) -> str:
    """The screen as SVG, in whatever monospaced font there is: none is fetched."""
    svg = app.export_screenshot(title="grok-tui", simplify=True)
    return _FONT.sub("DejaVu Sans Mono, Menlo, Consolas, monospace", _NOT_DRAWN.sub("", svg))
