"""Replies as they go out: reports and moments gathered, everything else at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import BinaryIO

from models.framing import MAGIC, frame
from models.protocol import Advanced, Moment, Reply, Report

PERIOD = 0.05
"""Seconds between two messages of progress, at least."""
LONGEST = 0.25
"""Seconds after which progress is told even where it is dear."""
WORTH = 400.0
"""Seconds of training that a second of telling of it must be worth, both in CPU time."""


class Unread(Exception):
    """Nobody reads the replies any more."""


class Outbox:
    """Where the worker puts what it has to say.

    One write carries everything since the last, at most `1 / PERIOD` times a second: what a
    message costs is the write, not the numbers in it. On a busy machine, where seconds pass and
    little is trained in them, messages are rarer. What cannot travel raises the error of its
    encoding; every method that sends raises `Unread` when the other end is gone.
    """

    def __init__(
        self,
        stream: BinaryIO,
        now: Callable[[], float] = time.monotonic,
        cpu: Callable[[], float] = time.process_time,
    ) -> None:
        self._stream = stream
        self._now = now
        self._cpu = cpu
        self._reports: list[Report] = []
        self._moments: list[bytes] = []
        self._due = self._overdue = float("-inf")
        self._worth = 0.0
        """The CPU time of training from which on the next message is worth its cost."""

    def note(self, report: Report) -> None:
        """Gather a report."""
        self._reports.append(report)

    def show(self, moment: Moment) -> None:
        """Gather something to look at."""
        self._moments.append(frame(moment))

    def send_due(self, run: str, trained: float) -> None:
        """Send what was gathered, if it is time again.

        `trained` is the CPU time that the run has taken so far, in seconds.
        """
        now = self._now()
        if now < self._due or (trained < self._worth and now < self._overdue):
            return
        began = self._cpu()
        self.send_gathered(run)
        self._due, self._overdue = now + PERIOD, now + LONGEST
        self._worth = trained + (self._cpu() - began) * WORTH

    def send_gathered(self, run: str) -> None:
        """Send what was gathered, now."""
        if not self._reports and not self._moments:
            return
        reports, moments = self._reports, self._moments
        self._clear()
        parts = [frame(Advanced(run, reports))] if reports else []
        parts += moments
        self._write(b"".join(parts))

    def forget(self) -> None:
        """Drop what was gathered: its run is an old one."""
        self._clear()
        self._worth = 0.0

    def _clear(self) -> None:
        self._reports, self._moments = [], []

    def send(self, reply: Reply) -> None:
        """Send one message now."""
        self._write(frame(reply))

    def greet(self) -> None:
        """Send the bytes that come before the first message."""
        self._write(MAGIC)

    def _write(self, data: bytes) -> None:
        try:
            self._stream.write(data)
            self._stream.flush()
        except OSError as error:
            raise Unread from error
