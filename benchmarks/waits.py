"""How late a loop wakes, less what no program can help: the wait for a processor."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path

from benchmarks.result import NotHere

PLACE = "/proc/thread-self/schedstat"
TICK = 0.01
"""Seconds between two looks at the clock."""


class RunQueue:
    """How long the thread that made it has stood ready to run without a processor to run on."""

    def __init__(self) -> None:
        self._file = os.open(PLACE, os.O_RDONLY)

    def seconds(self) -> float:
        """In all, since the thread began."""
        return int(os.pread(self._file, 200, 0).split()[1]) / 1e9


def need_run_queue() -> None:
    """See that the system tells of its run queue.

    Raises:
        NotHere: if it does not.
    """
    if not Path(PLACE).exists():
        raise NotHere("this system does not say how long a thread waits for a processor")


class Lags:
    """Wakes every `TICK` and notes how late, in seconds, as long as `on`."""

    def __init__(self) -> None:
        self.on = False
        self.found: list[float] = []
        self._queue = RunQueue()

    async def watch(self) -> None:
        """Go on for ever."""
        while True:
            due, waited = time.perf_counter() + TICK, self._queue.seconds()
            await asyncio.sleep(TICK)
            late = time.perf_counter() - due - (self._queue.seconds() - waited)
            if self.on:
                self.found.append(max(0.0, late))

    def take(self) -> list[float]:
        """What was found since the last time."""
        found, self.found = self.found, []
        return found


def percentile(values: list[float], share: float) -> float:
    """The value that `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
