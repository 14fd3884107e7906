"""A disk whose calls fail on demand, and waiting for what another thread does."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from progress.disk import Disk

FOREVER = 10**9


class FailingDisk(Disk):
    """Does what it is told until `heal`; notes every call that reached it.

    A sync that fails loses what was written since the last one that did not, as a real one may.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[str, object]] = []
        self._failures: dict[str, Iterator[OSError]] = {}
        self._shorts: list[int] = []
        self._synced: dict[int, int] = {}
        self.gate = threading.Event()
        """While it is cleared, syncing a journal waits."""
        self.gate.set()

    def fail(self, call: str, number: int, times: int = FOREVER) -> None:
        """Let the next `times` calls named `call` fail with this errno.

        Syncing a folder is the call "sync folder".
        """
        self._failures[call] = (OSError(number, os.strerror(number)) for _ in range(times))

    def write_short(self, kept: int) -> None:
        """Let the next write keep only its first `kept` bytes."""
        self._shorts.append(kept)

    def heal(self) -> None:
        """Let every call succeed again."""
        self._failures.clear()

    def count(self, call: str) -> int:
        """How often a call was made, counting those that failed."""
        return sum(1 for name, _ in self.calls if name == call)

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        if not flags & os.O_CREAT:
            return super().open(path, flags, mode)
        self._note("open", path)
        fd = super().open(path, flags, mode)
        self._synced[fd] = 0
        return fd

    def write(self, fd: int, data: bytes) -> int:
        self._note("write", data)
        if self._shorts:
            return super().write(fd, data[: self._shorts.pop(0)])
        return super().write(fd, data)

    def fsync(self, fd: int) -> None:
        if fd not in self._synced:
            self._note("sync folder", fd)
            super().fsync(fd)
            return
        self.gate.wait(20)
        try:
            self._note("fsync", fd)
        except OSError:
            os.ftruncate(fd, self._synced[fd])
            raise
        super().fsync(fd)
        self._synced[fd] = os.fstat(fd).st_size

    def close(self, fd: int) -> None:
        self._synced.pop(fd, None)
        super().close(fd)

    def ftruncate(self, fd: int, length: int) -> None:
        self._note("ftruncate", length)
        super().ftruncate(fd, length)

    def _note(self, call: str, about: object) -> None:
        self.calls.append((call, about))
        error = next(self._failures.get(call, iter(())), None)
        if error is not None:
            raise error


def until(condition: Callable[[], object], seconds: float = 10.0) -> None:
    """Wait until something holds; fail if it does not come to."""
    deadline = time.monotonic() + seconds
    tick = threading.Event()
    while not condition():
        assert time.monotonic() < deadline, "this did not come to hold"
        tick.wait(0.002)
