"""One run of a lab as the interface knows it: where it stands, its curves, what it showed.

It holds what the worker reported and nothing else, so that leaving a screen and coming back
shows the same run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from models import protocol
from models.kept import Curve as KeptCurve
from models.specs.spec import LabSpec, Value


class Phase(Enum):
    """Where a run stands."""

    IDLE = "not started"
    STARTING = "starting"
    TRAINING = "training"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"
    FAILED = "failed"


PLANNED = ("steps", "updates")
"""The knobs that say how many steps a run has."""
RACE = "training all"
"""What a race is said to do, whoever's turn it is."""


class Turn(NamedTuple):
    """A knob that was turned while a run was going: after which step, from what to what."""

    step: int
    name: str
    was: Value
    now: Value


Curve = list[tuple[int, float]]


@dataclass(eq=False)
class LabRun:
    """A run, live or ended. `changed` is called whenever there is something new to draw."""

    spec: LabSpec
    knobs: dict[str, Value]
    seed: int
    run: str
    place: str = ""
    """The page it was started on."""
    phase: Phase = Phase.IDLE
    device: str = ""
    report: protocol.Report | None = None
    curves: dict[tuple[str, str], Curve] = field(default_factory=dict)
    moments: list[protocol.Moment] = field(default_factory=list)
    result: protocol.Finished | None = None
    trouble: str = ""
    turns: list[Turn] = field(default_factory=list)
    """The knobs that were turned since it began."""
    breaks: list[protocol.Break] = field(default_factory=list)
    """Where it is still to hold."""
    held: tuple[protocol.Held, protocol.Break] | None = None
    """Why it holds, as long as it does because of a break."""
    changed: Callable[[], None] = lambda: None
    opened: bool = False
    """Whether it is a kept run that was opened to look into its networks: nothing of it is new."""
    free: bool = False
    """Whether it was begun outside of the lessons before a bet on it was placed: then they do not
    speak of it, and the bet is still one."""
    racing: bool = False
    """Whether its runners take turns, step beside step, rather than one after the other."""
    first: tuple[str, int, float] = ("", 0, 0.0)
    """The present phase, the step it began with, and how much time had passed by then."""
    _seen: set[str] = field(default_factory=set)
    _began: float = 0.0
    _held: float = 0.0
    _paused_at: float = 0.0

    @property
    def alive(self) -> bool:
        """Whether the worker is busy with it."""
        return self.phase in (Phase.STARTING, Phase.TRAINING, Phase.PAUSED)

    @property
    def off_default(self) -> dict[str, Value]:
        """The knobs that stand elsewhere than the lab's default, or did at some step."""
        turned = {turn.name for turn in self.turns}
        default = self.spec.knob
        return {k: v for k, v in self.knobs.items() if v != default(k).default or k in turned}

    @property
    def began_with(self) -> dict[str, Value]:
        """Its knobs before any was turned."""
        return {**self.knobs, **{turn.name: turn.was for turn in reversed(self.turns)}}

    @property
    def planned(self) -> int:
        """The training steps that it is to have; 0 where no knob says so."""
        return int(next((self.knobs[name] for name in PLANNED if name in self.knobs), 0))

    @property
    def fraction(self) -> float:
        """How much of the whole run is done, from 0 to 1."""
        return self.report.fraction if self.report else 0.0

    @property
    def doing(self) -> str:
        """What it does now. In a race every report is about somebody else; all of them train."""
        phase = self.report.phase if self.report else ""
        return RACE if self.racing and phase.startswith("training") else phase

    @property
    def elapsed(self) -> float:
        """Seconds of work since the start, pauses left out."""
        if not self._began:
            return 0.0
        if self.result:
            return self.result.seconds
        now = self._paused_at or time.monotonic()
        return now - self._began - self._held

    def begin(self) -> None:
        """The request has been sent."""
        self.phase = Phase.STARTING
        self.changed()

    def pause(self) -> None:
        """Hold the clock with the run."""
        self.phase = Phase.PAUSED
        self._paused_at = time.monotonic()
        self.changed()

    def go_on(self) -> None:
        """Let the clock run again."""
        self.phase, self.held = Phase.TRAINING, None
        if self._paused_at:
            self._held += time.monotonic() - self._paused_at
            self._paused_at = 0.0
        self.changed()

    def remember(self, curves: Iterable[KeptCurve], moments: Iterable[protocol.Moment]) -> None:
        """What the kept run reported and showed from which this one goes on."""
        self.curves = {
            (c.runner, c.metric): list(zip(c.steps, c.values, strict=True)) for c in curves
        }
        self.moments = list(moments)

    def receive(self, reply: protocol.Reply) -> None:
        """Take in one message of the worker about this run."""
        match reply:
            case protocol.Started():
                self.phase = Phase.TRAINING
                self.device = reply.device
                self._began = time.monotonic()
                if reply.earlier:
                    # It may go on from before the last that the kept run reported.
                    self.remember(reply.earlier, ())
            case protocol.Advanced():
                for report in reply.reports:
                    self._add(report)
            case protocol.Moment():
                self.moments.append(reply)
            case protocol.Held():
                self._hold(reply)
            case protocol.Finished():
                self.result = reply
                self.phase = Phase.STOPPED if reply.stopped else Phase.FINISHED
            case protocol.Failed():
                self.trouble = reply.text
                if reply.kind == "diverged":
                    self.pause()
                elif reply.ended:
                    self.phase = Phase.FAILED
        self.changed()

    def lost(self, because: str) -> None:
        """The worker is gone while this run was going."""
        self.phase = Phase.FAILED
        self.trouble = because
        self.changed()

    def _hold(self, held: protocol.Held) -> None:
        """Stand where a break was met, and strike out those that were met there."""
        met = [one for one in self.breaks if _meets(one, held)]
        self.breaks = [one for one in self.breaks if one not in met]
        above = protocol.Break(held.runner, held.metric, True, held.value)
        self.held = (held, met[0] if met else above)
        self.pause()

    def _add(self, report: protocol.Report) -> None:
        last = self.report
        if last is not None and last.runner != report.runner and report.runner in self._seen:
            self.racing = True
        self._seen.add(report.runner)
        self.report = report
        if self.doing != self.first[0]:
            self.first = (self.doing, report.step, self.elapsed)
        for name, value in report.metrics.items():
            self.curves.setdefault((report.runner, name), []).append((report.step, value))


def _meets(one: protocol.Break, held: protocol.Held) -> bool:
    beyond = held.value >= one.value if one.above else held.value <= one.value
    return one.metric == held.metric and one.runner in ("", held.runner) and beyond
