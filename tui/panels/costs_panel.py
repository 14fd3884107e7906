"""The four quantities on a page of a lesson, for the n and C that it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult

from tui.drawing.layers.costs import QUANTITIES, CostTable, sentence
from tui.pages.page import Desk
from tui.panels.picture_panel import PicturePanel
from tui.widgets.costs_view import LEAST, MOST, CostsView
from tui.widgets.key_line import Hint

SETTINGS = frozenset({"n", "c", "show"})


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the table with these settings from being drawn; empty if nothing does."""
    for name in ("n", "c"):
        value = settings.get(name, "1")
        if not value.isdecimal() or not LEAST <= int(value) <= MOST:
            return f"{name} {value}: expected a whole number from {LEAST} to {MOST}"
    if (shown := settings.get("show", QUANTITIES[0])) not in QUANTITIES:
        return f"show {shown}: there is {', '.join(QUANTITIES)}"
    return ""


def in_words(settings: Mapping[str, str]) -> str:
    """The table in words."""
    return f"Path, steps, work and memory of one layer. {sentence(_table(settings))}"


def _table(settings: Mapping[str, str]) -> CostTable:
    usual = CostTable()
    return CostTable(
        int(settings.get("n", usual.n)),
        int(settings.get("c", usual.c)),
        QUANTITIES.index(settings.get("show", QUANTITIES[0])),
    )


class CostsPanel(PicturePanel):
    """One table."""

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__()
        self._table = _table(settings)
        self._ink = desk.ink

    def compose(self) -> ComposeResult:
        """The table."""
        yield CostsView(self._table, ink=self._ink)

    @property
    def view(self) -> CostsView:
        """Where it is drawn."""
        return self.query_one(CostsView)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Which quantity, n, C."""
        return (("← →", "which"), ("↑ ↓", "n"), ("+ -", "C"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        return (
            ("← →", "which of the four is explained"),
            ("↑ ↓", "twice as many tokens, half as many"),
            ("+ -", "twice as many numbers for each token, half as many"),
        )
