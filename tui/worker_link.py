"""The interface's end of the line to the worker: start it, ask it, hear it, replace it.

Everything happens in the event loop of the interface; nothing here waits for training, and
whatever the worker does, `close` is over in less than a second.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from models import framing, protocol
from tui.worker_line import Line, Patience
from tui.worker_log import WorkerLog

State = Literal["starting", "ready", "down"]


class WorkerLink:
    """A worker at a time, and whatever it says.

    `on_reply` hears every reply about the run that was started last, and failures that concern
    no run (their `run` is empty); `on_state` hears every change of `state`. Both are called by
    the event loop, in order, never from within a call of these methods.
    """

    def __init__(
        self,
        command: list[str],
        log: Path,
        *,
        on_reply: Callable[[protocol.Reply], None] = lambda reply: None,
        on_state: Callable[[State], None] = lambda state: None,
        patience: Patience | None = None,
    ) -> None:
        self.command = command
        self.on_reply = on_reply
        self.on_state = on_state
        self.state: State = "down"
        self.ready: protocol.Ready | None = None
        """What the worker says of itself; `None` unless `state` is `ready`."""
        self.down_because = ""
        """Why there is no worker; empty before the first one and after `close`."""
        self._log = WorkerLog(log)
        self._patience = patience or Patience()
        self._line: Line | None = None
        self._living: asyncio.Task[str] | None = None
        self._waiting: list[tuple[protocol.Request, bytes]] = []
        self._closed = False
        self._run = ""
        self._going = False
        """Whether that run can still be stopped."""
        self._stopping = ""
        """The run whose stop the worker has not answered yet."""
        self._stop_watch: asyncio.TimerHandle | None = None

    async def ensure(self) -> None:
        """Start a worker unless there is one. Returns before it is ready."""
        if self.state != "down":
            return
        self.down_because, self._closed = "", False
        self._line = Line(
            self.command, self._log, self._patience, self._begin_asking, self._receive
        )
        self._change("starting")
        self._living = asyncio.create_task(self._line.live(), name="worker")
        self._living.add_done_callback(self._go_down)

    async def send(self, request: protocol.Request) -> None:
        """Ask the worker for something; what is asked before it is ready waits for that.

        A `Start` and what is asked about kept runs start a worker if there is none. Of other
        requests without a worker only a `Probe` is answered, with the failure `gone`.

        Raises:
            FrameError: if the request is too large to travel.
        """
        data = framing.frame(request)
        if isinstance(request, protocol.Start):
            await self.ensure()
            self._run, self._going = request.run, True
        elif isinstance(request, protocol.AboutKept):
            await self.ensure()
        if self.state == "ready":
            self._write(request, data)
        elif self.state == "starting":
            self._waiting.append((request, data))
        elif isinstance(request, protocol.Probe):
            text = "The worker that ran this is gone; run it again to look inside."
            self._tell(protocol.Failed(request.run, "gone", text, False, request.id))

    async def close(self) -> None:
        """End the worker, in less than a second, without calling back."""
        line, living = self._line, self._living
        self._forget()
        self.state, self.down_because, self._closed = "down", "", True
        if line is not None and living is not None:
            living.remove_done_callback(self._go_down)
            await line.hang_up(living)

    def _write(self, request: protocol.Request, data: bytes) -> None:
        assert self._line is not None
        self._line.write(data)
        if isinstance(request, protocol.Stop) and request.run == self._run and self._going:
            self._unwatch()
            self._stopping = request.run
            loop = asyncio.get_running_loop()
            self._stop_watch = loop.call_later(self._patience.stop, self._line.give_up)

    # What the line reports

    def _begin_asking(self, ready: protocol.Ready) -> None:
        """Send what has waited for the worker to be ready."""
        self.ready = ready
        self._change("ready")
        waiting, self._waiting = self._waiting, []
        for request, data in waiting:
            self._write(request, data)

    def _receive(self, reply: protocol.Reply) -> None:
        """Hand on a reply, unless it belongs to an old run and answers nothing that was asked."""
        if isinstance(reply, protocol.Ready):
            return
        if isinstance(reply, protocol.Finished) or (
            isinstance(reply, protocol.Failed) and reply.ended
        ):
            if reply.run == self._stopping:
                self._unwatch()
            if reply.run == self._run:
                self._going = False
        answers = isinstance(reply, protocol.ProbeResult | protocol.Failed) and reply.id
        if answers or reply.run in (self._run, ""):
            self._tell(reply)

    def _go_down(self, living: asyncio.Task[str]) -> None:
        """There is no worker any more."""
        if living.cancelled():
            because = "The worker was given up."
        elif error := living.exception():
            because = f"The line to the worker broke: {error}."
        else:
            because = living.result()
        self._log.note(because)
        self._forget()
        self.state, self.down_because = "down", because
        # At once: heard later, it would seem to be about a run that was started in between.
        self.on_state("down")

    def _forget(self) -> None:
        """Drop everything that was known of the worker."""
        self._unwatch()
        self._line = self._living = self.ready = None
        self._waiting, self._going = [], False

    def _unwatch(self) -> None:
        """Stop waiting for the answer to a stop."""
        self._stopping = ""
        if self._stop_watch is not None:
            self._stop_watch.cancel()
            self._stop_watch = None

    def _change(self, state: State) -> None:
        self.state = state
        self._call(self.on_state, state)

    def _tell(self, reply: protocol.Reply) -> None:
        self._call(self.on_reply, reply)

    def _call(self, listener: Callable[[Any], None], news: object) -> None:
        """Call back soon, unless the link is closed before."""
        asyncio.get_running_loop().call_soon(lambda: None if self._closed else listener(news))
