"""A page to be answered in one's own words: kept as they are written, and never marked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on, work
from textual.binding import Binding
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from course.gates import Stop
from course.lesson import Lesson, Words
from course.variants import Variant
from tui.pages.page import Desk
from tui.pages.question_page import QuestionPage
from tui.pages.words_answer import WordsAnswer
from tui.widgets.key_line import Hint

BEFORE = "*In your own words. It brings no marks, and you may leave it empty.*"
KEPT = "**Kept, as you wrote it.**"
ABOUT = """\
While you write, only `escape`, `tab` and `f1` are commands; `enter` begins a new line. Escape
leaves the field; then `enter` hands in what you wrote. It is kept while you write, too. You may
come back and write it anew: every version stays in your journal, which is yours alone.
"""
DRAFT_EVERY = 2.0
"""Seconds between two drafts: what a crash can cost."""


class WordsPage(QuestionPage):
    """Escape leaves the field, then enter hands in: keys that arrive over every line."""

    BINDINGS = [  # noqa: RUF012
        Binding("enter", "hand_in", "Hand in", show=False, id="hand-in"),
        Binding("escape", "leave_field", "Leave the field", show=False, id="leave-words"),
    ]

    def __init__(self, lesson: Lesson, stop: Stop, question: Words, desk: Desk) -> None:
        self._words = question
        self._timer: Timer | None = None
        written = desk.session.questions.own_words(question.id)
        self._saved = written.text if written else ""
        """The version that was written down last."""
        self._handed_in = bool(written and not written.draft)
        """Whether that was handed in."""
        super().__init__(lesson, stop, question, desk)

    def answer_for(self, variant: Variant) -> WordsAnswer:
        """A field with what was written before."""
        self._answer = WordsAnswer(self._saved)
        return self._answer

    def before(self) -> str:
        """That nobody marks it."""
        return BEFORE

    def restore(self) -> None:
        """Say again what was said when it was handed in."""
        if self._is_done:
            self._show_kept()

    def on_unmount(self) -> None:
        """Whatever takes the page away, what was written stays."""
        self._save_draft()

    @property
    def focus_target(self) -> Widget:
        """The field, until something is handed in."""
        return self if self._is_done else super().focus_target

    @property
    def keys(self) -> Sequence[Hint]:
        """In the field how to leave it, outside what to do with what was written."""
        if self._answer.in_field:
            return self._answer.hints_of_keys
        if self._is_done:
            return (("enter", "next"), ("tab", "change it"), ("p", "back"))
        if not self._answer.text:
            return (("tab", "write"), ("n", "leave it empty"), ("p", "back"))
        return (("enter", "hand it in"), ("tab", "write on"), ("n", "next page"), ("p", "back"))

    @property
    def help_text(self) -> str:
        """Which keys are commands, and where it is kept."""
        return ABOUT

    @on(TextArea.Changed)
    def keep_soon(self, event: TextArea.Changed) -> None:
        """Keep a draft, though not of every letter."""
        event.stop()
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_EVERY, self._save_draft)
        if self.card.solved and not self._is_done:
            self.card.solved = False
            self.card.show_note("")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is the page's only in the field; enter only where there is something new."""
        if action == "leave_field":
            return self._answer.in_field
        if action == "hand_in":
            return bool(self._answer.text) and not self._is_done
        return True

    def action_leave_field(self) -> None:
        """Out of the field, and so that all can be read which stands below it."""
        self.focus()
        self._save_draft()
        self.post_message(self.KeysChanged())

    def action_hand_in(self) -> None:
        """Keep it for good, and say what to look for in it."""
        if not self._busy:
            self._busy = True
            self._hand_in(self._answer.text)

    @property
    def _is_done(self) -> bool:
        """Whether what stands in the field is handed in already."""
        return self._handed_in and bool(self._saved) and self._answer.text == self._saved

    @work(exclusive=True, group="answer")
    async def _hand_in(self, text: str) -> None:
        self._saved, self._handed_in = text, True
        await self.saved(self._questions.write(self._lesson, self._words, self._round, text))
        self._show_kept()
        self.done_with_it()

    def _save_draft(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        text = self._answer.text
        if text != self._saved:
            self._saved, self._handed_in = text, False
            self._questions.write(self._lesson, self._words, self._round, text, draft=True)

    def _show_kept(self) -> None:
        look_for = self._words.explanation
        self.card.solved = True
        self.card.show_note(f"{KEPT} {look_for}" if look_for else KEPT)
