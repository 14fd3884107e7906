"""What all views of attention weights on a page have in common: which lab, text, layer and head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.binding import Binding

from course.problems import did_you_mean
from models.protocol import ProbeResult
from models.specs.catalog import LABS
from tui.drawing.attention.attended import Attended
from tui.drawing.attention.weights import Weights
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref, runner_fault
from tui.pages.page import Desk
from tui.panels.coded_panel import CodedPanel
from tui.widgets.key_line import Hint

SETTINGS = frozenset({"lab", "when", "sample", "runner", "inspect", "layer", "head"})
OPENED = ("all", "stages")
"""How a cell can be open from the beginning: with all its stages, or with the first alone."""


@dataclass(frozen=True)
class Look:
    """What of a lab can be seen: how the worker calls it, and who asks and answers."""

    probe: str
    asks: str
    answers: str
    answering: str = ""
    """Whose row alone gives an answer; empty where every row does."""


LOOKS = {
    "letters": Look("attention", "letter", "letter", "the last letter"),
    "recall": Look("attention", "pair", "pair", "the question at the end"),
    "sentence": Look("attention", "word", "word", "the gap"),
    "positions": Look("attention", "token", "token", "the question at the end"),
    "heads": Look("attention", "letter", "letter", "the last letter"),
    "roles": Look("attention", "word", "word", "the last word"),
    "speak": Look("attention", "word", "word"),
    "tower": Look("attention", "mouse", "mouse"),
    "peeking": Look("attention", "room", "room"),
    "reversal": Look("attention", "digit", "digit"),
    "induction": Look("attention", "letter", "letter"),
    "families": Look("attention", "token", "token"),
    "lap": Look("attention", "landmark", "landmark"),
    "alignment": Look("alignment", "move", "word"),
    "inference": Look("alignment", "question", "word"),
}
"""The labs whose weights can be looked at."""


def fault(settings: Mapping[str, str], default: str) -> str:
    """What keeps a grid with these settings from being drawn; empty if nothing does."""
    if found := lab_fault(settings, default):
        return found
    lab = run_ref(settings.get("lab", default)).lab
    if lab not in LOOKS:
        return f"the lab {lab} has no weights to show: {did_you_mean(lab, LOOKS)}"
    if "runner" in settings and (found := runner_fault(LABS[lab], [settings["runner"]])):
        return found
    for name, least in (("sample", 0), ("layer", 1), ("head", 1)):
        number = settings.get(name, str(least))
        if not number.isdecimal() or int(number) < least:
            return f"{name} {number}: expected a whole number from {least} up"
    if (opened := settings.get("inspect", OPENED[0])) not in OPENED:
        return f"inspect {opened}: {did_you_mean(opened, OPENED)}"
    return ""


def in_words(settings: Mapping[str, str], default: str) -> str:
    """The picture in words, where none can be drawn."""
    lab = run_ref(settings.get("lab", default)).lab
    look, when = LOOKS[lab], settings.get("when", "after")
    only = f" The answer comes from the row of {look.answering}." if look.answering else ""
    return (
        f"Who looks at whom in the lab {lab}, {when} training: a row for each {look.asks} that"
        f" asks, a column for each {look.answers} that is looked at, its share in each cell. The"
        f" shares of a row add up to 1.{only}"
    )


class WeightsPanel(CodedPanel):
    """Asks for the weights of one text after another, in one head of one layer after another.

    A subclass draws them. `layer` and `head` in its settings are counted from 1.
    """

    BINDINGS = [  # noqa: RUF012
        Binding("m", "another", "Another", show=False, id="weights-another"),
        Binding("h", "head(1)", "The next head", show=False, id="weights-head"),
        Binding("H", "head(-1)", "The head before", show=False, id="weights-head-before"),
        Binding("l", "layer(1)", "The next layer", show=False, id="weights-layer"),
        Binding("L", "layer(-1)", "The layer before", show=False, id="weights-layer-before"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk, lab: str = "letters") -> None:
        super().__init__(settings, desk, lab)
        self.kind = LOOKS[self.spec.name]
        self._runner = settings.get("runner", "")
        self._sample = int(settings.get("sample", "0"))
        self.fixed = False
        """Whether text, time, layer and head stay as they are, and the cursor begins in a corner:
        in a question, where the keys for others are the page's."""
        self._layer, self._head = (int(settings.get(what, "1")) - 1 for what in ("layer", "head"))
        self._seen: dict[tuple[Any, ...], tuple[Weights, Any]] = {}

    def told(self, seen: ProbeResult, when: str) -> tuple[Weights, Any]:
        """The weights of a probe, and what they are made of; None where it does not say so."""
        raise NotImplementedError

    @property
    def weights(self) -> Weights:
        """What is drawn."""
        return self._seen[self.wanted][0]

    @property
    def parts(self) -> Any:
        """What it is made of."""
        return self._seen[self.wanted][1]

    @property
    def wanted(self) -> tuple[Any, ...]:
        """What is to be seen: first when."""
        return self.when, self._sample, self._layer, self._head

    @property
    def question(self) -> dict[str, Any]:
        """What the worker is asked for."""
        place = {"layer": self._layer, "head": self._head}
        told: dict[str, Any] = {"when": self.when, "sample": self._sample}
        told |= {"runner": self._runner} if self._runner else {}
        return told | {name: number for name, number in place.items() if number}

    @property
    def code_question(self) -> dict[str, Any]:
        """The same look: the text goes through the network for it."""
        return {**self.question, "of": self.kind.probe}

    @property
    def counts(self) -> tuple[int, int]:
        """How many layers there are, and heads in each, as far as it is known."""
        inside = self.parts if self.has_picture else None
        return (inside.layers, inside.heads) if isinstance(inside, Attended) else (1, 1)

    @property
    def hints_of_place(self) -> Sequence[Hint]:
        """The keys for another head and another layer in short, where there are several."""
        layers, heads = self.counts
        both = layers > 1 and heads > 1
        return (("h l", "head, layer"),) if both else self.help_of_place

    @property
    def help_of_place(self) -> Sequence[Hint]:
        """The same in the help."""
        layers, heads = self.counts
        ways = (("h H", "head"),) if heads > 1 else ()
        return (*ways, ("l L", "layer")) if layers > 1 else ways

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that would do nothing are the page's."""
        layers, heads = self.counts
        if self.fixed and action in ("head", "layer", "another", "other_time", "code"):
            return False
        ways = {"head": heads > 1, "layer": layers > 1}
        return ways[action] if action in ways else super().check_action(action, parameters)

    def action_another(self) -> None:
        """Another text for the same network."""
        self._sample += 1
        self.leave()
        self.look()

    def action_head(self, by: int) -> None:
        """Another head of the same layer."""
        self._head = (self._head + by) % self.counts[1]
        self.leave()
        self.look()

    def action_layer(self, by: int) -> None:
        """The same head of another layer."""
        self._layer = (self._layer + by) % self.counts[0]
        self.leave()
        self.look()

    def action_other_time(self) -> None:
        """From before training to after it, or back."""
        self.leave()
        super().action_other_time()

    def leave(self) -> None:
        """Something else is to be seen: what was marked is not there."""

    async def ask(self, run: LabRun, when: str) -> None:
        """The weights of one text."""
        wanted = self.wanted
        seen = await self.desk.labs.probe(run, self.kind.probe, self.question)
        self._seen[wanted] = self.told(seen, when)
