"""Who looks at whom in the learner's own network: trained here, then looked into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widget import Widget

from course.problems import did_you_mean
from tui.drawing.additive import Cell, Parts, explained
from tui.drawing.weights import Weights
from tui.lab_run import LabRun
from tui.moments import parts_of_probe, weights_of_probe
from tui.widgets.attention_grid import HELP, AttentionGrid
from tui.widgets.cell_inspector import HELP as CELL_HELP
from tui.widgets.cell_inspector import CellInspector
from tui.widgets.drawn_view import DrawnView
from tui.widgets.inside_panel import InsidePanel, lab_fault, run_ref
from tui.widgets.key_line import Hint
from tui.widgets.page import Desk

_HIGHEST, _LOW = 17, 24
"""Lines that the grid takes at most where the window has so few."""
_BESIDE = 100
"""Columns from which a cell is taken apart beside the grid; below that, in its place."""
SETTINGS = frozenset({"lab", "when", "sample"})


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
    if not (sample := settings.get("sample", "0")).isdecimal():
        return f"sample {sample}: expected a whole number from 0 up"
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
    """The weights before or after training, of one text after another; a cell can be opened."""

    DEFAULT_CSS = """
    AttentionPanel Horizontal { height: auto; }
    AttentionPanel CellInspector.-beside { width: 54; padding: 0 0 0 2; }
    """
    BINDINGS = [  # noqa: RUF012
        Binding("m", "another", "Another", show=False, id="attention-another"),
        Binding("i", "inspect", "Take the cell apart", show=False, id="attention-inspect"),
        Binding("escape", "close", "Close the cell", show=False, id="attention-close"),
        Binding("left", "word(-1)", "A word back", show=False, id="attention-back"),
        Binding("right", "word(1)", "A word on", show=False, id="attention-on"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk, lab: str = "letters") -> None:
        super().__init__(settings, desk, lab)
        self._look = LOOKS[self.spec.name]
        self._sample = int(settings.get("sample", "0"))
        self._seen: dict[tuple[str, int], tuple[Weights, Parts | None]] = {}
        self._placed = self._open = False

    def compose(self) -> ComposeResult:
        """The grid, and the inspector beside it or in its place."""
        wait, grid = super().compose()
        yield wait
        with Horizontal():
            yield grid
            yield CellInspector(ink=self.desk.ink)

    def build(self) -> DrawnView:
        """The grid."""
        return AttentionGrid(ink=self.desk.ink)

    def on_resize(self) -> None:
        """A higher window has room for a higher grid, a wider one for a cell beside it."""
        self.grid.styles.max_height = _HIGHEST + max(0, self.app.size.height - _LOW)
        self.redraw()

    @property
    def grid(self) -> AttentionGrid:
        """Where all weights are drawn."""
        return self.query_one(AttentionGrid)

    @property
    def inspector(self) -> CellInspector:
        """Where one of them is taken apart."""
        return self.query_one(CellInspector)

    @property
    def opened(self) -> bool:
        """Whether a cell is taken apart."""
        return self._open and self.opens

    @property
    def opens(self) -> bool:
        """Whether it can be: the worker told what it is made of."""
        return self.has_picture and self._seen[self._wanted][1] is not None

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Look around, then at another text and another time."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        if self.opened:
            return (("i", "close"), ("↑ ↓", "judge"), ("← →", self._look.answers), *hints[1:])
        inside = (("i", "inside"),) if self.opens else ()
        return (("←↑↓→", "cell"), *inside, ("d", "digits"), ("m", "another"), *hints[1:])

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
        """How the picture is read, and the cell under the cursor in numbers."""
        words = CELL_HELP if self.opened else HELP
        if not self.has_picture:
            return words
        weights, parts = self._seen[self._wanted]
        return f"{words}\n\n{explained(weights, parts, *self.grid.cursor)}"

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
        return self._wanted in self._seen

    @property
    def _wanted(self) -> tuple[str, int]:
        return self.when, self._sample

    def action_another(self) -> None:
        """Another text for the same network."""
        self._sample += 1
        self.look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Some keys are those of the page while no cell is open."""
        return self.opened if action in ("close", "word") else True

    def action_inspect(self) -> None:
        """Take the cell under the cursor apart, or put it together again."""
        self._open = not self._open
        self.redraw()

    def action_close(self) -> None:
        """Back to the grid."""
        self._open = False
        self.redraw()

    def action_word(self, by: int) -> None:
        """The same row, another column."""
        self.grid.action_move(0, by)

    @on(AttentionGrid.Moved)
    def follow(self) -> None:
        """The cell that is open is the one under the cursor."""
        if self.opened:
            self._inspect()

    async def ask(self, run: LabRun, when: str) -> None:
        """The weights of one text."""
        wanted = self._wanted
        told = {"when": when, "sample": wanted[1]}
        seen = await self.desk.labs.probe(run, self._look.probe, told)
        self._seen[wanted] = weights_of_probe(seen, when), parts_of_probe(seen)

    def show(self) -> None:
        """Draw the weights that are chosen; at first the cursor stands where one looks first."""
        weights, cursor = self._seen[self._wanted][0], None
        if not self._placed:
            self._placed = True
            row = len(weights.asks) - 1 if self._look.answering else 0
            cursor = (row, weights.darkest(row))
        self.grid.show(weights, cursor)

    def redraw(self) -> None:
        """The grid, the cell, or both where there is room."""
        super().redraw()
        self.inspector.display = self.opened
        if self.opened:
            beside = self.size.width >= _BESIDE
            self.grid.display = beside
            self.inspector.set_class(beside, "-beside")
            self._inspect()

    def _inspect(self) -> None:
        weights, parts = self._seen[self._wanted]
        assert parts is not None
        row, column = self.grid.cursor
        last = self.inspector.cell
        same = last is not None and last.parts is parts and (last.row, last.column) == (row, column)
        chosen = last.chosen if last is not None and same else 0
        self.inspector.show(Cell(weights, parts, row, column, chosen))
