"""Lines that come in on a file descriptor, with a look at whether more will come."""

from __future__ import annotations

import os
import select


class RequestLines:
    """Reads on its own: what a buffered file holds already, `select` would not know of."""

    def __init__(self, number: int) -> None:
        self._number = number
        self._come = b""
        self.has_ended = False
        """Whether the other end has hung up, as far as was looked."""

    def next(self, patience: float) -> bytes:
        """The next line; empty if none comes within so many seconds, or ever."""
        while b"\n" not in self._come and self._look(patience):
            continue
        line, found, rest = self._come.partition(b"\n")
        if not found:
            return b""
        self._come = rest
        return line

    def look(self) -> bool:
        """Take in what has come, without waiting; whether the other end has hung up."""
        while self._look(0.0):
            continue
        return self.has_ended

    def _look(self, patience: float) -> bool:
        """Wait for something and take it in; whether there was anything."""
        if self.has_ended or not select.select([self._number], [], [], patience)[0]:
            return False
        block = os.read(self._number, 2**16)
        self._come += block
        self.has_ended = not block
        return bool(block)
