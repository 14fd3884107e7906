"""What a page does for the one who reads it, at 80x24 and key by key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input

from course.bets import Predict
from course.catalog import read_catalog
from course.lesson import Block, Lab, Multi, Numeric, Observe, Order, Question, Single, View
from course.marking import MISPLACED
from course.solver import Move
from progress.journal import Journal
from tests.support.lab_link import LabLink
from tests.support.player import Player, playing
from tui.app import GrokApp, Options
from tui.authoring.shown import squash
from tui.bet_words import A_BET, placed
from tui.drawing.questions.question import LETTERS
from tui.pages.lab_page import LabPage
from tui.pages.prose_page import ProsePage
from tui.question_words import READ_FIRST
from tui.screens.dialogs import HelpScreen
from tui.screens.home import HomeScreen
from tui.screens.knobs import KnobScreen
from tui.screens.lesson import LessonScreen
from tui.screens.results import ResultsScreen
from tui.screens.small import TooSmall

CATALOG = read_catalog()
LESSON = CATALOG.lessons[CATALOG.order[0]]


@pytest.fixture(autouse=True)
def _hints_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.pages.marked_page.BETWEEN_HINTS", 0.0)


@asynccontextmanager
async def learner(
    home: Path, screen: int | None = None, link: LabLink | None = None
) -> AsyncIterator[Player]:
    """A learner on a screen of the first lesson, or before the map."""
    lesson = None if screen is None else LESSON.id
    app = GrokApp(
        Options(still=True, lesson=lesson, screen=screen),
        catalog=CATALOG,
        journal=Journal(home),
        link=link or LabLink(),
    )
    async with playing(app) as player:
        yield player


def number_of(kind: type[Block], nth: int = 0) -> int:
    """The number of the nth screen with such a block, counted from 1."""
    found = [
        number
        for number, screen in enumerate(LESSON.screens, 1)
        if any(type(block) is kind for block in screen.blocks)
    ]
    return found[nth]


def asked(number: int) -> Question:
    question = LESSON.screens[number - 1].question
    assert question is not None
    return question


def asked_in(nth: int) -> Predict:
    """The bet that the nth observation speaks of."""
    observe = asked(number_of(Observe, nth))
    assert isinstance(observe, Observe)
    bet = LESSON.question(observe.of)
    assert isinstance(bet, Predict)
    return bet


# The window


async def test_a_window_that_was_too_small_and_grows_shows_the_course_again(
    tmp_path: Path,
) -> None:
    async with learner(tmp_path, 1) as player:
        page = player.text
        await player.pilot.resize_terminal(50, 15)
        await player.wait(lambda: isinstance(player.app.screen, TooSmall))
        await player.sees("Please make the window at least 60 columns by 20 rows")
        await player.pilot.resize_terminal(80, 24)
        await player.wait(lambda: not isinstance(player.app.screen, TooSmall))
        await player.wait(lambda: player.text == page)


async def test_a_lesson_that_is_to_come_cannot_be_started(tmp_path: Path) -> None:
    async with learner(tmp_path) as player:
        row = next(at for at, part in enumerate(CATALOG.parts) if not part.lessons)
        await player.press(*["down"] * row)
        await player.sees("This lesson is to come.")
        assert "enter start" not in player.text


async def test_a_locked_lesson_asked_for_by_name_is_recorded_as_opened(tmp_path: Path) -> None:
    locked = CATALOG.order[1]
    app = GrokApp(
        Options(still=True, lesson=locked),
        catalog=CATALOG,
        journal=Journal(tmp_path),
        link=LabLink(),
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await Player(pilot).wait(lambda: isinstance(app.screen, LessonScreen))
        assert app.session.record.opened == {locked}


@pytest.mark.parametrize("width", [80, 110, 120, 160])
async def test_no_caption_of_a_maze_is_cut(tmp_path: Path, width: int) -> None:
    async with learner(tmp_path, number_of(View)) as player:
        await player.pilot.resize_terminal(width, 40)
        await player.press("e")
        await player.sees("hortest")
        assert "…" not in player.text


# Reading


async def test_a_list_has_no_empty_lines_in_it(tmp_path: Path) -> None:
    async with learner(tmp_path, 1) as player:
        lines = player.text.splitlines()
        first = next(y for y, line in enumerate(lines) if "1. say beforehand" in line)
        assert "2. work a small case" in lines[first + 1]


async def test_the_first_page_offers_no_way_back(tmp_path: Path) -> None:
    async with learner(tmp_path, 1) as player:
        assert "p back" not in player.text
        await player.turn("n")
        assert "p back" in player.text


async def test_the_help_of_a_page_has_all_its_keys_and_says_how_to_leave(tmp_path: Path) -> None:
    async with learner(tmp_path, number_of(View)) as player:
        assert isinstance(player.page, ProsePage)
        await player.press("?", until=lambda: isinstance(player.app.screen, HelpScreen))
        await player.sees("Here", "a step on, a step back", "faster, slower")
        assert "a hint" not in player.text
        await player.press("end")
        await player.sees("leave the course; you come back to this page")


# Questions


async def test_ticks_that_were_wrong_keep_their_explanations(tmp_path: Path) -> None:
    number = number_of(Multi)
    question = asked(number)
    assert isinstance(question, Multi)
    async with learner(tmp_path, number) as player:
        order = player.session.questions.variant(question, 0).order
        wrong = [i for i, option in enumerate(question.options) if not option.correct]
        keys = [LETTERS[order.index(i)] for i in wrong[:2]]
        await player.choose(keys[0], "enter")
        await player.press("enter")
        await player.sees(question.options[wrong[0]].explanation, "1 ticked that does not belong")
        await player.press(*keys)
        await player.sees(question.options[wrong[0]].explanation)
        await player.press("enter")
        await player.sees(*(question.options[i].explanation for i in wrong[:2]))


async def test_every_explanation_calls_nothing_wrong_that_was_rightly_left(
    tmp_path: Path,
) -> None:
    number = number_of(Multi)
    question = asked(number)
    assert isinstance(question, Multi)
    async with learner(tmp_path, number) as player:
        await player.take_question(question, 0, "right")
        await player.press("v")
        await player.sees(*(option.explanation for option in question.options))
        assert "✗" not in player.text
        assert player.text.count("✓") == 1 + sum(option.correct for option in question.options)
        assert "every explanation" not in player.text


async def test_what_is_said_last_is_scrolled_to(tmp_path: Path) -> None:
    number = number_of(Multi)
    question = asked(number)
    async with learner(tmp_path, number) as player:
        await player.choose(*LETTERS[: len(question.options)], "enter")
        await player.press("enter")
        await player.sees("Not this: ")
        for hint in question.hints:
            await player.press("h")
            await player.sees(hint)
        assert player.page.max_scroll_y > 0


async def test_after_the_last_hint_the_keys_offer_the_answer_and_no_further_hint(
    tmp_path: Path,
) -> None:
    number = number_of(Observe)
    question = asked(number)
    async with learner(tmp_path, number) as player:
        for hint in question.hints:
            keys = player.text.splitlines()[-1]
            assert "h hint" in keys and "r show the answer" not in keys
            await player.press("h")
            await player.sees(hint)
        await player.sees("r show the answer")
        assert "h hint" not in player.text.splitlines()[-1]
        await player.press("h")
        await player.press("r")
        await player.sees("This is the answer.")


async def test_whoever_asks_for_hints_too_fast_is_told_so_for_as_long_as_that_is_true(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.pages.marked_page.BETWEEN_HINTS", 2.0)
    async with learner(tmp_path, number_of(Multi)) as player:
        await player.press("h")
        await player.press("h", until=lambda: squash(READ_FIRST) in squash(player.text))
        await player.wait(lambda: squash(READ_FIRST) not in squash(player.text))


async def test_enter_alone_does_not_answer_with_steps_as_they_lie(tmp_path: Path) -> None:
    number = number_of(Order)
    question = asked(number)
    async with learner(tmp_path, number) as player:
        await player.press("enter")
        await player.wait(lambda: player.app._notifications)
        assert not player.history(question.id) and not player.page.asks_how_sure
        await player.press("down", "enter", until=lambda: player.page.asks_how_sure)


async def test_a_step_in_the_wrong_place_is_not_told_why_it_would_be_right(
    tmp_path: Path,
) -> None:
    number = number_of(Order)
    question = asked(number)
    assert isinstance(question, Order)
    async with learner(tmp_path, number) as player:
        await player.make(question, 0, Move("answer", list(reversed(range(len(question.steps))))))
        await player.sees(MISPLACED)
        assert not any(squash(step.explanation) in squash(player.text) for step in question.steps)


async def test_the_last_option_left_is_said_to_be_help(tmp_path: Path) -> None:
    number = number_of(Observe)
    question = asked(number)
    assert isinstance(question, Single)
    async with learner(tmp_path, number) as player:
        order = player.session.questions.variant(question, 0).order
        keys = {i: LETTERS[order.index(i)] for i in order}
        right = next(i for i, option in enumerate(question.options) if option.correct)
        for option, key in keys.items():
            if option != right:
                count = len(player.history(question.id))
                await player.press(key)
                await player.say_how_sure(lambda n=count: len(player.history(question.id)) > n)
                await player.sees(question.options[option].explanation)
        await player.press(keys[right])
        await player.sees("given the answer away: the question comes back later.")


async def test_what_is_asked_again_is_not_promised_a_third_time(tmp_path: Path) -> None:
    number = number_of(Observe)
    question = asked(number)
    async with learner(tmp_path, number) as player:
        await player.take_question(question, 0, "wrong")
        await player.sees("comes back")
        while not player.screen.route[player.screen.index].round:
            await player.turn("n")
        await player.take_question(question, 1, "wrong")
        await player.sees("counts as helped")
        assert "comes back" not in player.text


async def test_in_a_field_the_way_to_the_answer_is_spelled_out(tmp_path: Path) -> None:
    number = number_of(Numeric)
    async with learner(tmp_path, number) as player:
        for tries in range(1, 4):
            await player.press(*" 77", "enter")
            await player.say_how_sure(lambda n=tries: player.text.count("✗ 77") == n)
        await player.sees("r (outside the field: escape) shows the answer")
        assert "✗ 77   ✗ 77   ✗ 77" in player.text
        await player.leave_field()
        await player.press("r")
        await player.sees("This is the answer.")
        assert "every explanation" not in player.text


async def test_lines_set_aside_rightly_bear_no_cross(tmp_path: Path) -> None:
    number = number_of(Order)
    question = asked(number)
    assert isinstance(question, Order)
    async with learner(tmp_path, number) as player:
        await player.take_question(question, 0, "right")
        await player.press("v")
        await player.sees(question.distractors[-1].explanation)
        assert "✗" not in player.text


async def test_the_answer_that_passes_the_lesson_says_so(tmp_path: Path) -> None:
    async with learner(tmp_path, 1) as player:
        while LESSON.id not in player.session.record.passed:
            await _take(player)
        await player.sees("With this the lesson is passed: every objective has an answer of yours.")
        await player.sees("one question is still ahead.")
        await player.go_home()
        assert isinstance(player.app.screen, HomeScreen)
        assert player.session.next_lesson() == LESSON.id
        await player.sees("enter continue")


async def _take(player: Player) -> None:
    """Take a page, and stay on it if that passes the lesson."""
    stop = player.screen.route[player.screen.index]
    if stop.screen.question is None:
        await player.take_page("right")
        return
    await player.take_question(stop.screen.question, stop.round, "right")
    if LESSON.id not in player.session.record.passed:
        await player.turn("n")


# Bets


async def test_a_bet_is_placed_changed_left_with_enter_and_fixed_by_the_run(
    tmp_path: Path,
) -> None:
    number = number_of(Predict)
    bet = asked(number)
    assert isinstance(bet, Predict)
    async with learner(tmp_path, number) as player:
        await player.sees(A_BET)
        await player.press("a")
        await player.sees("your bet", placed(False))
        await player.press("b")
        await player.wait(lambda: len(player.history(bet.id)) == 2)
        await player.turn("enter")
        while not (isinstance(player.page, LabPage) and player.page.spec.name == bet.run.lab):
            await player.turn("n")
        await player.run_lab()
        while player.screen.index > number - 1:
            await player.turn("p")
        branch = player.session.runs.outcome(bet)
        won = next(o for o in bet.options if o.branch == branch)
        await player.sees(won.explanation)
        await player.press("a", "b", "c")
        assert len(player.history(bet.id)) == 2
        await player.turn("enter")


async def test_a_bet_says_that_its_lab_is_on_the_next_page(tmp_path: Path) -> None:
    numbers = [number_of(Predict, nth) for nth in range(3)]
    number = next(one for one in numbers if LESSON.screens[one].blocks_of(Lab))
    async with learner(tmp_path, number) as player:
        await player.press("a")
        await player.sees("your bet", placed(True), "on the next page")


async def test_an_observation_has_the_tables_at_hand(tmp_path: Path) -> None:
    number = number_of(Observe, 1)
    question = asked(number)
    assert isinstance(question, Observe)
    async with learner(tmp_path, number_of(Lab)) as player:
        await player.run_lab()
        while player.screen.index < number - 1:
            if isinstance(player.page, LabPage):
                await player.run_lab()
            await player.turn("n")
        await player.press("t", until=lambda: isinstance(player.app.screen, ResultsScreen))
        await player.sees("From your last run.")
        await player.press("escape", until=lambda: player.app.screen is not ResultsScreen)


async def test_an_observation_names_the_run_that_is_missing(tmp_path: Path) -> None:
    async with learner(tmp_path, number_of(Observe, 1)) as player:
        await player.sees("with loops = 8, has not been run yet")


async def test_an_observation_waits_for_the_run_that_is_on_its_way(tmp_path: Path) -> None:
    observe = next(n for n in range(2) if not asked_in(n).run.knobs)
    link = LabLink(at_once=False)
    async with learner(tmp_path, number_of(Lab, observe), link) as player:
        await player.press("enter", until=lambda: player.page.run_shown is not None)
        link.play(1)
        while player.screen.index < number_of(Observe, observe) - 1:
            await player.turn("n")
        await player.sees("is still at it")
        link.play()
        await player.sees("Your run says")


# Labs


async def test_a_run_with_turned_knobs_is_found_again_on_its_page(tmp_path: Path) -> None:
    async with learner(tmp_path, number_of(Lab)) as player:
        await player.press("k", until=lambda: isinstance(player.app.screen, KnobScreen))
        knobs = player.app.screen
        await player.press("end")
        await player.sees("seed: which random numbers are drawn")
        await player.press("enter", until=lambda: isinstance(player.app.focused, Input))
        field = player.app.focused
        assert isinstance(field, Input)
        await player.press("7", until=lambda: field.value == "7")
        await player.press("enter", until=lambda: player.app.screen is knobs)
        await player.press("d", until=lambda: isinstance(player.app.screen, LessonScreen))
        await player.run_lab()
        run = player.page.run_shown
        assert run.seed == 7
        await player.turn("n")
        await player.turn("p")
        assert player.page.run_shown is run
        await player.sees("seed 7")
