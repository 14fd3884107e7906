"""A page with one question: it asks, saves the answer, and only then says what it was worth."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from typing import Any

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widget import Widget

from course.gates import Stop, misses_before_reveal
from course.lesson import Lesson, Numeric, Observe, Order, Predict, Question, RunRef, Single
from course.marking import mark, solution
from course.variants import Variant
from progress.journal import Receipt
from tui.bet_words import A_BET, PLACED, bet_told, decided, option_of
from tui.drawing.ink import Ink
from tui.how_sure_words import ABOUT
from tui.screens.results import ResultsScreen, Table
from tui.widgets.choice_answer import ChoiceAnswer
from tui.widgets.how_sure import HowSure
from tui.widgets.key_line import Hint
from tui.widgets.numeric_answer import NumericAnswer
from tui.widgets.order_answer import OrderAnswer
from tui.widgets.page import Desk, Page
from tui.widgets.question_card import Answer, QuestionCard

SAYS_SAVING_AFTER = 0.5
GOES_ON_AFTER = 3.0
TOGETHER = 0.2
"""Seconds within which two keys may come in either order: over a slow line they come at once."""
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
        Binding("enter", "sure(0)", "Do not say", show=False, id="sure-skip", priority=True),
        Binding("1", "sure(1)", "A guess", show=False, id="sure-guess"),
        Binding("2", "sure(2)", "Fairly sure", show=False, id="sure-fairly"),
        Binding("3", "sure(3)", "Certain", show=False, id="sure-certain"),
        Binding("h", "hint", "Hint", show=False, id="hint"),
        Binding("r", "reveal", "Show the answer", show=False, id="reveal"),
        Binding("v", "view_all", "Every explanation", show=False, id="view-all"),
        Binding("t", "results", "The tables again", show=False, id="results"),
        Binding("escape", "leave_field", "Leave the field", show=False, id="leave-field"),
    ]

    DEFAULT_CSS = """
    QuestionPage QuestionCard { max-width: 76; }
    """

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
        super().__init__()
        self._in_trial = in_trial
        self._lesson = lesson
        self._round = stop.round
        self._question = question
        self._desk = desk
        self._session = desk.session
        self._variant = self._session.variant(question, stop.round)
        self._hinted_at = 0.0
        self._busy = False
        self._chosen = self._kept_choice()
        """The answer of which the learner is asked how sure they are; None at other times."""
        self._early = (0, 0.0)
        """How sure they said they were before that was asked, and when."""
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
        self.call_after_refresh(setattr, self.card, "following", True)

    @property
    def focus_target(self) -> Widget:
        """The answer takes the keys."""
        if self._chosen is not None and isinstance(self.card.answer, NumericAnswer):
            return self
        target = self.card.answer.focus_target
        return target if target.can_focus else self

    @property
    def keys(self) -> Sequence[Hint]:
        """First how to answer, then what else there is."""
        own = tuple(self.card.answer.hints_of_keys)
        if self._chosen is not None:
            return (("1–3", "how sure"), ("enter", "skip this"), *self._change_key, ("p", "back"))
        if isinstance(self.card.answer, NumericAnswer) and self.card.answer.in_field:
            return own
        if self._in_trial:
            return own if not self.asked_once else (("enter", "go on"),)
        if self.card.solved:
            more = () if self.card.answer.all_told else (("v", "every explanation"),)
            return (("enter", "next"), *more, *self._results_key, ("p", "back"))
        if isinstance(self._question, Predict):
            placed = self._session.tried(self._question, self._round).answer is not None
            on = ("enter", "next") if placed else ("n", "next")
            return (on, *own, ("p", "back")) if placed else (*own, on, ("p", "back"))
        hint = (("h", "hint"),) if self._question.hints else ()
        reveal = (("r", "show the answer"),) if self._may_reveal else ()
        return (*own, *hint, *reveal, *self._results_key, ("n", "skip"), ("p", "back"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All that a question knows, where it is one that is marked."""
        known = [key for key, _ in self.keys]
        always = (
            ("h", "a hint"),
            ("r", "the answer, once it is offered"),
            ("v", "every explanation, once answered"),
        )
        asks = (("1–3", "how sure you are, once you have chosen"),)
        sure = asks if self._session.asks_how_sure else ()
        marked = () if self._in_trial else always
        more = () if isinstance(self._question, Predict) else (*sure, *marked)
        return (*self.keys, *(hint for hint in more if hint[0] not in known))

    @property
    def help_text(self) -> str:
        """Why one is asked how sure one is."""
        asks = self._session.asks_how_sure and not isinstance(self._question, Predict)
        return ABOUT if asks else ""

    @on(Answer.Given)
    def take_answer(self, event: Answer.Given) -> None:
        """Ask how sure the learner is, unless that was asked already; then mark, save and say."""
        event.stop()
        if self._busy or self.asked_once:
            return
        if isinstance(self._question, Predict):
            self._busy = True
            self._place_bet(event.answer)
        elif self._is_asked_about(event.answer):
            self._choose(event.answer)
        else:
            self._busy = True
            self._mark(event.answer)

    @on(Answer.Turned)
    def take_back(self, event: Answer.Turned) -> None:
        """The choice is open again."""
        event.stop()
        if self._chosen is not None:
            self._stop_asking()
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
            self._stop_asking()
            self._mark(given, level or None)

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
            self.card.offer(f"There are no more hints. {self._press('r')} shows the answer.")
        self._offer()

    def action_reveal(self) -> None:
        """Show the answer, once that is offered."""
        if self.card.solved:
            return
        if not self._may_reveal:
            if not isinstance(self._question, Predict):
                self.card.offer(self._not_yet())
            return
        self._busy = True
        self._stop_asking()
        self._reveal()

    def action_view_all(self) -> None:
        """Every option's explanation, once the question is answered."""
        if self.card.solved:
            self.card.show_all()
            self.post_message(self.KeysChanged())

    def action_results(self) -> None:
        """The tables that an observation speaks of, to be read again."""
        if tables := self._tables():
            self.app.push_screen(ResultsScreen(tables))

    def action_leave_field(self) -> None:
        """Out of a text field first, then out of the lesson."""
        if isinstance(self.card.answer, NumericAnswer) and self.screen.focused is not self:
            self.focus()
            self.post_message(self.KeysChanged())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is the page's only while the cursor is in a field, enter while it asks."""
        if action == "sure":
            return self._chosen is not None or parameters != (0,)
        if self._in_trial and action in ("hint", "reveal", "view_all", "results"):
            return False
        if action == "leave_field":
            return isinstance(self.card.answer, NumericAnswer) and self.screen.focused is not self
        return True

    @property
    def _results_key(self) -> Sequence[Hint]:
        return (("t", "the table"),) if self._tables() else ()

    def _tables(self) -> list[Table]:
        """What the runs measured that an observation speaks of, the default run first."""
        if not isinstance(self._question, Observe):
            return []
        ref = self._session.predict_of(self._lesson, self._question).run
        refs = [RunRef(ref.lab), ref] if ref.knobs else [ref]
        found = [(one, self._session.metrics(one)) for one in refs]
        return [(one, metrics) for one, metrics in found if metrics is not None]

    @property
    def _may_reveal(self) -> bool:
        return not isinstance(self._question, Predict) and self._session.may_reveal(
            self._question, self._round
        )

    @work(exclusive=True, group="answer")
    async def _mark(self, given: Any, confidence: int | None = None) -> None:
        before = self._passed
        verdict, receipt = self._session.answer(
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
            await self._saved(receipt)
            self.card.show_verdict(given, verdict, confidence)
            self._offer()
            self._announce(before)
        if self.asked_once:
            self.focus()
        elif self.has_focus and not self.card.solved:
            self.screen.set_focus(self.focus_target)
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
        before = self._passed
        receipt = self._session.reveal(self._lesson, self._question, self._round)
        await self._saved(receipt)
        self._show_solution()
        self._announce(before)
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
        if self.card.is_attached and not saved.cancelled() and saved.exception() is None:
            self.card.show_saving("")

    def _kept_choice(self) -> Any:
        """What was chosen when the learner left while being asked; None if that is no answer."""
        kept = self._session.choice(self._question, self._round)
        return None if kept is None or mark(self._variant, kept).form else kept

    def _is_asked_about(self, given: Any) -> bool:
        asks = self._session.to_be_asked_how_sure(self._question, self._round)
        return asks and not mark(self._variant, given).form

    def _choose(self, given: Any) -> None:
        """Keep the choice, and ask how sure the learner is of it."""
        if given != self._chosen:
            self._session.choose(self._lesson, self._question, self._round, given)
        self._chosen = given
        level, said_at = self._early
        if time.monotonic() - said_at < TOGETHER:
            self.action_sure(level)
        else:
            self._ask()

    def _ask(self) -> None:
        self.card.ask_how_sure()
        if isinstance(self.card.answer, NumericAnswer):
            self.focus()  # in the field the digits would be text
        self.post_message(self.KeysChanged())

    def _stop_asking(self) -> None:
        self._chosen = None
        self.card.ask_how_sure(False)

    @property
    def asked_once(self) -> bool:
        """Whether this is a trial and the one answer it allows was given."""
        tried = self._session.tried(self._question, self._round)
        return self._in_trial and bool(tried.wrong or tried.done)

    @property
    def asks_how_sure(self) -> bool:
        """Whether an answer is chosen and the learner is asked how sure they are of it."""
        return self._chosen is not None

    @property
    def _change_key(self) -> Sequence[Hint]:
        """How another answer is chosen while it asks."""
        if isinstance(self.card.answer, NumericAnswer):
            return (("tab", "change it"),)
        if isinstance(self._question, Single):
            return tuple((key, "change it") for key, _ in self.card.answer.hints_of_keys[:1])
        return ()

    def _done_with_it(self) -> None:
        self._busy = False
        self.post_message(self.KeysChanged())

    def _offer(self) -> None:
        if self._in_trial:
            self.card.offer("Enter begins the lesson; this question waits for you there.")
            return
        tried = self._session.tried(self._question, self._round)
        if self._may_reveal:
            then = "it then counts as helped" if self._round else "the question then comes back"
            self.card.offer(f"{self._press('r')} shows the answer; {then}.")
        elif len(tried.wrong) >= 2 and self._question.hints and not tried.hints:
            self.card.offer(f"Stuck? {self._press('h')} gives a hint.")

    def _press(self, key: str) -> str:
        """How a key is reached: in a field, letters are text."""
        in_field = isinstance(self.card.answer, NumericAnswer)
        return f"{key} (outside the field: escape)" if in_field else key

    def _not_yet(self) -> str:
        """When the answer may be looked at."""
        wrong = len(self._session.tried(self._question, self._round).wrong)
        more = max(1, misses_before_reveal(self._question) - wrong)
        tries = "one more try" if wrong and more == 1 else "one try" if more == 1 else ""
        tries = tries or f"{more} {'more ' if wrong else ''}tries"
        hints = " or the last hint" if self._question.hints else ""
        return f"The answer can be shown after {tries}{hints}."

    @property
    def _passed(self) -> str | None:
        return self._session.record.passed.get(self._lesson.id)

    def _announce(self, passed_before: str | None) -> None:
        """Say what the answer has brought about besides its verdict."""
        news = []
        if self.card.solved and self._session.helped(self._question, self._round):
            then = "it counts as helped" if self._round else "the question comes back later"
            news.append(f"The tries before had given the answer away: {then}.")
        if self._passed and not passed_before:
            how = ", with help" if self._passed == "helped" else ""
            news.append(f"With this the lesson is passed{how}. Do read on: the rest is yours too.")
        self.card.announce(" ".join(news))

    def _restore(self) -> None:
        tried = self._session.tried(self._question, self._round)
        for text in self._question.hints[: tried.hints]:
            self.card.show_hint(text)
        if isinstance(self._question, Predict):
            if tried.answer is not None:
                self._show_bet(tried.answer)
            return
        given_so_far = (*tried.wrong, *([] if tried.answer is None else [tried.answer]))
        for attempt, given in enumerate(given_so_far, 1):
            confidence = tried.confidence if attempt == 1 else None
            self.card.show_verdict(given, mark(self._variant, given), confidence)
        if tried.revealed:
            self._show_solution()
        if given_so_far or not self._in_trial:
            self._offer()
        self._announce(self._passed)
        if self._chosen is not None:
            self.card.answer.show_choice(self._chosen)
            self._ask()

    def _show_solution(self) -> None:
        answer = solution(self._variant)
        self.card.show_solution(answer, mark(self._variant, answer), again=not self._round)

    def _show_bet(self, option: int) -> None:
        question = self._question
        assert isinstance(self.card.answer, ChoiceAnswer) and isinstance(question, Predict)
        self.card.answer.show_bet(option)
        won = option_of(question, self._session.outcome(question))
        if won is None:
            self.card.show_note(PLACED)
        else:
            self.card.show_outcome(won, decided(won == option))

    def _before(self) -> str:
        """What stands above the prompt: that it comes back, or how the bet went."""
        if self._round:
            return "*Again, with a fresh look. Right this time counts as your own.*"
        if isinstance(self._question, Predict):
            return A_BET
        if not isinstance(self._question, Observe):
            return ""
        bet = self._session.predict_of(self._lesson, self._question)
        cannot = bool(self._desk.labs.cannot_run(bet.run.lab))
        return bet_told(self._session, self._lesson, bet, cannot)
