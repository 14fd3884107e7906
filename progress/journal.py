"""The journal of a learner: one append-only file for each session, and the record they add up to.

There are no locks and there is no server: a session writes only its own file and reads all, so
two sessions at once and homes on a network are as good as any. Copying files merges them.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from progress import events
from progress.disk import Disk
from progress.reading import Reader
from progress.record import Record
from progress.writer import Entry, NotSaved, Writer

__all__ = ["Journal", "NotSaved", "Receipt"]


@dataclass(frozen=True)
class Receipt:
    """What one gets for an event."""

    event: dict[str, Any]
    """The event as it is written."""
    future: Future[None]
    """Resolves when the event is on disk; for a page turn at once. Raises `NotSaved` if the
    journal is closed before."""


class Journal:
    """Reads all sessions and writes this one. `append` and `record` belong to one thread."""

    def __init__(
        self,
        folder: Path,
        *,
        now: Callable[[], float] = time.time,
        disk: Disk | None = None,
        page_interval: float = 2.0,
        retry: tuple[float, float] = (0.5, 5.0),
    ) -> None:
        """A journal in `folder`, which is made when there is a first event.

        Args:
            now: wall time, for due dates only.
            disk: the system calls that write.
            page_interval: the least time between two writes of page turns, in seconds.
            retry: seconds before the first new attempt to save, and at most.
        """
        self.folder, self._now = folder, now
        stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime(now()))
        self.session = f"{stamp}-{os.urandom(8).hex()}"
        self._disk, self._page_interval, self._retry = disk or Disk(), page_interval, retry
        self._reader = Reader(folder, own=self.session)
        self._record = Record()
        self._writer: Writer | None = None
        self._lock = threading.Lock()
        self._reading = threading.Lock()
        self._clock = self._n = 0
        self._closed = False

    def open(self) -> Journal:
        """Read what there is and get ready to write. Never fails: `trouble` says what is wrong."""
        self.refresh()
        if self._writer is None:
            self._writer = Writer(
                self.folder, self.session, self._disk, self._page_interval, self._retry
            )
        return self

    @property
    def record(self) -> Record:
        """The fold of everything read and everything appended."""
        return self._record

    @property
    def trouble(self) -> str:
        """One sentence on what keeps events from being saved or read; empty when nothing does."""
        writing = self._writer.trouble if self._writer is not None else ""
        return writing or self._reader.trouble

    @property
    def skipped(self) -> int:
        """How many lines could not be read. They stay where they are, and export keeps them."""
        return self._reader.skipped

    @property
    def newer(self) -> str:
        """One sentence if a later version wrote some of the events; else empty."""
        if not self._reader.newer:
            return ""
        return (
            "Some of your progress was written by a newer version of this course: it is kept, and "
            "an update of grok-tui will show it."
        )

    def append(self, event: events.Event) -> Receipt:
        """Take an event into the record and hand it to the thread that writes.

        Raises:
            RuntimeError: if the journal is not open.
            TypeError: if the event holds something that JSON cannot.
        """
        if self._writer is None or self._closed:
            raise RuntimeError("the journal is not open")
        with self._lock:
            n, clock = self._n + 1, self._clock + 1
            envelope = {
                "v": events.VERSION,
                "session": self.session,
                "n": n,
                "clock": clock,
                "at": round(self._now(), 3),
                "type": events.NAMES[type(event)],
            }
            text = json.dumps(envelope | events.body(event), separators=(",", ":"))
            written = json.loads(text)
            self._n, self._clock = n, clock
            entry = Entry(text[:-1].encode(), event.lesson if isinstance(event, events.At) else "")
            self._record.append(written)
            self._writer.put(entry)
        return Receipt(written, entry.future)

    def refresh(self) -> None:
        """Read what other sessions have written since the last look."""
        with self._reading:
            batch = self._reader.read()
        with self._lock:
            self._clock = max(self._clock, batch.clock)
            if batch.last:
                record = self._record.copy()
                record.add(batch)
                self._record = record

    def unsaved(self) -> list[bytes]:
        """The events that may be in memory only, each a JSON object; for export."""
        return self._writer.unsaved() if self._writer is not None else []

    def close(self, timeout: float = 1.0) -> bool:
        """Save what is left; False if not all of it could be saved within `timeout` seconds."""
        self._closed = True
        return self._writer is None or self._writer.close(timeout)

    def __enter__(self) -> Journal:
        return self.open()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
