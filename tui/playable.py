"""The labs as the play screen lists them: where each stands, what it costs, whether it was run."""

from __future__ import annotations

from dataclasses import dataclass

from course.glossary import number_of
from course.lesson import Lab, Lesson
from models.specs.catalog import LABS
from models.specs.spec import LabSpec
from tui.lab_cost import Cost, cost_of
from tui.open_bets import OpenBet, open_bets
from tui.session import Session


@dataclass(frozen=True)
class Playable:
    """A lab, and what the learner has to do with it so far."""

    spec: LabSpec
    cost: Cost
    has_run: bool
    lesson: Lesson | None = None
    """The first lesson in which it stands."""
    number: int = 0
    """The number of that lesson on the map."""
    locked: bool = False
    bet: OpenBet | None = None
    """The first bet on it that is to be placed."""

    @property
    def place(self) -> str:
        """Where it stands, as a sentence."""
        if self.lesson is None:
            return "It stands in no lesson: it is here to be played with."
        also = ", which is locked as yet" if self.locked else ""
        return f"It stands in lesson {self.number}, “{self.lesson.title}”{also}."

    @property
    def asked_first(self) -> str:
        """That a bet is to be placed before it runs, as a sentence; empty where none is."""
        if self.bet is None:
            return ""
        if self.bet.lesson is self.lesson:
            return "The lesson asks for a bet on it before it runs."
        return f"“{self.bet.lesson.title}” asks for a bet on it before it runs."


def playable(session: Session) -> list[Playable]:
    """Every lab there is, in the order of the lessons; last those that stand in none."""
    return sorted((_of(spec, session) for spec in LABS.values()), key=_by_lesson)


def _by_lesson(lab: Playable) -> tuple[bool, int]:
    return lab.lesson is None, lab.number


def _of(spec: LabSpec, session: Session) -> Playable:
    catalog, runs = session.catalog, session.runs
    lessons = (catalog.lessons[one] for one in catalog.order)
    lesson = next((one for one in lessons if _has(one, spec.name)), None)
    return Playable(
        spec,
        cost_of(spec, {}, runs),
        runs.has_run(spec.name),
        lesson,
        number_of(catalog, lesson.id) if lesson else 0,
        lesson is not None and session.state(lesson.id) == "locked",
        next(iter(open_bets(session, spec.name)), None),
    )


def _has(lesson: Lesson, lab: str) -> bool:
    return any(one.run.lab == lab for page in lesson.screens for one in page.blocks_of(Lab))
