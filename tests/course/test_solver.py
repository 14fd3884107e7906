"""The learner made of code reaches the end of what can be taken, and says what traps it."""

from __future__ import annotations

from typing import Any

import pytest

from course import solver
from course.catalog import read_catalog
from course.gates import progress
from course.lesson import Option, Single
from course.reader import read_lesson
from course.solver import STRATEGIES, Trapped, next_move, solve
from tests.support.lessons import BETS, SAMPLE, SINGLE, WORDS, read

LESSON = read_lesson(SAMPLE, "sample.md")


def histories(events: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for event in events:
        found.setdefault(event["question"], []).append(event)
    return found


def test_all_right_takes_one_answer_each() -> None:
    events = solve(LESSON, "right")
    assert [event["type"] for event in events] == ["answered"] * 4 + ["bet", "answered"]
    assert progress(LESSON, histories(events)).passed == "unaided"


def test_all_wrong_reveals_twice_and_passes_with_help() -> None:
    events = solve(LESSON, "wrong")
    assert not any(event.get("correct") for event in events)
    counted = [question.id for question in LESSON.questions if question.objective]
    for question_id in counted:
        rounds = [
            event["round"] for event in events
            if event["type"] == "revealed" and event["question"] == question_id
        ]  # fmt: skip
        assert rounds == [0, 1]
    assert progress(LESSON, histories(events)).passed == "helped"


def test_every_option_is_tried_in_turn() -> None:
    events = solve(LESSON, "every")
    single = [event for event in events if event["question"] == "q-row-sum"]
    assert [event["answer"] for event in single if event["round"] == 0] == [0, 2, 1]
    assert single[-1]["correct"] and not single[-1]["aided"]
    assert progress(LESSON, histories(events)).passed


def test_events_say_what_the_journal_needs() -> None:
    for event in solve(LESSON, "wrong"):
        assert {"type", "question", "lesson", "round", "seed", "rev"} <= set(event)
    answered = [event for event in solve(LESSON, "every") if event["type"] == "answered"]
    assert {"attempt", "answer", "correct", "hints", "aided", "confidence"} <= set(answered[0])


def test_own_words_may_be_written_or_left_empty() -> None:
    lesson = read(WORDS + SINGLE)
    written = {
        strategy: [event for event in solve(lesson, strategy) if event["type"] == "wrote"]
        for strategy in STRATEGIES
    }
    assert not written["wrong"]
    [handed_in] = written["right"]
    assert handed_in["text"] and not handed_in["draft"]


def test_several_bets_may_be_sealed_or_left() -> None:
    lesson = read(BETS + SINGLE)
    sealed = {
        strategy: [event["answer"] for event in solve(lesson, strategy) if event["type"] == "bet"]
        for strategy in STRATEGIES
    }
    assert sealed == {"right": [[0]], "wrong": [], "every": [[0, 1]]}


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_the_course_itself_can_be_taken(strategy: str) -> None:
    catalog = read_catalog()
    assert catalog.lessons, catalog.broken
    for lesson in catalog.lessons.values():
        solve(lesson, strategy)


def test_a_question_without_a_way_on_is_a_trap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "may_reveal", lambda *_: False)
    with pytest.raises(Trapped, match="q-row-sum: after 3 misses there is no reveal"):
        solve(LESSON, "wrong")


def test_an_end_that_leaves_something_missing_is_a_trap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solver, "route", lambda lesson, _: ())
    with pytest.raises(Trapped, match="at the end there is still missing: “read a row”"):
        solve(LESSON, "right")


def test_hints_lead_on_where_misses_do_not() -> None:
    question = Single(
        id="q",
        prompt="",
        options=(Option("a", "", correct=True), Option("b", "")),
        hints=("one", "two"),
    )
    kinds = []
    history: list[dict[str, Any]] = []
    while (move := next_move(question, 0, history, "wrong")) is not None:
        kinds.append(move.kind)
        history.append(
            {"type": "answered", "round": 0, "answer": move.value, "correct": False}
            if move.kind == "answer"
            else {"type": "revealed", "round": 0}
        )
    assert kinds == ["answer", "reveal"]
