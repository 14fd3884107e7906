"""Disks that are really full or read-only, where this user may mount such."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.failing_disk import until


@pytest.fixture
def mount(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mount a small disk in memory; skips the test where that is not allowed."""
    place = tmp_path / "disk"
    place.mkdir()

    def mount(options: str) -> Path:
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
        try:
            done = subprocess.run(command, capture_output=True, check=False)
        except FileNotFoundError:
            pytest.skip("there is no mount here")
        if done.returncode:
            pytest.skip("this user may not mount a disk")
        return place

    yield mount
    if os.path.ismount(place):
        subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_loses_nothing_acknowledged_and_is_recovered_from(mount, start, answer):
    place = mount("size=64k")
    journal = start(place / "journals")
    receipts = [journal.append(answer(attempt=n, answer="x" * 500)) for n in range(200)]
    until(lambda: journal.trouble)
    assert "disk is full" in journal.trouble
    saved = [r.event["n"] for r in receipts if r.future.done()]
    assert 0 < len(saved) < 200
    during = start(place / "journals")
    assert {e["n"] for e in during.record.histories["q"]} >= set(saved)
    subprocess.run(["mount", "-o", "remount,size=1m", str(place)], check=True)
    for receipt in receipts:
        receipt.future.result(20)
    until(lambda: not journal.trouble)
    assert journal.close(10)
    after = start(place / "journals")
    assert [e["attempt"] for e in after.record.histories["q"]] == list(range(200))
    assert after.skipped == 0
    assert during.close(10) and after.close(10)


def test_a_read_only_home_is_read_and_its_events_wait(mount, start, answer):
    place = mount("size=1m")
    first = start(place / "journals")
    first.append(answer(attempt=1))
    assert first.close(10)
    subprocess.run(["mount", "-o", "remount,ro", str(place)], check=True)
    journal = start(place / "journals")
    receipt = journal.append(answer(attempt=2))
    until(lambda: journal.trouble)
    assert "read-only" in journal.trouble
    assert [e["attempt"] for e in journal.record.histories["q"]] == [1, 2]
    assert not receipt.future.done()
    subprocess.run(["mount", "-o", "remount,rw", str(place)], check=True)
    receipt.future.result(20)
    until(lambda: not journal.trouble)
    assert journal.close(10)
