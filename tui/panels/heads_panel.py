"""All heads of the learner's own network at once, switched off and opened one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.drawing.attention.heads import Heads, Place
from tui.head_moments import heads_of_probe
from tui.lab_run import LabRun
from tui.lab_settings import run_ref
from tui.pages.page import Desk
from tui.panels.dot_product_panel import DotProductPanel
from tui.panels.team_panel import LAB, TeamPanel, fault
from tui.widgets.drawn_view import DrawnView
from tui.widgets.heads_view import HELP, HeadsView
from tui.widgets.key_line import Hint

SETTINGS = frozenset({"lab", "when", "sample", "runner"})
__all__ = ["SETTINGS", "HeadsPanel", "fault", "in_words"]
_HIGHEST, _LOW = 17, 24
"""Lines that the picture takes at most where the window has so few."""


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    lab = run_ref(settings.get("lab", LAB)).lab
    return (
        f"All heads of a network of the lab {lab} at once: where each looks, in a small picture"
        " and in words, and how often the network is right. A head can be switched off; every"
        " number is then computed again."
    )


_Case = tuple[str, str, int, frozenset[Place]]
"""When, whose heads, which text, and what is off."""


class HeadsPanel(TeamPanel):
    """The heads before or after training; what is switched off is asked of the worker again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "Close the head", show=False, id="heads-close"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk)
        self._off: frozenset[Place] = frozenset()
        self._opened: DotProductPanel | None = None
        """The grid of the head that is seen alone."""
        self._seen: dict[_Case, Heads] = {}

    def build(self) -> DrawnView:
        """All heads."""
        return HeadsView(ink=self.desk.ink)

    def on_resize(self) -> None:
        """A higher window has room for more."""
        self.picture.styles.max_height = _HIGHEST + max(0, self.app.size.height - _LOW)

    @property
    def picture(self) -> DrawnView:
        """Where all heads are drawn."""
        return self.query_one(HeadsView)

    @property
    def opened(self) -> bool:
        """Whether one head is seen alone."""
        return self._opened is not None

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Choose, switch, open; then another text and another time."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        if self._opened is not None:
            back = () if self._opened.opened else (("escape", "all heads"),)
            return (*back, *self._opened.hints_of_keys)
        return (("← →", "head"), ("x", "off"), ("i", "inside"), ("r", "team"), ("m", "another"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """And what the picture takes."""
        if self._opened is not None:
            return (("escape", "all heads"), *self._opened.help_keys)
        return (
            ("space", "begin the run, where there is none"),
            ("← → h l", "a head back, a head on"),
            ("x", "switch the head off, or on again"),
            ("i", "open the head in the grid; escape closes it"),
            ("s", "sort: the most decided first"),
            ("t", "from which weight on a cell is drawn"),
            ("r", "another team"),
            ("m", "another text"),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """How the picture is read, and the head under the cursor in numbers."""
        if self._opened is not None:
            return self._opened.help_text
        return f"{HELP}\n\n{self.sentence}"

    @property
    def sentence(self) -> str:
        """The head under the cursor, or the cell of the open one."""
        return self._opened.sentence if self._opened is not None else super().sentence

    @property
    def focus_target(self) -> Widget:
        """What is open takes the arrows."""
        return self._opened.focus_target if self._opened is not None else super().focus_target

    @property
    def wanted(self) -> _Case:
        """Time, runner, case, and the heads that are off."""
        return self.when, self._runner, self._sample, self._off

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Escape is the page's while no head is open."""
        return self.opened if action == "close" else True

    def begin_anew(self) -> None:
        """All heads on, and none of them open."""
        self._off = frozenset()
        self._close()

    def action_close(self) -> None:
        """Back to all heads."""
        self._close()
        self.look()

    def _close(self) -> None:
        if self._opened is not None:
            self._opened.remove()
            self._opened = None

    @on(HeadsView.Switched)
    def switch(self, event: HeadsView.Switched) -> None:
        """A head off, or on again: everything is computed anew."""
        self._off ^= {event.place}
        self.look()

    @on(HeadsView.Opened)
    def open_head(self, event: HeadsView.Opened) -> None:
        """One head alone, with all that its weights are made of."""
        layer, head = event.place
        settings = {
            "lab": " ".join((self.spec.name, *(f"{k}={v}" for k, v in self.knobs.items()))),
            "when": self.when,
            "sample": str(self._sample),
            "runner": self._runner,
            "layer": str(layer + 1),
            "head": str(head + 1),
        }
        self._opened = DotProductPanel(settings, self.desk)
        self.mount(self._opened)
        self.redraw()

    async def ask(self, run: LabRun, when: str) -> None:
        """All heads as they are now; with all on, first of all; and the one that is open."""
        wanted = self.wanted
        told = {"when": when, "runner": wanted[1], "sample": wanted[2]}
        whole: _Case = (*wanted[:3], frozenset())
        for case in dict.fromkeys((whole, wanted)):
            if case not in self._seen:
                off = [list(place) for place in sorted(case[3])]
                seen = await self.desk.labs.probe(run, "heads", {**told, "off": off})
                base = self._seen[whole].whole if whole in self._seen else None
                self._seen[case] = heads_of_probe(seen, base, when)

    def show(self) -> None:
        """Draw what is chosen."""
        view = self.picture
        assert isinstance(view, HeadsView)
        view.show(self._seen[self.wanted])

    def redraw(self) -> None:
        """All heads, or the one that is open."""
        super().redraw()
        self.picture.display = self.pictured and self._opened is None
