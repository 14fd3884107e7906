"""Turning a page: what it costs in a long lesson and in a short one."""

from __future__ import annotations

import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from textual.pilot import Pilot

from benchmarks.painting import CountingDriver, until_quiet, with_all_colours
from benchmarks.result import Measure, Target
from course.catalog import read_catalog
from progress.journal import Journal
from tui.app import GrokApp, Options
from tui.screens.lesson import LessonScreen
from tui.worker_link import WorkerLink

LONG, SHORT = 5, 1
"""How often the five screens below stand in the long lesson, and in the short one."""
TURNS, ROUNDS = 20, 3
"""Pages turned a round, all of them on to pages of the same kinds as in the other lesson."""
HEAD = """+++
format = 1
id = "pages"
title = "Pages to turn"
minutes = 20
objectives = {{ "p.one" = "turn pages" }}
+++
"""
SCREENS = """## A page of words {n}

A mouse in a maze knows where it came from, and that is nearly all it knows. It can go on, it can
turn left or right, and where the way ends it must turn round.

- A wall is known when it is met.
- A way is known when it has been walked.

What it has seen it may forget again, and then it walks a way twice.

---

| mouse | arrives | path |
|---|---|---|
| random walk | 57 % | 5.5 |
| right-hand rule | 100 % | 2.4 |

The table says how often each arrives, and how long its way is against the *shortest* one.

:::{{single}} q-one-{n}
:objective: p.one
:hint: Count them.

How many ways does a square have, at most?
- [x] four
  > One through each side.
- [ ] three
  > That is without the one it came by.
- [ ] two
  > That is a corridor.
:::

:::{{numeric}} q-two-{n}
:objective: p.one
:hint: Multiply.
:draw: a in 3, 4; b in 5, 6
:answer: a * b

How many squares has a maze of {{{{a}}}} by {{{{b}}}}?

> {{{{a}}}} times {{{{b}}}} is {{{{answer}}}}.
:::

## A last page {n}

`maze[y][x]` is a number from 0 to 15: a bit for each wall.

"""


class _Nobody(WorkerLink):
    """A line to no worker."""

    async def ensure(self) -> None:
        """Nobody is started."""


def page_turning() -> Mapping[str, float]:
    """CPU time of turning a page in a lesson of 25 screens, divided by that in one of 5 with the
    same kinds of screens. A design that keeps the whole lesson in one Markdown widget shows 3.7."""
    ratios = [asyncio.run(_turning(LONG)) / asyncio.run(_turning(SHORT)) for _ in range(ROUNDS)]
    return {"page-turn": statistics.median(ratios)}


def write_lesson(place: Path, times: int) -> None:
    """Make a course of one lesson, in which the five screens stand so many times."""
    text = HEAD.format() + "".join(SCREENS.format(n=n) for n in range(times))
    (place / "lessons").mkdir()
    (place / "lessons" / "pages.md").write_text(text, "utf-8")


async def _turning(times: int) -> float:
    """CPU seconds of turning a page: the mean over kinds of page, each by its median."""
    with_all_colours()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_lesson(place, times)
        with Journal(place / "journals") as journal:
            app = GrokApp(
                Options(lesson="pages", screen=1, still=True),
                catalog=read_catalog(place),
                journal=journal,
                link=_Nobody([], place / "log"),
            )
            app.driver_class = CountingDriver
            return await _turn_pages(app)


async def _turn_pages(app: GrokApp) -> float:
    costs: dict[int, list[float]] = {}

    async def drive(pilot: Pilot[object]) -> None:
        painted = CountingDriver.painted = asyncio.Event()
        await until_quiet(painted)
        screen = app.screen
        assert isinstance(screen, LessonScreen)
        last, step = len(screen.route) - 1, 1
        gc.collect()
        gc.disable()
        for turn in range(TURNS + 2):
            if not 0 <= screen.index + step <= last:
                step = -step
            began = time.process_time()
            await screen.action_turn(step)
            await until_quiet(painted)
            if turn >= 2:
                costs.setdefault(screen.index % 5, []).append(time.process_time() - began)
        gc.enable()
        app.exit()

    await app.run_async(headless=False, size=(80, 24), mouse=False, auto_pilot=drive)
    return statistics.mean(map(statistics.median, costs.values()))


MEASURES = (Measure((Target("page-turn", 1.2),), page_turning),)
