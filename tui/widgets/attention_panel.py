"""The attention grid of the learner's own layer: trained here, then looked into."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from course.lesson import RunRef
from course.problems import did_you_mean
from models.protocol import ProbeResult
from models.specs.catalog import LABS
from tui.drawing.weights import Weights
from tui.lab_run import LabRun, Phase
from tui.widgets.attention_grid import HELP, AttentionGrid
from tui.widgets.key_line import Hint
from tui.widgets.live_view import LiveView
from tui.widgets.page import Desk

SETTINGS = frozenset({"lab", "when"})
TIMES = ("before", "after")


def fault(settings: Mapping[str, str]) -> str:
    """What keeps a grid with these settings from being drawn; empty if nothing does."""
    when, lab = settings.get("when", "after"), settings.get("lab", "letters")
    if when not in TIMES:
        return f"when {when}: {did_you_mean(when, TIMES)}"
    return "" if lab in LABS else f"no lab is called {lab}: {did_you_mean(lab, LABS)}"


class AttentionPanel(LiveView, can_focus=True):
    """The grid before or after training. What it shows is asked of the worker, never kept."""

    DEFAULT_CSS = """
    AttentionPanel AttentionGrid { height: auto; max-height: 17; }
    AttentionPanel .wait { height: auto; }
    """

    BINDINGS = [  # noqa: RUF012
        Binding("space", "train", "Train", show=False, id="grid-train"),
        Binding("m", "another", "Another string", show=False, id="grid-another"),
    ]

    def __init__(self, settings: Mapping[str, str], desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._labs = desk.labs
        self._when = settings.get("when", "after")
        self.spec, self._knobs = self._labs.settings(RunRef(settings.get("lab", "letters")))
        self._run = self._labs.last(self.spec.name, self._knobs)
        self._sample = 0
        self._shown = False

    def compose(self) -> ComposeResult:
        """The grid, and what stands there while there is none."""
        yield Static("", classes="wait", markup=False)
        yield AttentionGrid(ink=self._desk.ink)

    def on_mount(self) -> None:
        """Show what there is."""
        self._unsubscribe = self._labs.subscribe(self._changed)
        self._draw()

    def on_unmount(self) -> None:
        """Hear no more."""
        self._unsubscribe()

    @property
    def hints_of_keys(self) -> Sequence[Hint]:
        """Train first, then look around."""
        if not self._shown:
            return () if self._run is not None and self._run.alive else (("space", "train it"),)
        return (("←↑↓→", "cell"), ("d", "digits"), ("m", "another string"))

    @property
    def help_text(self) -> str:
        """How the grid is read."""
        return HELP

    @property
    def sentence(self) -> str:
        """What is to be seen."""
        return self.query_one(AttentionGrid).sentence

    @property
    def focus_target(self) -> Widget:
        """The grid takes the arrows, once there is one."""
        return self.query_one(AttentionGrid) if self._shown else self

    def action_train(self) -> None:
        """Train the layer, where it is not in the worker's memory."""
        if (self._run is None or not self._run.alive) and not self._shown:
            self._run = self._labs.start(self.spec, dict(self._knobs), 0)
            self._draw()

    def action_another(self) -> None:
        """Another string for the same layer."""
        if self._shown:
            self._sample += 1
            self._look()

    def _changed(self, run: LabRun | None) -> None:
        if run is None or run is self._run:
            self._draw()

    def _draw(self) -> None:
        run = self._run
        wait, grid = self.query_one(".wait", Static), self.query_one(AttentionGrid)
        if run is not None and run.phase is Phase.FINISHED and not self._shown:
            self._look()
            return
        wait.display, grid.display = not self._shown, self._shown
        if self._shown:
            return
        if run is not None and run.alive:
            text = f"training the layer: {run.fraction:.0%}"
        elif run is not None and run.trouble:
            text = run.trouble
        elif self._labs.trouble:
            text = self._labs.trouble
        else:
            text = (
                "The layer is not in memory now. space trains it here, in about "
                f"{self.spec.seconds} seconds: same seed, same numbers as before."
            )
        wait.update(Content(text))

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        assert self._run is not None
        try:
            seen = await self._labs.probe(
                self._run, "attention", {"when": self._when, "sample": self._sample}
            )
        except ConnectionError as error:
            wait = self.query_one(".wait", Static)
            wait.update(Content(str(error)))
            return
        weights = weights_of(seen, self._when)
        last = (len(weights.asks) - 1, 0)
        self.query_one(AttentionGrid).show(weights, cursor=None if self._shown else last)
        self._shown = True
        self._draw()
        self.screen.set_focus(self.focus_target)


def weights_of(seen: ProbeResult, when: str) -> Weights:
    """A probe of the layer as the grid shows it."""
    tokens = seen.values["tokens"]
    return Weights.of(
        tokens,
        tokens,
        seen.arrays["weights"].rows(),
        title=f"{when} training",
        without=str(seen.values.get("without", "")),
    )
