"""The labs as the interface sees them: runs that are started, followed, probed and kept in mind.

It stands between the screens and the worker link. Screens subscribe and are told which run has
changed; a run goes on when nobody looks.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from typing import Any

from course.lesson import RunRef
from models import protocol
from models.specs.catalog import find_lab
from models.specs.spec import LabSpec, Value
from tui.lab_run import LabRun, Phase, Turn
from tui.open_bets import open_bets
from tui.session import Session
from tui.worker_link import WorkerLink

Listener = Callable[[LabRun | None], None]
"""Told which run has changed, or None when the worker came up or went away."""


class Labs:
    """Every run of this sitting, and the requests about them."""

    def __init__(self, link: WorkerLink, session: Session, device: str) -> None:
        self._link = link
        self._session = session
        self._device = device
        self._runs: dict[str, LabRun] = {}
        self._numbers = itertools.count(1)
        self._questions: dict[int, asyncio.Future[Any]] = {}
        self._listeners: list[Listener] = []
        self._sending: set[asyncio.Task[None]] = set()
        self._was_up = False
        self.trouble = ""
        """Why the worker is not there, in plain words; empty when it is or is on its way."""
        link.on_reply = self.receive
        link.on_state = self.worker_state

    # Asking

    def settings(self, ref: RunRef) -> tuple[LabSpec, dict[str, Value]]:
        """The lab that a lesson speaks of, and every knob's value."""
        spec = find_lab(ref.lab)
        given = {name: spec.knob(name).parse(text) for name, text in ref.knobs.items()}
        return spec, spec.settings(given)

    def last(
        self, lab: str, knobs: dict[str, Value] | None = None, *, free: bool = False
    ) -> LabRun | None:
        """The latest run of a lab in this sitting; with `knobs`, the latest with just these.

        One of which no lesson speaks is found only where it is asked for as `free`.
        """
        runs = (run for run in reversed(self._runs.values()) if free or not run.free)
        wanted = (r for r in runs if r.spec.name == lab and (knobs is None or r.knobs == knobs))
        return next(wanted, None)

    def last_at(self, place: str) -> LabRun | None:
        """The latest run that was started on a page, whatever its knobs are by now."""
        runs = reversed(self._runs.values())
        return next((run for run in runs if run.place == place), None)

    def before(self, run: LabRun) -> LabRun | None:
        """The run that was started on the same page before this one, if it drew anything."""
        earlier = [one for one in self._runs.values() if one.place == run.place and one.curves]
        at = next((n for n, one in enumerate(earlier) if one is run), len(earlier))
        return earlier[at - 1] if at else None

    def cannot_run(self, lab: str) -> str:
        """Why a lab cannot run here, in plain words; empty if it can."""
        return self.trouble if find_lab(lab).needs_torch else ""

    @property
    def going(self) -> LabRun | None:
        """The run that the worker is busy with."""
        return next((run for run in reversed(self._runs.values()) if run.alive), None)

    def trains(self, ref: RunRef) -> bool:
        """Whether the worker is busy with the run that is meant."""
        run = self.going
        return run is not None and not run.free and (run.spec, run.knobs) == self.settings(ref)

    @property
    def ready(self) -> protocol.Ready | None:
        """What the worker said of itself, once it is up."""
        return self._link.ready

    # Doing

    def start(
        self,
        spec: LabSpec,
        knobs: dict[str, Value],
        seed: int,
        place: str = "",
        keep: bool = True,
        resume: str = "",
        *,
        outside: bool = False,
    ) -> LabRun:
        """Begin a run from a page. One that is still going is stopped by the worker.

        One that is only to be looked into need not be kept on disk. With `resume`, the id of a
        kept run of the same lab, knobs and seed, the training goes on from where that one stands;
        of one that has come to its end, the networks are there again. One that is begun
        `outside` of the lessons decides nothing as long as a bet on it is to be placed.
        """
        if (going := self.going) is not None:
            going.phase = Phase.STOPPED
        name = f"{spec.name}-{next(self._numbers)}"
        run = LabRun(spec, knobs, seed, name, place)
        run.changed = lambda: self._tell(run)
        run.opened = bool(resume) and not keep
        run.free = outside and bool(open_bets(self._session, spec.name, run.off_default))
        self._runs[name] = run
        run.begin()
        self._send(protocol.Start(name, spec.name, knobs, seed, self._device, keep, resume))
        return run

    def go_on(self, opened: protocol.Opened) -> LabRun:
        """Go on with the training of a kept run; what it reported and showed is there at once."""
        kept = opened.kept
        spec = find_lab(kept.lab)
        run = self.start(spec, dict(kept.knobs), kept.seed, resume=kept.id, outside=True)
        run.remember(opened.curves, opened.moments)
        return run

    def pause_or_resume(self, run: LabRun) -> None:
        """Hold a run, or let it go on."""
        if run.phase is Phase.PAUSED:
            run.trouble = ""
            run.go_on()
            self._send(protocol.Resume(run.run))
        elif run.phase is Phase.TRAINING:
            run.pause()
            self._send(protocol.Pause(run.run))

    def step(self, run: LabRun) -> None:
        """One training step of a run that is held; hold it first where it is not."""
        if run.phase is Phase.TRAINING:
            self.pause_or_resume(run)
        if run.phase is Phase.PAUSED:
            self._send(protocol.StepOnce(run.run))

    def turn(self, run: LabRun, name: str, value: Value) -> None:
        """Turn a knob while the run is going."""
        was, run.knobs[name] = run.knobs[name], run.spec.knob(name).check(value)
        step = run.report.step if run.report else 0
        run.turns.append(Turn(step, name, was, run.knobs[name]))
        self._send(protocol.SetKnob(run.run, name, value))

    def break_when(self, run: LabRun, breaks: Sequence[protocol.Break]) -> None:
        """Hold a run where it meets one of these, and nowhere else."""
        run.breaks = list(breaks)
        self._send(protocol.BreakWhen(run.run, run.breaks))
        run.changed()

    def stop(self, run: LabRun) -> None:
        """End a run and keep what there is."""
        if run.alive:
            self._send(protocol.Stop(run.run))

    async def probe(
        self, run: LabRun, what: str, arguments: dict[str, Any], beside: Sequence[str] = ()
    ) -> protocol.ProbeResult:
        """Look inside the network of a run, with kept runs of the same lab `beside` it.

        Raises:
            ConnectionError: in plain words, if the worker cannot answer.
        """
        number = next(self._numbers)
        probe = protocol.Probe(run.run, number, what, arguments, list(beside))
        answer = await self._ask(number, probe)
        assert isinstance(answer, protocol.ProbeResult)
        return answer

    async def kept(self) -> protocol.Listed:
        """The runs that are kept where the worker is.

        Raises:
            ConnectionError: in plain words, if the worker cannot answer; so for those below.
        """
        number = next(self._numbers)
        answer = await self._ask(number, protocol.Runs(number))
        assert isinstance(answer, protocol.Listed)
        return answer

    async def open_kept(self, run: str) -> protocol.Opened:
        """All of a kept run."""
        number = next(self._numbers)
        answer = await self._ask(number, protocol.Open(number, run))
        assert isinstance(answer, protocol.Opened)
        return answer

    async def delete_kept(self, run: str) -> None:
        """Remove a kept run for good."""
        number = next(self._numbers)
        await self._ask(number, protocol.Delete(number, run))

    async def _ask(self, number: int, request: protocol.Request) -> protocol.Reply:
        """Send a request that has a number, and wait for its answer."""
        answer: asyncio.Future[protocol.Reply] = asyncio.get_running_loop().create_future()
        self._questions[number] = answer
        self._send(request)
        return await answer

    # Hearing

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of every change of a run; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def receive(self, reply: protocol.Reply) -> None:
        """Take in one message of the worker."""
        match reply:
            case protocol.Ready():
                return
            case (
                protocol.ProbeResult() | protocol.Listed() | protocol.Opened() | protocol.Deleted()
            ):
                if (answer := self._questions.pop(reply.id, None)) and not answer.done():
                    answer.set_result(reply)
                return
            case protocol.Failed() if reply.id:
                if (answer := self._questions.pop(reply.id, None)) and not answer.done():
                    answer.set_exception(ConnectionError(reply.text))
                return
        run = self._runs.get(reply.run)
        if run is None:
            return
        if isinstance(reply, protocol.Finished) and not reply.stopped and not run.opened:
            self._session.runs.keep(run, reply)
        run.receive(reply)

    def worker_state(self, state: str) -> None:
        """The worker came up or went away."""
        if state == "ready" and self._link.ready is not None:
            self.trouble, self._was_up = self._link.ready.missing, True
        if state == "down":
            self._worker_lost()
        self._tell(None)

    def _worker_lost(self) -> None:
        because, going = self._link.down_because, self.going
        # A worker that was up and went is the trouble of its run: the next run starts another.
        self.trouble = "" if self._was_up else because
        for answer in self._questions.values():
            if not answer.done():
                answer.set_exception(ConnectionError(because))
        self._questions.clear()
        if going is not None:
            going.lost(because)

    @property
    def told_worker(self) -> str:
        """What trains here, in a few words."""
        if self._link.ready is not None:
            return self._link.ready.device
        if self._link.state == "starting":
            return "the worker is starting"
        return "the worker rests" if self._was_up and not self.trouble else "no worker"

    def _send(self, request: protocol.Request) -> None:
        task = asyncio.create_task(self._link.send(request))
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)

    def _tell(self, run: LabRun | None) -> None:
        for listener in list(self._listeners):
            listener(run)
