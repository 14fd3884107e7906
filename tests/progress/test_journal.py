"""The journal as the screens use it, and what becomes of it when the disk fails."""

from __future__ import annotations

import errno
import json
import random
import threading
from concurrent.futures import TimeoutError as NotYet

import pytest

from progress.events import At, Hinted, LessonPassed, Opened, Reset, RunFinished
from progress.journal import Journal, NotSaved
from tests.support.failing_disk import until


def numbers(journal: Journal, question: str = "q") -> list[int]:
    return [event["attempt"] for event in journal.record.histories.get(question, [])]


def test_nothing_is_made_before_the_first_event(folder, start):
    journal = start()
    assert journal.trouble == journal.newer == ""
    assert journal.skipped == 0
    assert not folder.parent.exists()


def test_a_receipt_means_on_disk(start, answer, lines):
    receipt = start().append(answer())
    receipt.future.result(10)
    written = lines()[0]
    assert written.pop("sum")
    assert written == receipt.event
    assert list(written)[:6] == ["v", "session", "n", "clock", "at", "type"]


def test_the_next_session_finds_what_the_last_one_wrote(start, answer):
    first = start()
    first.append(Opened(lesson="two", how="skipped ahead"))
    first.append(Hinted("q", "one", 0, 0))
    first.append(answer())
    first.append(LessonPassed("one", help=False))
    first.append(RunFinished("mouse", {"memory": False}, 3, {"a": 0.5}, True, "cpu", 1.5, 9))
    first.append(At("one", "7"))
    assert first.close(10)
    second = start()
    for name in ("passed", "opened", "positions", "position", "runs"):
        assert getattr(second.record, name) == getattr(first.record, name), name
    assert dict(second.record.histories) == dict(first.record.histories)
    assert second.record.position["screen"] == "7"
    assert second.skipped == 0


def test_one_write_and_one_sync_for_each_event(start, answer, disk):
    journal = start(disk=disk)
    journal.append(answer()).future.result(10)
    before = disk.count("write"), disk.count("fsync")
    for number in range(3):
        journal.append(answer(attempt=number)).future.result(10)
    assert (disk.count("write") - before[0], disk.count("fsync") - before[1]) == (3, 3)


def test_an_append_never_waits_for_the_disk(start, answer, disk):
    disk.gate.clear()
    journal = start(disk=disk)
    receipt = journal.append(answer())
    assert numbers(journal) == [1]
    until(lambda: disk.count("write") == 1)
    with pytest.raises(NotYet):
        receipt.future.result(0)
    disk.gate.set()
    receipt.future.result(10)


def test_answers_are_json_in_memory_as_on_disk(start, answer):
    journal = start()
    journal.append(answer(answer=(1, 2)))
    assert journal.record.histories["q"][0]["answer"] == [1, 2]


def test_what_json_cannot_hold_is_refused_and_leaves_no_trace(start, answer, lines):
    journal = start()
    with pytest.raises(TypeError):
        journal.append(answer(answer=object()))
    journal.append(answer()).future.result(10)
    assert [event["n"] for event in lines()] == [1]
    assert numbers(journal) == [1]


def test_a_closed_journal_takes_nothing(start, answer):
    journal = start()
    assert journal.close()
    with pytest.raises(RuntimeError):
        journal.append(answer())


# Page turns


def test_page_turns_are_gathered_and_not_synced(start, page, answer, disk, lines, folder):
    journal = start(disk=disk, page_interval=1000.0)
    assert journal.append(page(1)).future.done()
    until(lambda: disk.count("write") == 1)
    syncs = disk.count("fsync")
    for number in range(2, 30):
        journal.append(page(number))
        if number == 10:  # another session writes meanwhile: this one has the time to
            start(folder / "other").append(page(0))
            start(folder / "other").append(answer()).future.result(10)
    journal.append(At("two", "1"))
    assert journal.record.position["lesson"] == "two"
    assert journal.close(10)
    assert [(e["lesson"], e["screen"]) for e in lines()] == [
        ("one", "1"),
        ("one", "29"),
        ("two", "1"),
    ]
    assert disk.count("write") == 2
    assert disk.count("fsync") == syncs


def test_a_held_page_turn_is_written_when_it_is_due(start, page, disk):
    journal = start(disk=disk, page_interval=0.02)
    journal.append(page(1))
    until(lambda: disk.count("write") == 1)
    journal.append(page(2))
    until(lambda: disk.count("write") == 2)


def test_a_held_page_turn_goes_before_the_next_event(start, page, answer, lines, disk):
    journal = start(disk=disk, page_interval=1000.0)
    journal.append(page(1))
    until(lambda: disk.count("write") == 1)
    journal.append(page(2))
    journal.append(answer()).future.result(10)
    assert [e["type"] for e in lines()] == ["at", "at", "answered"]
    assert [e["clock"] for e in lines()] == [1, 2, 3]


# When the disk fails


def test_a_full_disk_is_said_in_words_and_clears_by_itself(start, answer, disk, lines):
    journal = start(disk=disk)
    journal.append(answer(attempt=0)).future.result(10)
    disk.fail("write", errno.ENOSPC)
    receipts = [journal.append(answer(attempt=number)) for number in (1, 2, 3)]
    until(lambda: journal.trouble)
    assert "disk is full" in journal.trouble
    assert "free some space" in journal.trouble
    assert not any(receipt.future.done() for receipt in receipts)
    assert numbers(journal) == [0, 1, 2, 3]
    assert len(journal.unsaved()) == 3
    disk.heal()
    for receipt in receipts:
        receipt.future.result(10)
    until(lambda: not journal.trouble)
    assert [event["attempt"] for event in lines()] == [0, 1, 2, 3]
    assert journal.unsaved() == []


def test_a_short_write_followed_by_space_leaves_no_torn_line(start, answer, disk, lines, folder):
    journal = start(disk=disk)
    journal.append(answer(attempt=0)).future.result(10)
    disk.write_short(25)
    journal.append(answer(attempt=1)).future.result(10)
    journal.append(answer(attempt=2)).future.result(10)
    assert [event["attempt"] for event in lines()] == [0, 1, 2]
    assert len(list(folder.iterdir())) == 1
    assert (
        "ftruncate",
        len((next(folder.iterdir())).read_bytes().splitlines(True)[0]),
    ) in disk.calls


def test_a_short_write_that_cannot_be_cut_back_is_followed_by_a_new_file(
    start, answer, disk, folder
):
    journal = start(disk=disk)
    journal.append(answer(attempt=0)).future.result(10)
    disk.write_short(25)
    disk.fail("ftruncate", errno.EIO)
    for number in (1, 2):
        journal.append(answer(attempt=number)).future.result(10)
    assert len(list(folder.iterdir())) == 2
    other = start()
    assert numbers(other) == [0, 1, 2]
    assert other.skipped == 1


def test_after_a_failed_sync_all_since_the_last_good_one_is_written_again(
    start, answer, page, disk, folder
):
    journal = start(disk=disk, page_interval=0.0)
    journal.append(answer(attempt=0)).future.result(10)
    journal.append(page(5))
    until(lambda: disk.count("write") == 2)
    disk.fail("fsync", errno.EIO, times=1)
    journal.append(answer(attempt=1)).future.result(10)
    old, new = (folder / f"{journal.session}{end}.jsonl" for end in ("", "-2"))
    assert [json.loads(line)["n"] for line in old.read_bytes().splitlines()] == [1]
    assert [json.loads(line)["n"] for line in new.read_bytes().splitlines()] == [2, 3]
    other = start()
    assert numbers(other) == [0, 1]
    assert other.record.position["screen"] == "5"


def test_a_disk_that_never_syncs_does_not_collect_files(start, answer, disk, folder):
    journal = start(disk=disk)
    folder.mkdir(parents=True)
    disk.gate.clear()
    receipt = journal.append(answer())
    until(lambda: disk.count("open") == 1)
    disk.fail("fsync", errno.EIO)
    disk.gate.set()
    until(lambda: disk.count("open") > 6)
    assert "Input/output error" in journal.trouble
    assert len(list(folder.iterdir())) <= 2
    disk.heal()
    receipt.future.result(10)
    assert len(list(folder.iterdir())) == 1
    assert numbers(start()) == [1]


def test_closing_on_a_dead_disk_gives_up_and_says_so(start, answer, disk):
    disk.fail("open", errno.EROFS)
    journal = start(disk=disk, retry=(1000.0, 1000.0))
    receipt = journal.append(answer())
    until(lambda: journal.trouble)
    assert not journal.close(10)
    with pytest.raises(NotSaved, match="read-only"):
        receipt.future.result(10)
    assert len(journal.unsaved()) == 1


def test_closing_while_the_disk_hangs_does_not_hang(start, answer, disk):
    disk.gate.clear()
    journal = start(disk=disk)
    receipt = journal.append(answer())
    assert not journal.close(0.01)
    with pytest.raises(NotSaved):
        receipt.future.result(0)
    disk.gate.set()


def test_closing_saves_what_a_recovered_disk_can_take(start, answer, disk, lines):
    disk.fail("write", errno.ENOSPC)
    journal = start(disk=disk, retry=(1000.0, 1000.0))
    journal.append(answer())
    until(lambda: journal.trouble)
    disk.heal()
    assert journal.close(10)
    assert len(lines()) == 1


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EROFS, "make it writable, or set GROK_TUI_HOME"),
        (errno.EACCES, "make it writable, or set GROK_TUI_HOME"),
        (errno.ENOSPC, "free some space"),
        (errno.EDQUOT, "quota"),
        (errno.ENOTDIR, "set GROK_TUI_HOME"),
        (errno.EIO, "check that disk"),
    ],
)
def test_trouble_names_the_remedy_in_one_sentence(start, answer, disk, number, words):
    disk.fail("open", number)
    journal = start(disk=disk)
    journal.append(answer())
    until(lambda: journal.trouble)
    assert words in journal.trouble
    assert journal.trouble.endswith(".")
    assert ". " not in journal.trouble


def test_a_home_that_cannot_be_made_keeps_events_and_says_where(tmp_path, start, answer):
    (tmp_path / "home").write_text("a file where a folder should be")
    journal = start(tmp_path / "home" / "journals")
    receipt = journal.append(answer())
    until(lambda: journal.trouble)
    assert "GROK_TUI_HOME" in journal.trouble
    assert numbers(journal) == [1]
    (tmp_path / "home").unlink()
    receipt.future.result(10)


def test_a_home_removed_under_a_session_is_made_again(start, answer, folder):
    journal = start()
    journal.append(answer(attempt=0)).future.result(10)
    for file in folder.iterdir():
        file.unlink()
    folder.rmdir()
    journal.append(answer(attempt=1)).future.result(10)
    assert numbers(start()) == [1]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_fails_and_in_whatever_order_nothing_acknowledged_is_lost(
    start, answer, page, disk, seed
):
    chance = random.Random(seed)
    journal = start(disk=disk, page_interval=0.0, retry=(0.0005, 0.001))
    receipts = []
    for number in range(25):
        if chance.random() < 0.3:
            call = chance.choice(["open", "write", "fsync", "ftruncate", "sync folder"])
            disk.fail(call, chance.choice([errno.ENOSPC, errno.EIO]), times=chance.randint(1, 4))
        if chance.random() < 0.2:
            disk.write_short(chance.randint(0, 150))
        if chance.random() < 0.3:
            journal.append(page(number))
        receipts.append(journal.append(answer(attempt=number)))
        if chance.random() < 0.3:
            receipts[-1].future.result(10)
            assert numbers(start()) == list(range(number + 1))
    for receipt in receipts:
        receipt.future.result(10)
    assert numbers(start()) == numbers(journal) == list(range(25))


# Several sessions


def test_two_sessions_at_once_lose_nothing(start, answer):
    first, second = start(), start()

    def work(journal: Journal) -> None:
        for number in range(40):
            journal.append(answer(question=journal.session, attempt=number))

    threads = [threading.Thread(target=work, args=(journal,)) for journal in (first, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert first.close(30) and second.close(30)
    third = start()
    assert third.skipped == 0
    for journal in (first, second):
        assert numbers(third, journal.session) == list(range(40))


def test_refresh_brings_in_what_another_session_wrote(start, answer):
    first, second = start(), start()
    first.append(answer("mine")).future.result(10)
    second.append(answer("theirs", attempt=1)).future.result(10)
    assert numbers(first, "theirs") == []
    first.refresh()
    assert numbers(first, "theirs") == [1]
    second.append(answer("theirs", attempt=2)).future.result(10)
    first.refresh()
    first.refresh()
    assert numbers(first, "theirs") == [1, 2]
    assert numbers(first, "mine") == [1]
    assert first.skipped == 0


def test_the_clock_is_one_more_than_the_highest_read_or_written(start, answer):
    first, second = start(), start()
    for _ in range(5):
        receipt = first.append(answer())
    receipt.future.result(10)
    assert receipt.event["clock"] == 5
    assert second.append(answer()).event["clock"] == 1
    second.refresh()
    assert second.append(answer()).event["clock"] == 6


def test_skewed_wall_clocks_do_not_change_the_order(start, page):
    ahead = start(now=lambda: 4e9)
    ahead.append(page(1))
    assert ahead.close(10)
    behind = start(now=lambda: 1e9)
    behind.append(page(2))
    assert behind.close(10)
    assert start().record.position["screen"] == "2"


# Starting over


def test_a_reset_drops_what_it_covers_and_answers_elsewhere_stay(start, answer):
    here = start()
    here.append(answer(attempt=1)).future.result(10)
    elsewhere = start()
    elsewhere.append(answer(attempt=2)).future.result(10)
    here.append(Reset(covers=here.record.covered)).future.result(10)
    assert numbers(here) == []
    here.append(answer(attempt=3)).future.result(10)
    assert numbers(start()) == [2, 3]
