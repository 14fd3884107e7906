"""One learner taking the course: what the screens ask of lessons, gates and journal together.

Nothing here draws. Every answer is handed to the journal before its verdict is returned, and
the receipt says when it is safe on disk.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from course import gates
from course.catalog import Catalog
from course.lesson import Bets, Lesson, Observe, Predict, Question, RunRef, Sketch, Words
from progress import events
from progress.journal import Journal, Receipt
from progress.record import Record
from tui.authors import Authors

if TYPE_CHECKING:
    from course.calibration import Tally
    from course.marking import Verdict
    from course.variants import Variant
    from models.protocol import Finished
    from models.specs.spec import Value
    from tui.lab_run import LabRun
    from tui.own_words import OwnWords
    from tui.sketches import Drawn

# What only questions and runs need is imported by them: it would cost every start its time.


def off_default(ref: RunRef) -> dict[str, Value]:
    """The knobs that a lesson sets elsewhere than the lab's default, as values."""
    from models.specs.catalog import find_lab

    spec = find_lab(ref.lab)
    given = {name: spec.knob(name).parse(text) for name, text in ref.knobs.items()}
    return {name: value for name, value in given.items() if value != spec.knob(name).default}


def _seed(question: Question, asked: int) -> int:
    """What a question is shuffled by, and its numbers drawn, in this round."""
    from course.variants import seed_for

    return seed_for(question.id, asked)


@dataclass(frozen=True)
class Tried:
    """What the record says of one question in one round of asking."""

    wrong: tuple[Any, ...] = ()
    answer: Any = None
    """The right answer, once it was given."""
    hints: int = 0
    revealed: bool = False
    confidence: int | None = None
    """How sure the learner was at the first try; later ones are not asked about."""

    @property
    def done(self) -> bool:
        """Whether the question needs no further answer in this round."""
        return self.revealed or self.answer is not None


@dataclass
class Session:
    """The course, and the journal of the one who takes it."""

    catalog: Catalog
    journal: Journal
    asks_how_sure: bool = True
    """Whether the learner is asked how sure they are before a verdict."""

    @cached_property
    def authors(self) -> Authors:
        """What the authors measured, for whoever cannot."""
        return Authors(self.catalog)

    @property
    def record(self) -> Record:
        """What has been done so far, in every session that can be read."""
        return self.journal.record

    def history(self, question_id: str) -> Sequence[dict[str, Any]]:
        """The events of one question, oldest first."""
        return self.record.histories.get(question_id, [])

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

    # Questions

    def variant(self, question: Question, asked: int) -> Variant:
        """The question as this learner sees it in this round: its shuffle and its numbers."""
        from course.variants import variant

        return variant(question, _seed(question, asked))

    def tried(self, question: Question, asked: int) -> Tried:
        """What was done with a question in this round."""
        wrong, answer, hints, revealed, confidence = [], None, 0, False, None
        for event in self._this_round(question, asked):
            if event["type"] == "answered" and event["attempt"] == 1:
                confidence = event["confidence"]
            match event["type"]:
                case "answered" if event["correct"]:
                    answer = event["answer"]
                case "answered":
                    wrong.append(event["answer"])
                case "hinted":
                    hints = max(hints, event["rung"] + 1)
                case "revealed":
                    revealed = True
                case "bet":
                    answer = event["answer"]
        return Tried(tuple(wrong), answer, hints, revealed, confidence)

    def to_be_asked_how_sure(self, question: Question, asked: int) -> bool:
        """Whether the next answer is one to be asked about: the first, before any verdict."""
        tried = self.tried(question, asked)
        return self.asks_how_sure and question.marked and not tried.wrong and not tried.done

    def choose(self, lesson: Lesson, question: Question, asked: int, given: Any) -> None:
        """Keep a choice while the learner is asked how sure they are of it."""
        self.journal.append(
            events.Chosen(
                question=question.id,
                lesson=lesson.id,
                round=asked,
                answer=given,
                rev=question.rev,
            )
        )

    def choice(self, question: Question, asked: int) -> Any:
        """The choice that still waits for the learner to say how sure they are; None without."""
        kept = self.record.choices.get(question.id)
        if kept is None or (kept["round"], kept["rev"]) != (asked, question.rev):
            return None
        return kept["answer"] if self.to_be_asked_how_sure(question, asked) else None

    def answer(
        self,
        lesson: Lesson,
        question: Question,
        asked: int,
        given: Any,
        confidence: int | None = None,
        *,
        tested: bool = False,
    ) -> tuple[Verdict, Receipt | None]:
        """Mark an answer and hand it to the journal, with how sure the learner was.

        `tested` says that it was given in a trial of the lesson.

        An answer whose form is not understood is no try: it is not recorded.
        """
        from course.marking import mark

        shown = self.variant(question, asked)
        verdict = mark(shown, given)
        if verdict.form:
            return verdict, None
        tried = self.tried(question, asked)
        aided = tried.revealed or gates.last_option_left(
            question, self._this_round(question, asked)
        )
        receipt = self.journal.append(
            events.Answered(
                question=question.id,
                lesson=lesson.id,
                round=asked,
                attempt=len(tried.wrong) + 1,
                answer=given,
                correct=verdict.correct,
                hints=tried.hints,
                aided=aided,
                confidence=confidence,
                seed=shown.seed,
                rev=question.rev,
            )
        )
        self._note_pass(lesson, tested)
        return verdict, receipt

    def bet(
        self,
        lesson: Lesson,
        question: Predict | Bets | Sketch,
        asked: int,
        given: int | list[int] | list[float],
    ) -> Receipt:
        """Place a bet, several at once, or one that is drawn.

        A later one replaces it until the run has decided.
        """
        return self.journal.append(
            events.Bet(
                question=question.id,
                lesson=lesson.id,
                round=asked,
                answer=given,
                seed=_seed(question, asked),
                rev=question.rev,
            )
        )

    def write(
        self, lesson: Lesson, question: Words, asked: int, text: str, *, draft: bool = False
    ) -> Receipt:
        """Keep what was written in the learner's own words. Earlier versions stay."""
        return self.journal.append(
            events.Wrote(
                question=question.id, lesson=lesson.id, round=asked, text=text, draft=draft
            )
        )

    def own_words(self, question_id: str) -> OwnWords | None:
        """What the learner wrote last to a question, and when; None if they never did."""
        from tui.own_words import latest

        return latest(self.history(question_id))

    def bets_kept(self, bets: Bets) -> list[tuple[str, bool, bool | None]]:
        """Each claim, whether the learner bet on it, and what their own runs have said of it.

        Empty as long as nothing was sealed.
        """
        from course.runs import decided

        ticked = self.tried(bets, 0).answer
        if ticked is None:
            return []
        said = decided(bets, self.all_measured())
        return [
            (option.text, index in ticked, said[index]) for index, option in enumerate(bets.options)
        ]

    def hint(self, lesson: Lesson, question: Question, asked: int) -> str:
        """The next hint, recorded; empty when there is none left."""
        shown = self.tried(question, asked).hints
        if shown >= len(question.hints):
            return ""
        self.journal.append(
            events.Hinted(question=question.id, lesson=lesson.id, round=asked, rung=shown)
        )
        return question.hints[shown]

    def may_reveal(self, question: Question, asked: int) -> bool:
        """Whether the answer may be looked at now."""
        return gates.may_reveal(question, self._this_round(question, asked))

    def reveal(self, lesson: Lesson, question: Question, asked: int) -> Receipt:
        """Show the answer: recorded as help, and the question comes back later."""
        receipt = self.journal.append(
            events.Revealed(
                question=question.id,
                lesson=lesson.id,
                round=asked,
                seed=_seed(question, asked),
                rev=question.rev,
            )
        )
        self._note_pass(lesson)
        return receipt

    def report(self, lesson: Lesson, place: str, text: str) -> Receipt:
        """Keep what the learner found wrong with a screen; `progress export` carries it."""
        return self.journal.append(events.Reported(question=place, lesson=lesson.id, text=text))

    def helped(self, question: Question, asked: int) -> bool:
        """Whether the right answer of this round was given when the misses had told it."""
        return any(
            event["type"] == "answered" and event["correct"] and event.get("aided")
            for event in self._this_round(question, asked)
        )

    def _this_round(self, question: Question, asked: int) -> list[dict[str, Any]]:
        """Its events in one round; those from before its meaning changed belong to another."""
        events = gates.current(question, self.history(question.id))
        return [dict(event) for event in events if event.get("round", 0) == asked]

    def _note_pass(self, lesson: Lesson, tested: bool = False) -> None:
        passed = self.progress(lesson).passed
        if passed and lesson.id not in self.record.passed:
            helped = passed == "helped"
            self.journal.append(events.LessonPassed(lesson.id, help=helped, tested=tested))

    # Runs

    def metrics(self, ref: RunRef) -> dict[str, float] | None:
        """What the learner's latest run of a lab with these knobs measured."""
        run = self.record.latest_run(ref.lab, off_default(ref))
        return None if run is None else run["metrics"]

    def keep_run(self, run: LabRun, result: Finished) -> None:
        """Write down what a run came to; it is what the lessons then speak of."""
        self.journal.append(
            events.RunFinished(
                lab=run.spec.name,
                knobs=run.off_default,
                seed=run.seed,
                metrics=result.metrics,
                reached=result.reached,
                device=result.device,
                seconds=result.seconds,
                steps=result.steps,
            )
        )

    def measured(self, name: str) -> float | None:
        """The number called `run.LAB.METRIC`, from the learner's latest default run."""
        _, lab, metric = name.split(".", 2)
        found = self.metrics(RunRef(lab))
        return None if found is None else found.get(metric)

    def all_measured(self) -> dict[str, float]:
        """Every number of the latest default runs, by its name `run.LAB.METRIC`."""
        from models.specs.catalog import LABS

        return {
            f"run.{lab}.{metric}": value
            for lab in LABS
            for metric, value in (self.metrics(RunRef(lab)) or {}).items()
        }

    def outcome(self, question: Predict) -> str:
        """The branch that the learner's own run decided for.

        Empty when there is no such run, or one that did not measure what the bet is about.
        """
        run = self.metrics(question.run)
        baseline = self.metrics(question.baseline) if question.baseline else None
        if run is None or (question.baseline is not None and baseline is None):
            return ""
        from course.runs import OutcomeProblem, outcome

        try:
            return outcome(question, run, baseline)
        except OutcomeProblem:
            return ""

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
