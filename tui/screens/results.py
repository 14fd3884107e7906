"""The tables of runs over the page that asks about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from course.lesson import RunRef
from models.specs.catalog import find_lab
from tui.lab_words import results_of
from tui.screens.dialogs import Dialog

Table = tuple[RunRef, Mapping[str, float]]
"""A run as the lesson names it, and what it measured."""
WIDTH = 72
"""Cells that the widest table takes."""


class ResultsScreen(Dialog):
    """What was measured, one table under the other."""

    BINDINGS = [Binding("t,enter,q", "close", "Close", show=False, id="close-results")]  # noqa: RUF012

    DEFAULT_CSS = "ResultsScreen > Vertical { width: 80; max-width: 100%; padding: 0 1; }"

    def __init__(self, tables: Sequence[Table]) -> None:
        super().__init__()
        self._tables = tables

    def compose(self) -> ComposeResult:
        """Each table with its knobs."""
        with Vertical(), VerticalScroll():
            for ref, metrics in self._tables:
                spec = find_lab(ref.lab)
                knobs = spec.settings({k: spec.knob(k).parse(v) for k, v in ref.knobs.items()})
                lines = results_of(spec, metrics, knobs, None, WIDTH)
                yield Static(Content("\n").join(lines))
            yield Static(Content("escape closes this"), classes="keys")
