"""What a try of an experiment comes to, by the rules of its task, and what is said of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course.arithmetic import ArithmeticProblem, evaluate, format_number
from course.experiment import COUNT, RIGHT, SHARE, TASKS, Experiment
from course.variants import FIELD, Variant

Measured = Mapping[str, float]


def is_enough(question: Experiment, measured: Measured) -> bool:
    """Whether the network does what is asked for, where that is a condition of the question."""
    return _holds(question.settings["until"], measured)


def tried(
    question: Experiment, did: Mapping[str, Any], measured: Measured, told: str
) -> dict[str, Any]:
    """The answer of somebody who did this and was shown these numbers, `told` in words."""
    return {
        "outcome": outcome_of(question, measured),
        "did": dict(did),
        "measured": dict(measured),
        "told": told,
    }


def outcome_of(question: Experiment, measured: Measured) -> str:
    """What these numbers come to: right, or the first wrong outcome that they are."""
    task = TASKS[question.task]
    if _holds(task.right, measured):
        return RIGHT
    for name, one in question.wrong.items():
        if _holds(task.wrong.get(name, one.expression), measured):
            return name
    return list(task.wrong)[-1]


def experiment_answer(outcome: str) -> dict[str, Any]:
    """The answer of somebody whose try comes to this; nobody knows what it was."""
    return {"outcome": outcome, "did": {}, "measured": {}, "told": ""}


def is_tried(question: Experiment, answer: Any) -> bool:
    """Whether an answer is a try that came to one of the outcomes."""
    return (
        isinstance(answer, dict)
        and answer.get("outcome") in (RIGHT, *question.wrong)
        and isinstance(answer.get("did"), dict)
        and isinstance(answer.get("told"), str)
        and isinstance(answer.get("measured"), dict)
        and all(isinstance(one, int | float) for one in answer["measured"].values())
    )


def filled(shown: Variant, answer: Mapping[str, Any], text: str) -> str:
    """`text` with what was drawn and what was measured of a try filled in."""
    question = shown.question
    assert isinstance(question, Experiment)
    forms, measured = TASKS[question.task].measured, answer["measured"]

    def number(name: str, was: str) -> str:
        return as_told(measured[name], forms[name]) if name in measured else was

    return shown.fill(FIELD.sub(lambda match: number(match[1], match[0]), text))


def as_told(number: float, form: str) -> str:
    """A measured number in a text.

    >>> as_told(0.372, SHARE), as_told(3.0, COUNT)
    ('37.2 %', '3')
    """
    if form == SHARE:
        return f"{100 * number:.1f} %"
    return format_number(number) if form == COUNT else f"{number:.3g}"


def _holds(condition: str, measured: Measured) -> bool:
    try:
        return evaluate(condition, measured) is True
    except ArithmeticProblem:
        return False
