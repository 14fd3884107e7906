"""What stands there when the terminal is too small for the course."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static


class TooSmall(Screen):
    """One sentence that says what to do."""

    DEFAULT_CSS = (
        "TooSmall { align: center middle; } TooSmall Static { width: auto; max-width: 90%; }"
    )

    def __init__(self, least: tuple[int, int]) -> None:
        super().__init__()
        self._least = least

    def compose(self) -> ComposeResult:
        """The sentence."""
        columns, rows = self._least
        yield Static(
            Content(
                f"Please make the window at least {columns} columns by {rows} rows, or leave with "
                "ctrl+q and read with grok-tui read LESSON."
            )
        )
