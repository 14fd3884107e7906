"""How sure one is: one key between the choice and its verdict, and never a second one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import Input

from course.bets import Predict
from course.catalog import Catalog, Part
from course.lesson import Multi, Numeric, Order, Question, Single
from course.marking import solution
from course.solver import Move
from progress.journal import Journal
from tests.support.lab_link import LabLink
from tests.support.lessons import MULTI, NUMERIC, ORDER, PREDICT, SINGLE, read
from tests.support.player import Player, playing
from tui.app import GrokApp, Options
from tui.drawing.questions.question import LETTERS
from tui.how_sure_words import QUESTION, remarked
from tui.pages.how_sure import HowSure
from tui.screens.dialogs import HelpScreen

BET = PREDICT.replace("lap causal=no", "mouse memory=no").replace("lap causal=yes", "mouse")
PARTS = ("## One of each\n\nText.\n", SINGLE, MULTI, NUMERIC, ORDER, BET, "## End\n\nText.\n")
LESSON = read("\n".join(PARTS))
COURSE = Catalog("C", (Part("P", (LESSON.id,)),), {LESSON.id: LESSON}, {}, (LESSON.id,))
KINDS = {
    kind: next(q for q in LESSON.questions if type(q) is kind)
    for kind in (Single, Multi, Numeric, Order, Predict)
}


@asynccontextmanager
async def at(home: Path, kind: type[Question], **options: bool) -> AsyncIterator[Player]:
    """A learner before the question of a kind."""
    place = [screen.question for screen in LESSON.screens].index(KINDS[kind]) + 1
    app = GrokApp(
        Options(still=True, lesson=LESSON.id, screen=place, **options),
        catalog=COURSE,
        journal=Journal(home),
        link=LabLink(),
    )
    async with playing(app) as player:
        yield player


def answered(player: Player, kind: type[Question]) -> list[tuple[object, bool, int | None]]:
    """What the record has of a question: answers, whether right, and how sure."""
    events = [e for e in player.history(KINDS[kind].id) if e["type"] == "answered"]
    return [(event["answer"], event["correct"], event["confidence"]) for event in events]


def letter(player: Player, option: int) -> str:
    """The key of an option of the question with one right answer."""
    return LETTERS[player.session.questions.variant(KINDS[Single], 0).order.index(option)]


@pytest.mark.parametrize("kind", [Single, Multi, Numeric, Order])
@pytest.mark.parametrize(("key", "kept"), [("1", 1), ("2", 2), ("3", 3), ("enter", None)])
async def test_one_key_says_it_and_brings_the_verdict(
    tmp_path: Path, kind: type[Question], key: str, kept: int | None
) -> None:
    async with at(tmp_path, kind) as player:
        player.sure = key
        right = solution(player.session.questions.variant(KINDS[kind], 0))
        await player.make(KINDS[kind], 0, Move("answer", right))
        await player.sees("Right.")
        assert answered(player, kind) == [(right, True, kept)]
        assert QUESTION not in player.text
        await player.turn("enter")


async def test_a_bet_is_not_asked_about(tmp_path: Path) -> None:
    async with at(tmp_path, Predict) as player:
        await player.press("a", until=lambda: player.history(KINDS[Predict].id))
        assert QUESTION not in player.text


async def test_there_is_no_verdict_while_it_asks_and_another_letter_changes_the_choice(
    tmp_path: Path,
) -> None:
    async with at(tmp_path, Single) as player:
        await player.press(letter(player, 0))
        await player.sees(QUESTION)
        assert "Not this." not in player.text and "whole grid" not in player.text
        await player.press(letter(player, 1), until=lambda: player.page._chosen == 1)
        await player.press("2")
        await player.sees("Right.")
        assert answered(player, Single) == [(1, True, 2)]


async def test_whoever_moves_on_among_the_answers_has_not_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.pages.sure_page.TOGETHER", 0.0)
    async with at(tmp_path, Single) as player:
        await player.press(letter(player, 0))
        await player.sees(QUESTION)
        await player.press("down", until=lambda: not player.page.asks_how_sure)
        await player.wait(lambda: QUESTION not in player.text)
        await player.press("3")
        assert answered(player, Single) == []
        await player.press("enter")
        await player.sees(QUESTION)


async def test_digits_are_text_in_a_field_and_an_answer_after_enter(tmp_path: Path) -> None:
    async with at(tmp_path, Numeric) as player:
        field = player.app.focused
        assert isinstance(field, Input)
        await player.press("1", "2", "3", until=lambda: field.value == "123")
        await player.press("enter")
        await player.sees(QUESTION)
        assert not field.has_focus
        await player.press("tab", until=lambda: field.has_focus)
        await player.wait(lambda: not player.page.asks_how_sure)
        await player.press("7", "enter", until=lambda: player.page.asks_how_sure)
        await player.press("right", until=lambda: field.has_focus)
        await player.wait(lambda: not player.page.asks_how_sure)
        await player.press("enter", until=lambda: player.page.asks_how_sure)
        await player.press("3", until=lambda: answered(player, Numeric))
        assert answered(player, Numeric) == [("7", False, 3)]
        await player.wait(lambda: field.has_focus)


async def test_what_is_not_understood_is_not_asked_about(tmp_path: Path) -> None:
    async with at(tmp_path, Numeric) as player:
        await player.press("x", "enter")
        await player.sees("?")
        assert not player.page.asks_how_sure
        assert answered(player, Numeric) == []


async def test_both_keys_may_come_at_once_as_over_a_slow_line(tmp_path: Path) -> None:
    async with at(tmp_path, Single) as player:
        await player.press(letter(player, 0), "3", until=lambda: answered(player, Single))
        assert answered(player, Single) == [(0, False, 3)]


async def test_later_tries_cost_no_key(tmp_path: Path) -> None:
    async with at(tmp_path, Single) as player:
        await player.choose(letter(player, 0))
        await player.press("1", until=lambda: answered(player, Single))
        await player.press(letter(player, 1))
        await player.sees("Right.")
        assert answered(player, Single) == [(0, False, 1), (1, True, None)]


@pytest.mark.parametrize("kind", [Single, Multi, Numeric, Order])
async def test_a_choice_outlives_the_program_that_asked(
    tmp_path: Path, kind: type[Question]
) -> None:
    async with at(tmp_path, kind) as player:
        keys = {Single: ["b"], Multi: ["a", "c"], Numeric: ["6", "4"], Order: ["down"]}
        await player.press(*keys[kind])
        if kind is not Single:
            await player.press("enter")
        await player.sees(QUESTION)
        chosen = player.page._chosen
        player.session.journal.append = lambda event: None  # type: ignore[assignment, method-assign]
    async with at(tmp_path, kind) as player:
        await player.sees(QUESTION)
        assert answered(player, kind) == []
        assert player.page._chosen == chosen
        await player.press("2", until=lambda: answered(player, kind))
        assert [(given, sure) for given, _, sure in answered(player, kind)] == [(chosen, 2)]
    async with at(tmp_path, kind) as player:
        assert not player.page.asks_how_sure


async def test_a_kept_choice_that_is_no_answer_is_let_go(tmp_path: Path) -> None:
    async with at(tmp_path, Single) as player:
        player.session.questions.choose(LESSON, KINDS[Single], 0, "nonsense")
    async with at(tmp_path, Single) as player:
        assert not player.page.asks_how_sure


@pytest.mark.parametrize(("option", "key"), [(0, "3"), (1, "1")])
async def test_a_sure_miss_and_a_lucky_guess_get_a_sentence_and_keep_it(
    tmp_path: Path, option: int, key: str
) -> None:
    said = remarked(option == 1, int(key))
    assert said
    async with at(tmp_path, Single) as player:
        await player.choose(letter(player, option))
        await player.press(key)
        await player.sees(said)
    async with at(tmp_path, Single) as player:
        await player.sees(said)


@pytest.mark.parametrize(
    ("correct", "sure"), [(True, 3), (True, 2), (True, None), (False, 1), (False, None)]
)
def test_nothing_more_is_said_where_it_fits(correct: bool, sure: int | None) -> None:
    assert remarked(correct, sure) == ""


async def test_it_can_be_clicked(tmp_path: Path) -> None:
    async with at(tmp_path, Single) as player:
        await player.press(letter(player, 0))
        await player.sees(QUESTION)
        line = next(row for row in player.text.splitlines() if QUESTION in row)
        asking = player.page.query_one(HowSure)
        offset = (line.index("certain") - asking.region.x, 0)
        await player.pilot.click(HowSure, offset=offset)
        await player.wait(lambda: answered(player, Single))
        assert answered(player, Single) == [(0, False, 3)]


async def test_switched_off_nothing_is_asked_nor_kept(tmp_path: Path) -> None:
    async with at(tmp_path, Single, confidence=False) as player:
        await player.press(letter(player, 0))
        await player.sees("Not this.")
        assert answered(player, Single) == [(0, False, None)]
        assert not player.session.record.choices


@pytest.mark.parametrize("asks", [True, False])
async def test_the_help_tells_of_it_where_it_asks(tmp_path: Path, asks: bool) -> None:
    async with at(tmp_path, Single, confidence=asks) as player:
        await player.press("?", until=lambda: isinstance(player.app.screen, HelpScreen))
        await player.sees("the answer, once it is offered")
        assert ("how sure you are" in player.text) is asks
