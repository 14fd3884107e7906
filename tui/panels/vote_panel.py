"""A vote on a page of a lesson: classmates, a library, a chatbot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from course.problems import did_you_mean
from tui.ballots import ASK, BALLOTS
from tui.drawing.lookup.vote import Vote, sentence
from tui.pages.page import Desk, Page
from tui.panels.picture_panel import PicturePanel
from tui.widgets.key_line import Hint
from tui.widgets.vote_view import VoteView

SETTINGS = frozenset({"data", "question"})
LONGEST = 60
"""Characters of a question at most."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps a vote with these settings from being drawn; empty if nothing does."""
    name, number = settings.get("data", "classroom"), settings.get("question", "1")
    if name not in BALLOTS:
        return f"data {name}: {did_you_mean(name, BALLOTS)}"
    last = len(BALLOTS[name])
    if not number.isdecimal() or not 1 <= int(number) <= last:
        return f"question {number}: {name} has questions 1 to {last}"
    return ""


def in_words(settings: Mapping[str, str]) -> str:
    """The vote as it begins, for everyone who is asked."""
    ballot = BALLOTS[settings.get("data", "classroom")][int(settings.get("question", "1")) - 1]
    vote = Vote(ballot, ballot.scores)
    told = [sentence(vote, place).partition(" Mixed:")[0] for place in range(len(ballot.names))]
    told = [text.removesuffix(ballot.outcome).rstrip() for text in told]
    mixed = sentence(vote, 0).partition(" Mixed:")[2]
    end = f" Mixed:{mixed}" if mixed else f" {ballot.outcome}"
    return f"“{ballot.question}” {' '.join(told)}{end}".rstrip()


class VotePanel(PicturePanel):
    """One vote after another, from the one that the lesson names; some answer any question."""

    DEFAULT_CSS = """
    VotePanel Input { display: none; width: 1fr; max-width: 76; }
    VotePanel Input.-open { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "open", "Ask something else", show=False, id="vote-open"),
        Binding("escape", "leave", "Leave the field", show=False, id="vote-leave"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__()
        data = settings.get("data", "classroom")
        self._ballots, self._ask = BALLOTS[data], ASK.get(data)
        self._at = int(settings.get("question", "1")) - 1
        self._ink = desk.ink

    def compose(self) -> ComposeResult:
        """The bars, and a field for a question."""
        yield VoteView(self._ballots, at=self._at, ink=self._ink)
        yield Input(placeholder="your question", compact=True, max_length=LONGEST)

    def on_mount(self) -> None:
        """The cursor does not blink where nothing is to move unasked."""
        self.query_one(Input).cursor_blink = False

    @property
    def view(self) -> VoteView:
        """Where it is drawn."""
        return self.query_one(VoteView)

    @property
    def in_field(self) -> bool:
        """Whether a question is being typed."""
        return self.is_mounted and self.query_one(Input).has_class("-open")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is a field only where any question is answered, and escape is its own."""
        if action == "open":
            return self._ask is not None and not self.in_field
        return self.in_field if action == "leave" else True

    def action_open(self) -> None:
        """Open the field."""
        field = self.query_one(Input)
        field.add_class("-open")
        field.value = ""
        self.screen.set_focus(field)
        self.post_message(Page.KeysChanged())

    def action_leave(self) -> None:
        """Close the field."""
        self.query_one(Input).remove_class("-open")
        self.screen.set_focus(self.view)
        self.post_message(Page.KeysChanged())

    @on(Input.Submitted)
    def ask(self, event: Input.Submitted) -> None:
        """Show what is made of the question."""
        event.stop()
        if self._ask is not None and event.value.strip():
            self.view.ask(self._ask(event.value.strip()))
        self.action_leave()

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Who, the score, all scores, the temperature."""
        if self.in_field:
            return (("enter", "ask"), ("escape", "leave the field"))
        keys: tuple[Hint, ...] = (("↑ ↓", "who"), ("← →", "score"))
        if self._ask is not None:
            return (("m", "other"), ("e", "your question"), *keys, ("h c", "T"))
        return (*keys, ("a", "all +10"), ("h c", "T"), ("m", "other"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        return (
            ("↑ ↓", "who is under the cursor"),
            ("← →", "a lower score, a higher score"),
            ("a d", "add 10 to all scores, take 10 off"),
            ("h c", "hotter, colder: twice T, half of it"),
            ("m", "another question"),
            *((("e", "a question of your own"),) if self._ask else ()),
            ("o", "the scores as they were"),
        )

    @property
    def focus_target(self) -> Widget:
        """The view takes the keys, or the field."""
        return self.query_one(Input) if self.in_field else self.view
