"""The footer: the few keys that matter here, never more than fit.

A key that does not fit is left out from the end, so the most important come first. Everything
else stands in the help, which `?` opens.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from tui.drawing.ink import Ink

Hint = tuple[str, str]
"""A key as it is written on the keyboard, and what it does in a word or two."""

MOST = 6
HELP = "?"
GAP = 3
"""Cells between two hints."""


def more_below(ink: Ink) -> tuple[Hint, ...]:
    """The key that goes on where more is to be seen than fits."""
    return (("down" if ink.is_ascii else "↓", "more"),)


def fit(hints: Iterable[Hint], width: int) -> list[Hint]:
    """The leading hints that fit into a line of `width` cells; the help is always among them."""
    wanted = list(hints)
    kept = _leading(wanted, width, MOST)
    help_key = next((hint for hint in wanted if hint[0] == HELP), None)
    if help_key is None or help_key in kept:
        return kept
    others = [hint for hint in wanted if hint != help_key]
    room = width - _cells(help_key) - GAP
    return [*_leading(others, room, MOST - 1), *_leading([help_key], width - 1, 1)]


def _leading(hints: Iterable[Hint], width: int, most: int) -> list[Hint]:
    kept: list[Hint] = []
    used = 1
    for hint in hints:
        used += _cells(hint) + (GAP if kept else 0)
        if used > width or len(kept) == most:
            break
        kept.append(hint)
    return kept


def _cells(hint: Hint) -> int:
    return len(hint[0]) + 1 + len(hint[1])


class KeyLine(Static):
    """One row of key hints."""

    DEFAULT_CSS = """
    KeyLine { height: 1; dock: bottom; padding: 0 0 0 1; color: $foreground-muted; }
    """

    def __init__(self, ink: Ink, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._ink = ink
        self._hints: list[Hint] = []

    def show(self, hints: Iterable[Hint]) -> None:
        """Show these keys, most important first."""
        words = self._ink.words
        self._hints = [(words(key), words(label)) for key, label in hints]
        self._draw()

    def on_resize(self) -> None:
        """Fit the keys to the new width."""
        self._draw()

    def _draw(self) -> None:
        pieces = [
            Content.assemble((key, "bold $text-accent"), " " + label)
            for key, label in fit(self._hints, self.size.width)
        ]
        self.update(Content("   ").join(pieces), layout=False)
