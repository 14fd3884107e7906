"""Which kind of place was pointed at, and what an answer says of it.

An answer is `{"at": [row, column], "told": words, "hit": kind}`. The kind is found while the live
numbers are there, and kept: an answer can be shown again when they are gone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course.arithmetic import ArithmeticProblem, evaluate
from course.spot import Spot
from course.variants import Variant

RIGHT = 0
"""The kind of a place that is right; those that `also` explains follow from 1, then the rest."""


def kind_of(shown: Variant, facts: Mapping[str, float]) -> int:
    """Which kind of place one is of which these numbers are known."""
    question = shown.question
    assert isinstance(question, Spot)
    names = {**shown.values, **facts}
    conditions = [question.where, *(one.expression for one in question.also)]
    holding = (kind for kind, condition in enumerate(conditions) if _holds(condition, names))
    return next(holding, len(conditions))


def kinds(question: Spot) -> int:
    """How many kinds of places there are."""
    return len(question.also) + 2


def is_pointed(question: Spot, answer: Any) -> bool:
    """Whether an answer is a place of one of those kinds."""
    kind = answer.get("hit") if isinstance(answer, dict) else None
    return isinstance(kind, int) and not isinstance(kind, bool) and 0 <= kind < kinds(question)


def answer_at(kind: int, at: tuple[int, int] = (0, 0), told: str = "") -> dict[str, Any]:
    """The answer of somebody who points at a place of this kind."""
    return {"at": list(at), "told": told, "hit": kind}


def _holds(condition: str, names: Mapping[str, float]) -> bool:
    try:
        return evaluate(condition, names) is True
    except ArithmeticProblem:
        return False
