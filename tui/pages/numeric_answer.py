"""A number to be typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from course.marking import Remark, Verdict
from course.variants import Variant
from tui.drawing.ink import Ink
from tui.drawing.inline import inline
from tui.pages.question_card import Answer


class NumericAnswer(Answer, can_focus=False):
    """A field for a number, and below it what was tried."""

    DEFAULT_CSS = """
    NumericAnswer { layout: vertical; height: auto; }
    NumericAnswer Input { width: 28; margin: 0 0 0 2; }
    NumericAnswer .tried { margin: 0 0 0 4; height: auto; }
    """

    takes_letters = True
    takes_digits = True

    def __init__(self, variant: Variant, ink: Ink) -> None:
        super().__init__()
        self._variant = variant
        self._ink = ink
        self._tried: list[Content] = []
        self._done = False

    def compose(self) -> ComposeResult:
        """The field, and a line for each number that was tried."""
        yield Input(placeholder="a number, such as 0.5 or 3/4", compact=True, id="number")
        yield Static("", classes="tried", markup=False)

    def on_mount(self) -> None:
        """The cursor does not blink where nothing is to move unasked."""
        self.query_one(Input).cursor_blink = False

    @property
    def hints_of_keys(self) -> Sequence[tuple[str, str]]:
        """The keys it takes now: in a field, letters are text."""
        if self._done:
            return ()
        if self.in_field:
            return (("enter", "answer"), ("escape", "out of the field for hints"), ("f1", "help"))
        return (("enter", "to the field"),)

    @property
    def all_told(self) -> bool:
        """A number has no explanations but its own."""
        return True

    @property
    def in_field(self) -> bool:
        """Whether letters are text now."""
        return not self._done and self.is_mounted and self.query_one(Input).has_focus

    @property
    def focus_target(self) -> Widget:
        """The field, while there is something to type."""
        return self if self._done else self.query_one(Input)

    def show_choice(self, given: Any) -> None:
        """Show the number as it was typed."""
        self.query_one(Input).value = str(given)

    def show_verdict(self, given: Any, verdict: Verdict) -> None:
        """Keep the tried number in sight."""
        glyph = self._ink.glyphs.tick if verdict.correct else self._ink.glyphs.cross
        tone = "bold $text-success" if verdict.correct else "dim"
        self._tried.append(Content.assemble((f"{glyph} {str(given).strip()}", tone)))
        self._done = verdict.correct
        self._draw()

    def show_solution(self, answer: Any, remarks: Sequence[Remark]) -> None:
        """Show the number."""
        self._tried.append(Content.assemble(("= ", "bold"), inline(str(answer))))
        self._done = True
        self._draw()

    def on_descendant_focus(self) -> None:
        """Whoever goes back into the field thinks again."""
        self.post_message(self.Turned())

    @on(Input.Submitted)
    def give(self, event: Input.Submitted) -> None:
        """Give what was typed as the answer. An empty field is told what it takes, unless that
        would hide what was said of the last try."""
        event.stop()
        if not self._done and (event.value.strip() or not self._tried):
            self.post_message(self.Given(event.value))

    def _draw(self) -> None:
        field = self.query_one(Input)
        if self._done:
            field.display = False
            self.screen.set_focus(None)
        else:
            field.clear()
        self.query_one(".tried", Static).update(Content("   ").join(self._tried))
