"""The questions of a lesson and their answers: what the record says of them, what is handed in.

Every answer is handed to the journal before its verdict is returned, and the receipt says when it
is safe on disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course import gates
from course.bets import Bets, Predict, Sketch
from course.lesson import Lesson, Question, Words
from progress import events
from progress.journal import Journal, Receipt

if TYPE_CHECKING:
    from course.marking import Verdict
    from course.variants import Variant
    from tui.own_words import OwnWords

# Marking is imported where it is needed: it would cost every start its time.


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
class Questions:
    """The questions, as the one who is asked has answered them so far."""

    journal: Journal
    asks_how_sure: bool = True
    """Whether the learner is asked how sure they are before a verdict."""

    def history(self, question_id: str) -> Sequence[dict[str, Any]]:
        """The events of one question, oldest first."""
        return self.journal.record.histories.get(question_id, [])

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
        kept = self.journal.record.choices.get(question.id)
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

    def keep_draft(self, lesson: Lesson, question: Question, asked: int, text: str) -> Receipt:
        """Keep what was begun to answer a question, so that nothing can take it away."""
        return self.journal.append(
            events.Wrote(question=question.id, lesson=lesson.id, round=asked, text=text, draft=True)
        )

    def draft(self, question: Question, asked: int) -> str | None:
        """What was begun last to answer a question in this round; None if nothing was."""
        written = [one for one in self._this_round(question, asked) if one["type"] == "wrote"]
        return str(written[-1]["text"]) if written else None

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
        passed = gates.progress(lesson, self.journal.record.histories).passed
        if passed and lesson.id not in self.journal.record.passed:
            helped = passed == "helped"
            self.journal.append(events.LessonPassed(lesson.id, help=helped, tested=tested))
