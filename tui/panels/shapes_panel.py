"""The shapes that go through the learner's own network, asked of the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.protocol import ProbeResult
from models.sources import sources
from tui.drawing.layers.shapes import Shapes, Step
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint
from tui.widgets.shapes_view import HELP, ShapesView

SETTINGS = frozenset({"lab", "when"})
LAB = "tower"
WALKED = ("tower",)
"""The labs whose networks can be walked through."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the shapes from being drawn with these settings; empty if nothing does."""
    lab = run_ref(settings.get("lab", LAB)).lab
    if found := lab_fault(settings, LAB):
        return found
    return "" if lab in WALKED else f"the lab {lab} shows no shapes: {', '.join(WALKED)} does"


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    return (
        "One pass through the network, step by step: each line of code that makes something, the"
        " shape of what came out, and how many parameters it took. All of them add up to those of"
        " the network."
    )


class ShapesPanel(InsidePanel):
    """The steps of one pass, before training or after it: the shapes are the same."""

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__({"when": "before", **settings}, desk, LAB)
        self._seen: dict[str, Shapes] = {}

    def build(self) -> DrawnView:
        """The list and the code."""
        return ShapesView(ink=self.desk.ink)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Steps, and what stands below."""
        if not self.pictured:
            return super().hints_of_keys
        return (("↑ ↓", "step"), ("v", "parameters"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        return (
            ("space", "make the network, where there is none"),
            ("↑ ↓", "a step back, a step on"),
            ("home end", "the first step, the last"),
            ("v", "in which parts the parameters are, or the code"),
        )

    @property
    def help_text(self) -> str:
        """How the list is read."""
        return HELP

    async def ask(self, run: LabRun, when: str) -> None:
        """One pass of the network."""
        seen = await self.desk.labs.probe(run, "shapes", {"when": when})
        self._seen[when] = shapes_of_probe(seen, "one row goes up")

    def show(self) -> None:
        """Draw the steps."""
        picture = self.picture
        assert isinstance(picture, ShapesView)
        picture.show(self._seen[self.when])


def shapes_of_probe(seen: ProbeResult, title: str) -> Shapes:
    """A probe of shapes as the view shows it, with the files as they stand here."""
    steps = tuple(_step(step) for step in seen.values["steps"])
    sources = {step.file: _source(step.file) for step in steps}
    return Shapes(steps, int(seen.values["parameters"]), title, sources)


def _step(data: Mapping[str, Any]) -> Step:
    shapes = tuple(tuple(shape) for shape in data["shapes"])
    return Step(**{**data, "shapes": shapes})


def _source(file: str) -> tuple[str, ...]:
    """The lines of a file of `models` as it stands here; none if it does not."""
    path = sources().get(file.rpartition("/")[2].removesuffix(".py"))
    if path is None or f"{path.parent.name}/{path.name}" != file:
        return ()
    return tuple(path.read_text(encoding="utf-8").split("\n"))
