"""A disk that takes nothing: the verdict comes, a red line says so, and all is kept."""

from __future__ import annotations

import errno
import zipfile
from pathlib import Path

from textual.widgets import Input

from course.catalog import read_catalog
from course.lesson import Single
from progress.journal import Journal
from tests.support.failing_disk import FailingDisk
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tui.app import GrokApp, Options

LESSON = read_catalog().lessons["mouse"]
QUESTION = next(q for q in LESSON.questions if isinstance(q, Single))
AT = [screen.key for screen in LESSON.screens].index(QUESTION.id) + 1


async def test_a_full_disk_holds_nobody_up_and_loses_nothing(tmp_path: Path) -> None:
    disk = FailingDisk()
    disk.fail("write", errno.ENOSPC)
    journal = Journal(tmp_path / "journals", disk=disk, retry=(0.02, 0.05))
    app = GrokApp(
        Options(lesson="mouse", screen=AT, still=True),
        journal=journal,
        link=ScriptedLink(),  # type: ignore[arg-type]
    )
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await sees(pilot, "answer")
        await pilot.press("a", "enter")
        await sees(pilot, "saving…")
        await sees(pilot, "not saved yet", 10)
        await wait_until(pilot, lambda: len(app.session.questions.history(QUESTION.id)) == 1)
        await pilot.press("escape")
        await sees(pilot, "e export")
        assert journal.trouble and journal.trouble[:20] in screen_text(app)
        await pilot.press("e")
        await sees(pilot, "Where to?")
        app.screen.query_one(Input).value = str(tmp_path / "no folder" / "copy.zip")
        await pilot.press("enter")
        await sees(pilot, "no folder")
        copy = tmp_path / "copy.zip"
        app.screen.query_one(Input).value = str(copy)
        await pilot.press("enter")
        await sees(pilot, "Exported to")
        with zipfile.ZipFile(copy) as archive:
            text = "".join(archive.read(name).decode() for name in archive.namelist())
        assert QUESTION.id in text
        disk.heal()
        await wait_until(pilot, lambda: not journal.trouble)
        await wait_until(pilot, lambda: "e export" not in screen_text(app))
    with Journal(tmp_path / "journals") as again:
        assert len(again.record.histories[QUESTION.id]) == 1
