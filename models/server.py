"""What the worker does with requests: one run at a time, moved on between two looks at them."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from enum import Enum
from functools import partial
from pathlib import Path

from models import framing, protocol
from models.arrays import pack
from models.inbox import EndOfRequests, Inbox
from models.manners import free_memory, stand_back
from models.opening import Begin, begun, stand_beside, what_is_said
from models.outbox import Outbox, Unread
from models.run import Run
from models.shelf import answer
from models.troubles import Trouble, diverged, failure, ran_away

IDLE = 600.0
"""Seconds without a run, going or paused, after which the worker leaves."""

SPELL = 0.05
"""Seconds of training between two looks at the requests, as far as units of work allow."""


class Pace(Enum):
    """What the run does between two looks at the requests."""

    HELD = "held"
    ONE = "one step, then held"
    ON = "on"


class Server:
    """Answers requests and moves its run on in between."""

    def __init__(
        self,
        inbox: Inbox,
        outbox: Outbox,
        begin: Begin,
        idle: float = IDLE,
        runs: Path | None = None,
    ) -> None:
        self._inbox = inbox
        self._outbox = outbox
        self._begin = begin
        self._idle = idle
        self._runs = runs
        """Where runs are kept; None: nowhere."""
        self._name = ""
        self._run: Run | None = None
        self._pace = Pace.HELD
        self._steps: dict[str, int] = {}
        """Where the runners stood when one step was asked for."""
        self._told: set[str] = set()
        """Runners whose loss is known not to be finite any more."""
        self._said = ""
        """What was said of why the run is not kept."""

    def serve(self) -> None:
        """Work until nobody asks for anything any more.

        Raises:
            FrameError: when what came in is no frame.
            Unread: when nobody reads the replies.
        """
        try:
            while True:
                while self._inbox or self._pace is Pace.HELD:
                    body = self._inbox.take(self._patience())
                    if body is None:
                        return
                    self._answer(body)
                self._attempt(self._work)
        except EndOfRequests:
            return
        finally:
            if self._run is not None:
                self._run.stop()

    def _patience(self) -> float | None:
        """How long to wait for a request. A paused run is somebody's work, so it is kept."""
        return self._idle if self._run is None or self._run.over else None

    # Requests

    def _answer(self, body: bytes) -> None:
        """Do what one request asks; whatever goes wrong is a reply and nothing more."""
        try:
            request = framing.parse_request(body)
        except framing.FrameError as error:
            text = f"The worker cannot do that: {error}."
            self._outbox.send(protocol.Failed("", "error", text, False))
            return
        if isinstance(request, protocol.Start):
            self._attempt(partial(self._start, request))
        elif isinstance(request, protocol.Probe):
            self._probe(request)
        elif isinstance(request, protocol.AboutKept):
            self._outbox.send(answer(request, self._runs))
        elif self._run is None or request.run != self._name:
            if isinstance(request, protocol.Stop):
                self._gone(request.run)
        elif not self._run.over:
            self._attempt(partial(self._steer, request))

    def _attempt(self, move: Callable[[], None]) -> None:
        """Do something with the run; if it goes wrong, the run is over and the worker goes on."""
        try:
            move()
            return
        except Unread:
            raise
        except Exception as error:
            kind, text = failure(error)
        # Out here nothing holds the frames of the error, and with them the memory of the run.
        self._send_what_can_travel()
        self._forget()
        self._outbox.send(protocol.Failed(self._name, kind, text))
        free_memory()

    def _send_what_can_travel(self) -> None:
        """Send what a run gathered before it failed, unless just that was its failure."""
        try:
            self._outbox.send_gathered(self._name)
        except Unread:
            raise
        except Exception:
            traceback.print_exc()

    def _start(self, request: protocol.Start) -> None:
        if self._run is not None:
            self._forget()
            free_memory()
        if request.study:
            stand_back()
        self._name = request.run
        run = begun(request, self._begin, self._runs)
        self._run, self._pace, self._said = run, Pace.ON, ""
        for reply in what_is_said(request, run):
            self._outbox.send(reply)

    def _steer(self, request: protocol.Request) -> None:
        run = self._run
        assert run is not None
        match request:
            case protocol.Pause():
                self._hold()
            case protocol.Resume():
                self._pace = Pace.ON
            case protocol.StepOnce():
                self._pace, self._steps = Pace.ONE, run.marks.steps
            case protocol.SetKnob():
                self._try(partial(run.turn, request.name, request.value))
            case protocol.BreakWhen():
                self._try(partial(run.breaks.replace, request.breaks))
            case protocol.Stop():
                run.stop()
                self._finish(run, stopped=True)

    def _try(self, change: Callable[[], None]) -> None:
        """Change something about the run; if that cannot be, it is said and the run goes on."""
        try:
            change()
        except Trouble as trouble:
            self._say(protocol.Failed(self._name, trouble.kind, str(trouble), False))

    def _probe(self, request: protocol.Probe) -> None:
        if self._run is None or request.run != self._name:
            self._gone(request.run, request.id)
            return
        try:
            stand_beside(self._run, request.beside, self._begin, self._runs)
            arrays, values = self._run.probe(request.what, request.arguments)
            packed = {name: pack(array) for name, array in arrays.items()}
            self._outbox.send(protocol.ProbeResult(request.run, request.id, packed, values))
        except Unread:
            raise
        except Exception as error:
            kind, text = failure(error)
            self._outbox.send(protocol.Failed(request.run, kind, text, False, request.id))

    def _gone(self, run: str, id: int = 0) -> None:  # noqa: A002
        text = "That run is no longer in the worker's memory; run it again to look inside."
        self._outbox.send(protocol.Failed(run, "gone", text, id == 0, id))

    # The run

    def _work(self) -> None:
        """Some units of work of the run; just one where one step was asked for."""
        run = self._run
        assert run is not None
        for seen in run.advance(SPELL if self._pace is Pace.ON else 0.0):
            if isinstance(seen, protocol.Report):
                self._outbox.note(seen)
                if self._told or ran_away(seen):
                    self._look_at_loss(run, seen)
            else:
                moment = (self._name, seen.runner, seen.step, seen.name, seen.data)
                self._outbox.show(protocol.Moment(*moment))
        for met in run.breaks.take():
            self._hold()
            self._outbox.send(protocol.Held(self._name, *met))
        if run.over:
            self._finish(run)
            return
        self._say_what_is_not_kept(run)
        if self._pace is Pace.ONE and run.marks.steps != self._steps:
            self._hold()
        self._outbox.send_due(self._name, run.cpu_seconds)

    def _hold(self) -> None:
        """Stand still, with everything said that there is to say."""
        self._pace = Pace.HELD
        self._outbox.send_gathered(self._name)

    def _look_at_loss(self, run: Run, report: protocol.Report) -> None:
        """Pause the run when a loss stops being a number. Who goes on then is not asked twice."""
        if not ran_away(report):
            self._told.discard(report.runner)
        elif report.runner not in self._told:
            self._told.add(report.runner)
            self._pace = Pace.HELD
            text = diverged(report, run.spec, run.settings)
            self._say(protocol.Failed(self._name, "diverged", text, False))

    def _say_what_is_not_kept(self, run: Run) -> None:
        """That the disk does not take the run, once: it goes on all the same."""
        if run.not_kept and run.not_kept != self._said:
            self._said = run.not_kept
            self._say(protocol.Failed(self._name, "kept", run.not_kept, False))

    def _finish(self, run: Run, stopped: bool = False) -> None:
        self._pace = Pace.HELD
        self._say_what_is_not_kept(run)
        self._say(run.finished(self._name, stopped))

    def _forget(self) -> None:
        """Drop the run and whatever it gathered."""
        self._outbox.forget()
        self._pace = Pace.HELD
        self._told.clear()
        if self._run is not None:
            self._run.stop()
            self._run = None

    def _say(self, reply: protocol.Reply) -> None:
        """Send a reply after everything that was gathered before it."""
        self._outbox.send_gathered(self._name)
        self._outbox.send(reply)
