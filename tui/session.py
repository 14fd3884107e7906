"""One learner taking the course: what the screens ask of lessons, gates and journal together.

Nothing here draws. What is asked and answered is in `questions`, what was measured in `runs`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import InitVar, dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from course import gates
from course.bets import Bets, Predict, Sketch
from course.catalog import Catalog
from course.lesson import Lesson, Observe
from progress import events
from progress.journal import Journal, Receipt
from progress.record import Record
from tui.authors import Authors
from tui.own_runs import OwnRuns
from tui.questions import Questions

if TYPE_CHECKING:
    from course.calibration import Tally
    from models.specs.spec import Value
    from tui.sketches import Drawn

# What the first picture can do without is imported where it is needed.


@dataclass
class Session:
    """The course, and the journal of the one who takes it."""

    catalog: Catalog
    journal: Journal
    asks_how_sure: InitVar[bool] = True

    def __post_init__(self, asks_how_sure: bool) -> None:
        self.questions = Questions(self.journal, asks_how_sure)
        self.runs = OwnRuns(self.journal)
        self._drafts: dict[tuple[str, int], list[str]] = {}

    @cached_property
    def authors(self) -> Authors:
        """What the authors measured, for whoever cannot."""
        return Authors(self.catalog)

    @property
    def record(self) -> Record:
        """What has been done so far, in every session that can be read."""
        return self.journal.record

    # Where one is

    def state(self, lesson_id: str) -> str:
        """`passed`, `helped`, `open`, `locked`, or `broken` for a lesson that cannot be read."""
        if lesson_id in self.catalog.broken:
            return "broken"
        return gates.lesson_state(self.catalog, lesson_id, self.record.passed, self.record.opened)

    def what_is_missing(self, lesson_id: str) -> str:
        """Why a lesson is locked and how long the way to it takes, as a sentence."""
        return gates.what_is_missing(
            self.catalog, lesson_id, self.record.passed, self.record.opened
        )

    def open_anyway(self, lesson_id: str, how: str) -> None:
        """Open a locked lesson; the record says that it was opened and how."""
        if self.state(lesson_id) == "locked":
            self.journal.append(events.Opened(lesson=lesson_id, how=how))

    def route(self, lesson: Lesson) -> tuple[gates.Stop, ...]:
        """The screens of a lesson in the order they are met, with what is asked again."""
        return gates.route(lesson, self.record.histories)

    def place(self, lesson: Lesson) -> int:
        """The index on the route where this learner left the lesson; 0 if it is new."""
        at = self.record.positions.get(lesson.id)
        if at is None:
            return 0
        for index, stop in enumerate(self.route(lesson)):
            if (stop.screen.key, stop.round) == (at["screen"], at.get("round", 0)):
                return index
        return 0

    def at_the_end(self, lesson: Lesson) -> bool:
        """Whether this learner left the lesson on its last page."""
        return self.place(lesson) >= len(self.route(lesson)) - 1

    def place_known(self, lesson_id: str) -> bool:
        """Whether this lesson was begun."""
        return lesson_id in self.record.positions

    def turn_to(self, lesson: Lesson, stop: gates.Stop) -> None:
        """Note the screen that is shown."""
        self.journal.append(events.At(lesson=lesson.id, screen=stop.screen.key, round=stop.round))

    def progress(self, lesson: Lesson) -> gates.LessonProgress:
        """Which objectives are met, and what is missing."""
        return gates.progress(lesson, self.record.histories)

    def trial(self, lesson: Lesson) -> tuple[gates.Stop, ...]:
        """What is asked of whoever wants to test out of a lesson; empty where that cannot be."""
        if lesson.id in self.record.passed:
            return ()
        return gates.trial(lesson, self.record.histories)

    def tested(self, lesson_id: str) -> bool:
        """Whether a lesson was passed by test."""
        return lesson_id in self.record.tested

    def next_lesson(self) -> str:
        """The lesson to continue with: the one last left, else the first that is not passed.

        A lesson may be passed before its last page: then one is still in the middle of it,
        unless the next has been begun.
        """
        at = self.record.position
        last = str(at["lesson"]) if at is not None and at["lesson"] in self.catalog.lessons else ""
        if last and self.state(last) == "open":
            return last
        first = next((one for one in self.catalog.order if self.state(one) == "open"), "")
        if last and not self.place_known(first) and not self.at_the_end(self.catalog.lessons[last]):
            return last
        return first or last or next(iter(self.catalog.order), "")

    # How sure one was, and how it went

    def parts_judged(self) -> list[tuple[str, tuple[Lesson, ...]]]:
        """The parts in which the learner said of some answer how sure they were; last, them all."""
        parts = []
        for part in self.catalog.parts:
            known = self.catalog.lessons
            lessons = tuple(known[one] for one in part.lessons if one in known)
            if any(tally.answers for tally in self.calibration(lessons)):
                parts.append((part.title, lessons))
        if len(parts) > 1:
            parts.append(("The whole course", tuple(one for _, some in parts for one in some)))
        return parts

    def calibration(self, lessons: Sequence[Lesson]) -> tuple[Tally, ...]:
        """Of the answers in these lessons, how many were right at each level of being sure."""
        from course.calibration import calibration

        return calibration(lessons, self.record.histories)

    def sure_misses(self, lessons: Sequence[Lesson]) -> list[str]:
        """Where those questions stand that were answered wrong and held for certain."""
        from course.calibration import sure_misses

        places = {
            screen.key: f"“{lesson.title}”, under “{screen.heading}”"
            for lesson in lessons
            for screen in lesson.screens
        }
        return [places[question.id] for question in sure_misses(lessons, self.record.histories)]

    def part_ended_by(self, lesson_id: str) -> str:
        """The part whose last lesson this is, with none of it left to be written; else empty."""
        part = next((one for one in self.catalog.parts if lesson_id in one.lessons), None)
        ends = part is not None and part.lessons[-1] == lesson_id and not part.planned
        return part.title if part is not None and ends else ""

    # Bets and reports

    def draft(self, question_id: str, asked: int) -> list[str]:
        """What was begun in this sitting to answer a question in a round, and not given yet."""
        return self._drafts.setdefault((question_id, asked), [])

    def keep_drawn(self, place: str, drawn: str) -> Receipt:
        """Keep what the learner has drawn in a place; the last one is there again later."""
        return self.journal.append(events.Drew(place=place, drawn=drawn))

    def bets_kept(self, bets: Bets) -> list[tuple[str, bool, bool | None]]:
        """Each claim, whether the learner bet on it, and what their own runs have said of it.

        Empty as long as nothing was sealed.
        """
        from course.runs import decided

        ticked = self.questions.tried(bets, 0).answer
        if ticked is None:
            return []
        said = decided(bets, self.runs.all_measured())
        return [
            (option.text, index in ticked, said[index]) for index, option in enumerate(bets.options)
        ]

    def report(self, lesson: Lesson, place: str, text: str) -> Receipt:
        """Keep what the learner found wrong with a screen; `progress export` carries it."""
        return self.journal.append(events.Reported(question=place, lesson=lesson.id, text=text))

    def sketches(self, name: str, knobs: Mapping[str, Value] | None = None) -> list[Drawn]:
        """What the learner drew before a run of this lab, or before this study.

        With `knobs` only what is about a run with just these knobs off their defaults.
        """
        from tui.sketches import drawn_for

        return drawn_for(self, name, knobs)

    def bet_of(self, lesson: Lesson, question: Observe) -> Predict | Sketch:
        """The bet that an observation belongs to."""
        found = lesson.question(question.of)
        assert isinstance(found, Predict | Sketch)
        return found
