"""One asking of a question: the shuffle of its options and the numbers drawn for it.

Everything follows from a seed, and the seed from the question and the round, so that two
machines with the same journal show the same thing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from course.arithmetic import ArithmeticProblem, evaluate, format_number
from course.bets import Bets, Predict
from course.experiment import Experiment
from course.lesson import Multi, Numeric, Order, Question, Single
from course.spot import Spot
from course.trace import Trace
from course.trace_marking import values_of

ROUNDS = 16
"""A seed is a question's own number times this, plus the round."""

DIGITS = 4
"""Of a number in a text: as many as a person reads."""

FIELD = re.compile(r"\{\{\s*([A-Za-z_]\w*)\s*\}\}")


@dataclass(frozen=True)
class Variant:
    """A question as it is shown once.

    `order` is the order on the screen, in the numbering of the file. `values` are the drawn
    numbers, in a table also those of its cells; `answer` is what they make of a numeric
    question's expression.
    """

    question: Question
    seed: int
    order: tuple[int, ...] = ()
    values: dict[str, float] = field(default_factory=dict)
    answer: float | None = None

    def fill(self, text: str) -> str:
        """`text` with `{{d}}` and `{{answer}}` filled in; other braces stay as they are."""
        if not self.values and self.answer is None:
            return text
        known = dict(self.values)
        if self.answer is not None:
            known["answer"] = self.answer

        def fill_one(match: re.Match[str]) -> str:
            value = known.get(match[1])
            return match[0] if value is None else _told(value)

        return FIELD.sub(fill_one, text)


def seed_for(question_id: str, asked: int) -> int:
    """The seed of a question in a round of asking: the same on every machine."""
    return (_digest(question_id) % 2**40) * ROUNDS + asked % ROUNDS


def variant(question: Question, seed: int) -> Variant:
    """The question as this seed shows it. Consecutive rounds never look alike, save for a bet
    on ranges, which keep their order.

    Raises:
        ArithmeticProblem: if a numeric answer has no value; `check` finds that beforehand.
    """
    match question:
        case Predict(ordered=True):
            return Variant(question, seed, tuple(range(len(question.options))))
        case Single() | Multi() | Predict() | Bets():
            turns = _turns(len(question.options), seed)
            return Variant(question, seed, turns[seed % ROUNDS % len(turns)])
        case Order():
            turns = _turns(len(question.steps) + len(question.distractors), seed)
            unsolved = [turn for turn in turns if not keeps_order(question, turn)] or turns
            return Variant(question, seed, unsolved[seed % ROUNDS % len(unsolved)])
        case Numeric():
            values = _drawn(question.draws, seed)
            return Variant(question, seed, (), values, numeric_answer(question, values))
        case Spot() | Experiment():
            return Variant(question, seed, (), _drawn(question.draws, seed))
        case Trace():
            return Variant(question, seed, (), values_of(question, _drawn(question.draws, seed)))
    return Variant(question, seed)


def numeric_answer(question: Numeric, values: dict[str, float]) -> float:
    """The right number for drawn `values`.

    Raises:
        ArithmeticProblem: if the expression has no value, or is a comparison.
    """
    answer = evaluate(question.answer, values)
    if isinstance(answer, bool):
        raise ArithmeticProblem("The answer is a comparison, not a number.")
    return answer


def keeps_order(question: Order, sequence: Sequence[int]) -> bool:
    """Whether the steps among `sequence` stand in an order that is right."""
    steps = [step for step in sequence if step < len(question.steps)]
    if not question.before:
        return steps == sorted(steps)
    place = {step: at for at, step in enumerate(steps)}
    return all(
        place[first] < place[then]
        for first, then in question.before
        if first in place and then in place
    )


def _told(value: float) -> str:
    """A number in a text; a whole one is told in full."""
    whole = value == int(value)
    return format_number(value if whole else float(f"{value:.{DIGITS}g}"))


def _turns(count: int, seed: int) -> list[tuple[int, ...]]:
    """A shuffle of `range(count)` and its rotations: each round moves every option."""
    own = seed // ROUNDS
    shuffled = sorted(range(count), key=lambda index: _digest(f"{own}:{index}"))
    return [tuple(shuffled[turn:] + shuffled[:turn]) for turn in range(count)]


def _drawn(draws: Mapping[str, Sequence[float]], seed: int) -> dict[str, float]:
    return {name: choices[_choice(name, seed, len(choices))] for name, choices in draws.items()}


def _choice(name: str, seed: int, count: int) -> int:
    """Which of `count` numbers a name takes: the next one in each round."""
    return (_digest(f"{seed // ROUNDS}:{name}") + seed % ROUNDS) % count


def _digest(text: str) -> int:
    # Not `hash` or `random`: both may differ from one process or Python to the next.
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
