"""What the memories of the learner's own networks hold, asked of the worker."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.binding import Binding

from models.protocol import ProbeResult
from models.specs.catalog import LABS
from tui.drawing.memory.states_facts import States
from tui.lab_run import LabRun
from tui.lab_settings import lab_fault, run_ref, runner_fault, runners_of
from tui.pages.page import Desk
from tui.panels.inside_panel import InsidePanel
from tui.widgets.along_view import AlongView
from tui.widgets.key_line import Hint
from tui.widgets.states_view import HELP, StatesView

SETTINGS = frozenset({"lab", "runner", "when", "sample"})
LAB = "recurrence"
NO_STATES = "no states"
"""What the worker's answer contains for a runner that remembers nothing."""


def fault(settings: Mapping[str, str]) -> str:
    """What keeps the states from being drawn with these settings; empty if nothing does."""
    spec = LABS.get(run_ref(settings.get("lab", LAB)).lab)
    if (found := lab_fault(settings, LAB)) or spec is None:
        return found
    if not (sample := settings.get("sample", "0")).isdecimal():
        return f"sample {sample}: expected a whole number from 0 up"
    return runner_fault(spec, [settings["runner"]]) if "runner" in settings else ""


def in_words(settings: Mapping[str, str]) -> str:
    """The picture in words, where none can be drawn."""
    known = runners_of(LABS[run_ref(settings.get("lab", LAB)).lab])
    name = known.get(settings.get("runner", ""), "a memory")
    return (
        f"What {name} holds, {settings.get('when', 'after')} training: a strip for each number of"
        " its state, place by place, and below them how far apart the states are on two walks,"
        " A and B, that differ in the first place alone. At a distance of 0 the memory is lost."
    )


class StatesPanel(InsidePanel):
    """The states of one runner on two walks, before training or after it."""

    BINDINGS = [  # noqa: RUF012
        Binding("r", "runner", "Another runner", show=False, id="states-runner"),
        Binding("m", "another", "Another walk", show=False, id="states-another"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__(settings, desk, LAB)
        self._known = runners_of(self.spec)
        self._runner = settings.get("runner", "rnn" if "rnn" in self._known else "")
        self._runner = self._runner or next(iter(self._known))
        self._sample = int(settings.get("sample", "0"))
        self._seen: dict[tuple[str, str, int], States] = {}

    def build(self) -> AlongView:
        """The strips."""
        return StatesView(ink=self.desk.ink)

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """The other walk comes before another time."""
        hints = super().hints_of_keys
        if not self.pictured:
            return hints
        return (hints[0], ("o", "A or B"), ("r", "runner"), *hints[1:], ("m", "another"))

    @property
    def help_keys(self) -> Sequence[Hint]:
        """And the walks and runners."""
        return (
            *super().help_keys,
            ("o", "walk B, then A minus B"),
            ("r", "another runner"),
            ("m", "two other walks"),
        )

    @property
    def help_text(self) -> str:
        """How the strips are read."""
        return HELP

    @property
    def wanted(self) -> tuple[str, str, int]:
        """Runner, time and walk."""
        return self._runner, self.when, self._sample

    def action_runner(self) -> None:
        """The next runner on the same walk."""
        names = list(self._known)
        self._runner = names[(names.index(self._runner) + 1) % len(names)]
        self.look()

    def action_another(self) -> None:
        """Another walk of the same runner."""
        self._sample += 1
        self.look()

    async def ask(self, run: LabRun, when: str) -> None:
        """The states of the runner on a walk; that there are none is an answer, too."""
        wanted = self.wanted
        runner, _, sample = wanted
        name = self._known[runner]
        told = {"runner": runner, "when": when, "sample": sample}
        try:
            seen = await self.desk.labs.probe(run, "states", told)
        except ConnectionError as error:
            if NO_STATES not in str(error):
                raise
            who = f"{name[0].upper()}{name[1:]}"
            text = f"{who} has no state: it remembers nothing and looks at the whole way at once."
            self._seen[wanted] = States(name, trouble=text)
            return
        self._seen[wanted] = states_of(seen, name, f"{when} training", self.ends)

    def show(self) -> None:
        """Draw the strips that are chosen."""
        picture = self.picture
        assert isinstance(picture, StatesView)
        picture.show(self._seen[self.wanted])


def states_of(seen: ProbeResult, name: str, title: str, ends: tuple[str, str, str]) -> States:
    """A probe of a memory as the strips show it."""
    one, other = (tuple(map(tuple, walk)) for walk in seen.arrays["states"].rows())
    forget = seen.arrays["forget"].rows() if "forget" in seen.arrays else ()
    said, right = seen.values["said"], seen.values["right"]
    return States(
        name,
        (one, other),
        tuple(seen.arrays["distance"].rows()),
        tuple(map(tuple, forget)),
        (said[0], said[1]),
        (right[0], right[1]),
        title,
        ends,
    )
