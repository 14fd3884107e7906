"""The messages between the interface and the worker.

Every message about a run carries its `run`; every reply carries the `id` of its request. What
belongs to an old run is dropped by the receiver.
"""

from __future__ import annotations

from typing import Any

import msgspec

from models.arrays import Array
from models.kept import Curve, Kept, Turned

PROTOCOL = 3


class Message(msgspec.Struct, frozen=True, tag=True):
    """Whatever travels."""


# Requests, from the interface to the worker.


class Start(Message, frozen=True):
    """Train `lab`. A run that is still going is stopped first."""

    run: str
    lab: str
    knobs: dict[str, float | int | str | bool]
    seed: int
    device: str = "auto"
    keep: bool = True
    """Whether the run is kept on disk; one that is begun only to be looked into is not."""
    resume: str = ""
    """The kept run that this one goes on from, with the same lab, knobs and seed."""
    study: str = ""
    """The study it belongs to: the worker then trains with low priority, from here on."""


class Pause(Message, frozen=True):
    """Hold the run after the present unit of work."""

    run: str


class Resume(Message, frozen=True):
    """Go on after a pause."""

    run: str


class StepOnce(Message, frozen=True):
    """One training step, then hold again."""

    run: str


class SetKnob(Message, frozen=True):
    """Change a knob that may be turned while training; kept with the step it happened at."""

    run: str
    name: str
    value: float | int | str | bool


class Break(msgspec.Struct, frozen=True):
    """Where to hold a run: at the first report that has `metric` at `value` or beyond it.

    Beyond is above or below it. `step` is a metric too.
    """

    runner: str
    """Whose; empty for whoever comes first."""
    metric: str
    above: bool
    value: float


class BreakWhen(Message, frozen=True):
    """Hold the run where it meets one of these; they replace those it had. Each holds it once."""

    run: str
    breaks: list[Break]


class Stop(Message, frozen=True):
    """End the run and report what there is."""

    run: str


class Probe(Message, frozen=True):
    """Look inside the model of a run, as it is now or as it was when the run ended."""

    run: str
    id: int
    what: str
    arguments: dict[str, Any] = {}
    beside: list[str] = []
    """Kept runs of the same lab that stand beside it: it may be asked for parts of theirs."""


class Runs(Message, frozen=True):
    """List the runs that are kept where the worker is."""

    id: int


class Open(Message, frozen=True):
    """All of a kept run: its curves and what it showed."""

    id: int
    kept: str


class Delete(Message, frozen=True):
    """Remove a kept run for good."""

    id: int
    kept: str


# Replies, from the worker to the interface.


class Ready(Message, frozen=True):
    """The worker is up. `device` is in plain words; `torch` is empty where there is none.

    The tag of this message and its `protocol` are the same in every version.
    """

    protocol: int
    device: str
    threads: int
    python: str
    torch: str
    missing: str = ""
    """Why labs cannot run, and what to do; empty when they can."""


class Started(Message, frozen=True):
    """A run has begun on `device` (plain words)."""

    run: str
    device: str
    seed: int
    step: int = 0
    """The step after which it goes on, where it goes on from a kept run."""
    earlier: list[Curve] = []
    """What that run had reported up to there. What it had shown follows as moments."""


class Report(msgspec.Struct, frozen=True):
    """How one runner of a run is doing. `fraction` is the share of the whole run that is done."""

    runner: str
    phase: str
    step: int
    steps: int
    fraction: float
    metrics: dict[str, float]


class Advanced(Message, frozen=True):
    """Reports since the last such message; at most 20 messages a second."""

    run: str
    reports: list[Report]


class Moment(Message, frozen=True):
    """Something to look at, such as the path a half-trained mouse takes through a fixed maze."""

    run: str
    runner: str
    step: int
    name: str
    data: dict[str, Any]


class Held(Message, frozen=True):
    """A break has been met: the run is paused at `step`, where the metric of `runner` is `value`.

    It comes after everything that was reported and shown up to there.
    """

    run: str
    runner: str
    metric: str
    step: int
    value: float


class ProbeResult(Message, frozen=True):
    """The answer to a `Probe`."""

    run: str
    id: int
    arrays: dict[str, Array]
    values: dict[str, Any] = {}


class Finished(Message, frozen=True):
    """The run has ended. `stopped` says that it was asked to before its end.

    `seconds` and `cpu_seconds` count the work alone: pauses are left out. Where a run was
    stopped before it had a result, `metrics` are the last ones reported, as `runner.metric`.
    """

    run: str
    steps: int
    seconds: float
    cpu_seconds: float
    device: str
    metrics: dict[str, float]
    reached: bool
    control_failed: bool
    stopped: bool = False
    turned: list[Turned] = []
    kept: str = ""
    """What the run is kept as; empty where it is not."""


class Listed(Message, frozen=True):
    """The answer to `Runs`: newest first, and in words what cannot be read. `run` is empty here
    and below, for a kept run is not the one that the worker is busy with."""

    id: int
    runs: list[Kept]
    notes: list[str] = []
    run: str = ""


class Opened(Message, frozen=True):
    """The answer to `Open`; `note` says what of it cannot be read."""

    id: int
    kept: Kept
    curves: list[Curve]
    moments: list[Moment]
    note: str = ""
    run: str = ""


class Deleted(Message, frozen=True):
    """The answer to `Delete`: how many bytes are free again."""

    id: int
    kept: str
    size: int
    run: str = ""


class Failed(Message, frozen=True):
    """Something went wrong; `text` says what and what to do.

    `kind`: `knob` (no such lab or knob, or not such a value), `device` (not here), `torch` (not
    installed), `memory` (too little), `diverged` (the loss is not finite; the run is paused),
    `gone` (the run is no longer in memory), `kept` (it goes on, but the disk does not take it; or
    a kept run cannot be shown, deleted or gone on from), `error` (anything else).
    """

    run: str
    kind: str
    text: str
    ended: bool = True
    """Whether the run is over. A wrong turn of a knob or a failed probe leaves it as it was."""
    id: int = 0
    """The request with an `id` that failed, or 0 if it had none."""


AboutKept = Runs | Open | Delete
Request = Start | Pause | Resume | StepOnce | SetKnob | BreakWhen | Stop | Probe | AboutKept
Reply = (
    Ready
    | Started
    | Advanced
    | Moment
    | Held
    | ProbeResult
    | Finished
    | Listed
    | Opened
    | Deleted
    | Failed
)
