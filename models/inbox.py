"""Requests as they come in, read by a thread of their own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import BinaryIO

from models.framing import FrameError, read_frame

PATIENCE = 1.0
"""Seconds between the end of the requests and the end of the process, whatever it is doing."""


class EndOfRequests(Exception):
    """Nobody will ask anything any more."""


class Inbox:
    """The frames of a stream, in order.

    When the stream ends, so should the process: whoever gave the orders has gone. `leave` is
    called if the reader of this inbox has not closed it `PATIENCE` seconds later, because it is
    deep in a computation or waits for somebody to read its replies.
    """

    def __init__(self, stream: BinaryIO, leave: Callable[[], object]) -> None:
        self._stream = stream
        self._leave = leave
        self._items: queue.SimpleQueue[bytes | FrameError | EndOfRequests] = queue.SimpleQueue()
        self._closed = threading.Event()
        threading.Thread(target=self._read, name="inbox", daemon=True).start()

    def __bool__(self) -> bool:
        """Whether something waits to be taken."""
        return not self._items.empty()

    def take(self, timeout: float | None) -> bytes | None:
        """The next frame's body; `None` if none came in `timeout` seconds (`None`: for ever).

        Raises:
            EndOfRequests: when there are no more.
            FrameError: when what came is no frame; there is no going on after that.
        """
        try:
            item = self._items.get(timeout=timeout)
        except queue.Empty:
            return None
        if isinstance(item, Exception):
            raise item
        return item

    def close(self) -> None:
        """Say that the process is leaving by itself."""
        self._closed.set()

    def _read(self) -> None:
        try:
            while (body := read_frame(self._stream)) is not None:
                self._items.put(body)
            self._items.put(EndOfRequests())
        except FrameError as error:
            self._items.put(error)
        except OSError:
            self._items.put(EndOfRequests())
        if not self._closed.wait(PATIENCE):
            self._leave()
