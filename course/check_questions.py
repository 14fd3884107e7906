"""Whether each question has one answer, and does not give it away."""

from __future__ import annotations

from collections import Counter

from course.arithmetic import ArithmeticProblem, evaluate, format_number
from course.check_trace import check_trace
from course.findings import Findings, draws_of, options_of
from course.lesson import Diagnosis, Lesson, Numeric, Order, Single
from course.marking import mark, solution, within
from course.trace import Trace
from course.variants import Variant, numeric_answer

LONGER = 1.3
"""How much longer than every wrong option the right one may be."""
SKEWED = 0.6
"""The share of right options that may stand in one place."""
ENOUGH = 5
"""How many questions it takes to speak of a place at all."""


def check_questions(lesson: Lesson, found: Findings) -> None:
    """Checks 8 to 10, as far as they are about keys."""
    for question in lesson.questions:
        match question:
            case Numeric():
                _check_numeric(lesson.path, question, found)
            case Trace():
                check_trace(lesson.path, question, found)
            case Order():
                _check_order(lesson.path, question, found)
            case Single():
                _check_longest(lesson.path, question, found)
    _check_places(lesson, found)


def _check_numeric(path: str, question: Numeric, found: Findings) -> None:
    for values in draws_of(question):
        drawn = ", ".join(f"{name} = {format_number(value)}" for name, value in values.items())
        here = f"{question.id} ({drawn})" if drawn else question.id
        try:
            answer = numeric_answer(question, values)
        except ArithmeticProblem as problem:
            found.error(path, question.line, f"{here}: {problem}")
            return
        shown = Variant(question, 0, (), values, answer)
        if not mark(shown, solution(shown)).correct:
            found.error(path, question.line, f"{here}: its own answer is marked wrong")
            return
        short = float(f"{answer:.4g}")
        if not within(question.tolerance, answer, short):
            text = f"{here}: {answer!r} is hard to type; set a :tolerance:, or draw other numbers"
            found.warn(path, question.line, text)
            return
        collisions = [_collides(path, here, shown, one, found) for one in question.also]
        if any(collisions):
            return


def _collides(path: str, here: str, shown: Variant, also: Diagnosis, found: Findings) -> bool:
    """Whether a wrong number cannot be worked out, or is taken for the right one; reported."""
    question = shown.question
    assert isinstance(question, Numeric) and shown.answer is not None
    try:
        value = float(evaluate(also.expression, shown.values))
    except ArithmeticProblem as problem:
        found.error(path, also.line, f"{here}: “{also.expression}”: {problem}")
        return True
    if within(question.tolerance, shown.answer, value):
        text = f"{here}: “{also.expression}” gives the right answer {format_number(value)}"
        found.error(path, also.line, text)
        return True
    return False


def _check_order(path: str, question: Order, found: Findings) -> None:
    texts = Counter(option.text for option in options_of(question))
    for option in options_of(question):
        if texts[option.text] > 1:
            found.error(path, option.line, f"{question.id}: two steps say the same")


def _check_longest(path: str, question: Single, found: Findings) -> None:
    lengths = [len(option.text) for option in question.options if not option.correct]
    right = next(option for option in question.options if option.correct)
    if lengths and len(right.text) > LONGER * max(lengths) and len(right.text) > 20:
        found.warn(path, right.line, f"{question.id}: the right option is clearly the longest")


def _check_places(lesson: Lesson, found: Findings) -> None:
    """The right option stands in the same place too often, for whoever reads the file."""
    asked = [question for question in lesson.questions if isinstance(question, Single)]
    places = Counter(
        next(index for index, option in enumerate(question.options) if option.correct)
        for question in asked
    )
    for place, count in places.items():
        if len(asked) >= ENOUGH and count > SKEWED * len(asked):
            text = f"the right option is number {place + 1} in {count} of {len(asked)} questions"
            found.warn(lesson.path, 1, text)
