"""Where a learner stands with one question, from the events of its history."""

from __future__ import annotations

from typing import Any

import pytest

from course.gates import (
    Standing,
    asking_round,
    changed,
    current,
    last_option_left,
    may_reveal,
    misses_before_reveal,
    standing,
)
from course.lesson import Numeric, Option, Order, Question, Single
from course.reader import read_lesson
from tests.support.lessons import SAMPLE

LESSON = read_lesson(SAMPLE, "sample.md")
SINGLE = LESSON.question("q-row-sum")
MULTI = LESSON.question("m-masks")
NUMERIC = LESSON.question("n-head-width")
ORDER = LESSON.question("o-attention")
BET = LESSON.question("p-no-mask")

Event = dict[str, Any]


def wrong(answer: Any = 0, asked: int = 0, **other: Any) -> Event:
    return {"type": "answered", "round": asked, "answer": answer, "correct": False, **other}


def right(asked: int = 0, aided: bool = False, **other: Any) -> Event:
    return {
        "type": "answered",
        "round": asked,
        "answer": 1,
        "correct": True,
        "aided": aided,
        **other,
    }


def hinted(rung: int, asked: int = 0) -> Event:
    return {"type": "hinted", "round": asked, "rung": rung}


def revealed(asked: int = 0, **other: Any) -> Event:
    return {"type": "revealed", "round": asked, **other}


@pytest.mark.parametrize(
    ("history", "expected", "asked"),
    [
        ([], Standing.UNSEEN, 0),
        ([wrong()], Standing.TRIED, 0),
        ([hinted(0)], Standing.TRIED, 0),
        ([right()], Standing.RIGHT, 0),
        ([wrong(0), wrong(2), right()], Standing.RIGHT, 0),
        ([hinted(0), hinted(1), right()], Standing.RIGHT, 0),
        ([right(), revealed()], Standing.RIGHT, 0),
        ([revealed()], Standing.AIDED, 1),
        ([wrong(), revealed()], Standing.AIDED, 1),
        ([revealed(), right()], Standing.AIDED, 1),
        ([right(aided=True)], Standing.AIDED, 1),
        ([right(aided=True), right()], Standing.AIDED, 1),
        ([revealed(), wrong(asked=1)], Standing.AIDED, 1),
        ([revealed(), hinted(0, 1)], Standing.AIDED, 1),
        ([revealed(), right(1)], Standing.RIGHT, 1),
        ([revealed(), wrong(asked=1), right(1)], Standing.RIGHT, 1),
        ([revealed(), revealed(1)], Standing.HELPED, 1),
        ([right(aided=True), right(1, aided=True)], Standing.HELPED, 1),
        ([revealed(), revealed(1), right(1)], Standing.HELPED, 1),
    ],
)
def test_standing(history: list[Event], expected: Standing, asked: int) -> None:
    assert standing(SINGLE, history) is expected
    assert asking_round(SINGLE, history) == asked


def test_a_bet_needs_nothing_more_and_never_comes_back() -> None:
    placed = [{"type": "bet", "round": 0, "answer": 0}]
    assert standing(BET, []) is Standing.UNSEEN
    assert standing(BET, placed) is Standing.RIGHT
    assert asking_round(BET, placed) == 0
    assert not may_reveal(BET, placed * 5)


def options(count: int) -> tuple[Option, ...]:
    return tuple(Option(str(i), "why", correct=i == 0) for i in range(count))


@pytest.mark.parametrize(
    ("question", "misses"),
    [
        (Single(id="q", prompt="", options=options(2)), 1),
        (Single(id="q", prompt="", options=options(3)), 1),
        (Single(id="q", prompt="", options=options(4)), 2),
        (Single(id="q", prompt="", options=options(5)), 3),
        (Single(id="q", prompt="", options=options(6)), 3),
        (MULTI, 1),
        (NUMERIC, 3),
        (ORDER, 3),
        (Order(id="q", prompt="", steps=options(3)), 1),
    ],
)
def test_misses_before_a_reveal(question: Question, misses: int) -> None:
    assert misses_before_reveal(question) == misses
    history = [wrong(i) for i in range(misses)]
    assert not may_reveal(question, history[:-1])
    assert may_reveal(question, history)


def test_the_last_hint_opens_the_reveal() -> None:
    assert len(SINGLE.hints) == 2
    assert not may_reveal(SINGLE, [hinted(0)])
    assert may_reveal(SINGLE, [hinted(0), hinted(1)])
    assert not may_reveal(MULTI, [])


def test_only_this_round_opens_the_reveal() -> None:
    before = [wrong(0), wrong(2), revealed()]
    assert not may_reveal(SINGLE, before)
    assert not may_reveal(SINGLE, [*before, wrong(0, 1)])
    assert may_reveal(SINGLE, [*before, wrong(0, 1), wrong(2, 1)])
    assert may_reveal(SINGLE, [wrong(0, 1), wrong(2, 1)]), "the round alone says the same"


class TestLastOptionLeft:
    def test_single(self) -> None:
        assert not last_option_left(SINGLE, [wrong(0), wrong(2)])
        assert not last_option_left(SINGLE, [wrong(0), wrong(0), wrong(0)])
        assert last_option_left(SINGLE, [wrong(0), wrong(2), wrong(3)])

    def test_of_two_options(self) -> None:
        two = Single(id="q", prompt="", options=options(2))
        assert not last_option_left(two, [])
        assert last_option_left(two, [wrong(1)])

    def test_multi_once_its_options_have_been_explained(self) -> None:
        assert not last_option_left(MULTI, [])
        assert last_option_left(MULTI, [wrong([1])])

    def test_order_once_all_but_one_step_are_in_place(self) -> None:
        assert not last_option_left(ORDER, [wrong([3])] * 3)
        assert last_option_left(ORDER, [wrong([3])] * 4)
        two = Order(id="q", prompt="", steps=options(2))
        assert last_option_left(two, [wrong([1, 0])])

    def test_a_number_never(self) -> None:
        assert not last_option_left(NUMERIC, [wrong("1")] * 50)

    def test_only_this_round_counts(self) -> None:
        before = [wrong(0), wrong(2), wrong(3), right(aided=True)]
        assert not last_option_left(SINGLE, before)
        assert last_option_left(SINGLE, [*before, wrong(0, 1), wrong(2, 1), wrong(3, 1)])


class TestChangedMeaning:
    NEW = Numeric(id="n", prompt="", answer="1", rev=2)

    def test_answers_to_an_older_meaning_do_not_count(self) -> None:
        assert standing(self.NEW, [right(rev=1)]) is Standing.UNSEEN
        assert standing(self.NEW, [revealed(rev=1), wrong(asked=1, rev=1)]) is Standing.UNSEEN
        assert asking_round(self.NEW, [revealed(rev=1), wrong(asked=1, rev=1)]) == 0

    def test_answers_since_do(self) -> None:
        history = [right(rev=1), wrong(rev=2), hinted(0), right(rev=2)]
        assert standing(self.NEW, history) is Standing.RIGHT
        assert current(self.NEW, history) == history[1:]

    def test_answers_to_a_newer_meaning_are_kept(self) -> None:
        assert standing(self.NEW, [right(rev=3)]) is Standing.RIGHT

    def test_changed_is_said_until_it_is_answered_again(self) -> None:
        assert not changed(self.NEW, [])
        assert changed(self.NEW, [right(rev=1)])
        assert not changed(self.NEW, [right(rev=1), wrong(rev=2)])
