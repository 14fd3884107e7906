"""A field for a few lines of Python: highlighted, numbered, with its indentation kept."""

from __future__ import annotations

from functools import lru_cache

from rich.text import Text
from textual import events

from tui.drawing.code.code_lines import highlighted
from tui.drawing.ink import Ink
from tui.widgets.text_field import TextField

LIMIT = 3000
"""Characters that the lines may have."""
STEP = 4
"""Columns of one step of indentation."""
IN_TURN = {
    "backspace": "delete_left",
    "delete": "delete_right",
    "left": "cursor_left",
    "right": "cursor_right",
    "up": "cursor_up",
    "down": "cursor_down",
    "home": "cursor_line_start",
    "end": "cursor_line_end",
}
"""Keys of the field that are no letters, and what they do there."""
EMPTY = "Write the missing lines here."

_highlighted = lru_cache(maxsize=4)(highlighted)


class CodeField(TextField):
    """Enter keeps the indentation, tab moves in; escape is left to the page."""

    DEFAULT_CSS = """
    CodeField, CodeField:focus { padding: 0; border: none; }
    CodeField { border-left: outer $foreground-muted; }
    CodeField:focus { border-left: outer $accent; }
    """

    def __init__(self, text: str, ink: Ink) -> None:
        self._ink = ink
        self._wrong = 0
        super().__init__(text, LIMIT, EMPTY)
        self.show_line_numbers = True
        self.indent_width = STEP

    def mark(self, line: int) -> None:
        """Mark the line that went wrong, counted from 1; 0 for none."""
        self._wrong = line
        self._line_cache.clear()
        self.refresh()

    def put(self, text: str) -> None:
        """Replace everything, as one step that can be undone."""
        if text != self.text:
            self.replace(text, (0, 0), self.document.end)

    def get_line(self, line_index: int) -> Text:
        """A line in the colours of Python, its words underlined if it went wrong."""
        line = super().get_line(line_index)
        at = 0
        for piece, role in _highlighted(self.text)[line_index]:
            line.stylize(self._ink.style(role), at, at + len(piece))
            at += len(piece)
        if line_index + 1 == self._wrong:
            begin = len(line.plain) - len(line.plain.lstrip())
            line.stylize(self._ink.style("bad"), begin, len(line.plain.rstrip()))
        return line

    def action_delete_left(self) -> None:
        """Take back a sign, or in front of a line a whole step."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        if self.selection.is_empty and before.isspace() and len(before) % STEP == 0:
            self.delete((row, column - STEP), (row, column))
        else:
            super().action_delete_left()

    async def _on_key(self, event: events.Key) -> None:
        """Enter, tab, and the keys that move: those are done in their turn.

        As bindings they would come after letters that were typed behind them, where keys arrive
        many at once, as over a slow line.
        """
        done = {"enter": self._begin_line, "tab": self._move_in} | {
            key: getattr(self, f"action_{action}") for key, action in IN_TURN.items()
        }
        if not self.read_only and event.key in done:
            event.stop()
            event.prevent_default()
            done[event.key]()

    def _begin_line(self) -> None:
        """A new line, as far in as this one, and deeper after a colon."""
        row, column = self.cursor_location
        before = self.document.get_line(row)[:column]
        indent = len(before) - len(before.lstrip())
        deeper = STEP if before.rstrip().endswith(":") else 0
        self._replace_via_keyboard("\n" + " " * (indent + deeper), *self.selection)

    def _move_in(self) -> None:
        column = self.cursor_location[1]
        self._replace_via_keyboard(" " * (STEP - column % STEP), *self.selection)
