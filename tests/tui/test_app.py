"""The app as it starts: drawn first, everything else afterwards."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.events import Key

from course.kept import Kept
from progress import paths
from progress.events import Answered, At, Bet, LessonPassed
from progress.journal import Journal
from tests.support.screens import sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tui.app import GrokApp, Options
from tui.screens.lesson import LessonScreen


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new learner."""
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))
    monkeypatch.delenv("GROK_TUI_LESSONS", raising=False)
    return tmp_path


@pytest.fixture
def no_garbage_collection() -> Iterator[None]:
    """As the command line starts the app."""
    gc.disable()
    yield
    gc.enable()


def new_app(**options: object) -> GrokApp:
    return GrokApp(Options(**options), link=ScriptedLink())  # type: ignore[arg-type]


@pytest.mark.usefixtures("no_garbage_collection")
async def test_garbage_is_collected_once_it_has_been_drawn() -> None:
    app = new_app()
    async with app.run_test() as pilot:
        await wait_until(pilot, gc.isenabled)


async def test_lessons_are_kept_for_the_next_start() -> None:
    first = new_app()
    async with first.run_test() as pilot:
        await wait_until(pilot, paths.lessons_file().exists)
    kept = Kept(paths.lessons_file())
    for lesson in first.session.catalog.lessons.values():
        assert kept.lesson(lesson.path, Path(lesson.path).read_text("utf-8")) == lesson
    second = new_app()
    async with second.run_test() as pilot:
        await sees(pilot, second.session.catalog.title)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(second.screen, LessonScreen))
    assert second.session.catalog == first.session.catalog


async def test_an_instructors_lesson_that_cannot_be_shown_is_set_aside(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    head = '+++\nformat = 1\nid = "mine"\ntitle = "Mine"\nminutes = 5\n+++\n## One\n\nText.\n\n'
    (shelf / "mine.md").write_text(head + ":::{view} no-such-view\n:::\n")
    (shelf / "fine.md").write_text(head.replace("mine", "fine"))
    catalog = new_app(lessons=shelf).session.catalog
    assert "fine" in catalog.lessons
    assert "no-such-view" in str(catalog.broken["mine"])


async def test_who_passed_a_lesson_that_is_gone_keeps_that_and_finds_its_questions_due() -> None:
    """`first-letter` was taken up by `query-key-value`, with two of its questions changed."""
    gone, now = "first-letter", "query-key-value"
    with Journal(paths.journals()) as journal:
        for event in (
            Bet("p-places", gone, 0, 1),
            Answered("o-places", gone, 0, 0, 1, True, 0, False),
            Answered("n-share", gone, 0, 0, "0.5", True, 0, False),
            At(gone, "before-any-training"),
            LessonPassed(gone, False),
        ):
            journal.append(event)
    app = new_app(open_all=True, lesson=now)
    async with app.run_test() as pilot:
        await sees(pilot, "Who may say what is alike?")
        assert gone not in app.session.catalog.lessons
        assert app.session.record.passed[gone] == "unaided"
        assert now not in app.session.record.passed
        await pilot.press("escape")
        await sees(pilot, app.session.catalog.title)
    with Journal(paths.journals()) as journal:
        assert journal.record.passed[gone] == "unaided"


async def test_a_key_that_comes_when_the_last_screen_has_gone_is_let_go() -> None:
    app = new_app()
    async with app.run_test():
        screens, app._screen_stack[:] = app.screen_stack, []
        await app.on_event(Key("left", None))
        app._screen_stack[:] = screens
        assert app.is_running and app.screen_stack == screens
