"""The shuffle test on two sentences, asked of the worker: an encoder that nobody has trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from textual.binding import Binding

from course.problems import did_you_mean
from tui.drawing.layers.positions import KINDS, NAMES
from tui.drawing.layers.shuffle import Shuffled
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.key_line import Hint
from tui.widgets.shuffle_view import HELP, ShuffleView

SETTINGS = frozenset({"pair", "kind", "causal", "lab"})
LAB = "positions"
PAIRS = {
    "dog": ("dog bites man", "man bites dog"),
    "boy": ("the man did it said the boy", "the man said the boy did it"),
}
ALL = ("none", *KINDS)
_SAID = {"none": "none", "sinusoidal": "sines", "rotary": "RoPE", "alibi": "ALiBi"}

Wanted = tuple[str, str, bool]


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the test from being made with these settings; empty if nothing does."""
    known = {"pair": tuple(PAIRS), "kind": ALL, "causal": ("yes", "no")}
    for name, value in settings.items():
        if name in known and value not in known[name]:
            return f"{name} {value}: {did_you_mean(value, known[name])}"
    return lab_fault(settings, LAB)


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    one, other = PAIRS[settings.get("pair", "dog")]
    kind = settings.get("kind", "none")
    told = "no positions" if kind == "none" else NAMES[kind]
    return (
        f"Two sentences of the same words, “{one}” and “{other}”, read by an encoder with {told}:"
        " how far each word's output in the one is from its output in the other, how far the"
        " outputs at each place are apart, and the means of all outputs."
    )


class ShufflePanel(InsidePanel):
    """Two sentences; mask, positions and sentences can be changed."""

    BINDINGS = [  # noqa: RUF012
        Binding("c", "mask", "Mask", show=False, id="shuffle-mask"),
        Binding("o", "positions", "Positions", show=False, id="shuffle-positions"),
        Binding("m", "another", "Other sentences", show=False, id="shuffle-another"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__({**settings, "when": "before"}, desk, LAB)
        self._pair = settings.get("pair", "dog")
        self._kind = settings.get("kind", "none")
        self._causal = settings.get("causal", "no") == "yes"
        self._seen: dict[Wanted, Shuffled] = {}

    def build(self) -> ShuffleView:
        """The table."""
        return ShuffleView(ink=self.desk.ink)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Begin first, then change what reads."""
        if not self.pictured:
            return super().hints_of_keys[:1]
        mask = "no mask" if self._causal else "causal mask"
        following = _after(self._kind, ALL)
        told = _SAID.get(following, following)
        return (("c", mask), ("o", f"positions: {told}"), ("m", "sentences"), ("↑ ↓", "word"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """All of them."""
        return (
            ("↑ ↓", "another word"),
            ("c", "with a causal mask, or without"),
            ("o", "the next kind of positions"),
            ("m", "two other sentences"),
        )

    @property
    def help_text(self) -> str:
        """What is under the cursor, and how the table is read."""
        return f"{self.sentence}\n\n{HELP}" if self.pictured else HELP

    @property
    def wanted(self) -> Wanted:
        """Sentences, positions and mask."""
        return self._pair, self._kind, self._causal

    def action_other_time(self) -> None:
        """It is never trained: there is no other time."""

    def action_mask(self) -> None:
        """A causal mask, or none."""
        self._causal = not self._causal
        self.look()

    def action_positions(self) -> None:
        """The next kind of positions."""
        self._kind = _after(self._kind, ALL)
        self.look()

    def action_another(self) -> None:
        """Two other sentences."""
        self._pair = _after(self._pair, tuple(PAIRS))
        self.look()

    async def ask(self, run: LabRun, when: str) -> None:
        """Let the worker read both sentences."""
        wanted = self.wanted
        pair, kind, causal = wanted
        one, other = PAIRS[pair]
        told = {"one": one, "other": other, "positions": kind, "causal": causal}
        seen = await self.desk.labs.probe(run, "sentences", told)
        values = seen.values
        self._seen[wanted] = Shuffled(
            values["one"],
            values["other"],
            values["there"],
            tuple(seen.arrays["word"].rows()),
            tuple(seen.arrays["place"].rows()),
            values["mean"],
            values["size"],
            kind,
            causal,
        )

    def show(self) -> None:
        """Draw what is chosen."""
        picture = self.picture
        assert isinstance(picture, ShuffleView)
        if picture.shown is not self._seen[self.wanted]:
            picture.show(self._seen[self.wanted])


def _after(name: str, names: Sequence[str]) -> str:
    """The next of some names, round and round."""
    return dict(pairwise((*names, names[0])))[name]
