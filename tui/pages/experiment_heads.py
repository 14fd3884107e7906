"""The head to be found that does something: all of them at once, in one text after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding, BindingType

from tui.drawing.attention.heads import Place
from tui.experiments.heads import did_of
from tui.experiments.meter import Did
from tui.lab_run import LabRun
from tui.pages.experiment_bench import Bench
from tui.panels.heads_panel import HeadsPanel
from tui.widgets.drawn_view import DrawnView
from tui.widgets.heads_view import HeadsView
from tui.widgets.key_line import Hint

_HIGHEST, _LOW = 14, 24
"""Lines that the heads take at most where the window has so few."""


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

    about = """\
Each small picture is the attention of one **head** in one text: rows ask, columns answer, two rows
to a line. In another text it may look elsewhere. What is asked for is measured over several other
texts.

**← →** choose a head, **m** shows another text, **i** opens the head and **escape** closes it,
**x** switches it off or on, **t** moves the weight from which a cell is drawn.
"""
    nothing = "Choose a head first."
    none_right = "In your run no head does it."

    def on_resize(self) -> None:
        """The verdict stands below: it has lines of its own."""
        self.picture.styles.max_height = _HIGHEST + max(0, self.app.size.height - _LOW)

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
        """Without the scores and the words for patterns, which are what is looked for."""
        seen = self._seen[self.wanted]
        self.suspects.show(replace(seen, scores={}, equal={}, unnamed=True))

    async def ask(self, run: LabRun, when: str) -> None:
        """The text that is asked about is the one in which the head is then judged, too."""
        await super().ask(run, when)
        self.meter.sample = self._sample
