"""What a widget costs to paint: CPU time and bytes sent to the terminal, frame by frame.

The app runs on Textual's own driver without a terminal behind it, so every byte that would be
sent is counted and nothing is drawn. Colours are 24 bits, the dearest there are.
"""

from __future__ import annotations

import asyncio
import gc
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from textual.app import App, ComposeResult
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot
from textual.widget import Widget

Frame = Callable[[int], None]
"""Changes the widget for frame n, so that it must be painted again."""


class CountingDriver(HeadlessDriver):
    """Counts what is written and tells who waits for it."""

    written = 0
    painted: asyncio.Event | None = None

    @property
    def is_headless(self) -> bool:
        """Textual writes nothing to a headless driver, so this one says that it is not."""
        return False

    def write(self, data: str) -> None:
        """Count."""
        CountingDriver.written += len(data.encode())
        if CountingDriver.painted is not None:
            CountingDriver.painted.set()


@dataclass(frozen=True)
class Cost:
    """Medians over the frames."""

    seconds: float
    """CPU time of this process."""
    bytes: float
    worst_bytes: int


class _Bench(App[None]):
    def __init__(self, widget: Widget) -> None:
        super().__init__(driver_class=CountingDriver)
        self._widget = widget

    def compose(self) -> ComposeResult:
        """The one widget."""
        yield self._widget


def paint(
    make: Callable[[], Widget],
    frame: Callable[[Widget], Frame],
    frames: int,
    size: tuple[int, int] = (80, 24),
) -> Cost:
    """What a frame costs, over `frames` of them, after three that are not counted."""
    with_all_colours()
    seconds: list[float] = []
    sizes: list[int] = []
    widget = make()
    app = _Bench(widget)

    async def drive(pilot: Pilot[object]) -> None:
        CountingDriver.painted = asyncio.Event()
        change = frame(widget)
        gc.collect()
        gc.disable()
        for number in range(frames + 3):
            await until_quiet(CountingDriver.painted)
            CountingDriver.painted.clear()
            started, before = time.process_time(), CountingDriver.written
            change(number)
            await asyncio.wait_for(CountingDriver.painted.wait(), 10)
            await asyncio.sleep(0)
            if number >= 3:
                seconds.append(time.process_time() - started)
                sizes.append(CountingDriver.written - before)
        gc.enable()
        app.exit()

    async def run() -> None:
        # What a terminal that knows synchronised updates is sent around every frame counts too.
        app._sync_available = True
        await app.run_async(headless=False, size=size, mouse=False, auto_pilot=drive)

    asyncio.run(run())
    return Cost(statistics.median(seconds), statistics.median(sizes), max(sizes))


def high(make: Callable[[], Widget]) -> Callable[[], Widget]:
    """A widget that fills the window."""

    def made() -> Widget:
        widget = make()
        widget.styles.height = 24
        return widget

    return made


def ratio(dear: Callable[[], Cost], cheap: Callable[[], Cost], rounds: int = 3) -> float:
    """How many times as much CPU one costs as the other: the median of paired rounds."""
    return statistics.median(dear().seconds / cheap().seconds for _ in range(rounds))


def with_all_colours() -> None:
    """Have Textual believe in a terminal that can do everything."""
    for name in ("NO_COLOR", "TEXTUAL_ANIMATIONS"):
        os.environ.pop(name, None)
    os.environ.update(COLORTERM="truecolor", TERM="xterm-256color")


async def until_quiet(painted: asyncio.Event, seconds: float = 0.03) -> None:
    """Wait until nothing has been painted for a moment."""
    while True:
        painted.clear()
        try:
            await asyncio.wait_for(painted.wait(), seconds)
        except TimeoutError:
            return
