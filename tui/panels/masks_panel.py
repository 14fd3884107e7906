"""What a mask does in the learner's own network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from models.protocol import ProbeResult
from tui.code_places import MASK, PANELS, CodePlace
from tui.drawing.attention.attended import Attended
from tui.drawing.attention.masks import Masks, most_hidden
from tui.drawing.attention.weights import Weights
from tui.lab_settings import run_ref
from tui.moments import head_of_probe
from tui.panels import weights_panel
from tui.panels.weights_panel import LOOKS, WeightsPanel
from tui.widgets.key_line import Hint
from tui.widgets.masks_view import HELP, MasksView

SETTINGS = weights_panel.SETTINGS - {"inspect"}
LAB = "letters"


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the view from being drawn with these settings; empty if nothing does."""
    if found := weights_panel.fault(settings, LAB):
        return found
    lab = run_ref(settings.get("lab", LAB)).lab
    return "" if LOOKS[lab].probe == "attention" else f"the lab {lab} has no scores before a mask"


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    lab, when = run_ref(settings.get("lab", LAB)).lab, settings.get("when", "after")
    return (
        f"What the mask does in the lab {lab}, {when} training: three grids side by side, a row for"
        f" each {LOOKS[lab].asks} that asks. The first has all scores, the second says who may look"
        " at whom, the third what the softmax makes of what is left. The mask can be lifted to see"
        " what the softmax would give without it."
    )


class MasksPanel(WeightsPanel):
    """The three panels of one head."""

    @property
    def picture(self) -> MasksView:
        """Where they are drawn."""
        return self.query_one(MasksView)

    def build(self) -> MasksView:
        """The view, with nothing in it."""
        return MasksView(ink=self.desk.ink)

    def told(self, seen: ProbeResult, when: str) -> tuple[Weights, Attended | None]:
        """The weights, and the numbers of the head."""
        return head_of_probe(seen, when)

    def show(self) -> None:
        """Draw it; at first the cursor stands where the mask takes most."""
        if self.parts is not None:
            cursor = most_hidden(self.weights, self.parts)
            self.picture.show(Masks(self.weights, self.parts, cursor))

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Lift the mask first."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        panel = () if self.picture.whole else (("tab", "panel"),)
        looks = (("u", "mask"), *panel, ("←↑↓→", "cell"), *self.code_hints)
        return (*looks, *self.hints_of_place, *hints[1:])

    @property
    def code_places(self) -> tuple[Sequence[CodePlace], int]:
        """The panel in sight; where all are, the mask."""
        masks = self.picture.masks
        return PANELS, MASK if masks is None or self.picture.whole else masks.panel

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        return (
            ("space", "begin the run, where there is none"),
            ("←↑↓→", "a cell on, up or down"),
            ("u", "lift the mask, put it back"),
            ("tab", "the next panel, where not all are in sight"),
            *self.code_help,
            ("m", "another text"),
            ("b", "before or after training"),
            *self.help_of_place,
        )

    @property
    def help_text(self) -> str:
        """How the picture is read, and what it says now."""
        return f"### Now\n\n{self.sentence}\n\n{HELP}" if self.has_picture else HELP
