"""How often everyone is right by length, in the learner's own run, asked of the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from course.problems import did_you_mean
from models.specs.catalog import LABS
from tui.drawing.training.per_length import ByLength
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref, runner_fault
from tui.length_moments import by_length
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint
from tui.widgets.per_length_view import PerLengthView

SETTINGS = frozenset({"lab", "runners"})
JUDGED = ("reversal", "families", "mapsequence", "map", "rivals")
"""The labs that judge whole answers, or ways, by their length."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the bars with these settings from being drawn; empty if nothing does."""
    if found := lab_fault(settings, JUDGED[0]):
        return found
    lab = run_ref(settings.get("lab", JUDGED[0])).lab
    if lab not in JUDGED:
        return f"the lab {lab} judges nothing by length: {did_you_mean(lab, JUDGED)}"
    return runner_fault(LABS[lab], settings["runners"].split()) if "runners" in settings else ""


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    lab = run_ref(settings.get("lab", JUDGED[0])).lab
    return (
        f"How many answers of each length are right from the first token to the last, in"
        f" the lab {lab}: a row for each length, a bar for everyone who was judged. Lengths that"
        " were trained on and lengths that were never met are told apart."
    )


class PerLengthPanel(InsidePanel):
    """The bars of one run."""

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__({**settings, "when": "after"}, desk, JUDGED[0])
        self._runners = settings.get("runners", "").split()
        self._seen: dict[str, ByLength] = {}

    def build(self) -> DrawnView:
        """The bars."""
        return PerLengthView(ink=self.desk.ink)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """From bar to bar."""
        ways = (("↑ ↓", self._called), ("← →", "who"))
        return ways if self.pictured else super().hints_of_keys[:1]

    @property
    def _called(self) -> str:
        return self._seen[self.when].called if self.has_picture else "length"

    @property
    def help_keys(self) -> Sequence[Hint]:
        """The same."""
        return (
            ("space", "begin the run, where there is none"),
            ("↑ ↓", "another length"),
            ("← →", "somebody else"),
        )

    @property
    def help_text(self) -> str:
        """How the bars are read, with those under the cursor."""
        return self.picture.help

    def action_other_time(self) -> None:
        """Nobody is right before training."""

    async def ask(self, run: LabRun, when: str) -> None:
        """How often everyone is right."""
        told = {"runners": self._runners} if self._runners else {}
        seen = await self.desk.labs.probe(run, "lengths", told)
        self._seen[when] = by_length(seen.values, self.spec, "after training")

    def show(self) -> None:
        """Draw them."""
        picture = self.picture
        assert isinstance(picture, PerLengthView)
        picture.show(self._seen[self.when])
