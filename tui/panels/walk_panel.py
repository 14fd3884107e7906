"""A walk through the learner's own block, asked of the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.binding import Binding

from course.problems import did_you_mean
from models.protocol import ProbeResult
from tui.code_places import CodePlace
from tui.drawing.layers.walk import Place, Stage, Walk
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref
from tui.pages.page import Desk
from tui.panels.coded_panel import CodedPanel
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint
from tui.widgets.walk_view import HELP, WalkView

SETTINGS = frozenset({"lab", "when", "sample", "step", "row", "column"})
LAB = "sentence"
WALKED = (LAB,)
"""The labs whose network can be walked through."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps a walk with these settings from being shown; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    lab = run_ref(settings.get("lab", LAB)).lab
    if lab not in WALKED:
        return f"nobody can walk through the lab {lab}: {did_you_mean(lab, WALKED)}"
    for name in ("sample", "row", "column"):
        if not (given := settings.get(name, "0")).isdecimal():
            return f"{name} {given}: expected a whole number from 0 up"
    return ""


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    lab, when = run_ref(settings.get("lab", LAB)).lab, settings.get("when", "after")
    return (
        f"The block of the lab {lab}, {when} training, matrix by matrix: a row for each word, and"
        " for any number the products, the softmax or the norm that it was made by."
    )


class WalkPanel(CodedPanel):
    """The walk before or after training, of one sentence after another."""

    BINDINGS = [  # noqa: RUF012
        Binding("m", "another", "Another", show=False, id="walk-another"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self._sample = int(settings.get("sample", "0"))
        self._begin = settings.get("step", "")
        self._cell = int(settings.get("row", "0")), int(settings.get("column", "0"))
        self._seen: dict[tuple[str, int], Walk] = {}
        self._placed = False

    def build(self) -> DrawnView:
        """The matrix."""
        return WalkView(ink=self.desk.ink)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """A step on, the cursor, another time."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        steps = (("s", "step on"), ("a", "back"), ("←↑↓→", "number"), *self.code_hints)
        return (*steps, *hints[1:], ("m", "another"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """And another sentence."""
        return (
            ("space", "begin the run, where there is none"),
            ("s tab", "a step on"),
            ("a", "a step back"),
            ("←↑↓→", "another number"),
            *self.code_help,
            ("m", "another sentence"),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """How a matrix is read, and the number under the cursor."""
        return f"{HELP}\n\n{self.sentence}" if self.has_picture else HELP

    @property
    def wanted(self) -> tuple[str, int]:
        """Time and case."""
        return self.when, self._sample

    @property
    def code_places(self) -> tuple[Sequence[CodePlace], int]:
        """The code of every step that the network takes itself, and which was the last."""
        picture = self.picture
        assert isinstance(picture, WalkView)
        stages = picture.walk.stages
        places = [CodePlace(one.title, one.file, one.line) for one in stages if one.file]
        before = [one for one in stages[: picture.place.stage + 1] if one.file]
        return places, max(0, len(before) - 1)

    @property
    def code_question(self) -> dict[str, Any]:
        """The weights of the same sentence: it goes through the network for them."""
        return {"when": self.when, "sample": self._sample, "of": "attention"}

    def action_another(self) -> None:
        """Another sentence for the same block."""
        self._sample += 1
        self.look()

    async def ask(self, run: LabRun, when: str) -> None:
        """Every matrix of one sentence."""
        wanted = self.wanted
        told = {"when": when, "sample": wanted[1]}
        self._seen[wanted] = walk_of(await self.desk.labs.probe(run, "walk", told), when)

    def show(self) -> None:
        """Draw the walk that is chosen; at first at the step that the lesson names."""
        walk, place, picture = self._seen[self.wanted], None, self.picture
        assert isinstance(picture, WalkView)
        if not self._placed:
            self._placed = True
            names = [stage.name for stage in walk.stages]
            stage = names.index(self._begin) if self._begin in names else 0
            place = Place(stage, *self._cell)
        picture.show(walk, place)


def walk_of(seen: ProbeResult, when: str) -> Walk:
    """A probe of a walk as the view shows it."""
    values = seen.values
    fields = ("name", "kind", "columns", "formula", "title", "says", "file", "line")
    stages = tuple(
        Stage(**{name: step[name] for name in fields}, of=tuple(step["of"]))
        for step in values["steps"]
    )
    said, right = values["said"], values["right"]
    verdict = "right" if said == right else f"{right} would be right"
    return Walk(
        stages,
        {name: array.rows() for name, array in seen.arrays.items()},
        values["labels"],
        values["divisor"],
        values["gap"],
        f"{when} training",
        f"In the gap it says {said}: {verdict}.",
    )
