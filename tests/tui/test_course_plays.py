"""The real lessons, taken key by key in the real app at 80x24."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input

from course.catalog import read_catalog
from course.lesson import Lesson, Numeric, Observe, Question, Single
from course.marking import mark
from progress.disk import Disk
from progress.journal import Journal
from tests.support.failing_disk import FailingDisk
from tests.support.lab_link import LabLink
from tests.support.player import Player, playing
from tests.support.scripted_examiner import ScriptedExaminer
from tui.app import GrokApp, Options
from tui.drawing.questions.question import LETTERS
from tui.screens.calibration import CalibrationScreen
from tui.screens.dialogs import ConfirmScreen
from tui.screens.home import HomeScreen

CATALOG = read_catalog()
FIRST, SECOND = (CATALOG.lessons[name] for name in CATALOG.order[:2])
ENDINGS = {"right": "Passed", "wrong": "Passed with help", "every": "Passed"}


@pytest.fixture(autouse=True)
def _quickly(monkeypatch: pytest.MonkeyPatch, unpainted: None) -> None:
    monkeypatch.setattr("tui.pages.marked_page.BETWEEN_HINTS", 0.0)


@asynccontextmanager
async def learner(
    home: Path, *, disk: Disk | None = None, lesson: str | None = None, screen: int | None = None
) -> AsyncIterator[Player]:
    """A learner before the map, or in a lesson, whose progress is kept in `home`."""
    app = GrokApp(
        Options(still=True, ink="colour", lesson=lesson, screen=screen),
        catalog=CATALOG,
        journal=Journal(home, disk=disk, retry=(0.02, 0.1)),
        link=LabLink(),
        examiner=ScriptedExaminer(),
    )
    async with playing(app) as player:
        yield player


def place_of(lesson: Lesson, kind: type[Question]) -> tuple[int, Question]:
    """The first question of a kind, and the number of its screen, counted from 1."""
    for number, screen in enumerate(lesson.screens, 1):
        if type(screen.question) is kind:
            return number, screen.question
    raise AssertionError(f"no {kind.__name__} in {lesson.id}")


def letters_of(player: Player, question: Single) -> tuple[str, list[str]]:
    """The key of the right option, and those of the wrong ones."""
    order = player.session.questions.variant(question, 0).order
    keys = {option: LETTERS[order.index(option)] for option in order}
    right = next(n for n, option in enumerate(question.options) if option.correct)
    return keys.pop(right), list(keys.values())


# Whole lessons


@pytest.mark.parametrize("strategy", ENDINGS)
@pytest.mark.parametrize("lesson", CATALOG.order)
async def test_a_lesson_is_taken_to_its_end(tmp_path: Path, lesson: str, strategy: str) -> None:
    async with learner(tmp_path, lesson=lesson) as player:
        await player.play(strategy)
        title = player.text.splitlines()[2].strip()
        passed = player.session.record.passed[lesson]
        assert title == {"unaided": "Passed", "helped": "Passed with help"}[passed]
        assert title.startswith(ENDINGS[strategy])
        if player.page.part_judged:
            await player.press(
                "enter", until=lambda: isinstance(player.app.screen, CalibrationScreen)
            )
        await player.press("enter", until=lambda: isinstance(player.app.screen, HomeScreen))
        if lesson == FIRST.id:
            assert player.session.state(SECOND.id) != "locked"


async def test_what_was_helped_comes_back_before_the_end(tmp_path: Path) -> None:
    number, question = place_of(FIRST, Observe)
    async with learner(tmp_path, lesson=FIRST.id, screen=number) as player:
        await player.take_question(question, 0, "wrong")
        again = [n for n, stop in enumerate(player.screen.route) if stop.round]
        assert len(again) == 1
        assert again[0] > number
        while player.screen.index < again[0]:
            await player.turn("n")
        await player.sees("Again, with a fresh look.")
        await player.take_question(question, 1, "right")
        assert player.session.progress(FIRST).objectives[question.objective] == "unaided"


# Coming back


async def test_a_lesson_goes_on_where_it_was_left(tmp_path: Path) -> None:
    number, question = place_of(FIRST, Observe)
    assert isinstance(question, Single)
    async with learner(tmp_path) as player:
        await player.open(FIRST.id)
        while player.screen.index < number - 1:
            await player.turn("n")
        _, wrong = letters_of(player, question)
        await player.press("h", until=lambda: question.hints[0][:20] in player.text)
        await player.choose(wrong[0])
        await player.press("enter")
        await player.sees("Not this.")
        left = player.text
    async with learner(tmp_path) as player:
        await player.sees(f"screen {number} of {len(FIRST.screens)}")
        await player.open(FIRST.id)
        assert player.screen.index == number - 1
        await player.sees("Not this.")
        assert player.text.replace("►", " ") == left.replace("►", " ")
        await player.press(wrong[0], wrong[1])
        await player.wait(lambda: len(player.session.questions.tried(question, 0).wrong) == 2)


async def test_an_asking_again_is_come_back_to_as_well(tmp_path: Path) -> None:
    number, question = place_of(FIRST, Observe)
    async with learner(tmp_path, lesson=FIRST.id, screen=number) as player:
        await player.take_question(question, 0, "wrong")
        while not player.screen.route[player.screen.index].round:
            await player.turn("n")
        index = player.screen.index
    async with learner(tmp_path) as player:
        await player.open(FIRST.id)
        assert player.screen.index == index
        await player.sees("Again, with a fresh look.")


# Locks


async def test_a_locked_lesson_says_what_is_missing_and_u_opens_it(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.press("right")
        missing = f"Pass “{FIRST.title}” first: about {FIRST.minutes} minutes."
        await player.sees(SECOND.title, missing)
        await player.press("enter")
        assert isinstance(player.app.screen, HomeScreen)
        await player.press("u", until=lambda: isinstance(player.app.screen, ConfirmScreen))
        await player.press("n", until=lambda: isinstance(player.app.screen, HomeScreen))
        assert player.session.state(SECOND.id) == "locked"
        await player.press("u", until=lambda: isinstance(player.app.screen, ConfirmScreen))
        await player.press("y", until=lambda: player.session.state(SECOND.id) == "open")
        await player.open(SECOND.id)
    async with learner(tmp_path) as player:
        assert player.session.state(SECOND.id) == "open"
        assert player.session.record.opened == {SECOND.id}


# Beginning anew


async def test_a_reset_and_its_undoing(tmp_path: Path) -> None:
    number, question = place_of(FIRST, Observe)
    async with learner(tmp_path, lesson=FIRST.id, screen=number) as player:
        await player.take_question(question, 0, "right")
        await player.go_home()
        await player.sees("1 of 4 objectives")
        await player.press("x", until=lambda: isinstance(player.app.screen, ConfirmScreen))
        await player.press("y", until=lambda: not player.history(question.id))
        await player.sees("0 of 4 objectives", "z undo the reset")
        assert not player.session.place_known(FIRST.id)
        await player.press("z", until=lambda: player.history(question.id))
        assert player.session.place_known(FIRST.id)
        await player.open(FIRST.id)
        assert player.screen.index == number - 1
        assert player.page.card.solved


# Help


async def test_hints_reveal_and_every_explanation(tmp_path: Path) -> None:
    number, question = place_of(FIRST, Observe)
    assert isinstance(question, Single)
    async with learner(tmp_path, lesson=FIRST.id, screen=number) as player:
        await player.press("r")
        await player.sees("can be shown after 2 tries or the last hint")
        await player.press("v")
        for hint in question.hints:
            await player.press("h")
            await player.sees(hint)
        await player.press("h")
        await player.sees("r shows the answer")
        assert not any(option.explanation[:20] in player.text for option in question.options)
        await player.press("r")
        await player.sees("This is the answer.")
        assert player.session.questions.tried(question, 0).revealed
        await player.press("v")
        for option in question.options:
            await player.sees(option.explanation)
        await player.turn("enter")


async def test_in_a_field_letters_are_text_and_escape_leads_out(tmp_path: Path) -> None:
    number, question = place_of(FIRST, Numeric)
    async with learner(tmp_path, lesson=FIRST.id, screen=number) as player:
        field = player.app.focused
        assert isinstance(field, Input)
        await player.press(*"hrnp", until=lambda: field.value == "hrnp")
        await player.press("enter")
        await player.sees(mark(player.session.questions.variant(question, 0), "hrnp").form)
        assert not player.history(question.id)
        await player.press("escape", until=lambda: player.app.focused is not field)
        await player.press("h")
        await player.sees("hint")
        await player.press("enter", until=lambda: player.app.focused is field)


# A disk that is full


async def test_a_full_disk_is_told_and_nothing_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.pages.saving.SAYS_SAVING_AFTER", 0.02)
    monkeypatch.setattr("tui.pages.saving.GOES_ON_AFTER", 0.05)
    number, question = place_of(FIRST, Observe)
    assert isinstance(question, Single)
    disk = FailingDisk()
    async with learner(tmp_path, disk=disk, lesson=FIRST.id, screen=number) as player:
        for call in ("open", "write"):
            disk.fail(call, errno.ENOSPC)
        right, wrong = letters_of(player, question)
        await player.choose(wrong[0])
        await player.press("enter")
        await player.sees("Not this.", "not saved yet")
        await player.press(right)
        await player.sees("Right.", "not saved yet")
        await player.go_home()
        await player.sees(player.session.journal.trouble)
        disk.heal()
        await player.wait(lambda: not player.session.journal.trouble)
    async with learner(tmp_path, lesson=FIRST.id, screen=number) as player:
        tried = player.session.questions.tried(question, 0)
        assert len(tried.wrong) == 1
        assert tried.answer is not None
        await player.sees("Right.")
