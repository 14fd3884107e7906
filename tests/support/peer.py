"""The interface's side of the protocol, blocking: for tests of the worker."""

from __future__ import annotations

import os
import queue
import threading
from contextlib import suppress
from typing import Any, BinaryIO

from models import framing, protocol

PATIENCE = 20.0
"""Seconds after which a test that waits has failed."""


class Peer:
    """Asks, and hears replies in order."""

    def __init__(self, requests: BinaryIO, replies: BinaryIO) -> None:
        self._requests = requests
        self._replies = replies
        self._heard: queue.SimpleQueue[protocol.Reply | None] = queue.SimpleQueue()
        self.all: list[protocol.Reply] = []
        self.magic = b""
        threading.Thread(target=self._listen, daemon=True).start()

    def ask(self, *requests: protocol.Request) -> None:
        """Send requests."""
        self.send(b"".join(map(framing.frame, requests)))

    def send(self, data: bytes) -> None:
        """Send bytes, whatever they are."""
        self._requests.write(data)
        self._requests.flush()

    def hang_up(self) -> None:
        """End the requests."""
        self._requests.close()

    def hear(self, kind: type[Any], **fields: object) -> Any:
        """The next reply of a kind that has these values; all before it are passed over."""
        while True:
            reply = self._heard.get(timeout=PATIENCE)
            assert reply is not None, f"no {kind.__name__} {fields} came; {self.all[-5:]}"
            if isinstance(reply, kind) and all(
                getattr(reply, name) == value for name, value in fields.items()
            ):
                return reply

    def hear_end(self) -> None:
        """Wait until there are no more replies."""
        while self._heard.get(timeout=PATIENCE) is not None:
            pass

    def reports(self) -> list[protocol.Report]:
        """Every report heard so far."""
        return [r for m in self.all if isinstance(m, protocol.Advanced) for r in m.reports]

    def _listen(self) -> None:
        self.magic = self._replies.read(len(framing.MAGIC))
        # A worker that is killed may leave half a frame behind: that is its end, and no error.
        with suppress(framing.FrameError):
            while (body := framing.read_frame(self._replies)) is not None:
                reply = framing.parse_reply(body)
                self.all.append(reply)
                self._heard.put(reply)
        self._heard.put(None)


def pipe() -> tuple[BinaryIO, BinaryIO]:
    """The reading and the writing end of a pipe."""
    reading, writing = os.pipe()
    return os.fdopen(reading, "rb"), os.fdopen(writing, "wb")
