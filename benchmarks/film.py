"""The film of a run: what a key costs that scrubs it, with much behind the picture or little."""

from __future__ import annotations

import asyncio
import gc
import math
import random
import statistics
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from benchmarks.painting import CountingDriver, until_quiet, with_all_colours
from benchmarks.result import Measure, Target
from models.kept import Curve, Kept
from models.protocol import Moment, Opened
from progress.journal import Journal
from tui.app import GrokApp, Options
from tui.screens.film import FilmScreen
from tui.worker_link import WorkerLink

POINTS, FRAMES = 20_000, 240
FEW_POINTS, FEW_FRAMES = 200, 24
KEYS, ROUNDS = 30, 3
WORDS, MOVES = 12, 18
RUNNERS = ("attention", "bottleneck")


@dataclass(frozen=True)
class _Cost:
    """Medians over the keys."""

    seconds: float
    bytes: float


class _Nobody(WorkerLink):
    """A line to no worker."""

    async def ensure(self) -> None:
        """Nobody is started."""


def film(points: int, frames: int) -> Opened:
    """A translator that learned for `points` steps and showed its alignment `frames` times."""
    rng = random.Random(0)
    steps = list(range(1, points + 1))
    curves = []
    for runner in RUNNERS:
        for metric in ("loss", "gradient", "rate"):
            falling = [math.exp(-5 * step / points) + 0.1 * rng.random() for step in steps]
            curves.append(Curve(runner, metric, steps, falling))
        seldom = steps[24::25]
        curves.append(Curve(runner, "accuracy", seldom, [step / points for step in seldom]))
    looks = [_look(frame * points // frames, frame / frames) for frame in range(frames)]
    kept = Kept(
        id="alignment-1",
        lab="alignment",
        knobs={},
        seed=0,
        device="CPU",
        began="2026-01-01T12:00:00+00:00",
        state="finished",
        fraction=1.0,
    )
    return Opened(0, kept, curves, looks)


def _look(step: int, share: float) -> Moment:
    """An alignment that sharpens as `share` goes from 0 to 1."""
    rows = []
    for move in range(MOVES):
        row = [math.exp(-8 * share * abs(word - move * WORDS / MOVES)) for word in range(WORDS)]
        rows.append([weight / sum(row) for weight in row])
    asks, answers = ["E"] * MOVES, ["ka"] * WORDS
    data = {"asks": asks, "answers": answers, "weights": rows, "said": asks}
    return Moment("", "attention", step, "alignment", data)


def scrubbing(points: int, frames: int) -> _Cost:
    """What a key costs that goes one frame back, at 80x24, until it is painted."""
    with_all_colours()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with Journal(place / "journals") as journal:
            link = _Nobody([], place / "log")
            app = GrokApp(Options(still=True), journal=journal, link=link)
            app.driver_class = CountingDriver
            return asyncio.run(_scrub(app, film(points, frames)))


async def _scrub(app: GrokApp, opened: Opened) -> _Cost:
    seconds: list[float] = []
    sent: list[int] = []

    async def drive(pilot: Pilot[object]) -> None:
        painted = CountingDriver.painted = asyncio.Event()
        screen = FilmScreen(app.desk, opened)
        await app.push_screen(screen)
        await until_quiet(painted, 0.3)
        gc.collect()
        gc.disable()
        for key in range(KEYS + 3):
            await until_quiet(painted)
            painted.clear()
            began, before = time.process_time(), CountingDriver.written
            screen.action_move(-1 if key % 16 < 8 else 1)
            await asyncio.wait_for(painted.wait(), 10)
            await asyncio.sleep(0)
            if key >= 3:
                seconds.append(time.process_time() - began)
                sent.append(CountingDriver.written - before)
        gc.enable()
        app.exit()

    app._sync_available = True
    await app.run_async(headless=False, size=(80, 24), mouse=False, auto_pilot=drive)
    return _Cost(statistics.median(seconds), statistics.median(sent))


def scrubs() -> Mapping[str, float]:
    """CPU time of a key that scrubs a film of 20,000 points and 240 pictures, divided by that with
    200 points and 24 pictures; and the bytes that it sends at 80x24. A design that draws the
    curves again at every key shows 4, and 6,000 bytes."""
    pairs = [(scrubbing(POINTS, FRAMES), scrubbing(FEW_POINTS, FEW_FRAMES)) for _ in range(ROUNDS)]
    return {
        "film-key-cpu": statistics.median(long.seconds / short.seconds for long, short in pairs),
        "film-key-bytes": statistics.median(long.bytes for long, _ in pairs),
    }


MEASURES = (
    Measure(
        (
            Target("film-key-cpu", 1.5),
            Target("film-key-bytes", 2500),
        ),
        scrubs,
    ),
)
