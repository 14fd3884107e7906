"""A field for a few paragraphs: plain text, of limited length, and no keys but the plain ones."""

from __future__ import annotations

from rich.style import Style
from textual.document._document import EditResult
from textual.document._edit import Edit
from textual.message import Message
from textual.widgets import TextArea

from tui.own_words import cleaned


class TextField(TextArea):
    """Enter begins a new line; escape and tab are left to the page."""

    DEFAULT_CSS = """
    TextField, TextField:focus { background: transparent; padding: 0 1; }
    TextField { border: round $foreground-muted; }
    TextField:focus { border: round $accent; }
    """

    class Full(Message):
        """Something was not taken in, since no more fits."""

    def __init__(self, text: str, limit: int, placeholder: str) -> None:
        super().__init__(text, highlight_cursor_line=False, placeholder=placeholder)
        self._limit = limit
        self.cursor_blink = False
        self.move_cursor(self.document.end)

    @property
    def rich_style(self) -> Style:
        """With colours in any case: where there are none, a text area takes those of the theme,
        and of a terminal without colours that theme has none which can be read."""
        return Style(color="default", bgcolor="default") + super().rich_style

    def edit(self, edit: Edit) -> EditResult:
        """Take in as much of a clean text as fits."""
        replaced = len(self.get_text_range(edit.top, edit.bottom))
        room = self._limit - len(self.text) + replaced
        edit.text = cleaned(edit.text)
        if len(edit.text) > room:
            edit.text = edit.text[: max(0, room)]
            self.post_message(self.Full())
        return super().edit(edit)
