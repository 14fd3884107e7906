"""One asking of a question: stable on every machine, different from round to round."""

from __future__ import annotations

import subprocess
import sys

import pytest

from course.arithmetic import ArithmeticProblem
from course.lesson import Numeric, Option, Order, Question
from course.marking import mark, solution
from course.reader import read_lesson
from course.variants import keeps_order, seed_for, variant
from tests.support.lessons import NUMERIC, ORDER, SAMPLE, read

LESSON = read_lesson(SAMPLE, "sample.md")


def options_of(question: Question) -> int:
    return len(getattr(question, "options", ()) or getattr(question, "steps", ())) + len(
        getattr(question, "distractors", ())
    )


@pytest.mark.parametrize("question", LESSON.questions, ids=lambda q: q.id)
@pytest.mark.parametrize("seed", [0, 1, 7, 12345, 2**45 + 3])
def test_every_option_is_shown_once_and_the_right_answer_is_right(
    question: Question, seed: int
) -> None:
    shown = variant(question, seed)
    if not isinstance(question, Numeric):
        assert sorted(shown.order) == list(range(options_of(question)))
    assert mark(shown, solution(shown)).correct
    assert variant(question, seed) == shown


def test_seeds_are_the_same_on_every_machine() -> None:
    assert seed_for("q-row-sum", 0) == 41796682144
    assert seed_for("q-row-sum", 1) == 41796682145
    code = "from course.variants import seed_for; print(seed_for('q-row-sum', 1))"
    for hash_seed in ("0", "1"):
        printed = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=True,
        )
        assert int(printed.stdout) == seed_for("q-row-sum", 1)


def test_the_shuffle_of_a_seed_stays() -> None:
    assert variant(LESSON.question("q-row-sum"), seed_for("q-row-sum", 0)).order == (0, 2, 1, 3)


@pytest.mark.parametrize("question_id", ["q-row-sum", "m-masks", "o-no-mask", "p-no-mask"])
def test_asked_again_every_option_stands_elsewhere(question_id: str) -> None:
    question = LESSON.question(question_id)
    first, again = (variant(question, seed_for(question_id, asked)).order for asked in (0, 1))
    assert all(a != b for a, b in zip(first, again, strict=True))


def test_asked_again_every_number_is_another() -> None:
    question = LESSON.question("n-head-width")
    for seed in range(0, 160, 16):
        first, again = variant(question, seed), variant(question, seed + 1)
        assert all(first.values[name] != again.values[name] for name in ("d", "h"))
        assert first.answer == first.values["d"] / first.values["h"]


def test_all_choices_of_a_draw_come_up() -> None:
    question = LESSON.question("n-head-width")
    drawn = {variant(question, seed).values["d"] for seed in range(200)}
    assert drawn == {128, 256, 512}


def test_steps_never_begin_in_order() -> None:
    question = LESSON.question("o-attention")
    assert isinstance(question, Order)
    for seed in range(300):
        assert not keeps_order(question, variant(question, seed).order)


def test_two_steps_have_one_way_to_be_mixed_up() -> None:
    steps = (Option("a", "x"), Option("b", "y"))
    question = Order(id="o", prompt="", steps=steps)
    assert {variant(question, seed).order for seed in range(50)} == {(1, 0)}


def test_steps_that_cannot_be_wrong_are_shown_all_the_same() -> None:
    loose = Order(id="o", prompt="", steps=(Option("a", "x"), Option("b", "y")), before=((0, 1),))
    assert variant(loose, 5).order == (1, 0)


def test_fields_are_filled_in() -> None:
    [question] = read(NUMERIC).questions
    shown = variant(question, 0)
    d, h = (str(int(shown.values[name])) for name in "dh")
    assert shown.fill("{{d}} and {{ h }}: {{answer}}") == f"{d} and {h}: {int(shown.answer or 0)}"
    assert shown.fill("{{ run.mouse.arrival | percent }} {{x}}") == (
        "{{ run.mouse.arrival | percent }} {{x}}"
    )


def test_other_questions_keep_their_braces() -> None:
    [question] = read(ORDER).questions
    assert variant(question, 0).fill("{{answer}}") == "{{answer}}"


def test_an_answer_without_a_value_says_so() -> None:
    broken = Numeric(id="n", prompt="", answer="1 / d", draws={"d": (0.0,)})
    with pytest.raises(ArithmeticProblem, match="divides by zero"):
        variant(broken, 0)
