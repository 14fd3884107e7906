"""A page that asks how sure one is of an answer, before it says what the answer is worth."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from textual import on
from textual.binding import Binding
from textual.widget import Widget

from course.gates import Stop
from course.lesson import Lesson, Question, Single
from course.marking import mark
from tui.how_sure_words import ABOUT
from tui.pages.how_sure import HowSure
from tui.pages.page import Desk
from tui.pages.question_card import Answer
from tui.pages.question_page import QuestionPage
from tui.widgets.key_line import Hint

TOGETHER = 0.2
"""Seconds within which two keys may come in either order: over a slow line they come at once."""


class SurePage(QuestionPage):
    """Keeps what is chosen until the learner has said how sure they are, then has it marked."""

    BINDINGS = [  # noqa: RUF012
        Binding("enter", "sure(0)", "Do not say", show=False, id="sure-skip", priority=True),
        Binding("1", "sure(1)", "A guess", show=False, id="sure-guess"),
        Binding("2", "sure(2)", "Fairly sure", show=False, id="sure-fairly"),
        Binding("3", "sure(3)", "Certain", show=False, id="sure-certain"),
        Binding("left,right", "change", "Change it", show=False, id="sure-change"),
    ]

    def __init__(self, lesson: Lesson, stop: Stop, question: Question, desk: Desk) -> None:
        super().__init__(lesson, stop, question, desk)
        self._chosen = self._kept_choice()
        """The answer of which the learner is asked how sure they are; None at other times."""
        self._early = (0, 0.0)
        """How sure they said they were before that was asked, and when."""

    def mark_it(self, given: Any, confidence: int | None = None) -> None:
        """Mark an answer, held with this confidence."""
        raise NotImplementedError

    @property
    def takes_no_answer(self) -> bool:
        """Whether an answer would come too late."""
        return self._busy

    @property
    def asks_how_sure(self) -> bool:
        """Whether an answer is chosen and the learner is asked how sure they are of it."""
        return self._chosen is not None

    @property
    def focus_target(self) -> Widget:
        """The answer, unless 1 to 3 would be text in it."""
        if self.asks_how_sure and self.card.answer.takes_digits:
            return self
        return super().focus_target

    @property
    def sure_keys(self) -> Sequence[Hint]:
        """The keys while it asks."""
        return (("1–3", "how sure"), ("enter", "skip this"), *self._change_key, ("p", "back"))

    @property
    def help_text(self) -> str:
        """Why one is asked how sure one is."""
        return ABOUT if self._questions.asks_how_sure else ""

    @on(Answer.Given)
    def take_answer(self, event: Answer.Given) -> None:
        """Ask how sure the learner is, unless that was asked already; then have it marked."""
        event.stop()
        if self.takes_no_answer:
            return
        if self._is_asked_about(event.answer):
            self._choose(event.answer)
        else:
            self._busy = True
            self.mark_it(event.answer)

    @on(Answer.Turned)
    def take_back(self, event: Answer.Turned) -> None:
        """The choice is open again."""
        event.stop()
        if self.asks_how_sure:
            self.stop_asking()
            self.post_message(self.KeysChanged())

    @on(HowSure.Said)
    def take_click(self, event: HowSure.Said) -> None:
        """A click says it as a key does."""
        event.stop()
        self.action_sure(event.level)

    def action_sure(self, level: int) -> None:
        """Take how sure the learner is (0 for not saying), and with it the answer."""
        if self._chosen is None:
            self._early = (level, time.monotonic())
        elif not self._busy:
            given = self._chosen
            self._busy = True
            self.stop_asking()
            self.mark_it(given, level or None)

    def action_change(self) -> None:
        """Back to the answer: who points or fills in with arrows does not mean to turn the page."""
        self.screen.set_focus(self.card.answer.focus_target)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter and arrows are this page's only while it asks."""
        if action == "change":
            return self.asks_how_sure and self.card.answer.takes_digits
        return action != "sure" or self.asks_how_sure or parameters != (0,)

    def ask_again(self) -> None:
        """Ask of the choice that was kept when the learner left, where it can be seen."""
        if self.asks_how_sure:
            self.card.answer.show_choice(self._chosen)
            if self.card.answer.shown_at_once:
                self._ask()
            else:
                self._chosen = None

    def stop_asking(self) -> None:
        """There is no choice, or no longer."""
        self._chosen = None
        self.card.ask_how_sure(False)

    def _kept_choice(self) -> Any:
        """What was chosen when the learner left while being asked; None if that is no answer."""
        kept = self._questions.choice(self._question, self._round)
        return None if kept is None or mark(self._variant, kept).form else kept

    def _is_asked_about(self, given: Any) -> bool:
        asks = self._questions.to_be_asked_how_sure(self._question, self._round)
        return asks and not mark(self._variant, given).form

    def _choose(self, given: Any) -> None:
        """Keep the choice, and ask how sure the learner is of it."""
        if given != self._chosen:
            self._questions.choose(self._lesson, self._question, self._round, given)
        self._chosen = given
        level, said_at = self._early
        if time.monotonic() - said_at < TOGETHER:
            self.action_sure(level)
        else:
            self._ask()

    def _ask(self) -> None:
        self.card.ask_how_sure()
        if self.card.answer.takes_digits:
            self.focus()
        self.post_message(self.KeysChanged())

    @property
    def _change_key(self) -> Sequence[Hint]:
        """How another answer is chosen while it asks."""
        if self.card.answer.takes_digits:
            return (("tab", "change it"),)
        if isinstance(self._question, Single):
            return tuple((key, "change it") for key, _ in self.card.answer.hints_of_keys[:1])
        return ()
