"""Start a worker as the course does, hear what it says of itself, and end it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

from models.protocol import Ready
from progress import paths
from progress.trouble import shown
from tui.doctor import BAD, GOOD, LOOK, Finding
from tui.worker_link import WorkerLink
from tui.worker_process import command_of


def meet(command: str) -> Iterator[Finding]:
    """What becomes of a worker started by `command` (empty: the one that comes with the course)."""
    began = time.perf_counter()
    try:
        ready, because = asyncio.run(_greet(command_of(command)))
    except ValueError as error:
        yield Finding("worker", BAD, command, f"this is no command line: {error}")
        return
    took = time.perf_counter() - began
    if ready is None:
        log = f"{because} Its log: {shown(paths.log_file())}"
        yield Finding("worker", BAD, "did not start", log)
        return
    where = f", started by {command}" if command else ""
    yield Finding("worker", GOOD, f"ready after {took:.1f} s, protocol {ready.protocol}{where}")
    torch = f"torch {ready.torch}" if ready.torch else "no torch"
    says = f"{torch}, Python {ready.python}"
    yield Finding("torch", LOOK if ready.missing else GOOD, says, ready.missing)
    yield Finding("device", GOOD, ready.device)


async def _greet(command: list[str]) -> tuple[Ready | None, str]:
    """What a worker says of itself, or why there is none."""
    changed = asyncio.Event()

    def note(state: str) -> None:
        if state != "starting":
            changed.set()

    link = WorkerLink(command, paths.log_file(), on_state=note)
    await link.ensure()
    await changed.wait()
    ready, because = link.ready, link.down_because
    await link.close()
    return ready, because
