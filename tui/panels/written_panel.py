"""What the networks of a lab write when they are left alone, asked of the worker."""

from __future__ import annotations

from collections.abc import Mapping

from course.problems import did_you_mean
from tui.drawing.training.written import Written
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref
from tui.pages.page import Desk
from tui.panels.sampled_panel import SampledPanel
from tui.widgets.drawn_view import DrawnView
from tui.widgets.written_view import WrittenView
from tui.written_moments import written_of

SETTINGS = frozenset({"lab", "when"})
LAB = "peeking"
WRITING = (LAB,)
"""The labs whose networks write."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the view from being shown with these settings; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    lab = run_ref(settings.get("lab", LAB)).lab
    return "" if lab in WRITING else f"the lab {lab} writes nothing: {did_you_mean(lab, WRITING)}"


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    lab, when = run_ref(settings.get("lab", LAB)).lab, settings.get("when", "after")
    return (
        f"What the networks of the lab {lab} write, {when} training: a few walks of each, with"
        " every step marked that breaks the rules, and how many of 100 walks are legal."
    )


class WrittenPanel(SampledPanel):
    """Walks of each network, begun in other rooms as often as one likes."""

    OTHERS = "walks that begin elsewhere"

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self._seen: dict[tuple[str | int, ...], Written] = {}

    def build(self) -> DrawnView:
        """The walks."""
        return WrittenView(ink=self.desk.ink)

    async def ask(self, run: LabRun, when: str) -> None:
        """What they write, from where the sample begins."""
        wanted = (when, self.sample)
        told = {"when": when, "sample": self.sample}
        seen = await self.desk.labs.probe(run, "written", told)
        self._seen[wanted] = written_of(seen.values, self.spec, f"{when} training")

    def show(self) -> None:
        """Draw it."""
        picture = self.picture
        assert isinstance(picture, WrittenView)
        picture.show(self._seen[self.wanted])
