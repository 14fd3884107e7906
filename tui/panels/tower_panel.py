"""The towers of the learner's own run, and any tower before training, asked of the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from textual.binding import Binding

from models.specs.catalog import LABS
from models.specs.tower import PARTS
from tui.drawing.layers.tower import TowerParts, TowerSeen
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref
from tui.moments import tower_of_probe
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.drawn_view import DrawnView
from tui.widgets.key_line import Hint
from tui.widgets.tower_view import HELP, TowerView

LAB = "tower"
SWITCHES = ("residual", "norm", "feed_forward", "alone")
SETTINGS = frozenset({"lab", "when", *SWITCHES})
NORMS = ("pre", "post", "none")
_WORDS = {"yes": True, "no": False}


def fault(settings: Mapping[str, str]) -> str:
    """What keeps a tower from being drawn with these settings; empty if nothing does."""
    if found := lab_fault(settings, LAB):
        return found
    if "alike" not in {name for name, _ in _series(settings)}:
        return f"the lab {run_ref(settings.get('lab', LAB)).lab} has no towers"
    for name in SWITCHES:
        known = NORMS if name == "norm" else tuple(_WORDS)
        if (value := settings.get(name, known[0])) not in known:
            return f"{name} {value}: expected {' or '.join(known)}"
    return ""


def _series(settings: Mapping[str, str]) -> list[tuple[str, str]]:
    spec = LABS[run_ref(settings.get("lab", LAB)).lab]
    return [(metric.name.rpartition(".")[2], metric.means) for metric in spec.metrics]


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    depth = run_ref(settings.get("lab", LAB)).knobs.get("depth", LABS[LAB].knob("depth").default)
    return (
        f"A tower of {depth} blocks, {settings.get('when', 'after')} training: for each block how"
        " strong the loss's gradient is, on a log scale, and the cosine of two tokens of a row"
        " above it. Switches take out residuals, norms, feed-forward layers and the sight of"
        " others."
    )


class TowerPanel(InsidePanel):
    """One tower at a time: any before training, those of the run after it."""

    BINDINGS = [  # noqa: RUF012
        Binding("r", "switch('residual')", "Residuals", show=False, id="tower-residual"),
        Binding("o", "norm", "Norms", show=False, id="tower-norm"),
        Binding("f", "switch('feed_forward')", "Feed-forward", show=False, id="tower-forward"),
        Binding("a", "switch('alone')", "Sight of others", show=False, id="tower-alone"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        given = {name: settings[name] for name in SWITCHES if name in settings}
        chosen = {name: _WORDS.get(value, value) for name, value in given.items()}
        self._norm = str(self.knobs["norm"])
        self._parts = TowerParts(**{"norm": self._norm, **chosen})  # type: ignore[arg-type]
        self._seen: dict[tuple[str, TowerParts], TowerSeen] = {}

    def build(self) -> DrawnView:
        """The bars."""
        return TowerView(ink=self.desk.ink)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """The switches come first."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        switches = (("r", "residual"), ("o", "norm"), ("f", "feed-fwd"), ("a", "alone"))
        return (*switches, *hints)

    @property
    def help_keys(self) -> Sequence[Hint]:
        """And the switches."""
        return (
            *super().help_keys,
            ("r", "residuals in or out"),
            ("o", "norms before, after, nowhere"),
            ("f", "feed-forward in or out"),
            ("a", "each token sees all, or itself"),
        )

    @property
    def help_text(self) -> str:
        """How the bars are read."""
        return HELP

    @property
    def wanted(self) -> tuple[str, TowerParts]:
        """Time, and the parts of the tower."""
        return self.when, self._parts

    def action_switch(self, name: str) -> None:
        """A part in, or out."""
        turned = {name: not getattr(self._parts, name)}
        self._parts = replace(self._parts, **turned)  # type: ignore[arg-type]
        self.look()

    def action_norm(self) -> None:
        """Norms before each layer, after each sum, nowhere."""
        at = NORMS.index(self._parts.norm)
        self._parts = replace(self._parts, norm=NORMS[(at + 1) % len(NORMS)])
        self.look()

    async def ask(self, run: LabRun, when: str) -> None:
        """The tower with these parts; that none like it was trained is an answer, too."""
        wanted = self.wanted
        parts = wanted[1]
        told = {"when": when, **asdict(parts)}
        if when == "after":
            trained = {self._trained(runner): runner for runner in PARTS}
            if parts not in trained:
                self._seen[wanted] = TowerSeen(parts, trouble=self._not_trained)
                return
            told = {"when": when, "runner": trained[parts]}
        seen = await self.desk.labs.probe(run, "tower", told)
        self._seen[wanted] = tower_of_probe(seen, f"{when} training")

    def _trained(self, runner: str) -> TowerParts:
        """What a runner of the lab is made of."""
        given = {"norm": self._norm, **PARTS[runner]}
        return TowerParts(**given)  # type: ignore[arg-type]

    @property
    def _not_trained(self) -> str:
        names = dict(self.spec.runners)
        return (
            "No tower like this was trained in this run. Trained were: "
            + ", ".join(names[runner] for runner in PARTS)
            + ". b shows it before training."
        )

    def show(self) -> None:
        """Draw the tower that is chosen."""
        picture = self.picture
        assert isinstance(picture, TowerView)
        picture.show(self._seen[self.wanted])
