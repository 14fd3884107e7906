"""The link and a real worker, together."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from models.protocol import (
    Advanced,
    Failed,
    Finished,
    Listed,
    Open,
    Opened,
    Pause,
    Probe,
    ProbeResult,
    Reply,
    Runs,
    Start,
    Started,
    StepOnce,
    Stop,
)
from models.runs import KeptRuns
from tui.worker_link import WorkerLink
from tui.worker_process import HERE

ROOT = Path(__file__).parents[2]
FAKE = [sys.executable, str(ROOT / "tests" / "support" / "fake_worker.py")]
ENDLESS = 1_000_000_000
WITHIN = 60.0
"""Seconds after which a test that waits has failed: torch loads slowly on a busy machine."""


class Heard(list[Reply]):
    """All replies, and a way to wait for one."""

    def __init__(self) -> None:
        super().__init__()
        self.news = asyncio.Event()

    def note(self, reply: Reply) -> None:
        self.append(reply)
        self.news.set()

    async def first(self, kind: type[Any], where: Callable[[Any], bool] = lambda _: True) -> Any:
        """The first reply of a kind, now or later."""
        async with asyncio.timeout(WITHIN):
            while True:
                for reply in self:
                    if isinstance(reply, kind) and where(reply):
                        return reply
                self.news.clear()
                await self.news.wait()


Linked = Callable[[list[str]], tuple[WorkerLink, Heard]]


@pytest.fixture
async def linked(tmp_path: Path) -> AsyncIterator[Linked]:
    """Makes links to real workers and closes them in the end."""
    made: list[WorkerLink] = []

    def make(command: list[str]) -> tuple[WorkerLink, Heard]:
        heard = Heard()
        link = WorkerLink(command, tmp_path / "worker.log", on_reply=heard.note)
        made.append(link)
        return link, heard

    yield make
    for link in made:
        await link.close()


async def in_time(closing: Callable[[], Awaitable[None]]) -> None:
    """Close, in less than a second."""
    began = time.monotonic()
    await closing()
    assert time.monotonic() - began < 1.0


async def test_a_whole_run_by_hand(linked: Linked) -> None:
    link, heard = linked(FAKE)
    await link.send(Start("r1", "fake", {"steps": ENDLESS}, 0))
    await heard.first(Advanced)
    await link.send(Pause("r1"))
    await link.send(Probe("r1", 1, "count"))
    at = (await heard.first(ProbeResult)).values["count"]
    await link.send(StepOnce("r1"))
    await heard.first(Advanced, lambda advanced: advanced.reports[-1].step == at + 1)
    await link.send(Stop("r1"))
    assert (await heard.first(Finished)).steps == at + 1


async def test_quitting_while_it_trains(linked: Linked) -> None:
    link, heard = linked(FAKE)
    await link.send(Start("r1", "fake", {"steps": ENDLESS}, 0))
    await heard.first(Advanced)
    await in_time(link.close)


async def test_quitting_while_it_hangs(linked: Linked) -> None:
    link, heard = linked(FAKE)
    await link.send(Start("r1", "fake", {"trouble": "hang", "when": 1}, 0))
    await heard.first(Started)
    await in_time(link.close)


async def test_a_crash_in_the_lab_is_explained_and_the_next_run_works(
    linked: Linked, tmp_path: Path
) -> None:
    link, heard = linked(FAKE)
    down = asyncio.Event()
    link.on_state = lambda state: down.set() if state == "down" else None
    await link.send(Start("r1", "fake", {"trouble": "die"}, 0))
    await asyncio.wait_for(down.wait(), WITHIN)
    assert f"crashed ({signal.SIGABRT.name})" in link.down_because
    await link.send(Start("r2", "fake", {"trouble": "error"}, 0))
    assert "divided among no mice" in (await heard.first(Failed)).text
    assert "ZeroDivisionError" in (tmp_path / "worker.log").read_text()
    await link.send(Start("r3", "fake", {}, 0))
    await heard.first(Finished, lambda finished: finished.run == "r3")


async def test_the_worker_of_the_course_runs_a_lab_keeps_it_and_quits_while_training(
    linked: Linked, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path / "home"))
    link, heard = linked(list(HERE))
    await link.send(Start("r1", "mice", {"mazes": 50, "size": 3}, 0))
    assert (await heard.first(Finished)).run == "r1"
    assert link.ready is not None
    if link.ready.missing:
        pytest.skip(link.ready.missing)
    await link.send(Start("r2", "mouse", {"mazes": 10}, 0))
    await heard.first(Advanced, lambda advanced: "loss" in advanced.reports[-1].metrics)
    await in_time(link.close)
    states = {kept.id: kept.state for kept in KeptRuns(tmp_path / "home" / "runs").listed()[0]}
    assert states["mice-1"] == "finished"
    assert states["mouse-1"] in ("stopped", "cut short")


async def test_what_is_asked_about_kept_runs_starts_a_worker_and_is_answered(
    linked: Linked, tmp_path: Path
) -> None:
    link, heard = linked([*FAKE, "--keep", str(tmp_path / "runs")])
    await link.send(Runs(1))
    assert (await heard.first(Listed)).runs == []
    await link.send(Start("r1", "fake", {}, 0))
    assert (await heard.first(Finished)).kept == "fake-1"
    await link.send(Open(2, "fake-1"))
    assert (await heard.first(Opened)).kept.metrics == {"count": 10.0}


@pytest.mark.parametrize("module", ["tui.worker_link", "models.worker"])
def test_neither_end_imports_more_than_it_needs(module: str) -> None:
    program = (
        f"import sys, {module}\n"
        "print(sorted({'torch', 'numpy', 'textual', 'rich', 'plotext'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
