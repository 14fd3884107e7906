"""Whether every screen of every lesson is whole at 80x24, in every ink (check 14)."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from textual.widget import Widget

from course.catalog import Catalog
from course.findings import ERROR, Finding
from course.lesson import Claim, Lab, Lesson, Observe, Prose, Screen
from course.measured import Measured
from course.placeholders import RUN
from progress.events import RunFinished
from tui.authoring.headless import LEAST, Drawing, drawn, open_lesson, opened
from tui.authoring.shown import missing, screen_passages
from tui.pages.page import Page

LOOKS = (Drawing("colour"), Drawing("ascii"), Drawing("shade", no_color=True))
"""What is looked at. The shade ink has the signs of one of these and the layout of another."""
FEW = 15
"""Screens below which other processes take longer to start than the looking takes."""
_HOW = "fork" if sys.platform == "linux" else "spawn"
"""How processes begin: as a copy of this one, where nothing of the system stands against it."""
Runs = tuple[RunFinished, ...]


def check_screens(catalog: Catalog, lessons: Sequence[Lesson], runs: Runs = ()) -> list[Finding]:
    """What does not fit on its screen, is cut, or is not drawn at all.

    With `runs`, screens that speak of runs are looked at once more as they are after these.
    """
    look = partial(look_in, catalog=catalog, lessons=tuple(lessons), runs=runs)
    at_once = min(os.cpu_count() or 1, len(LOOKS))
    if at_once == 1 or sum(len(lesson.screens) for lesson in lessons) < FEW:
        looks = [look(drawing) for drawing in LOOKS]
    else:
        with ProcessPoolExecutor(at_once, mp_context=get_context(_HOW)) as pool:
            looks = list(pool.map(look, LOOKS))
    found: dict[Finding, list[Drawing]] = {}
    for drawing, findings in zip(LOOKS, looks, strict=True):
        for finding in findings:
            found.setdefault(finding, []).append(drawing)
    return sorted(_with_ink(finding, drawings) for finding, drawings in found.items())


def look_in(
    drawing: Drawing, *, catalog: Catalog, lessons: Sequence[Lesson], runs: Runs = ()
) -> set[Finding]:
    """What is wrong with the screens of some lessons in one ink."""
    return asyncio.run(_look(drawing, catalog, lessons, runs))


def as_events(measured: Measured) -> Runs:
    """What the authors measured, as if a learner had: the first seed of each run."""
    return tuple(
        RunFinished(
            lab=run.lab,
            knobs=dict(run.knobs),
            seed=run.seeds[0],
            metrics=run.of(run.seeds[0]),
            reached=True,
            device="CPU",
            seconds=run.seconds,
            steps=0,
        )
        for run in measured.runs
    )


def speaks_of_runs(screen: Screen) -> bool:
    """Whether the screen changes once labs have been run."""
    if isinstance(screen.question, Observe):
        return True
    texts = [prose.markdown for prose in screen.blocks_of(Prose)]
    if any(RUN.search(text) for text in texts):
        return True
    return bool(screen.blocks_of(Lab) or screen.blocks_of(Claim))


async def _look(
    drawing: Drawing, catalog: Catalog, lessons: Sequence[Lesson], runs: Runs
) -> set[Finding]:
    """The findings of one ink, before any run and after these."""
    found: set[Finding] = set()
    async with opened(catalog, drawing) as (app, pilot):

        async def look_at(changed_only: bool) -> None:
            for lesson in lessons:
                shown = await open_lesson(pilot, lesson)
                for index, screen in enumerate(shown.lesson.screens):
                    if changed_only and not speaks_of_runs(screen):
                        continue
                    await shown.action_turn(index - shown.index)
                    text = await drawn(pilot)
                    wanted = screen_passages(screen, app.session)
                    found.update(_faults(lesson, screen, shown.page, text, wanted))
                shown.dismiss()
                await pilot.pause(0)

        await look_at(changed_only=False)
        for run in runs:
            app.journal.append(run)
        if runs:
            await look_at(changed_only=True)
    return found


def _faults(
    lesson: Lesson, screen: Screen, page: Page | None, text: str, wanted: Sequence[str]
) -> list[Finding]:
    """What is wrong with a page as it is drawn, where `wanted` should be read on it."""
    assert page is not None
    over = page.max_scroll_y
    texts = [f"not to be read on the screen: “{passage}”" for passage in missing(wanted, text)]
    if over:
        rows = "1 row" if over == 1 else f"{over} rows"
        texts = [f"this screen is {rows} too high for {LEAST[0]}x{LEAST[1]}"]
    elif not texts and _reaches_beyond(page):
        texts = [f"something on this screen is cut at column {LEAST[0]}"]
    return [Finding(lesson.path, screen.line, ERROR, told) for told in texts]


def _reaches_beyond(page: Page) -> bool:
    """Whether a part of the page has columns that nobody sees."""
    edge = page.region.right
    parts = page.walk_children(Widget)
    return any(part.display and part.region.right > edge for part in parts)


def _with_ink(finding: Finding, drawings: Sequence[Drawing]) -> Finding:
    """A finding that says in which inks it was found, where it is not all of them."""
    if len(drawings) == len(LOOKS):
        return finding
    text = f"{finding.text} (in {', '.join(map(str, drawings))})"
    return Finding(finding.path, finding.line, finding.level, text)
