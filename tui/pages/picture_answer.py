"""An answer given in a live picture: its keys choose, enter answers, and what was tried is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from course.marking import Remark, Verdict
from tui.drawing.ink import Ink
from tui.pages.page import Page
from tui.pages.question_card import Answer

KEPT = 3
"""Lines of what was tried."""


class PictureAnswer(Answer, can_focus=False):
    """The picture, and below it what was tried. A subclass has the picture and takes enter."""

    DEFAULT_CSS = """
    PictureAnswer { layout: vertical; height: auto; }
    PictureAnswer .tried { height: auto; }
    """
    BINDINGS = [  # noqa: RUF012
        Binding("enter", "answer", "Answer with this", show=False, id="picture-answer"),
    ]

    takes_digits = True
    shown_at_once = False

    def __init__(self, ink: Ink) -> None:
        super().__init__()
        self._ink = ink
        self._tried: list[Content] = []
        self._to_choose: Any = None
        """The answer that the picture is to show once it is there."""
        self._revealed = False
        self._done = False

    # What a subclass does

    @property
    def picture(self) -> Widget:
        """Where one chooses."""
        raise NotImplementedError

    @property
    def is_ready(self) -> bool:
        """Whether there is something to choose from."""
        raise NotImplementedError

    def put(self, given: Any) -> None:
        """Show in the picture what was answered. It is ready."""
        raise NotImplementedError

    def reveal(self) -> None:
        """Show what is right. The picture is ready."""
        raise NotImplementedError

    def action_answer(self) -> None:
        """Answer with what is chosen."""
        raise NotImplementedError

    # The answer

    def compose(self) -> ComposeResult:
        """The picture and the lines below it."""
        yield self.picture
        yield Static("", classes="tried", markup=False)

    @property
    def all_told(self) -> bool:
        """What was chosen has no explanation but that of its kind."""
        return True

    def show_choice(self, given: Any) -> None:
        """Choose in the picture what was answered, as soon as it is there."""
        self._to_choose = given
        self.follow_picture()

    def show_verdict(self, given: Any, verdict: Verdict) -> None:
        """Keep what was tried in sight, in words."""
        glyph = self._ink.glyphs.tick if verdict.correct else self._ink.glyphs.cross
        tone = "bold $text-success" if verdict.correct else "$foreground-muted"
        self._done = verdict.correct
        self.tell(f"{glyph} {given['told']}", tone)
        self.show_choice(given)

    def show_solution(self, answer: Any, remarks: Sequence[Remark]) -> None:
        """Show what was asked for, as soon as the picture is there."""
        self._revealed = self._done = True
        self.follow_picture()

    @on(Page.KeysChanged)
    def follow_picture(self) -> None:
        """The picture may have come meanwhile."""
        if not self.is_ready:
            return
        if self._revealed:
            self._revealed = False
            self.reveal()
        elif self._to_choose is not None:
            given, self._to_choose = self._to_choose, None
            self.put(given)

    def on_descendant_focus(self) -> None:
        """Whoever goes back into the picture thinks again."""
        self.post_message(self.Turned())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Once answered, enter turns the page."""
        return not (action == "answer" and self._done)

    def tell(self, text: str, tone: str) -> None:
        """Add a line to what was tried."""
        self._tried.append(Content.styled(self._ink.words(text), tone))
        self.show_tried()

    def show_tried(self, more: Content | None = None) -> None:
        """Show what was tried, and below it what is to be said for now."""
        lines = self._tried[-KEPT:] + ([more] if more else [])
        for tried in self.query(".tried").results(Static):  # none, if the page was turned
            tried.update(Content("\n").join(lines))
