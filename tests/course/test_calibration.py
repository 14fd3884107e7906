"""How sure somebody was of their answers, counted against how these turned out."""

from __future__ import annotations

import random
from typing import Any

import pytest

from course.calibration import CERTAIN, FAIRLY, GUESS, Tally, calibration, chance, sure_misses
from course.lesson import Lesson, Multi, Numeric, Option, Order, Question, Screen, Single

OPTIONS = tuple(Option(name, "", name == "a") for name in "abcd")
FOUR = Single(id="four", prompt="", options=OPTIONS)
TWO = Single(id="two", prompt="", options=OPTIONS[:2])
NUMBER = Numeric(id="number", prompt="", answer="1", draws={"d": (1.0, 2.0)})
LESSON = Lesson("l", "L", 1, tuple(Screen(q.id, "", (q,)) for q in (FOUR, TWO, NUMBER)))


def said(confidence: int | None, correct: bool, **more: Any) -> dict[str, Any]:
    return {"type": "answered", "confidence": confidence, "correct": correct, "rev": 1} | more


def test_each_level_counts_its_own_answers_over_all_questions() -> None:
    histories = {
        "four": [said(CERTAIN, False), said(None, True), said(FAIRLY, True)],
        "two": [said(CERTAIN, True), {"type": "hinted", "rung": 0}],
        "elsewhere": [said(GUESS, True)],
    }
    tallies = {one.level: (one.right, one.answers) for one in calibration([LESSON], histories)}
    assert tallies == {GUESS: (0, 0), FAIRLY: (1, 1), CERTAIN: (1, 2)}


def test_the_ideal_of_a_guess_is_the_chance_of_the_questions_that_were_answered() -> None:
    histories = {"four": [said(GUESS, False)], "two": [said(CERTAIN, True)]}
    guess, fairly, certain = calibration([LESSON], histories)
    assert guess.ideal == pytest.approx((1 / 4 + 1 / 2) / 2)
    assert fairly.ideal == pytest.approx((1 + guess.ideal) / 2)
    assert certain.ideal == 1


def test_an_answer_to_what_the_question_meant_before_is_not_counted() -> None:
    now = Single(id="four", prompt="", options=OPTIONS, rev=2)
    lesson = Lesson("l", "L", 1, (Screen("four", "", (now,)),))
    histories = {"four": [said(CERTAIN, False), said(GUESS, True, rev=2)]}
    assert [one.answers for one in calibration([lesson], histories)] == [1, 0, 0]


def test_no_answers_are_no_share() -> None:
    assert [one.share for one in calibration([LESSON], {})] == [0, 0, 0]
    assert Tally(CERTAIN, 3, 4).share == 0.75


def test_what_was_missed_for_certain_is_named_once_and_in_order() -> None:
    miss = said(CERTAIN, False)
    histories = {"number": [miss, miss], "four": [miss], "two": [said(FAIRLY, False)]}
    assert [question.id for question in sure_misses([LESSON], histories)] == ["four", "number"]


@pytest.mark.parametrize(
    "question",
    [
        FOUR,
        Multi(id="m", prompt="", options=OPTIONS),
        Order(id="o", prompt="", steps=OPTIONS[:3]),
        Order(id="p", prompt="", steps=OPTIONS[:2], distractors=OPTIONS[2:3]),
    ],
    ids=lambda question: f"{type(question).__name__} {question.id}",
)
def test_chance_is_what_blind_picking_comes_to(question: Question) -> None:
    rng, count = random.Random(0), 20_000
    hits = sum(_blind(question, rng) for _ in range(count))
    assert hits / count == pytest.approx(chance(question), abs=0.01)
    assert chance(NUMBER) == 0


def _blind(question: Question, rng: random.Random) -> bool:
    match question:
        case Single(options=options):
            return rng.choice(options).correct
        case Multi(options=options):
            ticks = [False] * len(options)
            while not any(ticks):
                ticks = [rng.random() < 0.5 for _ in options]
            return all(tick == one.correct for tick, one in zip(ticks, options, strict=True))
        case Order(steps=steps, distractors=aside):
            items = list(range(len(steps) + len(aside)))
            rng.shuffle(items)
            return items[: len(steps)] == list(range(len(steps)))
    raise TypeError(question)
