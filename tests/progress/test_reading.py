"""Reading files as they may be found: untouched, torn, damaged, foreign, newer, growing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from progress.disk import Disk, JournalFile
from progress.events import VERSION
from progress.reading import Reader
from progress.record import Record


def event(n: int, clock: int = 0, session: str = "s", **fields: Any) -> dict[str, Any]:
    """A page turn, or another event if `fields` say so."""
    head = {"v": 1, "session": session, "n": n, "clock": clock or n, "at": 5.0, "type": "at"}
    if "type" not in fields:
        fields = {"lesson": "one", "screen": str(n), "round": 0} | fields
    return head | fields


def answered(n: int, question: str = "q", **fields: Any) -> dict[str, Any]:
    """An answer."""
    given = {"question": question, "lesson": "one", "round": 0, "attempt": n, "answer": 1}
    given |= {"correct": True, "hints": 0, "aided": False}
    given |= {"confidence": None, "seed": 0, "rev": 1}
    return event(n, type="answered", **(given | fields))


@pytest.fixture
def write(folder: Path) -> Callable[..., Path]:
    """Write events as a session does; the path of the file."""

    def write(session: str, *found: dict[str, Any]) -> Path:
        file = JournalFile(Disk(), folder, session)
        for one in found:
            file.write([json.dumps(one, separators=(",", ":"))[:-1].encode()])
        file.close()
        return file.path

    return write


@pytest.fixture
def read(folder: Path) -> Callable[[], tuple[Record, Reader]]:
    """Read everything afresh."""

    def read() -> tuple[Record, Reader]:
        reader, record = Reader(folder), Record()
        record.add(reader.read())
        return record, reader

    return read


def attempts(record: Record) -> list[int]:
    return [one["attempt"] for one in record.history("q")]


def everything(record: Record) -> Any:
    return (
        record.passed,
        record.opened,
        record.positions,
        dict(record.histories),
        record.runs,
        record.last_reset,
        record.covered,
    )


def test_an_untouched_file_is_not_decoded_until_it_is_asked_for(folder, write):
    write("s", answered(1), event(2), answered(3))
    batch = Reader(folder).read()
    assert batch.decoded == []
    assert set(batch.shelves) == {(b"answered", b"q"), (b"at", b"one")}
    assert (batch.clock, batch.last) == (3, {"s": 3})


def test_decoding_line_by_line_comes_to_the_same(folder, write, read):
    run = {"lab": "mouse", "knobs": {}, "seed": 1, "metrics": {"a.b": 0.5}, "reached": True}
    run |= {"device": "cpu", "seconds": 1.0, "steps": 5}
    path = write(
        "s",
        answered(1),
        event(2),
        event(3, type="lesson_passed", lesson="one", help=True),
        event(4, type="opened", lesson="two", how="--open"),
        event(5, type="run_finished", **run),
        event(6, type="hinted", question="q", lesson="one", round=0, rung=0),
        event(7, type="reset", covers={"s": 1}, lesson="one"),
        event(8, lesson="two"),
        event(9, type="sung", song="x"),
    )
    untouched = everything(read()[0])
    path.write_bytes(path.read_bytes().replace(b'"sum":"', b'"sum":"x'))
    assert everything(read()[0]) == untouched
    assert untouched[0] == {"one": "helped"}


@pytest.mark.parametrize("cut", [1, 5, 40])
def test_a_torn_last_line_is_skipped_and_counted(write, read, cut):
    path = write("s", answered(1), answered(2))
    path.write_bytes(path.read_bytes()[: -1 - cut])
    record, reader = read()
    assert attempts(record) == [1]
    assert reader.skipped == 1


def test_a_last_line_that_lacks_only_its_end_counts_once(write, read, folder):
    path = write("s", answered(1), answered(2))
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    reader, record = Reader(folder), Record()
    record.add(reader.read())
    assert attempts(record) == [1, 2]
    path.write_bytes(whole)
    record.add(reader.read())
    assert attempts(record) == [1, 2]
    assert reader.skipped == 0


@pytest.mark.parametrize(
    "damage",
    [
        b"\0" * 200,
        b'{"v":1,"session":"s","n":2,"clo',
        b"\xff\xfe\xfa",
        b"[" * 100_000,
        b"17",
        b"null",
        b'{"v":1}',
        b'{"v":1,"session":"s","n":2,"clock":' + b"9" * 5000 + b',"at":1,"type":"at"}',
        b'{"v":1,"session":"s","n":2,"clock":2,"at":1,"type":"answered","question":"q"}',
        b'{"v":2,"session":"s"',
    ],
)
def test_an_unreadable_line_anywhere_is_skipped_and_the_rest_kept(write, read, damage):
    path = write("s", answered(1), answered(3))
    first, last = path.read_bytes().splitlines()
    path.write_bytes(b"\n".join([damage, first, damage, last, damage, b""]))
    record, reader = read()
    assert attempts(record) == [1, 3]
    assert reader.skipped == 3


def test_a_torn_line_run_into_by_the_next_takes_only_that_one_along(write, read):
    path = write("s", answered(1), answered(2), answered(3))
    first, second, third = path.read_bytes().splitlines()
    path.write_bytes(first[:50] + second + b"\n" + third + b"\n")
    record, reader = read()
    assert attempts(record) == [3]
    assert reader.skipped == 1


def test_a_changed_byte_in_an_otherwise_whole_file_is_noticed(write, read):
    path = write("s", answered(1), answered(2))
    path.write_bytes(path.read_bytes().replace(b'"answered"', b'"answe\0ed"', 1))
    record, reader = read()
    assert attempts(record) == [2]
    assert reader.skipped == 1


def test_blank_lines_and_other_line_ends_are_no_damage(write, read):
    path = write("s", answered(1), answered(2))
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n\r\n"))
    record, reader = read()
    assert attempts(record) == [1, 2]
    assert reader.skipped == 0


def test_files_of_several_sessions_in_one_are_read(write, read, folder):
    one, two = write("s", answered(1), answered(9)), write("t", answered(2, session="t"))
    (folder / "both.jsonl").write_bytes(one.read_bytes() + two.read_bytes())
    one.unlink()
    two.unlink()
    record, reader = read()
    assert attempts(record) == [1, 2, 9]
    assert record.covered == {"s": 9, "t": 2}
    assert reader.skipped == 0


def test_events_found_twice_count_once(write, read, folder):
    path = write("s", answered(1), answered(2))
    (folder / "copy.jsonl").write_bytes(path.read_bytes())
    assert attempts(read()[0]) == [1, 2]


def test_ids_that_json_escapes_are_found(write, read):
    write("s", answered(1, question="größe"), event(2, lesson='a"b'))
    record, _ = read()
    assert [one["attempt"] for one in record.history("größe")] == [1]
    assert record.positions['a"b']["screen"] == "2"


def test_a_newer_version_is_kept_unfolded_and_its_clock_respected(write, read):
    newer = {**event(2, clock=70), "v": VERSION + 1, "type": "at"}
    write("s", answered(1), newer)
    write(
        "t", answered(3, session="t"), {**newer, "session": "t", "n": 4}, answered(5, session="t")
    )
    record, reader = read()
    assert attempts(record) == [1, 3, 5]
    assert record.position is None
    assert (reader.newer, reader.skipped) == (2, 0)
    assert record.covered == {"s": 2, "t": 5}


def test_the_journal_says_so_in_words_and_goes_on_after_it(write, start, answer):
    write("s", {**event(2, clock=70), "v": VERSION + 1})
    write("t", {"v": VERSION + 5, "envelope": "of another kind"})
    journal = start()
    assert "newer version" in journal.newer
    assert "update" in journal.newer
    assert journal.trouble == ""
    assert journal.append(answer()).event["clock"] == 71


def test_a_growing_file_is_read_on_from_where_it_ended(write, read, folder):
    path = write("s", *[answered(n) for n in range(1, 9)])
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"")
    reader, record = Reader(folder), Record()
    for line in lines:
        with path.open("ab") as file:
            file.write(line[:30])
        batch = reader.read()
        assert (dict(batch.shelves), batch.decoded, reader.skipped) == ({}, [], 1)
        with path.open("ab") as file:
            file.write(line[30:])
        batch = reader.read()
        assert batch.decoded == []  # the checksum fits all along
        record.add(batch)
    assert attempts(record) == list(range(1, 9))
    assert reader.skipped == 0


def test_a_file_that_became_shorter_is_read_again(write, folder):
    path = write("s", answered(1), answered(2))
    reader, record = Reader(folder), Record()
    record.add(reader.read())
    other = write("t", answered(3, session="t"))
    path.write_bytes(other.read_bytes())
    other.unlink()
    record.add(reader.read())
    assert attempts(record) == [1, 2, 3]
    assert (reader.skipped, reader.trouble) == (0, "")


def test_other_files_are_left_alone(write, read, folder):
    write("s", answered(1))
    (folder / "notes.txt").write_text("not a journal")
    (folder / ".s.jsonl.tmp").write_text("half a co")
    record, reader = read()
    assert attempts(record) == [1]
    assert reader.skipped == 0


def test_a_journal_that_cannot_be_opened_is_named_and_the_others_read(write, folder, start):
    write("s", answered(1))
    (folder / "t.jsonl").mkdir()  # opening a folder as a file fails for every user
    journal = start()
    assert attempts(journal.record) == [1]
    assert "t.jsonl" in journal.trouble
    (folder / "t.jsonl").rmdir()
    journal.refresh()
    assert journal.trouble == ""


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_a_link_that_leads_nowhere_is_no_obstacle(write, folder, read):
    write("s", answered(1))
    (folder / "t.jsonl").symlink_to(folder / "gone")
    assert attempts(read()[0]) == [1]
