"""A page with one question: it asks, saves the answer, and only then says what it was worth."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding

from course.gates import Stop
from course.lesson import Lesson, Numeric, Observe, Order, Predict, Question
from course.marking import mark, solution
from course.variants import Variant
from progress.journal import Receipt

from ..drawing.ink import Ink
from .choice_answer import ChoiceAnswer
from .key_line import Hint
from .numeric_answer import NumericAnswer
from .order_answer import OrderAnswer
from .page import Desk, Page
from .question_card import Answer, QuestionCard

SAYS_SAVING_AFTER = 0.5
GOES_ON_AFTER = 3.0
BETWEEN_HINTS = 3.0
"""Seconds to read a hint before the next one may be had."""


def answer_for(variant: Variant, ink: Ink) -> Answer:
    """The part of a card that fits the type of the question."""
    match variant.question:
        case Numeric():
            return NumericAnswer(variant, ink)
        case Order():
            return OrderAnswer(variant, ink)
        case _:
            return ChoiceAnswer(variant, ink)


class QuestionPage(Page):
    """One question in one round of asking."""

    BINDINGS = [  # noqa: RUF012
        Binding("h", "hint", "Hint", show=False, id="hint"),
        Binding("r", "reveal", "Show the answer", show=False, id="reveal"),
        Binding("v", "view_all", "Every explanation", show=False, id="view-all"),
        Binding("escape", "leave_field", "Leave the field", show=False, id="leave-field"),
    ]

    DEFAULT_CSS = """
    QuestionPage QuestionCard { max-width: 76; }
    """

    def __init__(self, lesson: Lesson, stop: Stop, question: Question, desk: Desk) -> None:
        super().__init__()
        self._lesson = lesson
        self._round = stop.round
        self._question = question
        self._desk = desk
        self._session = desk.session
        self._variant = self._session.variant(question, stop.round)
        self._hinted_at = 0.0
        self._busy = False
        self.card = QuestionCard(
            self._variant,
            answer_for(self._variant, desk.ink),
            desk.ink,
            before=self._before(),
        )

    def compose(self) -> ComposeResult:
        """The card alone."""
        yield self.card

    def on_mount(self) -> None:
        """Show what was already done with this question."""
        self._restore()

    def focus_first(self) -> None:
        """The answer takes the keys."""
        self.card.answer.focus()

    @property
    def keys(self) -> Sequence[Hint]:
        """First how to answer, then what else there is."""
        own = tuple(self.card.answer.hints_of_keys)
        if isinstance(self.card.answer, NumericAnswer) and self.card.answer.in_field:
            return own
        if self.card.solved:
            return (("enter", "next"), ("v", "every explanation"), ("p", "back"))
        if isinstance(self._question, Predict):
            return (*own, ("n", "next"), ("p", "back"))
        hint = (("h", "hint"),) if self._question.hints else ()
        reveal = (("r", "show the answer"),) if self._may_reveal else ()
        return (*own, *hint, *reveal, ("n", "skip"), ("p", "back"))

    @on(Answer.Given)
    def take_answer(self, event: Answer.Given) -> None:
        """Mark, save, and then say."""
        event.stop()
        if self._busy:
            return
        self._busy = True
        if isinstance(self._question, Predict):
            self._place_bet(event.answer)
        else:
            self._mark(event.answer)

    def action_hint(self) -> None:
        """The next rung of the ladder, not sooner than the last one can have been read."""
        if self.card.solved or isinstance(self._question, Predict):
            return
        now = time.monotonic()
        if now - self._hinted_at < BETWEEN_HINTS:
            self.card.offer("Read this hint first; the next one follows in a moment.")
            return
        text = self._session.hint(self._lesson, self._question, self._round)
        if text:
            self._hinted_at = now
            self.card.show_hint(text)
        elif self._question.no_hint_because:
            self.card.offer(f"No hint here: {self._question.no_hint_because}")
        else:
            self.card.offer("There are no more hints. r shows the answer.")
        self._offer()

    def action_reveal(self) -> None:
        """Show the answer, once that is offered."""
        if self.card.solved:
            return
        if not self._may_reveal:
            self.card.offer("Try it first: the answer can be shown after a miss or the last hint.")
            return
        self._busy = True
        self._reveal()

    def action_view_all(self) -> None:
        """Every option's explanation, once the question is answered."""
        if self.card.solved:
            self.card.show_all()

    def action_leave_field(self) -> None:
        """Out of a text field first, then out of the lesson."""
        if isinstance(self.card.answer, NumericAnswer) and self.screen.focused is not self:
            self.focus()
            self.post_message(self.KeysChanged())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is the page's only while the cursor is in a field."""
        if action == "leave_field":
            return isinstance(self.card.answer, NumericAnswer) and self.screen.focused is not self
        return True

    @property
    def _may_reveal(self) -> bool:
        return not isinstance(self._question, Predict) and self._session.may_reveal(
            self._question, self._round
        )

    @work(exclusive=True, group="answer")
    async def _mark(self, given: Any) -> None:
        verdict, receipt = self._session.answer(self._lesson, self._question, self._round, given)
        if verdict.form or receipt is None:
            self.card.show_form(verdict.form)
        else:
            await self._saved(receipt)
            self.card.show_verdict(given, verdict)
            self._offer()
        self._done_with_it()

    @work(exclusive=True, group="answer")
    async def _place_bet(self, given: int) -> None:
        assert isinstance(self._question, Predict)
        receipt = self._session.bet(self._lesson, self._question, self._round, given)
        await self._saved(receipt)
        self._show_bet(given)
        self._done_with_it()

    @work(exclusive=True, group="answer")
    async def _reveal(self) -> None:
        receipt = self._session.reveal(self._lesson, self._question, self._round)
        await self._saved(receipt)
        self._show_solution()
        self._done_with_it()

    async def _saved(self, receipt: Receipt) -> None:
        """Wait until the answer is safe, saying so when that takes long; never for ever."""
        saved = asyncio.wrap_future(receipt.future)
        for patience, text in ((SAYS_SAVING_AFTER, "saving…"), (GOES_ON_AFTER, "")):
            done, _ = await asyncio.wait({saved}, timeout=patience)
            if done:
                self.card.show_saving("")
                return
            self.card.show_saving(text)
        trouble = self._session.journal.trouble
        self.card.show_saving(f"not saved yet  {trouble}".rstrip())
        saved.add_done_callback(self._saved_after_all)

    def _saved_after_all(self, saved: asyncio.Future[None]) -> None:
        if self.card.is_mounted and not saved.cancelled() and saved.exception() is None:
            self.card.show_saving("")

    def _done_with_it(self) -> None:
        self._busy = False
        self.post_message(self.KeysChanged())

    def _offer(self) -> None:
        tried = self._session.tried(self._question, self._round)
        if self._may_reveal:
            self.card.offer("r shows the answer; the question then comes back later.")
        elif len(tried.wrong) >= 2 and self._question.hints and not tried.hints:
            self.card.offer("Stuck? h gives a hint.")

    def _restore(self) -> None:
        tried = self._session.tried(self._question, self._round)
        for text in self._question.hints[: tried.hints]:
            self.card.show_hint(text)
        if isinstance(self._question, Predict):
            if tried.answer is not None:
                self._show_bet(tried.answer)
            return
        for given in (*tried.wrong, *([] if tried.answer is None else [tried.answer])):
            self.card.show_verdict(given, mark(self._variant, given))
        if tried.revealed:
            self._show_solution()
        self._offer()

    def _show_solution(self) -> None:
        answer = solution(self._variant)
        self.card.show_solution(answer, mark(self._variant, answer))

    def _show_bet(self, option: int) -> None:
        assert isinstance(self.card.answer, ChoiceAnswer)
        self.card.answer.show_bet(option)
        self.card.show_note("Your bet is placed. You can change it until the run has decided.")

    def _before(self) -> str:
        """What stands above the prompt: that it comes back, or how the bet went."""
        if self._round:
            return "*Again, with a fresh look. Right this time counts as your own.*"
        if not isinstance(self._question, Observe):
            return ""
        bet = self._session.predict_of(self._lesson, self._question)
        return bet_told(self._session, self._lesson, bet)


def bet_told(session: Any, lesson: Lesson, bet: Predict) -> str:
    """How a bet went, in a sentence or two; empty when there was none."""
    placed = session.tried(bet, 0).answer
    branch = session.outcome(bet)
    if not branch:
        return f"*Lab {bet.run.lab} has not been run yet: go back with p and run it to see.*"
    won = next(option for option in bet.options if option.branch == branch)
    lines = [f"Your run says: **{won.text}**. {won.explanation}".strip()]
    if placed is not None:
        chosen = bet.options[placed]
        if chosen.branch == branch:
            lines.insert(0, "You bet on this.")
        else:
            lines.insert(0, f"You bet on: {chosen.text}.")
    expected = next((option for option in bet.options if option.correct), won)
    if bet.surprise and expected.branch != branch:
        lines.append(bet.surprise)
    return " ".join(lines)
