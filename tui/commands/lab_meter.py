"""A progress bar with the time that is left, rewritten in place on one line of a terminal."""

from __future__ import annotations

import shutil
import time
from typing import TextIO

from msgspec.structs import replace

from models.protocol import Report

CELLS = 20
"""How wide the bar is."""
EVERY = 0.1
"""Seconds between two drawings."""
SETTLED = 2.0
"""Seconds before the time left is worth saying."""


class Meter:
    """Draws how far a run is. As a context manager it leaves its line clean, come what may."""

    def __init__(self, stream: TextIO, name: str, *, shown: bool) -> None:
        self._stream = stream
        self._name = name
        self._shown = shown
        self._began = time.monotonic()
        self._done: float | None = None
        """The share that was done when it began: more than nothing where a run goes on."""
        self._drawn = 0.0
        full, empty = "━", "─"
        try:
            (full + empty).encode(stream.encoding or "ascii")
        except UnicodeEncodeError:
            full, empty = "#", "-"
        self._full, self._empty = full, empty

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()

    def show(self, report: Report) -> None:
        """Draw where the run stands, unless that was done a moment ago."""
        now = time.monotonic()
        if self._done is None:
            self._done = report.fraction
        if self._shown and now - self._drawn >= EVERY:
            self._drawn = now
            width = shutil.get_terminal_size().columns
            self._stream.write(f"\r{self.line(report, now - self._began)[: width - 1]}\x1b[K")
            self._stream.flush()

    def show_whole(self, part: str, report: Report, done: float) -> None:
        """Draw a run that is the part called `part` of a whole of which `done` is done."""
        whole = replace(report, fraction=done, runner=f"{part}, {report.runner}")
        self.show(whole)

    def line(self, report: Report, elapsed: float) -> str:
        """The whole line; `elapsed` in seconds since the start."""
        done = min(max(report.fraction, 0.0), 1.0)
        cells = round(done * CELLS)
        bar = self._full * cells + self._empty * (CELLS - cells)
        return f"{self._name}  {bar} {done:4.0%}  {self._left(done, elapsed)}{_where(report)}"

    def _left(self, done: float, elapsed: float) -> str:
        here = done - (self._done or 0.0)
        if elapsed < SETTLED or here <= 0:
            return ""
        return f"about {duration(elapsed * (1 - done) / here)} left  "


def _where(report: Report) -> str:
    """Who is doing what, and its loss where there is one."""
    loss = report.metrics.get("loss")
    tail = "" if loss is None else f", loss {loss:.3g}"
    return f"{report.runner}: {report.phase}, step {report.step} of {report.steps}{tail}"


def duration(seconds: float) -> str:
    """Seconds in the largest unit that still says enough."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
