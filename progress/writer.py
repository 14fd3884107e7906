"""The one thread that writes a session's events: in order, each on disk before it says so."""

from __future__ import annotations

import threading
import time
from collections import deque
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from progress.disk import Disk, JournalFile
from progress.trouble import sentence

ATTEMPTS_AT_CLOSE = 3
"""A file that fails is followed by a new one; a disk that fails this often is left alone."""


class NotSaved(Exception):
    """An event was still only in memory when the journal was closed. The text says why."""


@dataclass(eq=False)
class Entry:
    """An event on its way to disk: a JSON object without its closing brace."""

    line: bytes
    place: str = ""
    """The lesson, for a page turn. Only the last of each lesson matters, and losing it in a
    power cut costs nothing, so page turns are gathered and not synced."""
    future: Future[None] = field(default_factory=Future)

    @property
    def durable(self) -> bool:
        """Whether someone may wait until this is on disk."""
        return not self.place


class Writer:
    """Writes entries to the file of its session, which it creates when there is a first one.

    What cannot be written stays in memory and is tried again; `trouble` says what is wrong.
    """

    def __init__(
        self,
        folder: Path,
        session: str,
        disk: Disk,
        page_interval: float,
        retry: tuple[float, float],
    ) -> None:
        """Start the thread.

        Args:
            folder: where the files of all sessions are; made when it is needed.
            session: the name of the file.
            disk: the system calls.
            page_interval: the least time between two writes of page turns, in seconds.
            retry: seconds before the first new attempt, and the most that doubling leads to.
        """
        self._folder, self._session, self._disk = folder, session, disk
        self._page_interval, self._retry = page_interval, retry
        self._changed = threading.Condition()
        self._waiting: deque[Entry] = deque()
        self._writing: list[Entry] = []
        self._unsynced: list[Entry] = []
        self._file: JournalFile | None = None
        self._spent: JournalFile | None = None
        self._acknowledged = False
        self._pages_due = self._retry_at = self._pause = 0.0
        self._failures = 0
        self._error: OSError | None = None
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._thread.start()

    @property
    def trouble(self) -> str:
        """What keeps events from being saved and what to do; empty when nothing does."""
        error = self._error
        return sentence(error, self._folder) if error is not None else ""

    def put(self, entry: Entry) -> None:
        """Take an entry; its future resolves when it is on disk, a page turn's at once."""
        entry.future.set_running_or_notify_cancel()
        with self._changed:
            if entry.place:
                self._forget_page(entry.place)
                entry.future.set_result(None)
            self._waiting.append(entry)
            self._changed.notify()

    def unsaved(self) -> list[bytes]:
        """The events that may be in memory only, as complete JSON objects."""
        return [entry.line + b"}" for entry in self._unsaved()]

    def close(self, timeout: float) -> bool:
        """Write what is left and end; False if something could not be saved in time."""
        with self._changed:
            self._closing = True
            self._failures = 0
            self._changed.notify()
        self._thread.join(timeout)
        left = self._unsaved() if self._thread.is_alive() or self._waiting else []
        for entry in left:
            self._settle(entry, NotSaved(self.trouble))
        return not left

    def _unsaved(self) -> list[Entry]:
        with self._changed:
            return [*self._unsynced, *self._writing, *self._waiting]

    def _settle(self, entry: Entry, problem: NotSaved | None = None) -> None:
        """Resolve a future, once: the thread may come too late for a close that gave up."""
        with self._changed:
            if not entry.future.done():
                if problem is None:
                    entry.future.set_result(None)
                else:
                    entry.future.set_exception(problem)

    def _forget_page(self, place: str) -> None:
        """Drop the page turn of this lesson that a later one replaces."""
        for entry in self._waiting:
            if entry.place == place:
                self._waiting.remove(entry)
                return

    # On the thread

    def _run(self) -> None:
        while self._wait():
            try:
                self._save_next()
            except OSError as error:
                self._note_failure(error)
            else:
                self._failures, self._error = 0, None
        if self._file is not None:
            self._file.close()

    def _wait(self) -> bool:
        """Wait until there is something to do; False when it is time to leave."""
        with self._changed:
            while True:
                if self._closing:
                    return bool(self._waiting) and self._failures < ATTEMPTS_AT_CLOSE
                delay = self._delay()
                if delay is not None and delay <= 0:
                    return True
                self._changed.wait(delay)

    def _delay(self) -> float | None:
        """Seconds until the next write is due, or None when there is nothing to write."""
        if not self._waiting:
            return None
        if self._error is not None:
            return self._retry_at - time.monotonic()
        if any(entry.durable for entry in self._waiting):
            return 0.0
        return self._pages_due - time.monotonic()

    def _save_next(self) -> None:
        """Write up to the next entry that someone waits for, and sync if there is one."""
        self._take()
        try:
            durable = self._writing[-1].durable
            self._write()
            if durable:
                self._sync()
        except OSError:
            self._take_back()
            raise

    def _take(self) -> None:
        with self._changed:
            while self._waiting:
                self._writing.append(self._waiting.popleft())
                if self._writing[-1].durable:
                    break
        if not self._writing[0].durable:
            self._pages_due = time.monotonic() + self._page_interval

    def _take_back(self) -> None:
        """Put what failed back in line; of a file that failed, all since its last good sync."""
        with self._changed:
            if self._file is not None and not self._file.usable:
                self._waiting.extendleft(reversed(self._unsynced + self._writing))
                self._unsynced = []
            else:
                self._waiting.extendleft(reversed(self._writing))
            self._writing = []

    def _write(self) -> None:
        if self._file is not None and not self._file.usable:
            self._leave_file()
        if self._file is None:
            self._file = JournalFile(self._disk, self._folder, self._session)
            self._acknowledged = False
        self._file.write(entry.line for entry in self._writing)
        with self._changed:
            self._unsynced += self._writing
            self._writing = []
        if self._spent is not None:
            self._spent.discard()
            self._spent = None

    def _sync(self) -> None:
        assert self._file is not None
        self._file.sync()
        self._acknowledged = True
        with self._changed:
            synced, self._unsynced = self._unsynced, []
        for entry in synced:
            self._settle(entry)

    def _leave_file(self) -> None:
        """Begin anew: a file that failed is never written again.

        One that holds nothing acknowledged is removed once its successor holds the same, so
        that a disk that goes on failing does not collect copies.
        """
        assert self._file is not None
        self._file.close()
        if not self._acknowledged:
            if self._spent is not None:
                self._spent.discard()
            self._spent = self._file
        self._file = None

    def _note_failure(self, error: OSError) -> None:
        first, longest = self._retry
        with self._changed:
            self._pause = min(max(first, 2 * self._pause if self._error else 0.0), longest)
            self._failures += 1
            self._error = error
            self._retry_at = time.monotonic() + self._pause
