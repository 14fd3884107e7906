"""How far back the answers of the learner's own networks reach, asked of the worker."""

from __future__ import annotations

from collections.abc import Mapping

from models.specs.catalog import LABS
from tui.drawing.memory.reach import Line, Reach, line_of
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref, runner_fault, runners_of
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.along_view import AlongView
from tui.widgets.reach_view import HELP, ReachView

SETTINGS = frozenset({"lab", "runners", "when"})
LAB = "recurrence"
NOT_SHOWN = ("near",)
"""Runners on a way of their own, left out unless they are named."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the reach from being drawn with these settings; empty if nothing does."""
    spec = LABS.get(run_ref(settings.get("lab", LAB)).lab)
    if (found := lab_fault(settings, LAB)) or spec is None:
        return found
    return runner_fault(spec, chosen(settings))


def chosen(settings: Mapping[str, str]) -> list[str]:
    """The runners that are shown: those that are named, or all."""
    if "runners" in settings:
        return settings["runners"].replace(",", " ").split()
    known = runners_of(LABS[run_ref(settings.get("lab", LAB)).lab])
    return [name for name in known if name not in NOT_SHOWN]


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    known = runners_of(LABS[run_ref(settings.get("lab", LAB)).lab])
    names = ", ".join(known[name] for name in chosen(settings))
    return (
        f"How far back an answer reaches, {settings.get('when', 'after')} training ({names}): for"
        " each place from the first to the last, how strongly the answer depends on what was seen"
        " there, against the last place, on a log scale."
    )


class ReachPanel(InsidePanel):
    """The reach of the runners that a lesson names, before training or after it."""

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self._names = chosen(settings)
        self._seen: dict[str, Reach] = {}

    def build(self) -> AlongView:
        """The bars."""
        return ReachView(ink=self.desk.ink)

    @property
    def help_text(self) -> str:
        """How the bars are read."""
        return HELP

    async def ask(self, run: LabRun, when: str) -> None:
        """The reach of one runner after the other; who is not in the race is said to be missing."""
        known, lines, texts, trouble = runners_of(self.spec), [], 1, ""
        for name in self._names:
            try:
                told = {"runner": name, "when": when}
                seen = await self.desk.labs.probe(run, "reach", told)
            except ConnectionError as error:
                trouble = str(error)
                lines.append(Line(known[name], (), trouble))
                continue
            lines.append(line_of(known[name], seen.arrays["reach"].rows()))
            texts = int(seen.values.get("texts", 1))
        if not any(line.values for line in lines):
            raise ConnectionError(trouble)
        title = f"{when} training" if when == "before" else "after training"
        self._seen[when] = Reach(tuple(lines), title, texts, self.ends)

    def show(self) -> None:
        """Draw the bars of the time that is chosen."""
        picture = self.picture
        assert isinstance(picture, ReachView)
        picture.show(self._seen[self.when])
