"""What an answer is worth, with the explanation that belongs to it.

Answers are JSON values in the numbering of the lesson file: an option's index (`single`,
`observe`, `predict`), a list of indices (`multi`), a list of step indices (`order`; the
distractors are numbered on after the steps), the text as typed (`numeric`), such a text for each
cell (`trace`), a place with its kind (`spot`), some lines and what examining them came to (`code`),
or what was done to a network and what was measured then (`experiment`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from course.arithmetic import ArithmeticProblem, evaluate, format_number, parse_number
from course.bets import Predict
from course.code import NO_TRIES, Code, code_answer, is_examined
from course.code import RIGHT as CODE_RIGHT
from course.experiment import RIGHT as EXPERIMENT_RIGHT
from course.experiment import Experiment
from course.experiment_marking import experiment_answer, filled, is_tried
from course.lesson import Diagnosis, Multi, Numeric, Option, Order, Single, Tolerance
from course.spot import Spot
from course.spot_marking import RIGHT, answer_at, is_pointed
from course.trace import Trace
from course.trace_marking import State, mark_cells, read_cell, right_texts
from course.variants import Variant, keeps_order

MISPLACED = "Something that belongs before this comes after it."
"""What is said of the first step of an order that stands wrong."""


@dataclass(frozen=True)
class Remark:
    """What is said about one option, or about the whole answer where `option` is None."""

    option: int | None
    right: bool
    text: str


@dataclass(frozen=True)
class Verdict:
    """Right or not, and what there is to say.

    `form` is a hint on how to write the answer: if it is not empty, the answer was not
    understood, counts as no try, and is not recorded.
    """

    correct: bool
    remarks: tuple[Remark, ...] = ()
    misconceptions: tuple[str, ...] = ()
    form: str = ""


def mark(variant: Variant, answer: Any) -> Verdict:
    """The verdict on an answer. An answer of another shape than asked for gets a `form`."""
    match variant.question:
        case Predict() as question:
            return _mark_one(variant, question.options, answer)
        case Single() as question:
            return _mark_one(variant, question.options, answer)
        case Multi() as question:
            return _mark_several(variant, question, answer)
        case Numeric() as question:
            return _mark_number(variant, question, answer)
        case Order() as question:
            return _mark_order(variant, question, answer)
        case Trace() as question:
            return _mark_table(variant, question, answer)
        case Spot() as question:
            return _mark_place(variant, question, answer)
        case Code() as question:
            return _mark_code(question, answer)
        case Experiment() as question:
            return _mark_try(variant, question, answer)
    raise TypeError(f"no way to mark a {type(variant.question).__name__}")


def solution(variant: Variant) -> Any:
    """The right answer, in the numbering of the lesson file.

    For a bet it is the branch that the authors' own runs decided for.
    """
    match variant.question:
        case Single(options=options) | Predict(options=options):
            return next(index for index, option in enumerate(options) if option.correct)
        case Multi(options=options):
            return [index for index, option in enumerate(options) if option.correct]
        case Order(steps=steps):
            return list(range(len(steps)))
        case Numeric() as question:
            assert variant.answer is not None
            short = format_number(variant.answer)
            near = within(question.tolerance, variant.answer, float(short))
            return short if near else repr(variant.answer)
        case Trace() as question:
            return right_texts(question, variant.values)
        case Spot():
            return answer_at(RIGHT)
        case Code():
            return code_answer(CODE_RIGHT)
        case Experiment():
            return experiment_answer(EXPERIMENT_RIGHT)
    raise TypeError(f"no solution of a {type(variant.question).__name__}")


def within(tolerance: Tolerance, answer: float, given: float) -> bool:
    """Whether a given number is near enough to the answer."""
    return abs(given - answer) <= tolerance.absolute + tolerance.relative * abs(answer)


def _mark_one(variant: Variant, options: Sequence[Option], answer: Any) -> Verdict:
    if not _is_index(answer, len(options)):
        return Verdict(False, form="Choose one of the options.")
    chosen = options[answer]
    remark = Remark(answer, chosen.correct, variant.fill(chosen.explanation))
    return Verdict(chosen.correct, (remark,), () if chosen.correct else chosen.misconceptions)


def _mark_several(variant: Variant, question: Multi, answer: Any) -> Verdict:
    options = question.options
    if not _are_indices(answer, len(options)):
        return Verdict(False, form="Tick the options that are right.")
    if not answer:
        return Verdict(False, form="Tick at least one option.")
    ticked = set(answer)
    remarks = tuple(
        Remark(index, (index in ticked) == option.correct, variant.fill(option.explanation))
        for index, option in enumerate(options)
    )
    tags = [
        tag
        for index in sorted(ticked)
        if not options[index].correct
        for tag in options[index].misconceptions
    ]
    return Verdict(all(remark.right for remark in remarks), remarks, tuple(dict.fromkeys(tags)))


def _mark_number(variant: Variant, question: Numeric, answer: Any) -> Verdict:
    try:
        given = parse_number(answer if isinstance(answer, str) else repr(answer))
    except ArithmeticProblem as problem:
        return Verdict(False, form=str(problem))
    assert variant.answer is not None
    if within(question.tolerance, variant.answer, given):
        said = variant.fill(question.explanation)
        return Verdict(True, (Remark(None, True, said),) if said else ())
    for diagnosis in question.also:
        if _gives(diagnosis, variant, given, question.tolerance):
            remark = Remark(None, False, variant.fill(diagnosis.explanation))
            return Verdict(False, (remark,), diagnosis.misconceptions)
    return Verdict(False)


def _gives(diagnosis: Diagnosis, variant: Variant, given: float, tolerance: Tolerance) -> bool:
    try:
        value = evaluate(diagnosis.expression, variant.values)
    except ArithmeticProblem:
        return False
    return within(tolerance, float(value), given)


def _mark_order(variant: Variant, question: Order, answer: Any) -> Verdict:
    steps, everything = question.steps, question.steps + question.distractors
    if not _are_indices(answer, len(everything)) or not answer:
        return Verdict(False, form="Put the steps in their order.")
    strangers = [index for index in answer if index >= len(steps)]
    missing = len(steps) - (len(answer) - len(strangers))
    correct = not strangers and not missing and keeps_order(question, answer)

    def remark(index: int, right: bool) -> Remark:
        return Remark(index, right, variant.fill(everything[index].explanation))

    if correct:
        return Verdict(True, tuple(remark(index, True) for index in answer))
    remarks = [remark(index, False) for index in strangers]
    misplaced = first_misplaced(question, answer)
    if misplaced is not None:
        # Its explanation says why its place is right, which here it is not.
        remarks.append(Remark(misplaced, False, MISPLACED))
    if missing:
        count = "One step is" if missing == 1 else f"{missing} steps are"
        remarks.append(Remark(None, False, f"{count} missing."))
    tags = [tag for index in strangers for tag in everything[index].misconceptions]
    return Verdict(False, tuple(remarks), tuple(dict.fromkeys(tags)))


def _mark_table(variant: Variant, question: Trace, answer: Any) -> Verdict:
    """Explain the first wrong cell; those after it are judged by what stands in it."""
    asked = question.asked
    if (
        not isinstance(answer, list | tuple)
        or len(answer) != len(asked)
        or not all(isinstance(text, str) for text in answer)
    ):
        return Verdict(False, form="Fill in the cells.")
    if empty := sum(not text.strip() for text in answer):
        cells = "one cell is" if empty == 1 else f"{empty} cells are"
        return Verdict(False, form=f"Fill in every cell: {cells} still empty.")
    numbers = []
    for cell, text in zip(asked, answer, strict=True):
        try:
            numbers.append(read_cell(text))
        except ArithmeticProblem as problem:
            return Verdict(False, form=f"{question.label(cell)}: {problem}")
    marks = mark_cells(question, variant.values, numbers)
    wrong = [mark for mark in marks if mark.state is State.WRONG]
    if all(mark.state is State.RIGHT for mark in marks):
        said = variant.fill(question.explanation)
        return Verdict(True, (Remark(None, True, said),) if said else ())
    first = wrong[0]
    text = f"**{question.label(first.cell)}:** {variant.fill(first.explanation)}"
    tags = [tag for mark in wrong if mark.also for tag in mark.also.misconceptions]
    return Verdict(False, (Remark(None, False, text),), tuple(dict.fromkeys(tags)))


def _mark_place(variant: Variant, question: Spot, answer: Any) -> Verdict:
    if not is_pointed(question, answer):
        return Verdict(False, form="Point at a place.")
    kind = answer["hit"]
    if kind == RIGHT:
        said = variant.fill(question.explanation)
        return Verdict(True, (Remark(None, True, said),) if said else ())
    also = question.also[kind - 1] if kind <= len(question.also) else None
    text = also.explanation if also else question.otherwise
    remark = Remark(None, False, variant.fill(text))
    return Verdict(False, (remark,), also.misconceptions if also else ())


def _mark_code(question: Code, answer: Any) -> Verdict:
    if not is_examined(answer):
        return Verdict(False, form="Write the missing lines.")
    told, kind = answer.get("told", ""), answer["kind"]
    if kind in NO_TRIES:
        return Verdict(False, form=told or "Write the missing lines.")
    if kind == CODE_RIGHT:
        said = question.explanation
        return Verdict(True, (Remark(None, True, said),) if said else ())
    wrong = question.explained(answer)
    text = f"{told} {wrong.explanation if wrong else ''}".strip()
    remarks = (Remark(None, False, text),) if text else ()
    return Verdict(False, remarks, wrong.misconceptions if wrong else ())


def _mark_try(variant: Variant, question: Experiment, answer: Any) -> Verdict:
    if not is_tried(question, answer):
        return Verdict(False, form="Do something to the network first.")
    wrong = question.wrong.get(answer["outcome"])
    told = wrong.explanation if wrong else question.explanation
    # Of an answer that is only revealed the numbers come from the network, and so do the words.
    said = filled(variant, answer, told) if answer["measured"] else ""
    remarks = (Remark(None, wrong is None, said),) if said else ()
    return Verdict(wrong is None, remarks, wrong.misconceptions if wrong else ())


def first_misplaced(question: Order, answer: Sequence[int]) -> int | None:
    """The first step that stands where it cannot: what belongs before it comes later."""
    steps = [index for index in answer if index < len(question.steps)]
    for at, step in enumerate(steps):
        later = steps[at + 1 :]
        if question.before:
            wrong = any(first in later for first, then in question.before if then == step)
        else:
            wrong = any(other < step for other in later)
        if wrong:
            return step
    return None


def _is_index(value: Any, count: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < count


def _are_indices(value: Any, count: int) -> bool:
    return (
        isinstance(value, list | tuple)
        and all(_is_index(index, count) for index in value)
        and len(set(value)) == len(value)
    )
