"""The masks of three families on one text, asked of the networks themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.binding import Binding

from course.problems import did_you_mean
from models.specs.families import MOVES
from tui.drawing.attention.families import Families, family_of
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.drawn_view import DrawnView
from tui.widgets.families_view import FamiliesView
from tui.widgets.key_line import Hint

SETTINGS = frozenset({"lab", "moves", "sample"})
LAB = "families"
MANY = (LAB,)
"""The labs in which several families read one language."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the masks with these settings from being drawn; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    lab = run_ref(settings.get("lab", LAB)).lab
    if lab not in MANY:
        return f"the lab {lab} has one family only: {did_you_mean(lab, MANY)}"
    moves, sample = settings.get("moves", "2"), settings.get("sample", "0")
    if not moves.isdecimal() or int(moves) not in MOVES:
        return f"moves {moves}: expected a whole number from {MOVES[0]} to {MOVES[-1]}"
    return "" if sample.isdecimal() else f"sample {sample}: expected a whole number"


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    return (
        "Who may read whom, as three squares side by side. Encoder: all tokens of the maze may read"
        " all. Decoder: maze and way are one text, and each token may read itself and those before"
        " it. Encoder-decoder: the maze reads all of itself, the way what is before, and across,"
        " every room of the way reads the whole maze."
    )


class FamiliesPanel(InsidePanel):
    """The masks for one maze after another; they need no training."""

    BINDINGS = [  # noqa: RUF012
        Binding("m", "another", "Another", show=False, id="families-another"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__({**settings, "when": "before"}, desk, LAB)
        self._moves = int(settings.get("moves", "2"))
        self._sample = int(settings.get("sample", "0"))
        self._seen: dict[int, Families] = {}

    def build(self) -> DrawnView:
        """The squares."""
        return FamiliesView(ink=self.desk.ink)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """From family to family, from cell to cell."""
        ways = (("tab", "family"), ("←↑↓→", "cell"), ("m", "another"))
        return ways if self.pictured else super().hints_of_keys[:1]

    @property
    def help_keys(self) -> Sequence[Hint]:
        """The same."""
        return (
            ("space", "look"),
            ("tab", "another family"),
            ("←↑↓→", "another cell"),
            ("m", "another maze"),
        )

    @property
    def wanted(self) -> int:
        """Which maze: training changes nothing."""
        return self._sample

    @property
    def help_text(self) -> str:
        """How the squares are read, with the row under the cursor."""
        return self.picture.help

    def action_other_time(self) -> None:
        """Masks do not change with training."""

    def action_another(self) -> None:
        """Another maze."""
        self._sample += 1
        self.look()

    async def ask(self, run: LabRun, when: str) -> None:
        """The masks of one maze."""
        sample = self._sample
        told = {"sample": sample, "moves": self._moves}
        seen = await self.desk.labs.probe(run, "masks", told)
        self._seen[sample] = families_of(seen.values)

    def show(self) -> None:
        """Draw them."""
        picture = self.picture
        assert isinstance(picture, FamiliesView)
        picture.show(self._seen[self.wanted])


def families_of(values: Mapping[str, Any]) -> Families:
    """A probe of the masks as the view shows it."""
    families = tuple(
        family_of(one["who"], one["masks"], values["given"]) for one in values["families"]
    )
    last = len(families[-1].tokens) - 1
    return Families(families, at=len(families) - 1, row=last, column=last)
