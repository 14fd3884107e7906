"""What every place is told: computed here, but for the learned table, which the worker is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from textual import on
from textual.binding import Binding

from course.problems import did_you_mean
from tui.drawing.layers.positions import KINDS, NAMES, Positions, Row
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.key_line import Hint
from tui.widgets.positions_view import HELP, PositionsView

SETTINGS = frozenset({"kind", "places", "channels", "place", "lab", "when"})
LAB = "positions"
_NUMBERS = {"places": (2, 200), "channels": (2, 64), "place": (0, 199)}
_NAMES = {"sinusoidal": "sines", "learned": "learned", "rotary": "RoPE", "alibi": "ALiBi"}


def fault(settings: Mapping[str, str]) -> str:
    """What keeps positions from being drawn with these settings; empty if nothing does."""
    if (kind := settings.get("kind", KINDS[0])) not in KINDS:
        return f"there are no {kind} positions: {did_you_mean(kind, KINDS)}"
    for name, (low, high) in _NUMBERS.items():
        text = settings.get(name, str(low))
        if not text.isdecimal() or not low <= int(text) <= high:
            return f"{name} {text}: expected a whole number from {low} to {high}"
    if int(settings.get("channels", "2")) % 2:
        return f"channels {settings['channels']}: sines and cosines come in pairs"
    return lab_fault(settings, LAB)


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    kind = settings.get("kind", KINDS[0])
    return (
        f"What every place is told ({NAMES[kind]}): a row for each place, a column for each number"
        " told of it, and below them how alike each place is told to one of them. For sines that"
        " depends on how far apart two places are, and on nothing else."
    )


class PositionsPanel(InsidePanel):
    """Sines, RoPE and ALiBi at once; the learned table of the learner's own run where it is."""

    BINDINGS = [  # noqa: RUF012
        Binding(kind[0], f"turn('{kind}')", kind, show=False, id=f"positions-{kind}")
        for kind in KINDS
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self._kind = settings.get("kind", KINDS[0])
        self._place = int(settings.get("place", "8"))
        self._plain = Positions(
            count=int(settings.get("places", "24")), channels=int(settings.get("channels", "16"))
        )
        self._tables: dict[str, tuple[tuple[Row, ...], int]] = {}

    def build(self) -> PositionsView:
        """The map."""
        kind = "sinusoidal" if self._kind == "learned" else self._kind
        return PositionsView(replace(self._plain, kind=kind), self._place, ink=self.desk.ink)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Move about, then the other kinds."""
        others = tuple((kind[0], _NAMES[kind]) for kind in KINDS if kind != self._kind)
        if not self.pictured:
            return (*super().hints_of_keys[:1], *others)
        times = super().hints_of_keys[-1:] if self._kind == "learned" else ()
        return (("← → ↑ ↓", "move"), *others, *times)

    @property
    def help_keys(self) -> Sequence[Hint]:
        """And to the ends."""
        return (
            ("← → ↑ ↓", "another place, another number that is told of it"),
            ("home end", "the first place, the last"),
            ("s", "the sines"),
            ("l", "the learned table of your own network"),
            ("r", "RoPE: the hands of clocks"),
            ("a", "ALiBi: what is left of a weight"),
            ("b", "the learned table before or after training"),
        )

    @property
    def help_text(self) -> str:
        """What is under the cursor, and how the map is read."""
        return f"{self.sentence}\n\n{HELP}" if self.pictured else HELP

    @property
    def has_picture(self) -> bool:
        """The learned table alone has to be asked for."""
        return self._kind != "learned" or self.when in self._tables

    def action_turn(self, kind: str) -> None:
        """Another kind of positions."""
        self._kind = kind
        self.look()

    @on(PositionsView.Turned)
    def follow(self, event: PositionsView.Turned) -> None:
        """The view has been asked for another kind."""
        event.stop()
        self.action_turn(event.kind)

    async def ask(self, run: LabRun, when: str) -> None:
        """The learned table of the run, before or after training."""
        seen = await self.desk.labs.probe(run, "places", {"when": when})
        rows = tuple(map(tuple, seen.arrays["places"].rows()))
        self._tables[when] = (rows, int(seen.values["trained"]))

    def show(self) -> None:
        """Draw the kind that is chosen."""
        picture = self.picture
        assert isinstance(picture, PositionsView)
        shown = replace(self._plain, kind=self._kind)
        if self._kind == "learned":
            table, trained = self._tables[self.when]
            shown = replace(shown, table=table, trained=trained, title=f"{self.when} training")
        if shown != picture.shown:
            picture.show(shown)
