"""Which bets of a lesson a run is to decide, and whether they have been placed."""

from __future__ import annotations

from course.lesson import Lesson, Predict, RunRef
from tui.session import Session


def bets_on(lesson: Lesson, run: RunRef) -> list[Predict]:
    """The bets of a lesson that such a run decides."""
    wanted = (run.lab, run.knobs)
    return [
        question
        for question in lesson.questions
        if isinstance(question, Predict) and (question.run.lab, question.run.knobs) == wanted
    ]


def may_be_told(session: Session, lesson: Lesson, run: RunRef) -> bool:
    """Whether nobody's bet is spoiled by telling what the run is expected to show."""
    return all(session.tried(bet, 0).answer is not None for bet in bets_on(lesson, run))
