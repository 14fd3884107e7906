"""Replies as they go out: reports and moments gathered, everything else at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import BinaryIO

from models.protocol import Advanced, Moment, Reply, Report, frame

PERIOD = 0.05
"""Seconds between two messages of progress."""


class Unread(Exception):
    """Nobody reads the replies any more."""


class Outbox:
    """Where the worker puts what it has to say.

    One write carries everything since the last, at most `1 / PERIOD` times a second: what a
    message costs is the write, not the numbers in it. What cannot travel raises the error of
    its encoding; every method that sends raises `Unread` when the other end is gone.
    """

    def __init__(self, stream: BinaryIO, now: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._now = now
        self._reports: list[Report] = []
        self._moments: list[bytes] = []
        self._due = float("-inf")

    def note(self, report: Report) -> None:
        """Gather a report."""
        self._reports.append(report)

    def show(self, moment: Moment) -> None:
        """Gather something to look at."""
        self._moments.append(frame(moment))

    def send_due(self, run: str) -> None:
        """Send what was gathered, if it is time again."""
        if (self._reports or self._moments) and self._now() >= self._due:
            self.send_gathered(run)

    def send_gathered(self, run: str) -> None:
        """Send what was gathered, now."""
        if not self._reports and not self._moments:
            return
        reports, moments = self._reports, self._moments
        self.forget()
        parts = [frame(Advanced(run, reports))] if reports else []
        parts += moments
        self._write(b"".join(parts))
        self._due = self._now() + PERIOD

    def forget(self) -> None:
        """Drop what was gathered: its run is an old one."""
        self._reports, self._moments = [], []

    def send(self, reply: Reply) -> None:
        """Send one message now."""
        self._write(frame(reply))

    def greet(self, magic: bytes) -> None:
        """Send the bytes before the first message."""
        self._write(magic)

    def _write(self, data: bytes) -> None:
        try:
            self._stream.write(data)
            self._stream.flush()
        except OSError as error:
            raise Unread from error
