"""A page with several bets at once: sealed when they are placed, and kept for a later lesson."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work

from course.bets import Bets
from course.gates import Stop
from course.lesson import Lesson
from course.variants import Variant
from tui.pages.choice_answer import ChoiceAnswer
from tui.pages.page import Desk
from tui.pages.question_card import Answer
from tui.pages.question_page import QuestionPage
from tui.widgets.key_line import Hint

BEFORE = "*Bets, to be sealed: they bring no marks, and you may tick none or all.*"
SEALED = (
    "**Sealed.** What you ticked, and what you left, is kept as it is. The last lesson breaks the"
    " seal, beside what your own runs have said by then."
)


class BetsPage(QuestionPage):
    """Claims to tick. Nothing says which of them will hold; runs of later lessons do."""

    def __init__(self, lesson: Lesson, stop: Stop, bets: Bets, desk: Desk) -> None:
        self._bets = bets
        super().__init__(lesson, stop, bets, desk)

    def answer_for(self, variant: Variant) -> ChoiceAnswer:
        """The claims."""
        self._claims = ChoiceAnswer(variant, self._desk.ink)
        return self._claims

    def before(self) -> str:
        """That they are bets."""
        return BEFORE

    def restore(self) -> None:
        """Show what was sealed."""
        if (ticked := self._questions.tried(self._bets, self._round).answer) is not None:
            self._show(ticked)

    @property
    def keys(self) -> Sequence[Hint]:
        """First to bet; once that is done, to go on."""
        if self.card.solved:
            return (("enter", "next"), ("p", "back"))
        return (*self._claims.hints_of_keys, ("n", "next"), ("p", "back"))

    @on(Answer.Given)
    def take_answer(self, event: Answer.Given) -> None:
        """Seal what is ticked."""
        event.stop()
        if not self._busy and not self.card.solved:
            self._busy = True
            self._seal(event.answer)

    @work(exclusive=True, group="answer")
    async def _seal(self, ticked: list[int]) -> None:
        await self.saved(self._questions.bet(self._lesson, self._bets, self._round, ticked))
        self._show(ticked)
        self.done_with_it()

    def _show(self, ticked: Sequence[int]) -> None:
        self.card.solved = True
        self._claims.show_sealed(ticked)
        self.card.show_note(SEALED)
