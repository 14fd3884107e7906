"""A page with a bet: placed before its run, open to change until the run has decided."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work

from course.bets import Predict
from course.gates import Stop
from course.lesson import Lab, Lesson
from course.variants import Variant
from tui.bet_words import A_BET, decided, option_of, placed
from tui.pages.choice_answer import ChoiceAnswer
from tui.pages.page import Desk
from tui.pages.question_card import Answer
from tui.pages.question_page import QuestionPage
from tui.widgets.key_line import Hint


class BetPage(QuestionPage):
    """Options to bet on. A bet brings no marks, so nothing here is a hint or a verdict."""

    def __init__(self, lesson: Lesson, stop: Stop, bet: Predict, desk: Desk) -> None:
        self._bet = bet
        after = lesson.screens[stop.screen_index + 1 : stop.screen_index + 2]
        self._at_once = any(lab.run == bet.run for screen in after for lab in screen.blocks_of(Lab))
        super().__init__(lesson, stop, bet, desk)

    def answer_for(self, variant: Variant) -> ChoiceAnswer:
        """The options."""
        self._options = ChoiceAnswer(variant, self._desk.ink)
        return self._options

    def before(self) -> str:
        """That it is a bet."""
        return A_BET

    def restore(self) -> None:
        """Show the bet that stands."""
        if (placed := self._placed) is not None:
            self._show(placed)

    @property
    def keys(self) -> Sequence[Hint]:
        """First to bet; once that is done, to go on."""
        own, back = tuple(self._options.hints_of_keys), ("p", "back")
        if self._placed is not None:
            return (("enter", "next"), *own, back)
        return (*own, ("n", "next"), back)

    @on(Answer.Given)
    def take_answer(self, event: Answer.Given) -> None:
        """Place the bet, in place of an earlier one."""
        event.stop()
        if not self._busy:
            self._busy = True
            self._place(event.answer)

    @property
    def _placed(self) -> int | None:
        option: int | None = self._questions.tried(self._bet, self._round).answer
        return option

    @work(exclusive=True, group="answer")
    async def _place(self, option: int) -> None:
        await self.saved(self._questions.bet(self._lesson, self._bet, self._round, option))
        self._show(option)
        self.done_with_it()

    def _show(self, option: int) -> None:
        self._options.show_bet(option)
        won = option_of(self._bet, self._session.runs.outcome(self._bet))
        if won is None:
            self.card.show_note(placed(self._at_once))
        else:
            self.card.show_outcome(won, decided(won == option))
