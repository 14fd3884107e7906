"""What can be done with the run of a lab: start it, hold it, step, turn it, stop it."""

from __future__ import annotations

from time import monotonic

from textual import work
from textual.binding import Binding

from course.lesson import Lab
from models.protocol import Break
from models.specs.spec import Value
from tui.lab_keys import RATE, has_rate
from tui.lab_run import LabRun, Phase
from tui.pages.page import Desk, Page
from tui.screens.breaks import BreakScreen
from tui.screens.knobs import KnobScreen

FACTOR = 2
"""By how much one key changes the learning rate; the other key undoes it exactly."""
SAID = 8.0
"""Seconds for which the page says what a key did."""


class LabControls(Page):
    """A page with the run of one lab. The run belongs to the labs: leaving does not end it."""

    BINDINGS = [  # noqa: RUF012
        Binding("enter", "start", "Start", show=False, id="lab-start"),
        Binding("space", "pause", "Pause", show=False, id="lab-pause"),
        Binding("s", "step", "One step", show=False, id="lab-step"),
        Binding("x", "stop", "Stop", show=False, id="lab-stop"),
        Binding("a", "again", "Run again", show=False, id="lab-again"),
        Binding("k", "knobs", "Knobs", show=False, id="lab-knobs"),
        Binding("b", "breaks", "Break when", show=False, id="lab-breaks"),
        Binding("plus,equals_sign", f"rate({FACTOR})", "Faster", show=False, id="lab-faster"),
        Binding("minus", f"rate({1 / FACTOR})", "Slower", show=False, id="lab-slower"),
    ]

    def __init__(self, lab: Lab, place: str, desk: Desk) -> None:
        super().__init__()
        self._ref = lab.run
        self._desk = desk
        self._labs = desk.labs
        self.spec, self._knobs = self._labs.settings(lab.run)
        self._default: dict[str, Value] = dict(self._knobs)
        self._seed = 0
        self._place = place
        self._breaks: list[Break] = []
        last = self._labs.last(self.spec.name, self._knobs, free=desk.outside)
        self._run = self._labs.last_at(place) or last
        if self._run is not None:
            self._knobs, self._seed = self._run.began_with, self._run.seed
            self._breaks = list(self._run.breaks)
        self._remark, self._remarked = "", 0.0

    def draw(self) -> None:
        """Draw what there is to be seen now."""
        raise NotImplementedError

    @property
    def run_shown(self) -> LabRun | None:
        """The run that this page shows."""
        return self._run

    @property
    def phase(self) -> Phase:
        """Where it stands."""
        return self._run.phase if self._run else Phase.IDLE

    @property
    def kept(self) -> dict[str, float] | None:
        """What this lab, with these knobs, measured last, in this sitting or before."""
        if self._run is not None and self._run.result and not self._run.result.stopped:
            return self._run.result.metrics
        if self._run is not None and self._run.alive:
            return None
        if self._knobs != self._default:
            return None
        return self._desk.session.runs.metrics(self._ref, free=self._desk.outside)

    @property
    def remark(self) -> str:
        """What the last key did, for as long as the page has to say so."""
        return self._remark if monotonic() < self._remarked + SAID else ""

    def say(self, remark: str) -> None:
        """Say what a key did."""
        self._remark, self._remarked = remark, monotonic()
        self.draw()

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter starts a lab that has not run, and turns the page after that."""
        if action == "start":
            return self.phase in (Phase.IDLE, Phase.FAILED, Phase.STOPPED) and self.kept is None
        return True

    def action_start(self) -> None:
        """Train."""
        self._begin()

    def action_again(self) -> None:
        """Train again; the run before stays on the chart as a ghost."""
        if self._run is None or not self._run.alive:
            self._begin()

    def action_pause(self) -> None:
        """Hold it, or let it go on."""
        if self._run is not None:
            self._remark = ""
            self._labs.pause_or_resume(self._run)

    def action_step(self) -> None:
        """One training step."""
        if self._run is not None:
            self._labs.step(self._run)

    def action_stop(self) -> None:
        """End it and keep what there is."""
        if self._run is not None:
            self._labs.stop(self._run)

    def action_rate(self, factor: float) -> None:
        """Double or halve the learning rate of a run that goes, and say what it is now."""
        run = self._run
        if run is None or not run.alive or not has_rate(self.spec):
            return
        was = run.knobs[RATE]
        assert isinstance(was, float)
        try:
            self._labs.turn(run, RATE, was * factor)
        except ValueError:
            self.say(f"The learning rate stays at {was:g}: it {self.spec.knob(RATE).range}.")
        else:
            done, undo = ("doubled", "-") if factor > 1 else ("halved", "+")
            told = f"The learning rate is {done}: {was:g} → {run.knobs[RATE]:g} at its highest"
            self.say(f"{told}; {undo} undoes it.")

    @work
    async def action_breaks(self) -> None:
        """Choose where the run is to hold, now or when it is started."""
        if not self.spec.series:
            return
        alive = self._run if self._run is not None and self._run.alive else None
        now = alive.breaks if alive else self._breaks
        chosen = await self.app.push_screen_wait(BreakScreen(self.spec, now, self._desk.ink))
        if chosen is not None and chosen != now:
            self._breaks = chosen
            if self._run is not None and self._run.alive:
                self._labs.break_when(self._run, chosen)
            self.draw()

    @work
    async def action_knobs(self) -> None:
        """Turn knobs: those that may be turned while it trains take effect at once."""
        alive = self._run if self._run is not None and self._run.alive else None
        knobs = alive.knobs if alive else self._knobs
        chosen = await self.app.push_screen_wait(
            KnobScreen(self.spec, knobs, self._seed, self._default, live_only=alive is not None)
        )
        if chosen is None:
            return
        if alive is None:
            self._knobs, self._seed = chosen
        elif alive.alive:
            for name, value in chosen[0].items():
                if value != alive.knobs[name]:
                    self._labs.turn(alive, name, value)
        self.draw()

    def _begin(self) -> None:
        self._remark = ""
        knobs, outside = dict(self._knobs), self._desk.outside
        self._run = self._labs.start(self.spec, knobs, self._seed, self._place, outside=outside)
        if self._breaks:
            self._labs.break_when(self._run, self._breaks)
        self.draw()
