"""Who looks at whom in the learner's own network: trained here, then looked into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual.binding import Binding

from course.problems import did_you_mean
from models.protocol import ProbeResult
from tui.drawing.weights import PLACES, Weights
from tui.lab_run import LabRun
from tui.widgets.attention_grid import HELP, AttentionGrid
from tui.widgets.drawn_view import DrawnView
from tui.widgets.inside_panel import InsidePanel, lab_fault, run_ref
from tui.widgets.key_line import Hint
from tui.widgets.page import Desk

_HIGHEST, _LOW = 17, 24
"""Lines that the grid takes at most where the window has so few."""
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
    """The weights before or after training, of one text after another."""

    BINDINGS = [  # noqa: RUF012
        Binding("m", "another", "Another", show=False, id="attention-another"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk, lab: str = "letters") -> None:
        super().__init__(settings, desk, lab)
        self._look = LOOKS[self.spec.name]
        self._sample = int(settings.get("sample", "0"))
        self._seen: dict[tuple[str, int], Weights] = {}
        self._placed = False

    def build(self) -> DrawnView:
        """The grid."""
        return AttentionGrid(ink=self.desk.ink)

    def on_resize(self) -> None:
        """A higher window has room for a higher grid."""
        self.grid.styles.max_height = _HIGHEST + max(0, self.app.size.height - _LOW)

    @property
    def grid(self) -> AttentionGrid:
        """Where it is drawn."""
        return self.query_one(AttentionGrid)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Look around, then at another text and another time."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        return (("←↑↓→", "cell"), ("d", "digits"), ("m", "another"), *hints[1:])

    @property
    def help_keys(self) -> Sequence[Hint]:
        """And what the grid takes."""
        return (
            ("space", "begin the run, where there is none"),
            ("←↑↓→", "a cell on, up or down"),
            ("d", "digits instead of shades"),
            ("m", "another text"),
            ("b", "before or after training"),
        )

    @property
    def help_text(self) -> str:
        """How the grid is read."""
        return HELP

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

    async def ask(self, run: LabRun, when: str) -> None:
        """The weights of one text."""
        wanted = self._wanted
        told = {"when": when, "sample": wanted[1]}
        seen = await self.desk.labs.probe(run, self._look.probe, told)
        self._seen[wanted] = weights_of(seen, when)

    def show(self) -> None:
        """Draw the weights that are chosen; at first the cursor stands where one looks first."""
        weights, cursor = self._seen[self._wanted], None
        if not self._placed:
            self._placed = True
            row = len(weights.asks) - 1 if self._look.answering else 0
            cursor = (row, weights.darkest(row))
        self.grid.show(weights, cursor)


def weights_of(seen: ProbeResult, when: str) -> Weights:
    """A probe of a network as the grid shows it.

    One list of `tokens` both asks and answers; what is said of all of them is said at the last.
    """
    values = seen.values
    asks = values["asks"] if "asks" in values else values["tokens"]
    return Weights.of(
        asks,
        values.get("answers", asks),
        seen.arrays["weights"].rows(),
        title=f"{when} training",
        without=str(values.get("without", "")),
        selected=str(values.get("selected", "")),
        called=tuple(values.get("called", PLACES)),
        said=_by_row(values.get("said", ()), len(asks)),
        right=_by_row(values.get("right", ()), len(asks)),
    )


def _by_row(said: str | Sequence[str], rows: int) -> Sequence[str]:
    """What is said row by row; one answer for all is given by the last row."""
    return [""] * (rows - 1) + [said] if isinstance(said, str) else said
