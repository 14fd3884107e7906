"""A learner made of code, who takes a lesson through marking and gates and must reach its end.

Three strategies: `right` answers everything at once, `wrong` misses until it may reveal, and
then misses again when asked once more, and `every` tries each option in turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from course.arithmetic import ArithmeticProblem, evaluate
from course.bets import Bets, Predict, Sketch
from course.code import KNOWN, Code, code_answer
from course.experiment import Experiment
from course.experiment_marking import experiment_answer
from course.gates import progress, route
from course.lesson import Lesson, Multi, Numeric, Order, Question, Words
from course.marking import mark, solution
from course.sketches import places
from course.spot import Spot
from course.spot_marking import answer_at, kinds
from course.standing import is_given, last_option_left, may_reveal
from course.trace import Trace
from course.variants import Variant, seed_for, variant

STRATEGIES = ("right", "wrong", "every")
IN_OWN_WORDS = "It looks at everything at once.\nI think."

Event = dict[str, Any]


class Trapped(Exception):
    """A lesson that somebody cannot get through; the text says where and how."""


@dataclass(frozen=True)
class Move:
    """What the solver does next: `answer`, `bet` or `write` with a value, `hint`, or `reveal`."""

    kind: str
    value: Any = None


def solve(lesson: Lesson, strategy: str) -> list[Event]:
    """Take a whole lesson; the events that a journal would hold, in order.

    Raises:
        Trapped: if a question has no way on, or the end leaves something missing.
    """
    events: list[Event] = []
    histories: dict[str, list[Event]] = {}
    stop_number = 0
    while stop_number < len(stops := route(lesson, histories)):
        stop = stops[stop_number]
        question = stop.screen.question
        if question is not None:
            history = histories.setdefault(question.id, [])
            for event in _take(lesson, question, stop.round, strategy, history):
                events.append(event)
                history.append(event)
        stop_number += 1
        if stop_number > 3 * len(lesson.screens):
            raise Trapped(f"{lesson.id}: the same questions are asked without end")
    _expect_passed(lesson, strategy, histories)
    return events


def next_move(
    question: Question, asked: int, history: Sequence[Mapping[str, Any]], strategy: str
) -> Move | None:
    """What to do with a question in a round; None when it needs nothing more.

    Raises:
        Trapped: if it is not answered and there is nothing left to do.
    """
    mine = [event for event in history if event.get("round", 0) == asked]
    if any(is_given(e) or e["type"] == "revealed" or e.get("correct") for e in mine):
        return None
    if isinstance(question, Words | Bets):
        # Whoever misses all the rest leaves this empty, and must get on as well.
        if strategy == "wrong":
            return None
        if isinstance(question, Words):
            return Move("write", IN_OWN_WORDS)
        return Move("bet", [0] if strategy == "right" else list(range(len(question.options))))
    shown = variant(question, seed_for(question.id, asked))
    if isinstance(question, Sketch):
        return Move("bet", [question.range[strategy == "right"] for _ in places(question)])
    if isinstance(question, Predict):
        return Move("bet", answers(shown, strategy)[0])
    if strategy == "wrong" and may_reveal(question, mine):
        return Move("reveal")
    misses = [event for event in mine if event["type"] == "answered"]
    turns = answers(shown, strategy)
    if strategy == "right":
        return Move("answer", turns[0])
    if len(misses) < len(turns):
        return Move("answer", turns[len(misses)])
    if may_reveal(question, mine):
        return Move("reveal")
    if sum(event["type"] == "hinted" for event in mine) < len(question.hints):
        return Move("hint")
    raise Trapped(f"{question.id}: after {len(misses)} misses there is no reveal and no hint left")


def answers(shown: Variant, strategy: str) -> list[Any]:
    """What a strategy answers to a question, one after the other."""
    right = solution(shown)
    if strategy == "right":
        return [right]
    turns = list(_in_turn(shown))
    if strategy == "wrong":
        turns = [turn for turn in turns if not mark(shown, turn).correct]
    return turns or [right]


def _in_turn(shown: Variant) -> Iterator[Any]:
    """Every option as it stands on the screen, or answers like those of a guessing learner."""
    match shown.question:
        case Multi():
            yield from ([index] for index in sorted(shown.order))
            for end in range(2, len(shown.order) + 1):
                yield sorted(shown.order[:end])
        case Order(steps=steps):
            yield [index for index in shown.order if index < len(steps)]
            yield list(reversed(range(len(steps))))
            yield list(range(len(steps) - 1))
            yield solution(shown)
        case Numeric() as question:
            yield from _numbers(shown, question)
        case Spot() as question:
            last = kinds(question) - 1
            yield from map(answer_at, (last, last, *reversed(range(last + 1))))
        case Code(wrong=wrong):
            yield from (code_answer(KNOWN, one.expression) for one in wrong)
            yield from (code_answer("other") for _ in range(3))
            yield solution(shown)
        case Experiment(wrong=wrong):
            yield from (experiment_answer(name) for _ in range(3) for name in wrong)
            yield solution(shown)
        case Trace() as question:
            yield from _tables(shown, question)
        case _:
            yield from shown.order


def _numbers(shown: Variant, question: Numeric) -> Iterator[str]:
    assert shown.answer is not None
    for diagnosis in question.also:
        try:
            yield repr(float(evaluate(diagnosis.expression, shown.values)))
        except ArithmeticProblem:
            continue
    for step in (1, 2, 3):
        yield repr(shown.answer * (1 + step) + step * (1 + question.tolerance.absolute))
    yield solution(shown)


def _tables(shown: Variant, question: Trace) -> Iterator[list[str]]:
    """Tables with one wrong cell each: those that are recognised, and numbers that are not."""
    right = solution(shown)
    for place, cell in enumerate(question.asked):
        for diagnosis in cell.also:
            with suppress(ArithmeticProblem):
                wrong = repr(float(evaluate(diagnosis.expression, shown.values)))
                yield [*right[:place], wrong, *right[place + 1 :]]
    for step in (1, 2, 3):
        far = repr(step * (2 + 2 * abs(shown.values[question.asked[0].name])))
        yield [far, *right[1:]]
    yield right


def _take(
    lesson: Lesson, question: Question, asked: int, strategy: str, history: Sequence[Event]
) -> Iterator[Event]:
    """The events of one question in one round. `history` grows with what is yielded."""
    shown = variant(question, seed_for(question.id, asked))
    for _ in range(100):
        move = next_move(question, asked, history, strategy)
        if move is None:
            return
        mine = [event for event in history if event.get("round", 0) == asked]
        yield {
            "question": question.id,
            "lesson": lesson.id,
            "round": asked,
            "seed": shown.seed,
            "rev": question.rev,
            **_done(shown, move, mine),
        }
    raise Trapped(f"{question.id}: a hundred answers did not settle it")


def _done(shown: Variant, move: Move, mine: Sequence[Event]) -> Event:
    hints = sum(event["type"] == "hinted" for event in mine)
    match move.kind:
        case "reveal":
            return {"type": "revealed"}
        case "hint":
            return {"type": "hinted", "rung": hints}
        case "bet":
            return {"type": "bet", "answer": move.value}
        case "write":
            return {"type": "wrote", "text": move.value, "draft": False}
    verdict = mark(shown, move.value)
    if verdict.form:
        raise Trapped(f"{shown.question.id}: {move.value!r} is not understood: {verdict.form}")
    return {
        "type": "answered",
        "attempt": 1 + sum(event["type"] == "answered" for event in mine),
        "answer": move.value,
        "correct": verdict.correct,
        "hints": hints,
        "aided": last_option_left(shown.question, mine),
        "confidence": None,
    }


def _expect_passed(lesson: Lesson, strategy: str, histories: Mapping[str, Sequence[Event]]) -> None:
    found = progress(lesson, histories)
    if found.missing:
        raise Trapped(f"{lesson.id}: at the end there is still missing: {' '.join(found.missing)}")
    counting = any(question.objective for question in lesson.questions)
    wanted = {"right": "unaided", "wrong": "helped"}.get(strategy)
    if counting and wanted and found.passed != wanted:
        raise Trapped(f"{lesson.id}: all {strategy} ends as “{found.passed}”, not “{wanted}”")
