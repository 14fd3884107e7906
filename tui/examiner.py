"""The line to the process that checks exercises: started when one is met, ended with the app."""

from __future__ import annotations

import asyncio
import json
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import lru_cache
from typing import Any

from tui.worker_process import environment

MODULE = "models.checks.examiner"
PATIENCE = 120.0
"""Seconds to wait for an answer: torch may take long to import, a check may not."""
AGAIN = "The process that checks did not answer ({why}). Check once more."


@lru_cache(maxsize=1)
def closed_room() -> tuple[str, ...]:
    """What shuts a process in, where `bwrap` is installed and works: no network, files to read."""
    shut = ("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", "--unshare-all")
    command = ("bwrap", *shut, "--die-with-parent")
    if shutil.which("bwrap") is None:
        return ()
    with suppress(OSError, subprocess.SubprocessError):
        tried = subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False)
        if tried.returncode == 0:
            return command
    return ()


class Examiner:
    """Asks one thing at a time; the answer is an examination as plain data."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._folder = ""
        self._turn = asyncio.Lock()
        self._asked = 0

    async def warm(self) -> None:
        """Have torch imported now, since it will be needed soon."""
        async with self._turn:
            with suppress(OSError, ConnectionError):
                await self._send({"warm": True})

    async def examine(self, exercise: str, code: str) -> dict[str, Any]:
        """What some lines come to: the fields of `models.exercises.examined.Examined`."""
        async with self._turn:
            self._asked += 1
            try:
                await self._send({"id": self._asked, "exercise": exercise, "code": code})
                return await asyncio.wait_for(self._answer(), PATIENCE)
            except (OSError, ConnectionError, TimeoutError, ValueError) as error:
                await self._end()
                why = str(error) or type(error).__name__
                return {"kind": "unchecked", "told": AGAIN.format(why=why)}
            except asyncio.CancelledError:
                await self._end()
                raise

    async def close(self) -> None:
        """End the process."""
        await self._end()

    async def _send(self, request: dict[str, Any]) -> None:
        if self._process is None or self._process.returncode is not None:
            await self._start()
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        await self._process.stdin.drain()

    async def _answer(self) -> dict[str, Any]:
        assert self._process is not None and self._process.stdout is not None
        while line := await self._process.stdout.readline():
            reply = json.loads(line)
            if reply["id"] == self._asked:
                return dict(reply["examined"])
        raise ConnectionError("it has ended")

    async def _start(self) -> None:
        await self._end()
        self._folder = tempfile.mkdtemp(prefix="grok-exercise-")
        room = await asyncio.to_thread(closed_room)
        inside = (*room, "--bind", self._folder, self._folder) if room else ()
        self._process = await asyncio.create_subprocess_exec(
            *inside, sys.executable, "-P", "-m", MODULE, self._folder,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
            limit=2**22,
            env=environment(here=True),
        )  # fmt: skip

    async def _end(self) -> None:
        """End the process and what it watches over, and remove what they wrote."""
        process, folder = self._process, self._folder
        self._process, self._folder = None, ""
        if process is not None and process.returncode is None:
            assert process.stdin is not None
            process.stdin.close()
            with suppress(TimeoutError):
                await asyncio.wait_for(process.wait(), 1.0)
            if process.returncode is None:
                with suppress(ProcessLookupError):
                    process.send_signal(signal.SIGKILL)
                await process.wait()
        if folder:
            await asyncio.to_thread(shutil.rmtree, folder, True)
