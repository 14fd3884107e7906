"""The line that asks how sure one is, between the choice and its verdict."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui.drawing.ink import Ink
from tui.how_sure_words import LEVELS, QUESTION

GAP = "   "


class HowSure(Static):
    """Asks in one line; the page has the keys, and each answer can be clicked."""

    DEFAULT_CSS = """
    HowSure { height: auto; margin: 1 0 0 0; }
    """

    @dataclass
    class Said(Message):
        """One of the answers was clicked."""

        level: int

    def __init__(self, ink: Ink) -> None:
        super().__init__(markup=False)
        self._ink = ink

    def on_mount(self) -> None:
        """The words never change."""
        label = Content.styled(f"{self._ink.glyphs.bar} {QUESTION}", "bold $text-accent")
        answers = [
            Content.assemble((str(level), "bold $text-accent"), f" {words}")
            for level, words in LEVELS.items()
        ]
        self.update(Content(GAP).join([label, *answers]))

    def on_click(self, event: events.Click) -> None:
        """Take the answer under the pointer."""
        right = len(QUESTION) + 2
        for level, words in LEVELS.items():
            left, right = right + len(GAP), right + len(GAP) + len(words) + 2
            if left <= event.x < right and event.y == 0:
                self.post_message(self.Said(level))
