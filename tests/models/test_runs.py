"""The folder of kept runs, whatever is in it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from models.run_files import FORMAT, MOMENTS, REPORTS, SUMMARY
from models.run_here import begin
from models.runs import KeptRuns, NewerRun, RunProblem
from tests.support.fake_lab import find_fake, load_fake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One kept run, as a real one is."""
    run = begin("fake", {}, 3, find=find_fake, load=load_fake)
    run.keep(tmp_path / "runs", 3)
    list(run)
    return tmp_path / "runs"


def change(folder: Path, **fields: Any) -> None:
    """Change what a summary says."""
    path = folder / "fake-1" / SUMMARY
    path.write_text(json.dumps({**json.loads(path.read_text()), **fields}))


def copy(folder: Path, name: str, **fields: Any) -> None:
    shutil.copytree(folder / "fake-1", folder / name)
    path = folder / name / SUMMARY
    path.write_text(json.dumps({**json.loads(path.read_text()), **fields}))


def test_no_folder_is_no_runs(tmp_path: Path) -> None:
    runs = KeptRuns(tmp_path / "none")
    assert runs.listed() == ([], [])
    assert runs.size() == 0
    with pytest.raises(RunProblem, match="There is no kept run"):
        runs.open("fake-1")


def test_the_newest_comes_first(folder: Path) -> None:
    change(folder, began="2026-01-01T00:00:00+00:00")
    copy(folder, "fake-2", began="2026-01-03T00:00:00+00:00")
    copy(folder, "fake-9", began="2026-01-02T00:00:00+00:00")
    copy(folder, "fake-10", began="2026-01-02T00:00:00+00:00")
    found, _ = KeptRuns(folder).listed()
    assert [kept.id for kept in found] == ["fake-2", "fake-10", "fake-9", "fake-1"]


def test_a_run_of_a_newer_version_is_skipped_and_said(folder: Path) -> None:
    copy(folder, "fake-2", format=FORMAT + 1, state={"of": "another kind"})
    found, notes = KeptRuns(folder).listed()
    assert [kept.id for kept in found] == ["fake-1"]
    assert notes == ["Kept by a newer grok-tui, which shows them: fake-2."]
    with pytest.raises(NewerRun, match="update this one"):
        KeptRuns(folder).open("fake-2")


def test_what_a_later_course_adds_is_passed_over(folder: Path) -> None:
    change(folder, more={"than": "we know"})
    assert KeptRuns(folder).listed()[0][0].state == "finished"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nonsense",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b'{"format": 1}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b" " * (2 << 20),
    ],
)
def test_a_damaged_summary_is_skipped_and_said(folder: Path, data: bytes) -> None:
    copy(folder, "fake-2")
    (folder / "fake-2" / SUMMARY).write_bytes(data)
    found, notes = KeptRuns(folder).listed()
    assert [kept.id for kept in found] == ["fake-1"]
    assert len(notes) == 1
    assert "fake-2" in notes[0]
    KeptRuns(folder).delete("fake-2")
    assert KeptRuns(folder).listed()[1] == []


@pytest.mark.parametrize(
    "fields",
    [
        {"lab": "\x1b[2J"},
        {"device": "a\nb"},
        {"knobs": {"\x07": 1}},
        {"knobs": {"mode": "\x9b31m"}},
        {"metrics": {"\x1b]0;": 1.0}},
        {"seed": "seven"},
        {"state": "lost"},
        {"metrics": [1]},
    ],
)
def test_a_summary_that_would_do_harm_is_skipped(folder: Path, fields: dict[str, Any]) -> None:
    change(folder, **fields)
    found, notes = KeptRuns(folder).listed()
    assert found == []
    assert len(notes) == 1


def test_foreign_things_are_left_alone_and_said(folder: Path, tmp_path: Path) -> None:
    (folder / "notes.txt").write_text("mine")
    (folder / "thesis-1").mkdir()
    (folder / "thesis-1" / "thesis.tex").write_text("years of work")
    (folder / ".DS_Store").write_text("")
    (folder / "fake-7").symlink_to(tmp_path)
    os.mkfifo(folder / "fake-8")
    (folder / "bad\x1b[2J-1").mkdir()
    found, notes = KeptRuns(folder).listed()
    assert [kept.id for kept in found] == ["fake-1"]
    (note,) = notes
    assert note.isprintable()
    assert "and 2 more" in note
    for name in ("thesis-1", "fake-7", "fake-8", "notes.txt", "..", "", "../runs/fake-1", "."):
        with pytest.raises(RunProblem):
            KeptRuns(folder).delete(name)
    assert (folder / "thesis-1" / "thesis.tex").read_text() == "years of work"
    assert tmp_path.exists()


def test_a_pipe_in_place_of_a_file_makes_nobody_wait(folder: Path) -> None:
    for name in (REPORTS, MOMENTS, SUMMARY):
        (folder / "fake-1" / name).unlink()
        os.mkfifo(folder / "fake-1" / name)
        KeptRuns(folder).listed()
    with pytest.raises(RunProblem):
        KeptRuns(folder).open("fake-1")


def test_lines_that_make_no_sense_are_left_out_and_counted(folder: Path) -> None:
    path = folder / "fake-1" / REPORTS
    path.write_bytes(
        b"nonsense\n" + b'["\\u001b[2J",1,{"loss":1}]\n' + path.read_bytes() + b'["counter",11,{"lo'
    )
    with (folder / "fake-1" / MOMENTS).open("ab") as file:
        file.write(b"[1,2]\n")
    opened = KeptRuns(folder).open("fake-1")
    assert opened.curves[0].steps == list(range(1, 11))
    assert opened.note == "3 lines of fake-1 cannot be read and are left out."


def test_a_film_longer_than_may_be_is_thinned_when_it_is_read(folder: Path) -> None:
    path = folder / "fake-1" / MOMENTS
    path.write_bytes(b"".join(b'["mouse",%d,"walk",{}]\n' % step for step in range(500)))
    assert len(KeptRuns(folder).open("fake-1").moments) == 240


def test_files_that_are_missing_leave_what_there_is(folder: Path) -> None:
    (folder / "fake-1" / MOMENTS).unlink()
    assert len(KeptRuns(folder).open("fake-1").curves) == 1
    (folder / "fake-1" / REPORTS).unlink()
    opened = KeptRuns(folder).open("fake-1")
    assert (opened.curves, opened.moments) == ([], [])


def test_deleting_frees_what_it_says(folder: Path) -> None:
    runs = KeptRuns(folder)
    size = runs.size()
    assert size == runs.summary("fake-1").size or abs(size - runs.summary("fake-1").size) < 1000
    assert runs.delete("fake-1") == size
    assert runs.size() == 0
    assert os.listdir(folder) == []


def test_what_cannot_be_deleted_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "rename", fail)
    with pytest.raises(RunProblem, match="cannot be deleted"):
        KeptRuns(folder).delete("fake-1")
    assert KeptRuns(folder).listed()[0][0].id == "fake-1"


def test_hundreds_of_runs_are_listed_quickly(folder: Path) -> None:
    import time

    data = (folder / "fake-1" / SUMMARY).read_bytes()
    for number in range(2, 301):
        (folder / f"fake-{number}").mkdir()
        (folder / f"fake-{number}" / SUMMARY).write_bytes(data)
    began = time.process_time()
    assert len(KeptRuns(folder).listed()[0]) == 300
    assert time.process_time() - began < 0.5
