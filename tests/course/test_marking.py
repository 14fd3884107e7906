"""What each type of question makes of an answer, and what it says."""

from __future__ import annotations

from typing import Any

import pytest

from course.lesson import Numeric, Question, Tolerance
from course.marking import MISPLACED, Remark, Verdict, first_misplaced, mark, solution, within
from course.reader import read_lesson
from course.variants import Variant, variant
from tests.support.lessons import ORDER, SAMPLE, read

LESSON = read_lesson(SAMPLE, "sample.md")
SHAPELESS: list[Any] = [None, "", "a", -1, 99, 1.5, True, [True], ["0"], {}, [0, 0], [99], []]


def shown(question_id: str, seed: int = 0) -> Variant:
    return variant(LESSON.question(question_id), seed)


def said(verdict: Verdict) -> dict[int | None, tuple[bool, str]]:
    return {remark.option: (remark.right, remark.text) for remark in verdict.remarks}


@pytest.mark.parametrize("question", LESSON.questions, ids=lambda q: q.id)
@pytest.mark.parametrize("answer", SHAPELESS, ids=repr)
def test_an_answer_of_no_shape_is_no_try(question: Question, answer: Any) -> None:
    if isinstance(question, Numeric) and answer in (-1, 99, 1.5) and answer is not True:
        return
    verdict = mark(variant(question, 0), answer)
    assert verdict.form and not verdict.correct and not verdict.remarks


class TestSingle:
    def test_right(self) -> None:
        assert mark(shown("q-row-sum"), 1) == Verdict(
            True, (Remark(1, True, "Softmax makes each row a distribution over the keys."),)
        )

    def test_wrong_says_only_what_belongs_to_that_option(self) -> None:
        verdict = mark(shown("q-row-sum"), 2)
        assert said(verdict) == {2: (False, "Heads give several grids; a row lives inside one.")}
        assert verdict.misconceptions == ("heads",)
        assert not verdict.correct

    def test_the_shuffle_does_not_matter(self) -> None:
        assert all(mark(shown("q-row-sum", seed), 1).correct for seed in range(20))

    def test_observe_works_the_same(self) -> None:
        assert mark(shown("o-no-mask"), 0).correct
        assert mark(shown("o-no-mask"), 2).misconceptions == ("heads",)


class TestMulti:
    def test_right_in_any_order(self) -> None:
        assert mark(shown("m-masks"), [2, 0]).correct
        assert mark(shown("m-masks"), [0, 2]).correct
        assert mark(shown("m-masks"), [0, 2]).misconceptions == ()

    def test_ticked_wrong_and_missed_are_both_told(self) -> None:
        verdict = mark(shown("m-masks"), [0, 1])
        assert not verdict.correct
        assert said(verdict) == {
            0: (True, "It hides the future."),
            1: (False, "It carries everything along."),
            2: (False, "It hides what is no word."),
        }
        assert verdict.misconceptions == ("heads",)

    def test_a_part_is_not_enough_and_all_is_too_much(self) -> None:
        assert not mark(shown("m-masks"), [0]).correct
        assert not mark(shown("m-masks"), [0, 1, 2]).correct


class TestNumeric:
    def answer(self) -> float:
        answer = shown("n-head-width").answer
        assert answer is not None
        return answer

    @pytest.mark.parametrize("form", ["{}", " {} ", "{}.0", "{}/1", "{}*1e0", "{}**1", "({})"])
    def test_right_however_it_is_written(self, form: str) -> None:
        assert mark(shown("n-head-width"), form.format(int(self.answer()))).correct

    def test_the_worked_answer_comes_with_it(self) -> None:
        variant_shown = shown("n-head-width")
        d, h = (int(variant_shown.values[name]) for name in "dh")
        verdict = mark(variant_shown, solution(variant_shown))
        assert said(verdict) == {None: (True, f"{d} / {h} = {d // h}")}

    def test_a_wrong_number_that_is_known_is_explained(self) -> None:
        variant_shown = shown("n-head-width")
        d, h = (int(variant_shown.values[name]) for name in "dh")
        verdict = mark(variant_shown, f"{d}*{h}")
        assert said(verdict) == {None: (False, f"You multiplied by {h}; they divide the width.")}
        assert verdict.misconceptions == ("heads",)

    def test_another_wrong_number_is_just_wrong(self) -> None:
        assert mark(shown("n-head-width"), "7.5") == Verdict(False)

    def test_tolerance(self) -> None:
        near, far = self.answer() + 0.009, self.answer() + 0.02
        assert mark(shown("n-head-width"), str(near)).correct
        assert not mark(shown("n-head-width"), str(far)).correct

    def test_what_is_not_understood_gets_a_hint_and_no_mark(self) -> None:
        for typed in ("9**9**9", "many", "", "1,5", "d / h"):
            verdict = mark(shown("n-head-width"), typed)
            assert verdict.form and not verdict.correct

    def test_a_diagnosis_without_a_value_is_passed_over(self) -> None:
        from course.lesson import Diagnosis

        question = Numeric(id="n", prompt="", answer="2", also=(Diagnosis("1 / 0", "no"),))
        assert mark(variant(question, 0), "3") == Verdict(False)

    @pytest.mark.parametrize("answer", ["1 / 3", "2 ** 0.5", "10 ** 9", "1 / 128", "-0.1", "0"])
    def test_the_solution_is_marked_right(self, answer: str) -> None:
        exact = variant(Numeric(id="n", prompt="", answer=answer, tolerance=Tolerance(0, 1e-12)), 0)
        assert mark(exact, solution(exact)).correct


@pytest.mark.parametrize(
    ("tolerance", "answer", "given", "near"),
    [
        (Tolerance(), 64, 64.00001, True),
        (Tolerance(), 64, 64.001, False),
        (Tolerance(), 0, 1e-10, True),
        (Tolerance(absolute=0.1), 0.3, 0.4, True),
        (Tolerance(absolute=0.1), 0.3, 0.41, False),
        (Tolerance(relative=0.02), -100, -102, True),
        (Tolerance(relative=0.02), -100, -102.1, False),
    ],
)
def test_within(tolerance: Tolerance, answer: float, given: float, near: bool) -> None:
    assert within(tolerance, answer, given) is near


class TestOrder:
    def test_right(self) -> None:
        verdict = mark(shown("o-attention"), [0, 1, 2, 3])
        assert verdict.correct
        assert said(verdict)[1] == (True, "So that softmax stays soft.")

    def test_of_the_first_step_out_of_place_is_said_why_and_not_why_its_place_is_right(
        self,
    ) -> None:
        verdict = mark(shown("o-attention"), [0, 2, 1, 3])
        assert said(verdict) == {2: (False, MISPLACED)}

    def test_what_belongs_nowhere(self) -> None:
        verdict = mark(shown("o-attention"), [0, 1, 4, 2, 3])
        assert said(verdict) == {4: (False, "Attention never sorts.")}
        assert verdict.misconceptions == ("heads",)

    def test_missing_steps_are_counted_not_named(self) -> None:
        assert said(mark(shown("o-attention"), [0, 1, 3])) == {
            None: (False, "One step is missing.")
        }
        assert said(mark(shown("o-attention"), [0])) == {None: (False, "3 steps are missing.")}

    def test_a_partial_order(self) -> None:
        body = ORDER.replace(":hint:", ":before: 1<3, 2<3, 3<4\n:hint:")
        [question] = read(body).questions
        loose = variant(question, 0)
        assert mark(loose, [0, 1, 2, 3]).correct
        assert mark(loose, [1, 0, 2, 3]).correct
        assert not mark(loose, [0, 2, 1, 3]).correct
        assert said(mark(loose, [0, 2, 1, 3])) == {2: (False, MISPLACED)}

    def test_first_misplaced(self) -> None:
        question = LESSON.question("o-attention")
        assert first_misplaced(question, [0, 1, 2, 3]) is None  # type: ignore[arg-type]
        assert first_misplaced(question, [3, 0, 1, 2]) == 3  # type: ignore[arg-type]


def test_predict_is_marked_by_what_the_authors_found() -> None:
    assert solution(shown("p-no-mask")) == 1
    assert mark(shown("p-no-mask"), 1).correct
    assert not mark(shown("p-no-mask"), 0).correct
