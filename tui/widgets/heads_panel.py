"""All heads of the learner's own network at once, switched off and opened one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widget import Widget

from course.problems import did_you_mean
from models.specs.catalog import LABS
from tui.drawing.heads import Heads, Place
from tui.drawing.weights import Weights
from tui.head_moments import heads_of_probe
from tui.lab_run import LabRun
from tui.moments import weights_of_probe
from tui.widgets.attention_grid import HELP as GRID_HELP
from tui.widgets.attention_grid import AttentionGrid
from tui.widgets.drawn_view import DrawnView
from tui.widgets.heads_view import HELP, HeadsView
from tui.widgets.inside_panel import InsidePanel, lab_fault, run_ref, runner_fault
from tui.widgets.key_line import Hint
from tui.widgets.page import Desk

SETTINGS = frozenset({"lab", "when", "sample", "runner"})
LAB = "heads"
LABS_WITH_HEADS = {"heads": "four", "roles": "four"}
"""The labs whose heads can be seen all at once, and whose heads are meant unless told."""
_HIGHEST, _LOW = 17, 24
"""Lines that the picture takes at most where the window has so few."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the heads from being drawn with these settings; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    lab = run_ref(settings.get("lab", LAB)).lab
    if lab not in LABS_WITH_HEADS:
        return f"the lab {lab} has no heads to show: {did_you_mean(lab, LABS_WITH_HEADS)}"
    if not (sample := settings.get("sample", "0")).isdecimal():
        return f"sample {sample}: expected a whole number from 0 up"
    return runner_fault(LABS[lab], [settings.get("runner", LABS_WITH_HEADS[lab])])


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    lab = run_ref(settings.get("lab", LAB)).lab
    return (
        f"All heads of a network of the lab {lab} at once: where each looks, in a small picture"
        " and in words, and how often the network is right. A head can be switched off; every"
        " number is then computed again."
    )


class HeadsPanel(InsidePanel):
    """The heads before or after training; what is switched off is asked of the worker again."""

    DEFAULT_CSS = """
    HeadsPanel AttentionGrid { display: none; }
    HeadsPanel.-opened AttentionGrid { display: block; }
    HeadsPanel.-opened HeadsView { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "another", "Another", show=False, id="heads-another"),
        Binding("escape", "close", "Close the head", show=False, id="heads-close"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self._runner = settings.get("runner", LABS_WITH_HEADS[self.spec.name])
        self._sample = int(settings.get("sample", "0"))
        self._off: frozenset[Place] = frozenset()
        self._opened: Place | None = None
        self._seen: dict[tuple[str, int, frozenset[Place]], Heads] = {}
        self._grids: dict[tuple[str, int, Place], Weights] = {}

    def compose(self) -> ComposeResult:
        """All heads, and the grid of the one that is open."""
        yield from super().compose()
        yield AttentionGrid(ink=self.desk.ink)

    def build(self) -> DrawnView:
        """All heads."""
        return HeadsView(ink=self.desk.ink)

    def on_resize(self) -> None:
        """A higher window has room for more."""
        most = _HIGHEST + max(0, self.app.size.height - _LOW)
        self.picture.styles.max_height = self.grid.styles.max_height = most

    @property
    def picture(self) -> DrawnView:
        """Where all heads are drawn."""
        return self.query_one(HeadsView)

    @property
    def grid(self) -> AttentionGrid:
        """Where one of them is."""
        return self.query_one(AttentionGrid)

    @property
    def opened(self) -> bool:
        """Whether one head is seen alone."""
        return self._opened is not None and self.has_picture

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Choose, switch, open; then another text and another time."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        if self.opened:
            return (("←↑↓→", "cell"), ("d", "digits"), ("escape", "all heads"))
        return (("← →", "head"), ("x", "off"), ("i", "inside"), ("s", "sort"), ("m", "another"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """And what the picture takes."""
        return (
            ("space", "begin the run, where there is none"),
            ("← → h l", "a head back, a head on"),
            ("x", "switch the head off, or on again"),
            ("i", "open the head in the grid; escape closes it"),
            ("s", "sort: the most decided first"),
            ("t", "from which weight on a cell is drawn"),
            ("m", "another text"),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """How the picture is read, and the head under the cursor in numbers."""
        return GRID_HELP if self.opened else f"{HELP}\n\n{self.sentence}"

    @property
    def sentence(self) -> str:
        """The head under the cursor, or the cell of the open one."""
        return self.grid.sentence if self.opened else super().sentence

    @property
    def focus_target(self) -> Widget:
        """What is open takes the arrows."""
        return self.grid if self.opened else super().focus_target

    @property
    def has_picture(self) -> bool:
        """Whether the worker has answered for all that is chosen."""
        if self._wanted not in self._seen:
            return False
        return self._opened is None or self._wanted_grid(self._opened) in self._grids

    @property
    def _wanted(self) -> tuple[str, int, frozenset[Place]]:
        return self.when, self._sample, self._off

    def _wanted_grid(self, place: Place) -> tuple[str, int, Place]:
        return self.when, self._sample, place

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is the page's while no head is open."""
        return self.opened if action == "close" else True

    def action_another(self) -> None:
        """Another text for the same network."""
        self._sample += 1
        self.look()

    def action_close(self) -> None:
        """Back to all heads."""
        self._opened = None
        self.redraw()

    @on(HeadsView.Switched)
    def switch(self, event: HeadsView.Switched) -> None:
        """A head off, or on again: everything is computed anew."""
        self._off ^= {event.place}
        self.look()

    @on(HeadsView.Opened)
    def open_head(self, event: HeadsView.Opened) -> None:
        """One head alone."""
        self._opened = event.place
        self.look()

    async def ask(self, run: LabRun, when: str) -> None:
        """All heads as they are now; with all on, first of all; and the one that is open."""
        wanted, opened = self._wanted, self._opened
        told = {"when": when, "sample": wanted[1], "runner": self._runner}
        whole = (wanted[0], wanted[1], frozenset[Place]())
        for key in dict.fromkeys((whole, wanted)):
            if key not in self._seen:
                off = [list(place) for place in sorted(key[2])]
                seen = await self.desk.labs.probe(run, "heads", {**told, "off": off})
                base = self._seen[whole].whole if whole in self._seen else None
                self._seen[key] = heads_of_probe(seen, base, when)
        if opened is not None and (when, wanted[1], opened) not in self._grids:
            layer, head = opened
            asked = {**told, "layer": layer, "head": head}
            seen = await self.desk.labs.probe(run, "attention", asked)
            title = f"{self._seen[whole].name(opened)}, {when}"
            weights = weights_of_probe(seen, when)
            weights.title = title
            self._grids[when, wanted[1], opened] = weights

    def show(self) -> None:
        """Draw what is chosen."""
        view = self.picture
        assert isinstance(view, HeadsView)
        heads = self._seen[self._wanted]
        view.show(heads)
        if self._opened is not None:
            weights = self._grids[self._wanted_grid(self._opened)]
            row = heads.asking if heads.asking is not None else 0
            self.grid.show(weights, (row, weights.darkest(row)))

    def redraw(self) -> None:
        """All heads, or the one that is open."""
        self.set_class(self.opened, "-opened")
        super().redraw()
        self.picture.display = self.pictured and not self.opened
        self.grid.display = self.opened
