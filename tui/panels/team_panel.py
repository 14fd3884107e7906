"""Labs in which teams of heads run against each other, and what all pictures of a team share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.binding import Binding, BindingType

from course.problems import did_you_mean
from tui.lab_settings import lab_fault, run_ref
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel

LAB = "heads"
TEAMS = {
    "heads": ("one", "two", "four"),
    "roles": ("one", "two", "four"),
    "lap": ("one", "two", "graded", "fixed", "mixed"),
    "induction": ("fixed", "one", "two"),
}
"""The labs whose heads can be seen all at once, and their teams; the last is meant unless told."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the heads of a team from being drawn; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    lab = run_ref(settings.get("lab", LAB)).lab
    if lab not in TEAMS:
        return f"the lab {lab} has no heads to show: {did_you_mean(lab, TEAMS)}"
    if not (sample := settings.get("sample", "0")).isdecimal():
        return f"sample {sample}: expected a whole number from 0 up"
    if (runner := settings.get("runner", TEAMS[lab][-1])) not in TEAMS[lab]:
        return f"the lab {lab} has no team {runner}: {did_you_mean(runner, TEAMS[lab])}"
    return ""


class TeamPanel(InsidePanel):
    """A team of heads and a text; another of each is a key away.

    A subclass puts back what was done to the heads when the team changes.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "next_team", "Another team", show=False, id="team-next"),
        Binding("m", "another", "Another text", show=False, id="team-another"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk, lab: str = LAB) -> None:
        super().__init__(settings, desk, lab)
        self._runner = settings.get("runner", TEAMS[self.spec.name][-1])
        self._sample = int(settings.get("sample", "0"))

    def begin_anew(self) -> None:
        """All heads on, and their own: it is another team."""
        raise NotImplementedError

    def action_next_team(self) -> None:
        """The heads of the next team, all on."""
        teams = TEAMS[self.spec.name]
        self._runner = teams[(teams.index(self._runner) + 1) % len(teams)]
        self.begin_anew()
        self.look()

    def action_another(self) -> None:
        """Another text for the same network."""
        self._sample += 1
        self.look()
