"""What every question has on the screen: the prompt, hints, the verdict, and the offers.

A card only shows and asks. It posts what the learner wants; whoever owns it marks the answer,
waits for the journal and calls `show_verdict`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from course.lesson import Multi
from course.marking import Remark, Verdict
from course.variants import Variant
from tui.drawing.ink import Ink
from tui.drawing.inline import inline
from tui.how_sure_words import remarked
from tui.pages.how_sure import HowSure


class Answer(Widget, can_focus=True):
    """The part of a card that takes the answer, by keys."""

    takes_letters = False
    """Whether letters are text where it has the focus, and not commands."""
    takes_digits = False
    """Whether digits are."""
    shown_at_once = True
    """Whether what was chosen is to be seen as soon as the page is."""

    @dataclass
    class Given(Message):
        """The learner has answered; `answer` is in the numbering of the lesson file."""

        answer: Any

    class Turned(Message):
        """The learner looks for another answer than the one given last."""

    @property
    def hints_of_keys(self) -> Sequence[tuple[str, str]]:
        """The keys it takes now, for the footer."""
        return ()

    @property
    def help_text(self) -> str:
        """How what is shown is read, and what its keys do, as Markdown."""
        return ""

    @property
    def in_field(self) -> bool:
        """Whether letters are text now."""
        return False

    @property
    def focus_target(self) -> Widget:
        """Where the keys of the answer are taken."""
        return self

    def show_choice(self, given: Any) -> None:
        """Show an answer that was chosen earlier and still waits for its verdict."""
        raise NotImplementedError

    def show_verdict(self, given: Any, verdict: Verdict) -> None:
        """Show what a given answer was worth."""
        raise NotImplementedError

    def show_solution(self, answer: Any, remarks: Sequence[Remark]) -> None:
        """Show the right answer, and take no more."""
        raise NotImplementedError

    @property
    def all_told(self) -> bool:
        """Whether there is no explanation left that `show_all` would show."""
        return False

    def show_all(self) -> None:
        """Show every explanation, those of options never tried too."""

    def show_outcome(self, won: int) -> None:
        """Show which option of a bet the run has decided for."""
        raise NotImplementedError

    def follow(self) -> None:
        """Scroll to what was said last, where that stands among the answers."""


class Said(Static):
    """What is said about an answer. It has its height only once it is laid out, and may then
    stand below the edge of the page."""

    def __init__(self, card: QuestionCard) -> None:
        super().__init__("", classes="said", markup=False)
        self._card = card

    def on_resize(self) -> None:
        """Come into view, where the card is answered and not set up."""
        if self._card.following:
            self.scroll_visible(animate=False)


class QuestionCard(Vertical):
    """A question: prompt, the part that takes the answer, and what is said about it."""

    DEFAULT_CSS = """
    QuestionCard { height: auto; }
    QuestionCard .prompt { margin: 0 0 1 0; height: auto; }
    QuestionCard .said { margin: 1 0 0 0; height: auto; }
    QuestionCard .bet { margin: 0 0 1 0; height: auto; }
    """

    def __init__(self, variant: Variant, answer: Answer, ink: Ink, *, before: str = "") -> None:
        super().__init__()
        self.variant = variant
        self.answer = answer
        self._ink = ink
        self._before = before
        self._how_sure = HowSure(ink)
        self._how_sure.display = False
        self._verdict: Content = Content("")
        self._hints: list[str] = []
        self._offer = ""
        self._saving = ""
        self._news = ""
        self.following = False
        """Whether what is said is scrolled to: not while the card is first set up."""
        self.solved = False
        """Whether there is nothing more to answer."""

    def compose(self) -> ComposeResult:
        """Prompt, answer, and what is said about it."""
        if self._before:
            yield Static(inline(self._before), classes="bet")
        yield Static(inline(self.variant.fill(self.variant.question.prompt)), classes="prompt")
        yield self.answer
        yield self._how_sure
        yield Said(self)

    def on_mount(self) -> None:
        """Begin with nothing said."""
        self._say()

    def ask_how_sure(self, asking: bool = True) -> None:
        """Ask how sure the learner is of what was chosen, or stop asking."""
        self._how_sure.display = asking
        if asking:
            self._verdict = Content("")
            self._say()
            self.call_after_refresh(self._how_sure.scroll_visible, animate=False)

    def show_verdict(self, given: Any, verdict: Verdict, confidence: int | None = None) -> None:
        """Say whether an answer was right and why, and how that fits with how sure one was."""
        self.solved = self.solved or verdict.correct
        self.answer.show_verdict(given, verdict)
        general = [r.text for r in verdict.remarks if r.option is None and r.text]
        word = (
            (self._ink.glyphs.tick + " Right.", "bold $text-success")
            if verdict.correct
            else (
                self._ink.glyphs.cross + f" {self._not_right(given, verdict)}",
                "bold $text-warning",
            )
        )
        self._verdict = Content.assemble(word)
        for text in general:
            self._verdict = self._verdict + Content(" ") + inline(self.variant.fill(text))
        if more := remarked(verdict.correct, confidence):
            self._verdict = self._verdict + Content(f" {more}")
        self._say()
        if self.following:
            self.answer.follow()

    def say_before(self, text: str) -> None:
        """Say something else above the question than what was said there."""
        for said in self.query(".bet").results(Static):
            said.update(inline(text))

    def show_form(self, text: str) -> None:
        """Say that an answer was not understood; it did not count."""
        self._verdict = Content.assemble(("? ", "bold $text-accent"), text)
        self._say()

    def show_note(self, text: str) -> None:
        """Say something that is no verdict."""
        self._verdict = inline(text)
        self._say()

    def show_solution(self, answer: Any, verdict: Verdict, *, again: bool = True) -> None:
        """Show the answer after a reveal; `again` says that it will be asked once more."""
        self.solved = True
        self.answer.show_solution(answer, verdict.remarks)
        general = [r.text for r in verdict.remarks if r.option is None and r.text]
        back = "The question comes back a little later." if again else "It counts as helped."
        self._verdict = Content.assemble(("This is the answer. ", "bold"), back)
        for text in general:
            self._verdict = self._verdict + Content("\n") + inline(self.variant.fill(text))
        self._say()

    def announce(self, text: str) -> None:
        """Say what the answer has brought about, such as that it counts as help."""
        self._news = text
        self._say()

    def show_outcome(self, won: int, text: str) -> None:
        """Show what the run has decided about a bet."""
        self.solved = True
        self.answer.show_outcome(won)
        self.show_note(text)

    def show_hint(self, text: str) -> None:
        """Add a rung of the hint ladder."""
        self._hints.append(self.variant.fill(text))
        self._say()

    def offer(self, text: str) -> None:
        """Say quietly what may be done next, such as looking at the answer."""
        self._offer = text
        self._say()

    def show_saving(self, text: str) -> None:
        """Say how the saving of the answer goes; empty when there is nothing to say."""
        self._saving = text
        self._say()

    def show_all(self) -> None:
        """Show every explanation."""
        self.answer.show_all()

    def _not_right(self, given: Any, verdict: Verdict) -> str:
        """What is wrong, in a few words; of several ticks how many are wrong or missing."""
        if not isinstance(self.variant.question, Multi):
            return "Not this."
        wrong = sum(1 for r in verdict.remarks if not r.right and r.option in given)
        missing = sum(1 for r in verdict.remarks if not r.right and r.option not in given)
        do = "does" if wrong == 1 else "do"
        told = [f"{wrong} ticked that {do} not belong"] if wrong else []
        told += [f"{missing} still missing"] if missing else []
        return f"{'Not this' if wrong else 'Not all yet'}: {' and '.join(told)}."

    def _say(self) -> None:
        hints = [] if self.solved else self._hints
        pieces = [
            Content.assemble(("hint  ", "bold $text-accent")) + inline(hint) for hint in hints
        ]
        if self._verdict.plain:
            pieces.append(self._verdict)
        if self._news:
            pieces.append(Content.styled(self._news, "bold $text-accent"))
        if self._saving:
            pieces.append(Content.styled(self._saving, "bold $text-error"))
        if self._offer and not self.solved:
            pieces.append(Content.styled(self._offer, "$foreground-muted"))
        said = self.query_one(".said", Static)
        said.update(Content("\n").join(pieces))
        said.display = bool(pieces)
        if self.following and pieces:
            self.call_after_refresh(self._show_said)

    def _show_said(self) -> None:
        # The page may have been turned since this was asked for.
        for said in self.query(".said"):
            said.scroll_visible(animate=False)
