"""The installed program on a terminal of its own: keys in, what it draws out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
_ESCAPE = re.compile(r"\x1b(\[[0-9;?>=<]*[ -/]*[@-~]|\][^\x07]*\x07|[=>PX^_].|.)", re.DOTALL)


class Program:
    """`grok-tui` with some arguments, on a pseudo-terminal of 80 by 24."""

    def __init__(self, home: Path, *arguments: str, columns: int = 80, rows: int = 24) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        environment = {
            **{k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "COLORTERM")},
            "GROK_TUI_HOME": str(home),
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "tui", *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            cwd=home,
            start_new_session=True,
        )
        os.close(slave)
        self.drawn = ""
        """Everything drawn so far, escape sequences included."""

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()
        os.close(self._master)

    @property
    def text(self) -> str:
        """Everything drawn so far, without escape sequences."""
        return _ESCAPE.sub("", self.drawn)

    def press(self, keys: str) -> None:
        """Type. What was drawn before is forgotten."""
        self.drawn = ""
        os.write(self._master, keys.encode())

    def sees(self, text: str, seconds: float = 60.0) -> None:
        """Wait until `text` has been drawn.

        Raises:
            AssertionError: with what was drawn, if it is not in time.
        """
        end = time.monotonic() + seconds
        while text not in self.text:
            assert time.monotonic() < end, f"{text!r} was never drawn:\n{self.text[-2000:]}"
            assert self._read(0.2) or self.process.poll() is None, f"it ended:\n{self.text}"

    def ends(self, seconds: float = 30.0) -> float:
        """Wait for the end of the program; how long that took, in seconds."""
        began = time.monotonic()
        while self.process.poll() is None:
            assert time.monotonic() - began < seconds, f"it goes on:\n{self.text[-2000:]}"
            self._read(0.01)
        took = time.monotonic() - began
        while self._read(0.0):
            pass
        return took

    def kill(self) -> None:
        """SIGKILL, as a machine that loses its power would."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def _read(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:
            return False
        self.drawn += data.decode("utf-8", "replace")
        return bool(data)
