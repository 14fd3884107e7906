"""A small study with real workers: trained, kept, and found again by the next sitting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from course.catalog import read_catalog
from course.lesson import Lesson, Study
from models.runs import KeptRuns
from models.specs.studies import STUDIES
from progress.journal import Journal
from tests.support.screens import sees, wait_until
from tests.support.study_link import TINY
from tui.app import GrokApp, Options

CATALOG = read_catalog()
FIRST = CATALOG.lessons[CATALOG.order[0]]
WITHIN = 90.0


def app_of(home: Path) -> GrokApp:
    screen = replace(FIRST.screens[0], key="s", heading="", blocks=(Study("tiny"),))
    lesson: Lesson = replace(FIRST, screens=(screen,))
    catalog = replace(CATALOG, lessons={**CATALOG.lessons, FIRST.id: lesson})
    options = Options(still=True, lesson=FIRST.id, screen=1)
    return GrokApp(options, catalog=catalog, journal=Journal(home / "journals"))


async def test_a_study_end_to_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))
    monkeypatch.setitem(STUDIES, "tiny", TINY)
    app = app_of(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await sees(pilot, "enter start", WITHIN)
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.studies.of(TINY).complete, WITHIN)
        await sees(pilot, "From 3 to 6 cells")
    kept = KeptRuns(tmp_path / "runs").listed()[0]
    assert [run.study for run in kept] == ["tiny"] * 3
    one = app.studies.of(TINY)
    assert [one.results[point] for point in TINY.points()] == [
        next(run.numbers for run in kept if run.knobs == dict(point.knobs))
        for point in TINY.points()
    ]
    again = app_of(tmp_path)
    async with again.run_test(size=(80, 24)) as pilot:
        await sees(pilot, "From 3 to 6 cells", WITHIN)
        assert again.studies.of(TINY).results == one.results
