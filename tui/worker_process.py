"""The process at the other end of the line: started, listened to, ended for certain."""

from __future__ import annotations

import asyncio
import os
import shlex
import signal
import sys
from contextlib import suppress
from pathlib import Path

from models import framing

HERE = [sys.executable, "-P", "-m", "tui", "worker"]
"""What starts a worker on this machine. Without `-P` a folder `models` in the working directory
would be imported in place of ours."""


def command_of(setting: str) -> list[str]:
    """The command that a setting such as `ssh -T gpu1 grok-tui worker` means; empty: `HERE`.

    Raises:
        ValueError: if its quotes do not match.
    """
    return shlex.split(setting) or list(HERE)


class NoGreeting(Exception):
    """What came was no greeting; `heard` is how it began.

    `why`: `late` (none in time), `flood` (too much else before it), `end` (the end instead).
    """

    def __init__(self, why: str, heard: bytes) -> None:
        super().__init__(why)
        self.why = why
        self.heard = heard


class WorkerProcess:
    """A running worker and its three pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin and process.stdout and process.stderr
        self._process = process
        self._requests = process.stdin
        self._replies = process.stdout
        self.words = process.stderr
        """What it prints for people."""

    @property
    def status(self) -> int | None:
        """Its exit status, negative for the signal that ended it; `None` while it runs."""
        return self._process.returncode

    def write(self, data: bytes) -> None:
        """Send bytes, without waiting until they are read."""
        self._requests.write(data)

    def hang_up(self) -> None:
        """End the requests: a worker that sees that leaves by itself."""
        self._requests.close()

    async def banner(self, seconds: float) -> bytes:
        """What comes before the greeting, which is taken off the line with it.

        Raises:
            NoGreeting: if no greeting comes in time, or too much else before it, or the end.
        """
        try:
            async with asyncio.timeout(seconds):
                heard = await self._replies.readuntil(framing.MAGIC)
        except asyncio.IncompleteReadError as error:
            raise NoGreeting("end", error.partial) from None
        except asyncio.LimitOverrunError:
            raise NoGreeting("flood", await self._heard_so_far()) from None
        except TimeoutError:
            raise NoGreeting("late", await self._heard_so_far()) from None
        return heard.removesuffix(framing.MAGIC)

    async def _heard_so_far(self) -> bytes:
        """What has come and was not taken off the line."""
        try:
            return await asyncio.wait_for(self._replies.read(1024), 0.05)
        except TimeoutError:
            return b""

    async def frame(self) -> bytes | None:
        """The body of the next frame; `None` when there are no more.

        Raises:
            FrameError: if a frame announces more than a frame may hold.
        """
        try:
            length = framing.frame_length(await self._replies.readexactly(4))
            return await self._replies.readexactly(length)
        except asyncio.IncompleteReadError:
            return None

    async def ended_within(self, seconds: float) -> bool:
        """Whether the process has ended, after waiting for that at most so long.

        A process that it left behind (a shared ssh connection, say) may hold its pipes open;
        asyncio's own `wait` alone would then go on waiting.
        """
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while self.status is None and (left := until - loop.time()) > 0:
            try:
                await asyncio.wait_for(self._process.wait(), min(1.0, left))
            except TimeoutError:
                continue
        return self.status is not None

    async def end(self, patience: float) -> signal.Signals | None:
        """End the process and everything it started; the signal that it took, if it took one.

        SIGTERM, then after `patience` seconds SIGKILL, both to the whole group.
        """
        used: signal.Signals | None = None
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self.status is not None:
                break
            used = number
            self._signal(number)
            await self.ended_within(patience)
        return used

    def abandon(self) -> None:
        """Let go of the process and its pipes, at once; what still runs of it is killed."""
        if self.status is None:
            self._signal(signal.SIGKILL)
        # The pipes would otherwise be closed when the loop is no more, with a complaint.
        self._process._transport.close()  # type: ignore[attr-defined]

    def _signal(self, number: signal.Signals) -> None:
        """Send a signal to the group that the process leads."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, number)


async def spawn(command: list[str]) -> WorkerProcess:
    """Start a worker, in a session of its own so that the keys of this terminal never reach it.

    Raises:
        OSError: if the command cannot be run.
    """
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        start_new_session=True,
        limit=framing.BANNER_LIMIT + len(framing.MAGIC),
        env=environment(here=command == HERE),
    )
    return WorkerProcess(process)


def environment(*, here: bool) -> dict[str, str]:
    """Ours, with torch told to be quiet and to keep to one thread.

    `here` says that it is for a process of our own on this machine.
    """
    environment = dict(os.environ)
    environment["TORCH_CPP_LOG_LEVEL"] = "ERROR"
    environment.setdefault("OMP_NUM_THREADS", "1")
    root = Path(__file__).resolve().parent.parent
    if here and (root / "pyproject.toml").exists():
        # Run from its source, our packages may be found only because of the working directory,
        # which `-P` takes away.
        paths = [str(root), environment.get("PYTHONPATH", "")]
        environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return environment
