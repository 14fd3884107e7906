"""The line to the process that checks: it starts it, hears it, and survives its end."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from models.exercises.blank import blank_of
from models.exercises.catalog import EXERCISES
from tui import examiner
from tui.examiner import Examiner, closed_room

RIGHT = blank_of(EXERCISES["softmax"]).reference


async def test_it_answers_and_goes_on_after_the_process_was_killed() -> None:
    line = Examiner()
    try:
        assert (await line.examine("softmax", RIGHT))["kind"] == "right"
        folder = Path(line._folder)
        assert line._process is not None
        os.kill(line._process.pid, signal.SIGKILL)
        await line._process.wait()
        assert (await line.examine("softmax", "return scores"))["kind"] == "other"
        assert not folder.exists()
    finally:
        await line.close()
    assert line._process is None


async def test_what_starts_no_process_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examiner, "MODULE", "no.such.module")
    line = Examiner()
    found = await line.examine("softmax", RIGHT)
    assert found["kind"] == "unchecked"
    assert "Check once more" in found["told"]
    await line.close()


async def test_an_app_that_is_left_leaves_no_process() -> None:
    line = Examiner()
    await line.examine("softmax", RIGHT)
    assert line._process is not None
    process, folder = line._process, Path(line._folder)
    await line.close()
    assert process.returncode is not None
    assert not folder.exists()


@pytest.mark.parametrize(("does", "shut"), [("exit 1", False), ('shift 9; exec "$@"', True)])
def test_a_closed_room_is_used_only_where_it_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, shut: bool
) -> None:
    bwrap = tmp_path / "bwrap"
    bwrap.write_text(f"#!/bin/sh\n{does}\n")
    bwrap.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    closed_room.cache_clear()
    assert bool(closed_room()) is shut
    assert not shut or closed_room()[0] == "bwrap"
    closed_room.cache_clear()


@pytest.mark.skipif(not closed_room(), reason="bwrap is not installed, or may not be used here")
async def test_in_a_closed_room_nothing_outside_can_be_written(tmp_path: Path) -> None:
    line = Examiner()
    past = f"import ctypes\nctypes.CDLL(None).open({str(tmp_path / 'x').encode()!r}, 65, 438)\n"
    try:
        assert (await line.examine("softmax", past + RIGHT))["kind"] == "right"
        assert not (tmp_path / "x").exists()
    finally:
        await line.close()


async def test_torch_is_there_once_it_was_asked_for() -> None:
    line = Examiner()
    try:
        await line.warm()
        found = await line.examine("heads", EXERCISES["heads"].wrong["no-transpose"])
        assert (found["kind"], found["wrong"]) == ("known", "no-transpose")
    finally:
        await line.close()
