"""The bets on a lab that the learner has not placed: a run of it would tell how they come out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from course.bets import Predict, Sketch
from course.lesson import Lesson, RunRef
from models.specs.studies import find_study
from tui.own_runs import off_default

if TYPE_CHECKING:
    from models.specs.spec import Value
    from tui.session import Session


class OpenBet(NamedTuple):
    """A bet still to be placed, and the screen of its lesson that asks for it, from 0."""

    lesson: Lesson
    screen: int


def open_bets(
    session: Session, lab: str, knobs: Mapping[str, Value] | None = None
) -> list[OpenBet]:
    """Those on a lab, in the order of the course, with what is drawn before a study of it.

    With `knobs` only those that a run decides which has just these off their defaults.
    """
    found = []
    for lesson in (session.catalog.lessons[one] for one in session.catalog.order):
        for number, screen in enumerate(lesson.screens):
            bet = screen.question
            if (
                isinstance(bet, Predict | Sketch)
                and _is_about(bet, lab, knobs)
                and session.questions.tried(bet, 0).answer is None
            ):
                found.append(OpenBet(lesson, number))
    return found


def _is_about(bet: Predict | Sketch, lab: str, knobs: Mapping[str, Value] | None) -> bool:
    if isinstance(bet, Sketch) and bet.study:
        return knobs is None and find_study(bet.study).lab == lab
    runs = (ref for ref in _runs(bet) if ref.lab == lab)
    return any(knobs is None or off_default(ref) == dict(knobs) for ref in runs)


def _runs(bet: Predict | Sketch) -> Iterator[RunRef]:
    """The runs that decide it together."""
    yield bet.run
    if isinstance(bet, Predict) and bet.baseline is not None:
        yield bet.baseline
