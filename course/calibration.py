"""How well a learner judges themselves: of the answers held for certain, how many were right.

Everything is counted from the learner's own answers, of which they said beforehand how sure
they were: 1 a guess, 2 fairly, 3 certain.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course.lesson import Lesson, Multi, Order, Question, Single
from course.standing import current

GUESS, FAIRLY, CERTAIN = 1, 2, 3
LEVELS = (GUESS, FAIRLY, CERTAIN)

Histories = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True)
class Tally:
    """The answers of one level: how many there are, how many were right, and the ideal share."""

    level: int
    right: int = 0
    answers: int = 0
    ideal: float = 1.0
    """What the share would be for somebody who knows exactly how much they know."""

    @property
    def share(self) -> float:
        """The share that was right; 0 of no answers."""
        return self.right / self.answers if self.answers else 0.0


def calibration(lessons: Iterable[Lesson], histories: Histories) -> tuple[Tally, ...]:
    """The tallies of the three levels over some lessons, a guess first.

    Certain should be right always, a guess as often as chance would be on these very questions,
    and fairly sure half-way between the two.
    """
    found: dict[int, list[bool]] = {level: [] for level in LEVELS}
    chances: list[float] = []
    for question, event in _said(lessons, histories):
        found[event["confidence"]].append(bool(event["correct"]))
        chances.append(chance(question))
    luck = sum(chances) / len(chances) if chances else 0.0
    ideals = {GUESS: luck, FAIRLY: (1 + luck) / 2, CERTAIN: 1.0}
    return tuple(Tally(one, sum(found[one]), len(found[one]), ideals[one]) for one in LEVELS)


def sure_misses(lessons: Iterable[Lesson], histories: Histories) -> tuple[Question, ...]:
    """The questions that were once answered wrong and held for certain, in the course's order."""
    missed = [
        question
        for question, event in _said(lessons, histories)
        if event["confidence"] == CERTAIN and not event["correct"]
    ]
    return tuple({question.id: question for question in missed}.values())


def chance(question: Question) -> float:
    """How often somebody is right who picks one of the possible answers blindly.

    >>> chance(Multi(id="m", prompt="", options=(None,) * 4))  # 15 ways to tick at least one
    0.06666666666666667
    """
    match question:
        case Single(options=options):
            return 1 / len(options)
        case Multi(options=options):
            return 1 / (2 ** len(options) - 1)
        case Order(steps=steps, distractors=aside):
            return 1 / math.perm(len(steps) + len(aside), len(steps))
    return 0.0


def _said(
    lessons: Iterable[Lesson], histories: Histories
) -> Iterable[tuple[Question, Mapping[str, Any]]]:
    """The answers of which the learner said how sure they were."""
    for lesson in lessons:
        for question in lesson.questions:
            for event in current(question, histories.get(question.id, ())):
                if event["type"] == "answered" and event.get("confidence") in LEVELS:
                    yield question, event
