"""The studies: a queue of runs that a worker of their own trains while the learner reads on.

The worker of the lessons, and the network in its memory, are left alone. A second one is started
when the learner begins a study and ended when there is none left. What is done is kept by that
worker as ordinary runs, so a study goes on where it stood, whatever happened to it.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from typing import Any

from models import protocol
from models.specs.study import Study
from tui.lab_run import LabRun, Phase
from tui.labs import Labs
from tui.study_run import StudyRun
from tui.worker_link import State, WorkerLink

PATIENCE = 30.0
"""Seconds that a study waits to be told what is kept; then it is trained as if nothing were."""

Listener = Callable[[StudyRun], None]
"""Told which study has changed."""


class Studies:
    """Every study of this sitting, and the one that is going.

    Args:
        labs: asks the lessons' own worker which runs are kept.
        link: the line to the studies' worker.
        device: where it is to train.
    """

    def __init__(self, labs: Labs, link: WorkerLink, device: str) -> None:
        self._labs = labs
        self._link = link
        self._device = device
        self._known: dict[str, StudyRun] = {}
        self._queue: list[StudyRun] = []
        """Those that have been begun; the first is going."""
        self._numbers = itertools.count(1)
        self._listeners: list[Listener] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._lost = False
        """Whether the worker went during the run before this one."""
        link.on_reply = self.receive
        link.on_state = self.worker_state

    def of(self, study: Study) -> StudyRun:
        """What is known of a study."""
        if study.name not in self._known:
            self._known[study.name] = StudyRun.of(study)
        return self._known[study.name]

    @property
    def going(self) -> StudyRun | None:
        """The study whose points are trained now."""
        return self._queue[0] if self._queue else None

    @property
    def unseen(self) -> StudyRun | None:
        """A study that has ended and that nobody has looked at yet."""
        return next((one for one in self._known.values() if one.new), None)

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Be told of every change of a study; the returned function ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    # Doing

    async def look(self, study: Study) -> None:
        """Find the points that have been run before, here or elsewhere, in this sitting or not."""
        one = self.of(study)
        try:
            async with asyncio.timeout(PATIENCE):
                kept = await self._labs.kept()
        except (ConnectionError, TimeoutError):
            return
        one.take(kept.runs)
        self._tell(one)

    def begin(self, study: Study) -> StudyRun:
        """Train the points that are missing, after those of the studies that were begun before."""
        one = self.of(study)
        if not one.alive and not one.complete:
            one.begin()
            self._queue.append(one)
            self._tell(one)
            if self.going is one:
                self._spawn(self._start(one))
        return one

    def pause_or_go_on(self, one: StudyRun) -> None:
        """Hold the point that is trained now, or let it go on."""
        if one.run is None:
            return
        if one.phase is Phase.PAUSED:
            one.phase = Phase.TRAINING
            one.run.go_on()
            self._send(protocol.Resume(one.run.run))
        elif one.phase is Phase.TRAINING:
            one.phase = Phase.PAUSED
            one.run.pause()
            self._send(protocol.Pause(one.run.run))
        self._tell(one)

    def stop(self, one: StudyRun) -> None:
        """End it; the points that are there stay, and it can go on at another time."""
        if not one.alive:
            return
        was_going = self.going is one
        one.phase = Phase.STOPPED
        one.let_go()
        self._leave(one, was_going)

    # The queue

    async def _start(self, one: StudyRun) -> None:
        """Look once more what is there, then train the rest."""
        await self.look(one.study)
        # Stopped and begun anew meanwhile, it has been started already.
        if self.going is one and one.phase is Phase.STARTING and one.run is None:
            one.set_out()
            self._train_next(one)

    def _train_next(self, one: StudyRun) -> None:
        point = one.next_point
        if point is None:
            one.phase = Phase.FINISHED if one.complete else Phase.FAILED
            one.new = True
            self._leave(one, was_going=True)
            return
        name = f"{one.study.name}-{next(self._numbers)}"
        run = LabRun(one.study.spec, dict(point.knobs), point.seed, name)
        run.begin()
        one.train(point, run)
        one.phase = Phase.STARTING
        knobs, study = dict(point.knobs), one.study.name
        self._send(
            protocol.Start(name, one.study.lab, knobs, point.seed, self._device, study=study)
        )
        self._tell(one)

    def _leave(self, one: StudyRun, was_going: bool) -> None:
        """It is not in the queue any more; the next one goes on, or the worker is ended."""
        self._queue.remove(one)
        self._tell(one)
        if not was_going:
            return
        self._spawn(self._close_then_next())

    async def _close_then_next(self) -> None:
        """A fresh worker for each study: what the last one left behind is gone with its worker."""
        await self._link.close()
        if (following := self.going) is not None and following.run is None:
            await self._start(following)

    # Hearing

    def receive(self, reply: protocol.Reply) -> None:
        """Take in one message of the worker."""
        one = self.going
        if isinstance(reply, protocol.Ready) or one is None or one.run is None:
            return
        if reply.run != one.run.run:
            return
        one.run.receive(reply)
        match reply:
            case protocol.Started():
                one.phase = Phase.TRAINING
            case protocol.Finished() if not reply.stopped:
                self._lost = False
                one.done(reply.metrics)
                self._train_next(one)
            case protocol.Failed() if reply.ended or reply.kind == "diverged":
                one.failed(reply.text)
                self._train_next(one)
        self._tell(one)

    def worker_state(self, state: State) -> None:
        """The worker came up or went away."""
        one, ready = self.going, self._link.ready
        if one is None:
            return
        if state == "ready" and ready is not None and ready.missing and one.study.spec.needs_torch:
            self._give_up(one, ready.missing)
        elif state == "down":
            self._worker_lost(one, self._link.down_because)

    def _worker_lost(self, one: StudyRun, because: str) -> None:
        """One point is lost with a worker; two in a row, or one that never began, end the study."""
        if one.run is None or not one.run.device or self._lost:
            self._give_up(one, because)
            return
        self._lost = True
        one.run.lost(because)
        one.failed(because)
        self._train_next(one)

    def _give_up(self, one: StudyRun, because: str) -> None:
        self._lost = False
        one.trouble, one.phase = because, Phase.FAILED
        one.let_go()
        self._leave(one, was_going=True)

    async def close(self) -> None:
        """End the worker; what is kept stays."""
        self._queue.clear()
        await self._link.close()

    def _send(self, request: protocol.Request) -> None:
        self._spawn(self._link.send(request))

    def _spawn(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(doing)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _tell(self, one: StudyRun) -> None:
        for listener in list(self._listeners):
            listener(one)
