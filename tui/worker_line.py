"""One worker from its start to its end: what it says, and why it is gone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from models import framing, protocol
from tui import worker_words as words
from tui.worker_log import WorkerLog
from tui.worker_process import HERE, NoGreeting, WorkerProcess, spawn


@dataclass(frozen=True)
class Patience:
    """How many seconds to wait for what."""

    greeting: float = 60.0
    """For the first bytes of a worker on this machine."""
    greeting_elsewhere: float = 300.0
    """For those of a worker that a command of the learner's starts: it may have to queue."""
    ready: float = 120.0
    """From the greeting until torch is loaded."""
    stop: float = 2.0
    """For the answer to a request to stop."""
    term: float = 0.5
    """Between SIGTERM and SIGKILL."""
    leave: float = 0.35
    """For a worker to leave by itself when the interface closes."""


class _Useless(Exception):
    """The worker is of no more use; the text says why."""


class Line:
    """The line to one worker. `live` runs from its start to its end."""

    def __init__(
        self,
        command: list[str],
        log: WorkerLog,
        patience: Patience,
        on_ready: Callable[[protocol.Ready], None],
        on_reply: Callable[[protocol.Reply], None],
    ) -> None:
        self._command = command
        self._log = log
        self._patience = patience
        self._on_ready = on_ready
        self._on_reply = on_reply
        self._elsewhere = command != HERE
        self._process: WorkerProcess | None = None
        self._hearing: asyncio.Task[None] | None = None
        self._greeted = False
        self._heard = b""
        """What came in place of a greeting."""
        self._deaf = False

    async def live(self) -> str:
        """Start the worker, hear it out, end it for certain; why it is gone, in plain words."""
        self._log.begin(self._command)
        try:
            self._process = process = await spawn(self._command)
        except (OSError, ValueError) as error:
            return words.could_not_start(self._command, error)
        self._hearing = hearing = asyncio.create_task(self._hear(process))
        logging = asyncio.create_task(self._keep_words(process))
        exited = asyncio.create_task(process.ended_within(float("inf")))
        try:
            await asyncio.wait({hearing, exited}, return_when=asyncio.FIRST_COMPLETED)
            # Its last replies may still be on their way when it is gone.
            await asyncio.wait({hearing}, timeout=0.5)
            return await self._part(process, hearing, logging)
        finally:
            for task in (hearing, logging, exited):
                task.cancel()
            process.abandon()

    def write(self, data: bytes) -> None:
        """Send the frame of a request."""
        if self._process is not None:
            self._process.write(data)

    def give_up(self) -> None:
        """End the worker, because it does not answer."""
        self._deaf = True
        if self._hearing is not None:
            self._hearing.cancel()

    async def hang_up(self, living: asyncio.Task[str]) -> None:
        """End the worker because nobody wants it any more; `living` is the task of `live`."""
        if self._process is not None:
            self._process.hang_up()
            await asyncio.wait({living}, timeout=self._patience.leave)
            await self._process.end(patience=0.2)
        living.cancel()
        await asyncio.wait({living}, timeout=0.1)

    async def _hear(self, process: WorkerProcess) -> None:
        """Hand on what the worker says until it says no more.

        Raises:
            _Useless: if that is not what a worker of ours says.
        """
        try:
            if not await self._greet(process):
                return
            body = await self._introduction(process)
            if body is None:
                return
            self._on_ready(self._known(body))
            while (body := await process.frame()) is not None:
                self._on_reply(framing.parse_reply(body))
        except framing.FrameError as error:
            raise _Useless(words.not_the_protocol(error)) from None

    async def _greet(self, process: WorkerProcess) -> bool:
        """Skip what comes before the greeting; whether one came."""
        patience = self._patience
        seconds = patience.greeting_elsewhere if self._elsewhere else patience.greeting
        try:
            banner = await process.banner(seconds)
        except NoGreeting as instead:
            self._heard = instead.heard
            self._log.note(f"no greeting came, only: {instead.heard!r}")
            if instead.why == "late":
                raise _Useless(words.mute(self._command, seconds, instead.heard)) from None
            if instead.why == "flood":
                raise _Useless(words.stranger(self._command, instead.heard)) from None
            return False
        self._greeted = True
        if banner:
            self._log.note(f"before its greeting came: {banner!r}")
        return True

    async def _introduction(self, process: WorkerProcess) -> bytes | None:
        """The first frame; `None` if the worker ends before it."""
        try:
            async with asyncio.timeout(self._patience.ready):
                return await process.frame()
        except TimeoutError:
            raise _Useless(words.still_getting_ready(self._patience.ready)) from None

    def _known(self, body: bytes) -> protocol.Ready:
        """The first frame as a `Ready` of our own version."""
        spoken = framing.spoken_by(body)
        if spoken is not None and spoken != protocol.PROTOCOL:
            raise _Useless(words.other_version(spoken, protocol.PROTOCOL, self._elsewhere))
        ready = framing.parse_reply(body)
        if not isinstance(ready, protocol.Ready):
            raise framing.FrameError("it did not begin with Ready")
        return ready

    async def _keep_words(self, process: WorkerProcess) -> None:
        """Write what it prints into the log."""
        while data := await process.words.read(4096):
            self._log.write(data)

    async def _part(
        self, process: WorkerProcess, hearing: asyncio.Task[None], logging: asyncio.Task[None]
    ) -> str:
        """End the worker for certain once it is of no more use; why it was not."""
        because = ""
        if hearing.done() and not hearing.cancelled():
            try:
                hearing.result()
                # It said no more, so it should be going.
                await process.ended_within(1.0)
            except _Useless as useless:
                because = str(useless)
        used = await process.end(self._patience.term)
        await asyncio.wait({logging}, timeout=0.2)
        if because:
            return because
        if used is not None:
            return words.deaf(self._patience.stop, used) if self._deaf else words.fell_silent()
        status, last_line = process.status or 0, self._log.last_line
        if not self._greeted:
            return words.never_began(self._command, status, last_line, self._heard)
        return words.ended(status, last_line)
