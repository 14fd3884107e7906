"""A program on a terminal of its own, and what it costs."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent
SIZE = (80, 24)
PATIENCE = 120.0
"""Seconds that a program may take for anything: torch loads slowly on a busy machine."""
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|[=>])")
QUIT = "\x11"
"""ctrl+q, as it is typed."""


def python(module: str, *arguments: str) -> list[str]:
    """The command that runs a module of ours."""
    return [sys.executable, "-m", module, *arguments]


def environment(home: Path) -> dict[str, str]:
    """The environment of a learner who lives in `home`, on a terminal with every colour.

    Bytecode is kept between runs, as it is for everybody who does not forbid it.
    """
    dropped = ("NO_COLOR", "GROK_TUI_HOME", "GROK_TUI_LESSONS", "PYTHONDONTWRITEBYTECODE")
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in dropped and not name.startswith(("TEXTUAL", "XDG_"))
    }
    return kept | {
        "HOME": str(home),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "PYTHONPATH": str(ROOT),
        "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "grok-tui-bytecode"),
    }


class Program:
    """A running program. Everything it draws is read, so that it never waits for us."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self._terminal, theirs = pty.openpty()
        columns, rows = SIZE
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._process = subprocess.Popen(
            list(command),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=ROOT,
            env=dict(env),
            start_new_session=True,
        )
        os.close(theirs)
        self.pid = self._process.pid
        self._drawn = bytearray()
        self._news = threading.Condition()
        self._ended = False
        self.cpu_seconds = 0.0
        """What it used, and all it waited for; known once it has ended."""
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._ended:
            os.kill(self.pid, signal.SIGKILL)
            self._wait()

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._terminal, keys.encode())

    def until(self, text: str) -> None:
        """Wait until something has been drawn since the last such wait.

        Raises:
            RuntimeError: if that does not happen.
        """
        wanted = text.encode()
        with self._news:
            if not self._news.wait_for(lambda: wanted in self._drawn, PATIENCE):
                raise RuntimeError(f"{text!r} was never drawn, only: {self._last_words}")
            del self._drawn[: self._drawn.index(wanted) + len(wanted)]

    def end(self) -> None:
        """Wait until it ends by itself.

        Raises:
            RuntimeError: if it fails, or does not end.
        """
        self._reader.join(PATIENCE)
        if self._reader.is_alive():
            raise RuntimeError("the program did not end")
        status = self._wait()
        if status:
            raise RuntimeError(f"the program failed ({status}): {self._last_words}")

    @property
    def _last_words(self) -> str:
        return _ESCAPES.sub("", self._drawn.decode(errors="replace"))[-3000:]

    def _wait(self) -> int:
        _, status, used = os.wait4(self.pid, 0)
        self._ended = True
        self._process.returncode = os.waitstatus_to_exitcode(status)
        self.cpu_seconds = used.ru_utime + used.ru_stime
        self._reader.join(PATIENCE)
        os.close(self._terminal)
        return self._process.returncode

    def _read(self) -> None:
        while True:
            try:
                data = os.read(self._terminal, 65536)
            except OSError:  # which is how a terminal says that nobody writes to it any more
                return
            if not data:
                return
            with self._news:
                self._drawn += data
                self._news.notify()


def peak_memory(pid: int) -> int:
    """The most memory that a process has held, in kB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    raise RuntimeError("this system does not say how much memory a process holds")


def until(condition: object, seconds: float = PATIENCE) -> None:
    """Wait until `condition()` is true."""
    assert callable(condition)
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError("waited in vain")
        time.sleep(0.01)
