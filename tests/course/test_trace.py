"""Tables filled in by hand: what is one, and what each of its cells is worth."""

from __future__ import annotations

import math
from typing import Any

import pytest

from course.check_questions import check_questions
from course.findings import Findings, texts_of
from course.gates import progress
from course.lock import digest
from course.marking import mark, solution
from course.solver import STRATEGIES, solve
from course.trace import Trace
from course.trace_marking import State, mark_cells
from course.variants import Variant, seed_for, variant
from tests.support.lessons import SINGLE, TRACE, faults_in, read


def trace(body: str = TRACE) -> Trace:
    [found] = read(body).questions
    assert isinstance(found, Trace)
    return found


def shown(body: str = TRACE, a: float = 1, b: float = 0) -> Variant:
    """The table with these numbers drawn."""
    question = trace(body)
    for asked in range(16):
        found = variant(question, seed_for(question.id, asked))
        if (found.values["a"], found.values["b"]) == (a, b):
            return found
    raise AssertionError((a, b))


def said(found: Variant, *answer: str) -> str:
    return " ".join(remark.text for remark in mark(found, list(answer)).remarks)


def states(found: Variant, *answer: float) -> list[State]:
    assert isinstance(found.question, Trace)
    return [one.state for one in mark_cells(found.question, found.values, answer)]


def test_rows_hold_a_cell_a_column_and_cells_speak_of_cells_before_them() -> None:
    question = trace()
    assert question.columns == ("cat", "dog")
    assert question.rows == ("score", "e to the score", "their sum", "weight")
    assert [cell.name for cell in question.cells] == ["s1", "s2", "x1", "x2", "z", "w1", "w2"]
    assert [cell.name for cell in question.asked] == ["x1", "x2", "z", "w1", "w2"]
    assert question.label(question.asked[1]) == "e to the score, dog"
    assert question.label(question.asked[2]) == "their sum"
    values = shown().values
    assert values["w1"] == pytest.approx(math.e / (math.e + 1))
    assert shown().fill(question.prompt).endswith("scores 1 and 0?")


def test_a_table_rightly_filled_in_to_two_digits_is_right() -> None:
    found = shown()
    assert solution(found) == ["2.72", "1", "3.72", "0.731", "0.269"]
    for answer in (
        solution(found),
        ["2.72", "1", "3.72", "0.73", "0.27"],
        ["e", "1", "e+1", "e/(e+1)", "1/(e+1)"],
    ):
        assert mark(found, answer).correct
    assert said(found, *solution(found)) == "They sum to 1: 0.7311 and 0.2689."


def test_the_first_wrong_cell_is_explained_and_what_follows_from_it_is_right() -> None:
    found = shown()
    assert states(found, 1.0, 1.0, 2.0, 0.5, 0.5) == [
        State.WRONG, State.RIGHT, State.CARRIED, State.CARRIED, State.CARRIED
    ]  # fmt: skip
    verdict = mark(found, ["1", "1", "2", "0.5", "0.5"])
    assert not verdict.correct
    assert verdict.misconceptions == ("grid-vs-row",)
    assert said(found, "1", "1", "2", "0.5", "0.5") == (
        "**e to the score, cat:** That is the score itself."
    )
    assert states(found, 1.0, 1.0, 2.0, 0.5, 0.9)[-1] is State.WRONG


def test_a_wrong_number_nobody_knows_gets_how_one_comes_by_it() -> None:
    assert said(shown(), "9", "1", "10", "0.9", "0.1") == (
        "**e to the score, cat:** 1 goes into the exponent: e**1."
    )


def test_a_later_cell_may_be_recognised_by_the_learners_own_numbers() -> None:
    found = shown()
    assert said(found, "2.72", "1", "1", "2.72", "1") == "**their sum:** You added the scores."
    assert states(found, 2.72, 1, 1, 2.72, 1)[2:] == [State.WRONG, State.CARRIED, State.CARRIED]


def test_what_divides_by_ones_own_zero_is_neither_right_nor_wrong() -> None:
    assert states(shown(), 2.72, 1, 0, 9, 9) == [
        State.RIGHT, State.RIGHT, State.WRONG, State.OPEN, State.OPEN
    ]  # fmt: skip


def test_rounding_on_the_way_is_no_mistake() -> None:
    # 2.7 / 3.7 is 0.7297, and rounds to another last digit than 0.7311.
    body = TRACE.replace(":given:", ":tolerance: 0.05\n:given:")
    assert states(shown(body), 2.7, 1, 3.7, 0.73, 0.27) == [State.RIGHT] * 5


@pytest.mark.parametrize(
    ("answer", "form"),
    [
        (None, "Fill in the cells."),
        (["1"], "Fill in the cells."),
        ([1.0] * 5, "Fill in the cells."),
        (["1", "", "2", " ", "1"], "2 cells are still empty"),
        (["1", "1", "2", "0.5", "half"], "weight, dog: “half” is no number here."),
        (["1", "1", "2", "0,5", "1"], "weight, cat: Write a decimal point"),
    ],
)
def test_what_is_no_table_of_numbers_is_no_try(answer: Any, form: str) -> None:
    verdict = mark(shown(), answer)
    assert form in verdict.form and not verdict.correct


def test_another_round_has_other_numbers() -> None:
    question = trace()
    drawn = {str(variant(question, seed_for(question.id, n)).values) for n in (0, 1)}
    assert len(drawn) == 2


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_everybody_gets_through(strategy: str) -> None:
    lesson = read(TRACE + SINGLE)
    events = solve(lesson, strategy)
    histories = {q.id: [e for e in events if e["question"] == q.id] for q in lesson.questions}
    assert not [one for one in progress(lesson, histories).missing if "read a row" in one]


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        ("x# / z", "x# / y", 13, "“y” is not drawn"),
        (":given: s, score", ":given: s, score : ", 0, ""),
        ("= a | b", "= a | b | 3", 6, "3 cells, but 2 columns"),
        ("= a | b", "= x1 | b", 6, "“x1” is not drawn"),
        (":why: Add the two powers above.\n", "", 10, "expected a :why:"),
        (":row: z, their sum =", ":row: s, their sum =", 13, "“z” is not drawn"),
        (":row: z, their sum", ":row: exp, their sum", 10, "the name exp is taken"),
        (":columns:", ":why: no\n:columns:", 5, "follows the :row:"),
        ("cat | dog", "cat", 5, "expected 2 to 6 columns"),
        ("{{s#}} goes", "{{q#}} goes", 8, "q#"),
        ("{{w1}}", "{{v1}}", 18, "“v1” is not drawn"),
        ("=> You added", "You added", 12, "expected EXPRESSION => explanation"),
        (":also: s# => That", ":also: 1 - x# => That", 9, "true of no column"),
    ],
)  # fmt: skip
def test_faults_name_their_line(old: str, new: str, line: int, text: str) -> None:
    found = faults_in(TRACE.replace(old, new, 1))
    if not text:
        assert not found
    else:
        assert any(at == line and text in told for at, told in found), found


def checked(body: str) -> list[str]:
    found = Findings()
    check_questions(read(body), found)
    return [one.text for one in found.sorted()]


def test_authors_hear_of_wrong_numbers_that_are_right_or_told_twice() -> None:
    assert not checked(TRACE)
    assert "“x1 + x2” gives the right answer" in checked(TRACE.replace("s1 + s2", "x1 + x2"))[0]
    twice = checked(TRACE.replace(":row: z", ":also: a + 0 * b | b => Same again.\n:row: z"))
    assert all("only that is said" in one for one in twice) and twice
    [none] = checked(TRACE.replace("exp(s#)", "log(s#)"))
    assert "log has no value there" in none


def test_all_that_it_says_is_looked_at_once() -> None:
    texts = [text for _, _, text in texts_of(read(TRACE))]
    assert texts.count("That is the score itself.") == 1
    assert sum("goes into the exponent" in text for text in texts) >= 1


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("exp(s#)", "exp(2 * s#)", True),
        ("a in 1, 2", "a in 1, 4", True),
        ("their sum", "the sum", False),
        ("the score itself", "the score", False),
    ],
)
def test_the_lock_knows_what_is_asked(old: str, new: str, differs: bool) -> None:
    assert (digest(trace(TRACE.replace(old, new))) != digest(trace())) is differs
