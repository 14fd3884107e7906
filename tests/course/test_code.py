"""Lines to be written: what is read of them, what an examined answer is worth, and what is kept."""

from __future__ import annotations

from typing import Any

import pytest

from course.code import Code, code_answer
from course.findings import texts_of
from course.gates import progress, trial
from course.lock import digest
from course.marking import mark, solution
from course.solver import STRATEGIES, solve
from course.variants import Variant, variant
from tests.support.lessons import CODE, SINGLE, faults_in, read


def code(body: str = CODE) -> Code:
    [found] = read(body).questions
    assert isinstance(found, Code)
    return found


def shown() -> Variant:
    return variant(code(), 0)


def test_an_exercise_is_named_and_its_wrong_versions_explained() -> None:
    question = code()
    assert question.exercise == "softmax"
    assert [(one.expression, one.misconceptions) for one in question.wrong] == [
        ("ratio", ("grid-vs-row",)),
        ("times-temperature", ()),
        ("no-largest", ("heads",)),
        ("not-shared", ()),
    ]
    assert question.wrong[0].explanation == "These are scores over their **sum**."


@pytest.mark.parametrize(
    ("answer", "said", "tags"),
    [
        (code_answer("known", "ratio"), "These are scores over their **sum**.", ("grid-vs-row",)),
        (
            code_answer("known", "no-largest", told="Line 1: `OverflowError`."),
            "Line 1: `OverflowError`. Take the largest score away first.",
            ("heads",),
        ),
        (code_answer("other", told="Other numbers come out."), "Other numbers come out.", ()),
        (code_answer("stopped", told="It never ended."), "It never ended.", ()),
        (code_answer("known", "of another version", told="Wrong."), "Wrong.", ()),
    ],
)
def test_a_wrong_version_is_explained_by_its_name_and_any_other_by_what_was_found(
    answer: Any, said: str, tags: tuple[str, ...]
) -> None:
    verdict = mark(shown(), answer)
    assert not verdict.correct
    assert not verdict.form
    assert [remark.text for remark in verdict.remarks] == [said]
    assert verdict.misconceptions == tags


def test_right_lines_are_right_and_so_is_the_solution() -> None:
    for answer in (code_answer("right", code="return 1"), solution(shown())):
        verdict = mark(shown(), answer)
        assert verdict.correct
        assert [remark.text for remark in verdict.remarks] == ["The vote runs on these lines."]


@pytest.mark.parametrize("kind", ["empty", "syntax", "unchecked"])
def test_what_could_not_run_is_no_try(kind: str) -> None:
    assert mark(shown(), code_answer(kind, told="Line 1 is not Python.")).form


@pytest.mark.parametrize(
    "answer", [None, "return 1", {}, {"kind": "good"}, {"kind": "right", "code": 3}]
)
def test_what_was_not_examined_is_no_try(answer: Any) -> None:
    assert mark(shown(), answer).form == "Write the missing lines."


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_everybody_gets_through(strategy: str) -> None:
    lesson = read(CODE + SINGLE)
    events = solve(lesson, strategy)
    histories = {q.id: [e for e in events if e["question"] == q.id] for q in lesson.questions}
    assert not [one for one in progress(lesson, histories).missing if "read a row" in one]


def test_a_test_asks_for_no_lines() -> None:
    assert any("no option :checkpoint:" in text for _, text in faults_in(
        CODE.replace(":exercise:", ":checkpoint: yes\n:exercise:")
    ))  # fmt: skip
    assert [stop.screen.key for stop in trial(read(CODE + SINGLE), {})] == ["q-row-sum"]


@pytest.mark.parametrize(
    ("old", "new", "line", "text"),
    [
        (":exercise: softmax\n", "", 1, "needs :exercise:"),
        (":wrong: ratio =>", ":wrong: The ratio =>", 5, "expected NAME => explanation"),
        (":wrong: ratio =>", ":wrong: ratio", 5, "expected NAME => explanation"),
        (":wrong: no-largest", ":wrong: ratio", 7, "ratio is explained twice"),
        ("#mc:heads", "#mc:Heads", 7, "expected #mc:some-tag"),
        ("Write the", "- [x] Write the", 10, "expected the question"),
    ],
)
def test_faults_name_their_line(old: str, new: str, line: int, text: str) -> None:
    found = faults_in(CODE.replace(old, new, 1))
    assert any(at == line and text in told for at, told in found), found


def test_all_that_it_says_is_looked_at() -> None:
    texts = [text for _, _, text in texts_of(read(CODE))]
    for said in ("You multiplied by the temperature.", "The vote runs on these lines."):
        assert said in texts


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [(":exercise: softmax", ":exercise: heads", True), ("You multiplied", "Multiplied", False)],
)
def test_the_lock_knows_what_is_asked(old: str, new: str, differs: bool) -> None:
    assert (digest(code(CODE.replace(old, new))) != digest(code())) is differs
