"""How a number of a lab spreads over seeds, asked of the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from course.problems import did_you_mean
from models.protocol import ProbeResult
from tui.drawing.layers.spread import Spread
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint
from tui.widgets.spread_view import HELP, SpreadView

SETTINGS = frozenset({"lab", "when"})
LAB = "sentence"
SPREAD = (LAB,)
"""The labs that measure a number again and again."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps a spread with these settings from being shown; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    lab = run_ref(settings.get("lab", LAB)).lab
    return "" if lab in SPREAD else f"the lab {lab} has no spread: {did_you_mean(lab, SPREAD)}"


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    lab = run_ref(settings.get("lab", LAB)).lab
    return (
        f"A number of the lab {lab}, measured from many seeds: a line for each of equal bins, how"
        " many fell into it, and where that of your own run lies."
    )


class SpreadPanel(InsidePanel):
    """The spread of a number over seeds, and one's own in it."""

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__({"when": "before", **settings}, desk, LAB)
        self._seen: dict[str, Spread] = {}

    def build(self) -> DrawnView:
        """The histogram."""
        return SpreadView(ink=self.desk.ink)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """From bin to bin."""
        return (("↑ ↓", "bin"),) if self.pictured else super().hints_of_keys[:1]

    @property
    def help_keys(self) -> Sequence[Hint]:
        """The same."""
        return (("space", "begin the run, where there is none"), ("↑ ↓", "from bin to bin"))

    @property
    def help_text(self) -> str:
        """How a histogram is read."""
        return HELP

    def action_other_time(self) -> None:
        """What chance has given does not change with training."""

    async def ask(self, run: LabRun, when: str) -> None:
        """The number from every seed."""
        self._seen[when] = spread_of(await self.desk.labs.probe(run, "spread", {"when": when}))

    def show(self) -> None:
        """Draw it."""
        picture = self.picture
        assert isinstance(picture, SpreadView)
        picture.show(self._seen[self.when])


def spread_of(seen: ProbeResult) -> Spread:
    """A probe of a spread as the view shows it."""
    values = seen.values
    return Spread(
        tuple(seen.arrays["values"].rows()),
        values["own"],
        values["what"],
        values["of"],
        values["baseline"],
        values["baseline_name"],
    )
