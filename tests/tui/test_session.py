"""The session: answers are kept before they are judged in public, and help is told from skill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from course.bets import Outcome, Predict
from course.catalog import Catalog, Part
from course.lesson import Lesson, Multi, Observe, Option, RunRef, Screen, Single
from models import protocol
from models.specs.mouse import SPEC
from progress.journal import Journal
from tui.lab_run import LabRun
from tui.session import Session

OPTIONS = (
    Option("one", "not one"),
    Option("two", "yes", correct=True),
    Option("three", "not three"),
    Option("four", "not four"),
)
SINGLE = Single(id="q", prompt="Which?", objective="o", hints=("think", "count"), options=OPTIONS)
MULTI = Multi(
    id="m",
    prompt="Which?",
    objective="p",
    hints=("look",),
    options=(
        Option("a", "in", correct=True),
        Option("b", "out"),
        Option("c", "in", correct=True),
        Option("d", "out"),
    ),
)
BET = Predict(
    id="b",
    prompt="How far?",
    run=RunRef("mouse"),
    outcomes=(Outcome("arrival >= 0.5", "far"), Outcome("arrival < 0.5", "near")),
    options=(Option("far", "it was", True, "far"), Option("near", "it was not", False, "near")),
)
SEEN = Observe(id="s", prompt="What happened?", of="b", hints=("see",), options=OPTIONS)


def screen(question: Single | Multi | Predict) -> Screen:
    return Screen(question.id, "", (question,))


LESSON = Lesson(
    id="l",
    title="L",
    minutes=1,
    screens=tuple(screen(q) for q in (SINGLE, MULTI, BET, SEEN)),
    objectives={"o": "do one", "p": "do two"},
)


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    with Journal(tmp_path) as journal:
        catalog = Catalog("C", (Part("P", ("l",)),), {"l": LESSON}, order=("l",))
        yield Session(catalog, journal)


def last(session: Session) -> dict[str, object]:
    return session.questions.history("q")[-1]


def test_an_answer_is_in_the_record_with_all_that_matters(session: Session) -> None:
    session.questions.hint(LESSON, SINGLE, 0)
    session.questions.answer(LESSON, SINGLE, 0, 0)
    verdict, receipt = session.questions.answer(LESSON, SINGLE, 0, 1)
    assert verdict.correct and receipt is not None
    receipt.future.result(5)
    kept = last(session)
    assert (kept["attempt"], kept["hints"], kept["aided"], kept["answer"]) == (2, 1, False, 1)
    assert session.progress(LESSON).objectives["o"] == "unaided"


def test_the_last_option_left_counts_as_help(session: Session) -> None:
    for wrong in (0, 2, 3):
        session.questions.answer(LESSON, SINGLE, 0, wrong)
    session.questions.answer(LESSON, SINGLE, 0, 1)
    assert last(session)["aided"] is True
    assert [stop.round for stop in session.route(LESSON) if stop.screen.key == "q"] == [0, 1]


def test_several_ticks_are_help_only_when_the_misses_leave_one_answer(session: Session) -> None:
    session.questions.answer(LESSON, MULTI, 0, [0])
    session.questions.answer(LESSON, MULTI, 0, [0, 2])
    assert session.questions.history("m")[-1]["aided"] is False


def test_ticking_everything_gives_the_answer_away(session: Session) -> None:
    session.questions.answer(LESSON, MULTI, 0, [0, 1, 2, 3])
    session.questions.answer(LESSON, MULTI, 0, [0, 2])
    assert session.questions.history("m")[-1]["aided"] is True


def test_what_is_not_understood_is_no_try(session: Session) -> None:
    verdict, receipt = session.questions.answer(LESSON, MULTI, 0, [])
    assert verdict.form and receipt is None
    assert not session.questions.history("m")


def test_hints_end_and_the_last_one_opens_the_reveal(session: Session) -> None:
    assert not session.questions.may_reveal(SINGLE, 0)
    assert session.questions.hint(LESSON, SINGLE, 0) == "think"
    assert session.questions.hint(LESSON, SINGLE, 0) == "count"
    assert session.questions.hint(LESSON, SINGLE, 0) == ""
    assert session.questions.may_reveal(SINGLE, 0)
    session.questions.reveal(LESSON, SINGLE, 0)
    assert session.questions.tried(SINGLE, 0).done


def test_a_bet_is_decided_by_the_run_and_by_nothing_else(session: Session) -> None:
    session.questions.bet(LESSON, BET, 0, 1)
    assert session.runs.outcome(BET) == ""
    assert session.questions.tried(BET, 0).answer == 1
    keep(session, {"arrival": 0.9})
    assert session.runs.outcome(BET) == "far"


def test_a_run_that_did_not_measure_what_is_asked_decides_nothing(session: Session) -> None:
    keep(session, {"ratio": 1.0})
    assert session.runs.outcome(BET) == ""


def test_a_run_with_other_knobs_is_not_the_one_the_text_speaks_of(session: Session) -> None:
    keep(session, {"arrival": 0.9}, updates=50)
    assert session.runs.measured("run.mouse.arrival") is None
    assert session.runs.metrics(RunRef("mouse", {"updates": "50"})) == {"arrival": 0.9}


def test_the_lesson_is_left_and_found_where_it_was(session: Session) -> None:
    session.turn_to(LESSON, session.route(LESSON)[2])
    assert session.place(LESSON) == 2
    assert session.place_known("l")


def test_a_question_whose_meaning_changed_is_new_again(session: Session) -> None:
    session.questions.answer(LESSON, SINGLE, 0, 1)
    changed = replace(SINGLE, rev=2)
    assert not session.questions.tried(changed, 0).done
    assert session.questions.tried(SINGLE, 0).done


def test_passing_is_written_down_once(session: Session) -> None:
    session.questions.answer(LESSON, SINGLE, 0, 1)
    assert session.record.passed == {}
    session.questions.answer(LESSON, MULTI, 0, [0, 2])
    assert session.record.passed == {"l": "unaided"}
    session.questions.answer(LESSON, MULTI, 0, [0, 2])
    assert session.record.passed == {"l": "unaided"}


def keep(session: Session, metrics: dict[str, float], **knobs: int) -> None:
    """As if a run of the mouse lab had just finished."""
    run = LabRun(SPEC, SPEC.settings({**knobs}), 0, "mouse-1")
    result = protocol.Finished("mouse-1", 1, 1.0, 1.0, "CPU", metrics, True, True)
    session.runs.keep(run, result)
