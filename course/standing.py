"""Where a learner stands with one question, by the history of its events.

A history is the events of one question in the order of their clocks, as plain mappings:
`answered` (round, correct, aided, answer, rev), `hinted` (round, rung), `revealed` (round),
`bet` (round, answer), `wrote` (round, text, draft). Help is a reveal, or an answer given when
only one was left. What was helped is asked once more, in round 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

from course.lesson import Multi, Option, Order, Question, Single

Event = Mapping[str, Any]
History = Sequence[Event]


class Standing(Enum):
    """Where a learner stands with one question."""

    UNSEEN = "unseen"
    TRIED = "tried"
    RIGHT = "right"
    """Right without help. What is never marked stands here once it is given: it needs no more."""
    AIDED = "aided"
    """Helped, and to be asked again."""
    HELPED = "helped"
    """Helped the second time too."""


SETTLED = frozenset({Standing.RIGHT, Standing.HELPED})


def current(question: Question, history: History) -> list[Event]:
    """The events since the question has meant what it means now.

    An answer given under an older `rev` answered another question.
    """
    first = 0
    for index, event in enumerate(history):
        if event.get("rev", question.rev) < question.rev:
            first = index + 1
    return list(history[first:])


def is_given(event: Event) -> bool:
    """Whether by this event something that is never marked was given: a bet, or own words."""
    return event["type"] == "bet" or (event["type"] == "wrote" and not event["draft"])


def changed(question: Question, history: History) -> bool:
    """Whether it was answered before its meaning changed, and not since."""
    return bool(history) and not current(question, history)


def standing(question: Question, history: History) -> Standing:
    """Where a learner stands with a question."""
    events = current(question, history)
    if not question.marked:
        return Standing.RIGHT if any(map(is_given, events)) else Standing.UNSEEN
    first = _round_result(_of_round(events, 0))
    if first is not Standing.AIDED:
        return first
    again = _round_result(_of_round(events, 1))
    if again is Standing.RIGHT:
        return again
    return Standing.HELPED if again is Standing.AIDED else Standing.AIDED


def asking_round(question: Question, history: History) -> int:
    """The round in which the question is asked now: 1 once it was helped, else 0."""
    events = current(question, history)
    if not question.marked:
        return 0
    again = any(_round(event) == 1 for event in events)
    return int(again or _round_result(_of_round(events, 0)) is Standing.AIDED)


def may_reveal(question: Question, history: History) -> bool:
    """Whether the answer may be looked at: after enough misses, or the last hint.

    Only this round counts. `history` may be the whole history or that of the round alone.
    """
    if not question.marked:
        return False
    events = _this_round(question, history)
    if len(_misses(events)) >= misses_before_reveal(question):
        return True
    rungs = [event["rung"] for event in events if event["type"] == "hinted"]
    return bool(question.hints) and max(rungs, default=-1) >= len(question.hints) - 1


def misses_before_reveal(question: Question) -> int:
    """How many wrong answers open the reveal."""
    match question:
        case Single(options=options) | Multi(options=options):
            count = len(options)
        case Order():
            count = len(question.steps) + len(question.distractors)
        case _:
            return 3
    return max(1, min(3, count - 2))


def last_option_left(question: Question, history: History) -> bool:
    """Whether the misses of this round already say what the answer is.

    `single`: all options but one are used up. `multi`: a miss tells of every tick whether it
    belongs, and how many are missing. `order`: after two misses each further one puts a step in
    its place.
    """
    misses = _misses(_this_round(question, history))
    match question:
        case Single(options=options):
            tried = {event["answer"] for event in misses if isinstance(event["answer"], int)}
            return len(tried) >= len(options) - 1
        case Multi(options=options):
            return bool(misses) and _ticks_known(options, misses)
        case Order(distractors=()):
            return len(misses) >= len(question.steps) - (len(question.steps) == 2)
        case Order():
            return len(misses) >= len(question.steps)
    return False


def _ticks_known(options: Sequence[Option], misses: History) -> bool:
    """Whether what was ticked in some miss leaves only one answer that can be right."""
    told = {option for event in misses for option in event["answer"]}
    missing = [i for i, option in enumerate(options) if option.correct and i not in told]
    return not missing or len(missing) == len(options) - len(told)


def _round(event: Event) -> int:
    return int(event.get("round", 0))


def _of_round(events: History, number: int) -> list[Event]:
    return [event for event in events if _round(event) == number]


def _this_round(question: Question, history: History) -> list[Event]:
    return _of_round(current(question, history), asking_round(question, history))


def _misses(events: History) -> list[Event]:
    return [event for event in events if event["type"] == "answered" and not event["correct"]]


def _round_result(events: History) -> Standing:
    """How one round went: what came first, a right answer or help, decides."""
    tried = False
    for event in events:
        if event["type"] == "revealed":
            return Standing.AIDED
        if event["type"] == "answered" and event["correct"]:
            return Standing.AIDED if event.get("aided") else Standing.RIGHT
        tried = True
    return Standing.TRIED if tried else Standing.UNSEEN
