"""What every look into one speaker has in common: who it is, and which sentence is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.binding import Binding

from course.problems import did_you_mean
from models.specs.catalog import LABS
from tui.lab_settings import lab_fault, run_ref, runner_fault
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.key_line import Hint

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
        return f"nobody speaks in the lab {lab}: {did_you_mean(lab, SPEAKING)}"
    return runner_fault(LABS[lab], [settings.get("runner", RUNNER)])


class SpeakingPanel(InsidePanel):
    """A subclass asks for its numbers and shows them; `m` takes another sentence."""

    BINDINGS = [  # noqa: RUF012
        Binding("m", "another", "Others", show=False, id="speaking-another"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self.runner = settings.get("runner", RUNNER)
        self.sample = 0

    @property
    def wanted(self) -> tuple[str, int]:
        """What the picture is of: before or after training, and which sentence."""
        return self.when, self.sample

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Others, and the other time."""
        hints = super().hints_of_keys
        return (("m", "others"), hints[1]) if self.pictured else hints

    @property
    def help_keys(self) -> Sequence[Hint]:
        """The same."""
        return (
            ("space", "begin the run, where there is none"),
            ("m", "other sentences"),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """How it is read, with the numbers of now."""
        return self.picture.help

    def action_another(self) -> None:
        """Other sentences."""
        self.sample += 1
        self.look()
