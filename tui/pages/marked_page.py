"""A page with a question that is marked: hints, the verdict, and the answer where one is stuck."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from textual import work
from textual.binding import Binding

from course.gates import Stop
from course.lesson import Lesson, Question
from course.marking import mark, solution
from course.variants import Variant
from tui import question_words as words
from tui.pages.answers import answer_for
from tui.pages.page import Desk
from tui.pages.question_card import Answer
from tui.pages.sure_page import SurePage
from tui.widgets.key_line import Hint

BETWEEN_HINTS = 3.0
"""Seconds to read a hint before the next one may be had."""


class MarkedPage(SurePage):
    """It asks, saves the answer, and only then says what it was worth."""

    BINDINGS = [  # noqa: RUF012
        Binding("h", "hint", "Hint", show=False, id="hint"),
        Binding("r", "reveal", "Show the answer", show=False, id="reveal"),
        Binding("v", "view_all", "Every explanation", show=False, id="view-all"),
        Binding("escape", "leave_field", "Leave the field", show=False, id="leave-field"),
    ]

    def __init__(
        self,
        lesson: Lesson,
        stop: Stop,
        question: Question,
        desk: Desk,
        *,
        in_trial: bool = False,
    ) -> None:
        """`in_trial` asks once and without help, for somebody who tests out of the lesson."""
        self._draft = desk.session.draft(question.id, stop.round)
        super().__init__(lesson, stop, question, desk)
        self._in_trial = in_trial
        self._hinted_at = 0.0

    def answer_for(self, variant: Variant) -> Answer:
        """The part of a card that fits the type of the question."""
        return answer_for(variant, self._desk, self._draft)

    def before(self) -> str:
        """That the question comes back."""
        return words.AGAIN if self._round else ""

    def restore(self) -> None:
        """Show every try again, with what was said of it."""
        tried = self._questions.tried(self._question, self._round)
        for text in self._question.hints[: tried.hints]:
            self.card.show_hint(text)
        given_so_far = (*tried.wrong, *([] if tried.answer is None else [tried.answer]))
        for attempt, given in enumerate(given_so_far, 1):
            confidence = tried.confidence if attempt == 1 else None
            self.card.show_verdict(given, mark(self._variant, given), confidence)
        if tried.revealed:
            self._show_solution()
        if given_so_far or not self._in_trial:
            self._offer()
        self._announce(self._passed)
        self.ask_again()

    # Keys

    @property
    def keys(self) -> Sequence[Hint]:
        """First how to answer, then what else there is."""
        own = tuple(self.card.answer.hints_of_keys)
        if self.asks_how_sure:
            return self.sure_keys
        if self.card.answer.in_field:
            return own
        if self._in_trial:
            return own if not self.asked_once else (("enter", "go on"),)
        if self.card.solved:
            more = () if self.card.answer.all_told else (("v", "every explanation"),)
            return (("enter", "next"), *more, *self.more_keys, ("p", "back"))
        hint = (("h", "hint"),) if self._hints_left else ()
        reveal = (("r", "show the answer"),) if self._may_reveal else ()
        return (*own, *hint, *reveal, *self.more_keys, ("n", "skip"), ("p", "back"))

    @property
    def more_keys(self) -> Sequence[Hint]:
        """Keys of this type of question alone."""
        return ()

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All that a question knows."""
        known = [key for key, _ in self.keys]
        sure = (("1–3", "how sure you are, once you have chosen"),)
        always = (
            ("h", "a hint"),
            ("r", "the answer, once it is offered"),
            ("v", "every explanation, once answered"),
        )
        more = (sure if self._questions.asks_how_sure else ()) + (() if self._in_trial else always)
        return (*self.keys, *(hint for hint in more if hint[0] not in known))

    @property
    def help_text(self) -> str:
        """How the answer is given, and why one is asked how sure one is."""
        return "\n\n".join(filter(None, (self.card.answer.help_text, super().help_text)))

    @property
    def takes_no_answer(self) -> bool:
        """While one is marked, and in a trial after the first."""
        return self._busy or self.asked_once

    @property
    def asked_once(self) -> bool:
        """Whether this is a trial and the one answer it allows was given."""
        tried = self._questions.tried(self._question, self._round)
        return self._in_trial and bool(tried.wrong or tried.done)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is the page's only while the cursor is in a field; a trial has no help."""
        if self._in_trial and action in ("hint", "reveal", "view_all"):
            return False
        if action == "leave_field":
            return self.card.answer.takes_letters and self.screen.focused is not self
        return super().check_action(action, parameters)

    def action_hint(self) -> None:
        """The next rung of the ladder, not sooner than the last one can have been read."""
        if self.card.solved:
            return
        now = time.monotonic()
        if self._hints_left and now - self._hinted_at < BETWEEN_HINTS:
            self.card.offer(words.READ_FIRST)
            self.set_timer(self._hinted_at + BETWEEN_HINTS - now, self._offer)
            return
        if text := self._questions.hint(self._lesson, self._question, self._round):
            self._hinted_at = now
            self.card.show_hint(text)
            self._offer()
        else:
            press = self._press("r")
            self.card.offer(words.no_hint_left(self._question, press, self._may_reveal))
        self.post_message(self.KeysChanged())

    def action_reveal(self) -> None:
        """Show the answer, once that is offered."""
        if self.card.solved:
            return
        if not self._may_reveal:
            tried = self._questions.tried(self._question, self._round)
            self.card.offer(words.not_yet(self._question, tried))
            return
        self._busy = True
        self.stop_asking()
        self._reveal()

    def action_view_all(self) -> None:
        """Every option's explanation, once the question is answered."""
        if self.card.solved:
            self.card.show_all()
            self.post_message(self.KeysChanged())

    def action_leave_field(self) -> None:
        """Out of a text field first, then out of the lesson."""
        if self.card.answer.takes_letters and self.screen.focused is not self:
            self.focus()
            self.post_message(self.KeysChanged())

    def takes_enter(self) -> bool:
        """Whoever left the field goes back into it."""
        if self.card.solved or self.takes_no_answer or not self.card.answer.takes_letters:
            return False
        self.screen.set_focus(self.focus_target)
        self.post_message(self.KeysChanged())
        return True

    # Marking

    def mark_it(self, given: Any, confidence: int | None = None) -> None:
        """Mark an answer, held with this confidence."""
        self._mark(given, confidence)

    @work(exclusive=True, group="answer")
    async def _mark(self, given: Any, confidence: int | None) -> None:
        before = self._passed
        verdict, receipt = self._questions.answer(
            self._lesson,
            self._question,
            self._round,
            given,
            confidence,
            tested=self._in_trial,
        )
        if verdict.form or receipt is None:
            self.card.show_form(verdict.form)
        else:
            await self.saved(receipt)
            self.card.show_verdict(given, verdict, confidence)
            self._offer()
            self._announce(before)
        if self.asked_once:
            self.focus()
        elif self.has_focus and not self.card.solved:
            self.screen.set_focus(self.focus_target)
        self.done_with_it()

    @work(exclusive=True, group="answer")
    async def _reveal(self) -> None:
        before = self._passed
        await self.saved(self._questions.reveal(self._lesson, self._question, self._round))
        self._show_solution()
        self._announce(before)
        self.done_with_it()

    def _show_solution(self) -> None:
        answer = solution(self._variant)
        self.card.show_solution(answer, mark(self._variant, answer), again=not self._round)

    # What is said around it

    @property
    def _may_reveal(self) -> bool:
        return self._questions.may_reveal(self._question, self._round)

    @property
    def _hints_left(self) -> bool:
        tried = self._questions.tried(self._question, self._round)
        return tried.hints < len(self._question.hints)

    @property
    def _passed(self) -> str | None:
        return self._session.record.passed.get(self._lesson.id)

    @property
    def _ahead(self) -> int:
        """The marked questions of the lesson that still wait for an answer."""
        stops = self._session.route(self._lesson)
        asked = [(stop.screen.question, stop.round) for stop in stops]
        return sum(
            question is not None
            and question.marked
            and not self._questions.tried(question, again).done
            for question, again in asked
        )

    def _press(self, key: str) -> str:
        """How a key is reached: in a field, letters are text."""
        return f"{key} (outside the field: escape)" if self.card.answer.takes_letters else key

    def _offer(self) -> None:
        tried = self._questions.tried(self._question, self._round)
        if self._in_trial:
            self.card.offer(words.IN_TRIAL)
        elif self._may_reveal:
            self.card.offer(words.reveal_offered(self._press("r"), self._round))
        elif len(tried.wrong) >= 2 and self._question.hints and not tried.hints:
            self.card.offer(f"Stuck? {self._press('h')} gives a hint.")
        else:
            self.card.offer("")

    def _announce(self, passed_before: str | None) -> None:
        """Say what the answer has brought about besides its verdict."""
        news = []
        if self.card.solved and self._questions.helped(self._question, self._round):
            news.append(words.given_away(self._round))
        if self._passed and not passed_before:
            news.append(words.lesson_passed(self._passed, self._ahead))
        self.card.announce(" ".join(news))
