"""What every look into one speaker has in common: who it is, and which sentence is read."""

from __future__ import annotations

from collections.abc import Mapping

from course.problems import did_you_mean
from models.specs.catalog import LABS
from tui.lab_settings import lab_fault, run_ref, runner_fault
from tui.pages.page import Desk
from tui.panels.sampled_panel import SampledPanel

SETTINGS = frozenset({"lab", "when", "runner"})
LAB, RUNNER = "speak", "gpt"
SPEAKING = (LAB,)
"""The labs whose networks speak."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the view from being shown with these settings; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    lab = run_ref(settings.get("lab", LAB)).lab
    if lab not in SPEAKING:
        return f"no network speaks in the lab {lab}: {did_you_mean(lab, SPEAKING)}"
    return runner_fault(LABS[lab], [settings.get("runner", RUNNER)])


class SpeakingPanel(SampledPanel):
    """A subclass asks for its numbers and shows them."""

    OTHERS = "other sentences"

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self.runner = settings.get("runner", RUNNER)
