"""Testing out: the checkpoints alone, each asked once, pass a lesson or lead into it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from course.catalog import Catalog, Part
from course.lesson import Lesson, Numeric, Option, Prose, Question, Screen, Single
from progress.journal import Journal
from tests.support.lab_link import LabLink
from tests.support.player import Player, playing
from tui.app import GrokApp, Options
from tui.drawing.questions.question import LETTERS
from tui.pages.end_page import EndPage
from tui.screens.dialogs import ConfirmScreen
from tui.screens.home import HomeScreen
from tui.screens.lesson import LessonScreen
from tui.screens.trial import TrialScreen

OPTIONS = tuple(Option(word, f"{word}, it is", word == "two") for word in ("one", "two", "three"))
PICK = Single(
    id="pick", prompt="Which?", objective="o", hints=("H",), options=OPTIONS, checkpoint=True
)
MORE = Single(id="more", prompt="And?", objective="o", hints=("H",), options=OPTIONS)
COUNT = Numeric(id="count", prompt="How many?", objective="p", answer="7", checkpoint=True)


def screen(part: str | Question) -> Screen:
    if isinstance(part, str):
        return Screen(part, part, (Prose(part),))
    return Screen(part.id, "", (part,))


FIRST = Lesson(
    "first",
    "First",
    5,
    tuple(map(screen, ("Begin", MORE, PICK, COUNT, "End"))),
    objectives={"o": "pick", "p": "count"},
)
SECOND = Lesson("second", "Second", 5, (screen("Go"),), requires=("first",))
COURSE = Catalog(
    "C",
    (Part("P", ("first", "second"), ("To come",)),),
    {"first": FIRST, "second": SECOND},
    {},
    ("first", "second"),
)


@asynccontextmanager
async def learner(home: Path, **options: Any) -> AsyncIterator[Player]:
    """A learner before the map."""
    app = GrokApp(
        Options(still=True, **options), catalog=COURSE, journal=Journal(home), link=LabLink()
    )
    async with playing(app) as player:
        yield player


def page(player: Player) -> Any:
    shown = player.app.screen
    assert isinstance(shown, TrialScreen)
    return shown.page


async def begin(player: Player) -> None:
    """Into the test, from the map."""
    app = player.app
    await player.press("t", until=lambda: isinstance(app.screen, ConfirmScreen))
    await player.sees("Test out of “First”?")
    await player.press("y", until=lambda: isinstance(app.screen, TrialScreen) and page(player))
    await player.wait(lambda: app.focused is not None)


async def pick(player: Player, option: int) -> None:
    order = player.session.questions.variant(PICK, 0).order
    await player.press(LETTERS[order.index(option)], until=lambda: page(player).asks_how_sure)
    await player.press("3", until=lambda: player.history("pick"))


async def count(player: Player, text: str) -> None:
    await player.wait(lambda: isinstance(player.app.focused, Input))
    await player.press(*text, "enter", until=lambda: page(player).asks_how_sure)
    await player.press("2", until=lambda: player.history("count"))


async def test_all_right_passes_by_test_and_the_map_says_so(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.sees("t test out")
        await begin(player)
        await pick(player, 1)
        await player.sees("Right.")
        await player.press("enter")
        await count(player, "7")
        await player.sees("Right.", "With this the lesson is passed")
        await player.press("enter", until=lambda: isinstance(page(player), EndPage))
        await player.sees("Passed by test")
        await player.press("enter", until=lambda: isinstance(player.app.screen, HomeScreen))
        assert player.session.state("second") == "open"
        await player.press("left")
        await player.sees("passed by test")
        await player.wait(lambda: "t test out" not in player.text)
        assert not player.history("more")
        assert player.session.record.position is None
    with Journal(tmp_path) as again:
        assert again.record.passed == {"first": "unaided"}
        assert again.record.tested == {"first"}


async def test_one_wrong_leads_into_the_lesson_where_the_answer_stands(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await begin(player)
        await pick(player, 0)
        await player.sees("Not this.", "one, it is", "Enter begins the lesson")
        await player.press("enter", until=lambda: isinstance(player.app.screen, LessonScreen))
        await player.wait(player.ready)
        assert player.screen.index == 0
        assert player.session.questions.tried(PICK, 0).wrong == (0,)
        assert player.session.record.passed == {}
        await player.turn("n")
        await player.turn("n")
        await player.sees("Not this.", "one, it is")
        await player.go_home()
        await player.sees("enter continue")
        await player.wait(lambda: "t test out" not in player.text)


async def test_a_question_is_asked_once_and_without_help(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await begin(player)
        await player.press("h", "r", "v", "n", "enter")
        assert "hint" not in player.text
        assert page(player).card.variant.question is PICK
        await pick(player, 0)
        await player.sees("Not this.")
        await player.press(*"abc", "3", "h")
        await player.pilot.click(page(player).card.answer, offset=(4, 4))
        await player.pilot.click(page(player).card.answer, offset=(4, 0))
        await player.wait(lambda: True)
        events = [event["type"] for event in player.history("pick")]
        assert events == ["answered"]


async def test_a_test_that_was_left_asks_the_rest_later(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await begin(player)
        await pick(player, 1)
        await player.sees("Right.")
        await player.press("escape", until=lambda: isinstance(player.app.screen, HomeScreen))
    async with learner(tmp_path) as player:
        await player.press("t", until=lambda: isinstance(player.app.screen, ConfirmScreen))
        await player.sees("One question, asked once")
        await player.press("y", until=lambda: isinstance(player.app.screen, TrialScreen))
        await count(player, "7")
        await player.sees("Right.")
        assert player.session.tested("first")


async def test_whoever_says_no_is_asked_nothing(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.press("t", until=lambda: isinstance(player.app.screen, ConfirmScreen))
        await player.press("n", until=lambda: isinstance(player.app.screen, HomeScreen))
        assert player.session.trial(FIRST)


async def test_a_lesson_without_checkpoints_offers_none(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        await player.press("right")
        await player.sees("Second")
        await player.wait(lambda: "t test out" not in player.text)
        await player.press("t")
        assert isinstance(player.app.screen, HomeScreen)


async def test_a_locked_lesson_opens_by_a_test_that_failed(tmp_path: Path) -> None:
    locked = Lesson("first", "First", 5, FIRST.screens, ("zero",), FIRST.objectives)
    zero = Lesson("zero", "Zero", 5, (screen(MORE),), objectives={"o": "pick"})
    course = Catalog(
        "C", (Part("P", ("zero", "first")),), {"zero": zero, "first": locked}, {},
        ("zero", "first"),
    )  # fmt: skip
    app = GrokApp(Options(still=True), catalog=course, journal=Journal(tmp_path), link=LabLink())
    async with app.run_test(size=(80, 24)) as pilot:
        player = Player(pilot)
        await player.wait(lambda: app.focused is not None)
        await player.press("right")
        await player.sees("u open anyway")
        await begin(player)
        await pick(player, 2)
        await player.sees("Not this.")
        await player.press("enter", until=lambda: isinstance(app.screen, LessonScreen))
        assert player.session.record.opened == {"first"}


@pytest.mark.parametrize("confidence", [True, False])
async def test_the_test_asks_how_sure_only_if_the_course_does(
    tmp_path: Path, confidence: bool
) -> None:
    async with learner(tmp_path, confidence=confidence) as player:
        await begin(player)
        await player.press("a", until=lambda: player.history("pick") or confidence)
        await player.wait(lambda: page(player).asks_how_sure is confidence)
