from __future__ import annotations

import errno
import zipfile

import pytest

from progress import transfer
from progress.transfer import TransferProblem
from tests.support.failing_disk import until


def contents(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture
def home(tmp_path, start, answer):
    """A home with two sessions, one of which was torn and holds a stranger's line."""
    where = tmp_path / "old" / "journals"
    for attempt in (1, 2):
        journal = start(where)
        journal.append(answer(attempt=attempt))
        assert journal.close(10)
    damaged = min(where.iterdir())
    damaged.write_bytes(damaged.read_bytes() + b'{"v":7,"type":"dreamt"}\n{"v":1,"sess')
    return where


def test_an_export_is_a_copy_byte_for_byte(home, tmp_path):
    counts = transfer.export(tmp_path / "out.zip", folder=home)
    assert (counts.files, counts.odd, counts.missed) == (2, 2, ())
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        kept = {name.removeprefix("journals/"): archive.read(name) for name in archive.namelist()}
    assert kept == contents(home)


def test_importing_an_export_restores_everything_and_twice_is_as_once(home, tmp_path, start):
    transfer.export(tmp_path / "out.zip", folder=home)
    new = tmp_path / "new" / "journals"
    counts = transfer.import_(tmp_path / "out.zip", new)
    assert (counts.files, counts.known, counts.odd) == (2, 0, 2)
    assert contents(new) == contents(home)
    again = transfer.import_(tmp_path / "out.zip", new)
    assert (again.files, again.known) == (0, 2)
    assert contents(new) == contents(home)
    journal = start(new)
    assert sorted(e["attempt"] for e in journal.record.histories["q"]) == [1, 2]
    assert journal.newer and journal.skipped == 1


def test_merging_two_homes_either_way_comes_to_the_same(home, tmp_path, start, answer):
    other = tmp_path / "other" / "journals"
    journal = start(other)
    journal.append(answer(attempt=3))
    assert journal.close(10)
    one, two = tmp_path / "one.zip", tmp_path / "two.zip"
    transfer.export(one, folder=home)
    transfer.export(two, folder=other)
    transfer.import_(two, home)
    transfer.import_(one, other)
    transfer.import_(two, other)
    assert contents(home) == contents(other)


def test_a_longer_copy_of_a_session_is_added_and_its_events_count_once(tmp_path, start, answer):
    live, copy = tmp_path / "live", tmp_path / "copy"
    journal = start(live)
    journal.append(answer(attempt=1)).future.result(10)
    transfer.import_(live, copy)
    journal.append(answer(attempt=2))
    assert journal.close(10)
    for expected in (1, 0):
        assert transfer.import_(live, copy).files == expected
    assert [e["attempt"] for e in start(copy).record.histories["q"]] == [1, 2]
    # Bringing the copy back changes nothing where the events came from.
    before = contents(live)
    assert transfer.import_(copy, live).files == 0
    assert contents(live) == before


def test_an_import_cut_off_half_way_is_made_good_by_the_next(home, tmp_path, start):
    new = tmp_path / "new"
    new.mkdir()
    for name, data in contents(home).items():
        (new / name).write_bytes(data[:40])
    transfer.import_(home, new)
    assert transfer.import_(home, new).files == 0
    assert sorted(e["attempt"] for e in start(new).record.histories["q"]) == [1, 2]


def test_a_single_journal_can_be_imported(home, tmp_path, start):
    file = next(file for file in home.iterdir() if b'"attempt":2' in file.read_bytes())
    transfer.import_(file, tmp_path / "new")
    assert [e["attempt"] for e in start(tmp_path / "new").record.histories["q"]] == [2]


def test_an_export_holds_what_could_not_be_saved(tmp_path, start, answer, disk):
    disk.fail("open", errno.EROFS)
    journal = start(tmp_path / "dead", disk=disk, retry=(1000.0, 1000.0))
    journal.append(answer(attempt=1))
    journal.append(answer(attempt=2))
    until(lambda: journal.trouble)
    counts = transfer.export(tmp_path / "out.zip", journal)
    assert (counts.files, counts.odd) == (1, 0)
    transfer.import_(tmp_path / "out.zip", tmp_path / "new")
    assert [e["attempt"] for e in start(tmp_path / "new").record.histories["q"]] == [1, 2]
    journal.close(0)
    transfer.export(tmp_path / "late.zip", journal)
    assert transfer.import_(tmp_path / "late.zip", tmp_path / "new").known == 1


def test_names_in_an_archive_never_lead_out_of_the_folder(home, tmp_path):
    data = max(home.iterdir()).read_bytes()
    with zipfile.ZipFile(tmp_path / "odd.zip", "w") as archive:
        for name in ("../../evil.jsonl", "/etc/evil.jsonl", "a\\..\\b.jsonl", "x/*?.jsonl"):
            archive.writestr(name, data + name.encode())
    transfer.import_(tmp_path / "odd.zip", tmp_path / "in" / "journals")
    assert not list(tmp_path.rglob("../evil.jsonl"))
    made = [file for file in tmp_path.rglob("*.jsonl") if home not in file.parents]
    assert made
    assert all(file.parent == tmp_path / "in" / "journals" for file in made)


@pytest.mark.parametrize("what", ["text", "other archive", "cut", "missing", "bomb"])
def test_what_is_no_export_is_refused_in_one_sentence(what, home, tmp_path, monkeypatch):
    path = tmp_path / "in.zip"
    if what == "text":
        path.write_text("this is no archive")
    elif what == "other archive":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("holiday.jpg", b"...")
    elif what in ("cut", "bomb"):
        transfer.export(path, folder=home)
        if what == "cut":
            path.write_bytes(path.read_bytes()[:-60])
        else:
            monkeypatch.setattr(transfer, "LIMIT", 10)
    with pytest.raises(TransferProblem) as problem:
        transfer.import_(path, tmp_path / "new")
    assert str(problem.value).endswith(".")
    assert "in.zip" in str(problem.value)
    assert not (tmp_path / "new").exists() or not list((tmp_path / "new").iterdir())


def test_an_export_that_cannot_be_written_is_a_sentence_and_leaves_nothing(home, tmp_path):
    (tmp_path / "taken").mkdir()
    for path in (tmp_path / "taken", tmp_path / "nowhere" / "out.zip"):
        with pytest.raises(TransferProblem, match="choose a place"):
            transfer.export(path, folder=home)
    assert not list(tmp_path.glob(".*"))


def test_exporting_nothing_makes_an_archive_that_imports_as_nothing(tmp_path):
    transfer.export(tmp_path / "out.zip", folder=tmp_path / "none")
    assert transfer.import_(tmp_path / "out.zip", tmp_path / "new").files == 0


def test_a_journal_that_cannot_be_read_is_named_and_the_others_exported(home, tmp_path):
    (home / "x.jsonl").mkdir()
    counts = transfer.export(tmp_path / "out.zip", folder=home)
    assert (counts.files, counts.missed) == (2, ("x.jsonl",))
