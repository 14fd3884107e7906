"""The ablation board of the learner's own network: every line is computed by the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import on

from tui.drawing.attention.ablations import Board, Off
from tui.drawing.attention.heads import Place
from tui.head_moments import board_of_probe
from tui.lab_run import LabRun
from tui.lab_settings import run_ref
from tui.pages.page import Desk
from tui.panels.team_panel import LAB, TeamPanel, fault
from tui.widgets.ablations_view import HELP, AblationsView
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint

SETTINGS = frozenset({"lab", "when", "runner"})
__all__ = ["SETTINGS", "AblationsPanel", "fault", "in_words"]


def in_words(settings: Mapping[str, str]) -> str:
    """The board in words, where it cannot be drawn."""
    lab = run_ref(settings.get("lab", LAB)).lab
    return (
        f"A network of the lab {lab} without some of its heads: a line for no head, for each head,"
        " for each pair and for all of them, with how often it is then right and its loss."
    )


class AblationsPanel(TeamPanel):
    """The board before or after training; a set that it does not have yet is asked for."""

    first_sets: ClassVar[Sequence[Sequence[Place]] | None] = None
    """The sets that the board begins with; without any, those that are usual."""

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk)
        self._off: Off = frozenset()
        self._boards: dict[tuple[str, str], Board] = {}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """No text is shown, so there is no other one."""
        return action != "another"

    def begin_anew(self) -> None:
        """The board with all heads on."""
        self._off = frozenset()
        self.view.begin()

    def build(self) -> DrawnView:
        """The board."""
        return AblationsView(ink=self.desk.ink)

    @property
    def view(self) -> AblationsView:
        """Where the board is drawn."""
        return self.query_one(AblationsView)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Choose a head and switch it."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        return (("← →", "head"), ("space", "off/on"), ("u", "undo"), ("r", "team"), *hints[1:])

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All keys."""
        return (
            ("space", "begin the run, where there is none; then switch the head off, or on again"),
            ("← →", "a head back, a head on"),
            ("↑ ↓", "a line up, a line down"),
            ("u", "take the last switch back"),
            ("r", "another team"),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """How the board is read, and the chosen line in words."""
        return f"{HELP}\n\n{self.sentence}" if self.has_picture else HELP

    @property
    def has_picture(self) -> bool:
        """Whether the worker has answered for the sets that are wanted."""
        board = self._boards.get((self.when, self._runner))
        return board is not None and board.of(self._off) is not None

    @on(AblationsView.Wanted)
    def want(self, event: AblationsView.Wanted) -> None:
        """A set that is not on the board yet is asked for."""
        self._off = event.off
        self.look()

    async def ask(self, run: LabRun, when: str) -> None:
        """The usual sets at first; then one set after the other."""
        told = {"when": when, "runner": self._runner}
        key = when, self._runner
        if key not in self._boards:
            first = {} if self.first_sets is None else {"sets": self.first_sets}
            seen = await self.desk.labs.probe(run, "ablate", {**told, **first})
            self._boards[key] = board_of_probe(seen, when)
        board, off = self._boards[key], self._off
        if board.of(off) is None:
            sets = [[list(place) for place in sorted(off)]]
            seen = await self.desk.labs.probe(run, "ablate", {**told, "sets": sets})
            rows = board.rows + board_of_probe(seen, when).rows
            self._boards[key] = replace(board, rows=tuple(sorted(rows, key=_fewest)))

    def show(self) -> None:
        """Draw the board of the time that is chosen."""
        self.view.show(self._boards[self.when, self._runner])


def _fewest(row: tuple[Off, object]) -> tuple[int, list[tuple[int, int]]]:
    """The order of the lines: none, each, pairs, and so on."""
    return len(row[0]), sorted(row[0])
