"""Who looks at whom in the learner's own network: trained here, then looked into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widget import Widget

from course.problems import did_you_mean
from models.protocol import ProbeResult
from tui.drawing.weights import Weights
from tui.lab_run import LabRun
from tui.widgets.attention_grid import HELP, AttentionGrid
from tui.widgets.drawn_view import DrawnView
from tui.widgets.inside_panel import InsidePanel, lab_fault, run_ref
from tui.widgets.key_line import Hint
from tui.widgets.page import Desk

_HIGHEST, _LOW = 17, 24
"""Lines that the grid takes at most where the window has so few."""
SETTINGS = frozenset({"lab", "when", "sample", "inspect", "layer", "head"})
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


class AttentionPanel(InsidePanel):
    """The weights before or after training, of one text after another; a cell can be opened.

    A subclass knows what the weights are made of, and takes one apart.
    """

    DEFAULT_CSS = """
    AttentionPanel Horizontal { height: auto; }
    AttentionPanel .inspector.-beside { padding: 0 0 0 2; }
    """
    BINDINGS = [  # noqa: RUF012
        Binding("m", "another", "Another", show=False, id="attention-another"),
        Binding("i", "inspect", "Take the cell apart", show=False, id="attention-inspect"),
        Binding("escape", "close", "Close the cell", show=False, id="attention-close"),
        Binding("left", "cell(0, -1)", "A word back", show=False, id="attention-back"),
        Binding("right", "cell(0, 1)", "A word on", show=False, id="attention-on"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk, lab: str = "letters") -> None:
        super().__init__(settings, desk, lab)
        self.kind = LOOKS[self.spec.name]
        self._sample = int(settings.get("sample", "0"))
        self._seen: dict[tuple[Any, ...], tuple[Weights, Any]] = {}
        self._placed = self._open = False

    # What a subclass does

    def build_inspector(self) -> DrawnView:
        """Where one of the weights is taken apart."""
        raise NotImplementedError

    def build_beside(self) -> Sequence[Widget]:
        """What else stands beside the grid."""
        return ()

    def told(self, seen: ProbeResult, when: str) -> tuple[Weights, Any]:
        """The weights of a probe, and what they are made of; None where it does not say so."""
        raise NotImplementedError

    def inspect(self) -> None:
        """Take the cell under the cursor apart."""
        raise NotImplementedError

    def explained(self) -> str:
        """The cell under the cursor with its formula and its numbers, as Markdown."""
        raise NotImplementedError

    @property
    def room_beside(self) -> int:
        """Columns for a cell beside the grid; 0 where it takes the place of the grid."""
        return 0

    # The page

    def compose(self) -> ComposeResult:
        """The grid, and the inspector beside it or in its place."""
        wait, grid = super().compose()
        yield wait
        with Horizontal():
            yield grid
            yield from self.build_beside()
            inspector = self.build_inspector()
            inspector.add_class("inspector")
            yield inspector

    def build(self) -> DrawnView:
        """The grid."""
        return AttentionGrid(ink=self.desk.ink)

    def on_resize(self) -> None:
        """A higher window has room for a higher grid, a wider one for a cell beside it."""
        self.redraw()

    @property
    def grid(self) -> AttentionGrid:
        """Where all weights are drawn."""
        return self.query_one(AttentionGrid)

    @property
    def inspector(self) -> DrawnView:
        """Where one of them is taken apart."""
        return self.query_one(".inspector", DrawnView)

    @property
    def opened(self) -> bool:
        """Whether a cell is taken apart."""
        return self._open and self.opens

    @property
    def opens(self) -> bool:
        """Whether it can be: the worker told what it is made of."""
        return self.has_picture and self.parts is not None

    @property
    def weights(self) -> Weights:
        """What is drawn."""
        return self._seen[self.wanted][0]

    @property
    def parts(self) -> Any:
        """What it is made of."""
        return self._seen[self.wanted][1]

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Look around, then at another text and another time."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        if self.opened:
            return (*self.hints_of_cell, *hints[1:])
        inside = (("i", "inside"),) if self.opens else ()
        return (("←↑↓→", "cell"), *inside, ("d", "digits"), ("m", "another"), *hints[1:])

    @property
    def hints_of_cell(self) -> Sequence[Hint]:
        """The keys of an open cell."""
        return (("i", "close"),)

    @property
    def help_keys(self) -> Sequence[Hint]:
        """And what the grid takes."""
        return (
            ("space", "begin the run, where there is none"),
            ("←↑↓→", "a cell on, up or down"),
            ("d", "digits instead of shades"),
            *((("i", "take the cell apart"),) if self.opens else ()),
            ("m", "another text"),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """The cell under the cursor in numbers, and how the picture is read."""
        words = (self.inspector.HELP or "") if self.opened else HELP
        return f"{self.explained()}\n\n{words}" if self.has_picture else words

    @property
    def sentence(self) -> str:
        """The cell under the cursor, or what it is made of."""
        return self.inspector.sentence if self.opened else super().sentence

    @property
    def focus_target(self) -> Widget:
        """What is open takes the arrows."""
        return self.inspector if self.opened else super().focus_target

    @property
    def has_picture(self) -> bool:
        """Whether the worker has answered for this text and time."""
        return self.wanted in self._seen

    @property
    def wanted(self) -> tuple[Any, ...]:
        """What is to be seen: first when, then which text."""
        return self.when, self._sample

    @property
    def question(self) -> dict[str, Any]:
        """What the worker is asked for."""
        return {"when": self.when, "sample": self._sample}

    def action_another(self) -> None:
        """Another text for the same network."""
        self._sample += 1
        self.look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Some keys are those of the page while no cell is open."""
        return self.opened if action in ("close", "cell") else True

    def action_inspect(self) -> None:
        """Take the cell under the cursor apart, or put it together again."""
        self._open = not self._open
        self.redraw()
        if self.opened:
            self.call_after_refresh(self.scroll_visible, animate=False)

    def action_close(self) -> None:
        """Back to the grid."""
        self._open = False
        self.redraw()

    def action_cell(self, down: int, right: int) -> None:
        """Another cell."""
        self.grid.action_move(down, right)

    @on(AttentionGrid.Moved)
    def follow(self) -> None:
        """The cell that is open is the one under the cursor."""
        if self.opened:
            self.inspect()

    async def ask(self, run: LabRun, when: str) -> None:
        """The weights of one text."""
        wanted = self.wanted
        seen = await self.desk.labs.probe(run, self.kind.probe, self.question)
        self._seen[wanted] = self.told(seen, when)

    def show(self) -> None:
        """Draw the weights that are chosen; at first the cursor stands where one looks first."""
        weights, cursor = self.weights, None
        if not self._placed:
            self._placed = True
            row = len(weights.asks) - 1 if self.kind.answering else 0
            cursor = (row, weights.darkest(row))
        self.grid.show(weights, cursor)

    def redraw(self) -> None:
        """The grid, the cell, or both where there is room."""
        super().redraw()
        opened, room = self.opened, self.room_beside
        self.inspector.display = opened
        self.grid.brief = opened and room > 0
        high = _HIGHEST + self.grid.brief + max(0, self.app.size.height - _LOW)
        self.grid.styles.max_height = high
        if opened:
            self.grid.display = room > 0
            self.inspector.set_class(room > 0, "-beside")
            self.inspector.styles.width = room or "1fr"
            self.inspect()
