"""The head to be found that does something: all of them at once, in one text after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.drawing.attention.heads import Place
from tui.experiments.heads import HeadMeter, did_of
from tui.experiments.meter import Did
from tui.lab_run import LabRun
from tui.pages.experiment_bench import Bench
from tui.panels.heads_panel import HeadsPanel
from tui.widgets.drawn_view import DrawnView
from tui.widgets.heads_view import HeadsView
from tui.widgets.key_line import Hint


class Suspects(HeadsView, inherit_bindings=False):
    """All heads, without the keys that a question has for itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "move(-1)", "left", tooltip="A head back", show=False),
        Binding("right,down", "move(1)", "right", tooltip="A head on", show=False),
        Binding("x", "switch", "switch", tooltip="Switch it off or on", show=False),
        Binding("i", "open", "open", tooltip="Open this head", show=False),
        Binding("t", "threshold", "threshold", tooltip="What is drawn", show=False),
    ]

    def choose(self, place: Place) -> None:
        """Put the cursor on a head."""
        self.action_move(self.heads.places.index(place) - self.looking.cursor)


class HeadBench(Bench, HeadsPanel):
    """Every head can be looked at in any text, opened, and switched off."""

    nothing = "Choose a head first."
    none_right = "In your run no head does it."

    def build(self) -> DrawnView:
        """All heads."""
        return Suspects(ink=self.desk.ink)

    @property
    def suspects(self) -> Suspects:
        """Where they are drawn."""
        return self.query_one(Suspects)

    @property
    def own_keys(self) -> Sequence[Hint]:
        """Those of all heads, or of the one that is open."""
        if self._opened is not None:
            return super(Bench, self).hints_of_keys
        return (("← →", "head"), ("m", "another text"), ("i", "inside"), ("x", "off"))

    @property
    def did(self) -> Did | None:
        """The head under the cursor."""
        return did_of(self.suspects.place)

    def put(self, did: Did) -> None:
        """Put the cursor there again."""
        layer, head = did["head"]
        self.suspects.choose((layer, head))

    def show(self) -> None:
        """Without the scores, which are what is looked for."""
        self.suspects.show(replace(self._seen[self.wanted], scores={}, equal={}))

    async def ask(self, run: LabRun, when: str) -> None:
        """The text that is asked about is the one in which the head is then judged, too."""
        await super().ask(run, when)
        assert isinstance(self.meter, HeadMeter)
        self.meter.sample = self._sample
