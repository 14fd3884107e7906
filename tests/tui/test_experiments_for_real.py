"""An experiment with a real worker, which is killed in between: nothing that was tried is lost."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from course.catalog import Catalog, Part
from progress.journal import Journal
from tests.support.lessons import EXPERIMENT, SINGLE, read
from tests.support.screens import sees, wait_until
from tui.app import GrokApp, Options
from tui.pages.experiment_answer import ExperimentAnswer
from tui.pages.experiment_switches import SwitchBench

WITHIN = 90.0
BODY = (
    EXPERIMENT.replace(":draw: m in 1, 2, 3\n", "")
    .replace(":lab: heads", ":lab: heads steps=20 width=8")
    .replace("accuracy < 0.4", "loss > 0")
)
LESSON = read("## One\n\nText.\n\n" + BODY + SINGLE)
COURSE = Catalog("C", (Part("P", (LESSON.id,)),), {LESSON.id: LESSON}, {}, (LESSON.id,))


def app_of(home: Path) -> GrokApp:
    options = Options(still=True, lesson=LESSON.id, screen=2, confidence=False)
    return GrokApp(options, catalog=COURSE, journal=Journal(home / "journals"))


def bench_of(app: GrokApp) -> SwitchBench:
    answer = app.screen.query_one(ExperimentAnswer)
    assert isinstance(answer.bench, SwitchBench)
    return answer.bench


def kill_worker(app: GrokApp) -> None:
    """As the system does when memory runs out."""
    line = app.labs._link._line
    assert line is not None and line._process is not None
    os.kill(line._process._process.pid, signal.SIGKILL)


async def test_an_experiment_end_to_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))
    app = app_of(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await sees(pilot, "space train it", WITHIN)
        await pilot.press("space")
        await wait_until(pilot, lambda: bench_of(app).has_picture, WITHIN)
        await pilot.press("space", "right", "space")
        await wait_until(pilot, lambda: bench_of(app).has_picture, WITHIN)
        await pilot.press("enter")
        await sees(pilot, "Enough with 2 off; 1 can do it.", WITHIN)
        kill_worker(app)
        await pilot.press("right", "space")
        await sees(pilot, "space train it", WITHIN)
        await sees(pilot, "Enough with 2 off; 1 can do it.")
        await pilot.press("space")
        await wait_until(pilot, lambda: bench_of(app).has_picture, WITHIN)
        await pilot.press("u", "u", "enter")
        await sees(pilot, "Right.", WITHIN)
    again = app_of(tmp_path)
    async with again.run_test(size=(80, 24)) as pilot:
        await sees(pilot, "Right.", WITHIN)
        await sees(pilot, "without heads 1 2")
