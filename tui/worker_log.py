"""Where the words of a worker's stderr go: the log file, and the last line for the screen."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

LOG_LIMIT = 1024 * 1024
"""Bytes after which a log is set aside as `NAME.old` and a new one begun."""
_TAIL = 4096
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|[\x00-\x08\x0b-\x1f\x7f]")


class WorkerLog:
    """Appends to a file that never grows past `LOG_LIMIT`. A log that fails stops nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._tail = b""

    def begin(self, command: list[str]) -> None:
        """Head what follows with the time and the command."""
        self._tail = b""
        said = " ".join(command)
        self._append(f"--- {time.strftime('%Y-%m-%d %H:%M:%S')} {said}\n".encode(errors="replace"))

    def write(self, data: bytes) -> None:
        """Keep what the worker wrote to its stderr."""
        self._tail = (self._tail + data)[-_TAIL:]
        self._append(data)

    def note(self, text: str) -> None:
        """Keep a remark that is not the worker's."""
        self._append(f"--- {text}\n".encode(errors="replace"))

    @property
    def last_line(self) -> str:
        """The last words of the worker, fit to be shown; empty if it wrote nothing."""
        text = _CONTROL.sub("", self._tail.decode(errors="replace").replace("\r", "\n"))
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return lines[-1][-200:] if lines else ""

    def _append(self, data: bytes) -> None:
        data = data[-LOG_LIMIT:]
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            if self.path.exists() and self.path.stat().st_size + len(data) > LOG_LIMIT:
                os.replace(self.path, self.path.with_name(self.path.name + ".old"))
            with self.path.open("ab") as file:
                file.write(data)
        except OSError:
            # The worker matters, its log does not: a full disk or a read-only home is said
            # elsewhere, by the journal.
            pass
