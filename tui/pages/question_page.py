"""A page with one question: what the pages of all its types have in common."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widget import Widget

from course.gates import Stop
from course.lesson import Lesson, Question
from course.variants import Variant
from progress.journal import Receipt
from tui.pages.page import Desk, Page
from tui.pages.question_card import Answer, QuestionCard
from tui.pages.saving import saved


class QuestionPage(Page):
    """One question in one round of asking. What is given is saved, and then something is said."""

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
        self._questions = desk.session.questions
        self._variant = self._questions.variant(question, stop.round)
        self._busy = False
        """Whether something that was given is being saved."""
        self.card = QuestionCard(
            self._variant, self.answer_for(self._variant), desk.ink, before=self.before()
        )

    def answer_for(self, variant: Variant) -> Answer:
        """The part of the card that takes the answer."""
        raise NotImplementedError

    def before(self) -> str:
        """What stands above the prompt, as Markdown; empty if nothing does."""
        return ""

    def restore(self) -> None:
        """Show what was already done with this question."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The card alone."""
        yield self.card

    def on_mount(self) -> None:
        """Begin where the learner left."""
        self.restore()
        self.call_after_refresh(setattr, self.card, "following", True)

    @property
    def focus_target(self) -> Widget:
        """The answer takes the keys."""
        target = self.card.answer.focus_target
        return target if target.can_focus else self

    @property
    def asks_how_sure(self) -> bool:
        """Whether an answer is chosen and the learner is asked how sure they are of it."""
        return False

    async def saved(self, receipt: Receipt) -> None:
        """Wait until what was given is safe, saying so when that takes long; never for ever."""
        await saved(receipt, self.card, self._session.journal)

    def done_with_it(self) -> None:
        """Take keys again."""
        self._busy = False
        self.post_message(self.KeysChanged())
