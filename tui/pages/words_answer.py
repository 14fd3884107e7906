"""The field of a question that is answered in one's own words."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static, TextArea

from tui.own_words import LIMIT
from tui.pages.question_card import Answer
from tui.widgets.text_field import TextField

EMPTY = "Write here, as you would tell a friend."
FULL = f"No more fits in: {LIMIT:,} characters at most. Shorten something to go on.".replace(
    ",", " "
)
NEARLY = 500
"""Characters left from which on they are counted."""


class WordsAnswer(Answer, can_focus=False):
    """A field, and below it how much room is left when that is little."""

    DEFAULT_CSS = """
    WordsAnswer { layout: vertical; height: auto; }
    WordsAnswer TextField { height: 9; }
    Screen.-tall WordsAnswer TextField { height: 16; }
    WordsAnswer .room { height: auto; color: $foreground-muted; }
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.field = TextField(text, LIMIT, EMPTY)
        self._room = Static("", classes="room", markup=False)

    def compose(self) -> ComposeResult:
        """The field and the line below it."""
        yield self.field
        yield self._room

    def on_mount(self) -> None:
        """Say at once if there is little room."""
        self._tell_room()

    @property
    def text(self) -> str:
        """What stands in the field; empty where that is blank."""
        return self.field.text if self.field.text.strip() else ""

    @property
    def in_field(self) -> bool:
        """Whether letters are text now."""
        return self.field.has_focus

    @property
    def focus_target(self) -> Widget:
        """The field."""
        return self.field

    @property
    def hints_of_keys(self) -> Sequence[tuple[str, str]]:
        """The keys that are not text while one writes."""
        return (("escape", "when you are done"), ("enter", "a new line"), ("f1", "help"))

    @on(TextArea.Changed)
    def _tell_room(self) -> None:
        left = LIMIT - len(self.field.text)
        many = "One character" if left == 1 else f"{left} characters"
        self._show(f"{many} left." if 0 < left <= NEARLY else FULL if left <= 0 else "")

    @on(TextField.Full)
    def _tell_full(self) -> None:
        self._show(FULL)

    def _show(self, text: str) -> None:
        self._room.update(text)
        self._room.display = bool(text)
