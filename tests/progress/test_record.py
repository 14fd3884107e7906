from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from progress import events, transfer
from progress.events import (
    At,
    Bet,
    Chosen,
    Drew,
    Hinted,
    LessonPassed,
    Opened,
    Reset,
    RunFinished,
)
from progress.journal import Journal


def run(lab: str = "mouse", **changes: Any) -> RunFinished:
    given: dict[str, Any] = {"knobs": {}, "seed": 0, "metrics": {"loss": 0.5}, "reached": True}
    given |= {"device": "cpu", "seconds": 1.0, "steps": 3}
    return RunFinished(lab=lab, **(given | changes))


@pytest.fixture
def both(start: Callable[..., Journal]) -> Callable[[Journal], list[Journal]]:
    """A journal after its events, and the same read afresh: they must always agree."""

    def both(journal: Journal) -> list[Journal]:
        assert journal.close(10)
        return [journal, start()]

    return both


def test_lessons_passed_unaided_stay_so(start, both):
    journal = start()
    assert journal.record.passed == {}
    for lesson, aided in (("a", True), ("b", True), ("b", False), ("b", True), ("c", False)):
        journal.append(LessonPassed(lesson, help=aided))
    for one in both(journal):
        assert one.record.passed == {"a": "helped", "b": "unaided", "c": "unaided"}


def test_lessons_passed_by_test_are_told_apart_also_from_old_journals(start, both):
    journal = start()
    assert journal.record.tested == set()
    journal.append(LessonPassed("a", help=False))
    journal.append(LessonPassed("b", help=False, tested=True))
    old = {"type": "lesson_passed", "lesson": "c", "help": True}
    assert "tested" not in old and events.with_defaults(old)["tested"] is False
    for one in both(journal):
        assert one.record.tested == {"b"}
        assert one.record.passed == {"a": "unaided", "b": "unaided"}


def test_the_place_is_the_last_page_of_each_lesson_and_of_all(start, both):
    journal = start(page_interval=0.0)
    assert journal.record.position is None
    for lesson, screen in (("a", "1"), ("b", "1"), ("b", "2"), ("a", "9")):
        journal.append(At(lesson, screen))
    for one in both(journal):
        assert {k: v["screen"] for k, v in one.record.positions.items()} == {"a": "9", "b": "2"}
        assert one.record.position["lesson"] == "a"


def test_the_last_choice_of_a_question_is_kept_apart_from_its_history(start, answer, both):
    journal = start()
    assert journal.record.choices == {}
    journal.append(Chosen("q", "one", 0, 1))
    journal.append(Chosen("q", "one", 0, [0, 2]))
    for one in both(journal):
        assert one.record.choices["q"]["answer"] == [0, 2]
        assert "q" not in one.record.histories


def test_of_what_was_drawn_in_a_place_the_last_counts_until_all_is_begun_anew(start, both):
    journal = start()
    assert journal.record.drawn == {}
    for place, drawn in (("here", "a"), ("there", "b"), ("here", "c")):
        journal.append(Drew(place, drawn))
    for one in both(journal):
        assert one.record.drawn == {"here": "c", "there": "b"}
    again = start()
    transfer.reset(again)
    assert again.record.drawn == {}


def test_a_reset_drops_a_choice_too(start, both):
    journal = start()
    journal.append(Chosen("q", "one", 0, 1))
    transfer.reset(journal, "one")
    for one in both(journal):
        assert one.record.choices == {}


def test_a_history_holds_what_happened_to_one_question_in_order(start, answer, both):
    journal = start()
    journal.append(Bet("p", "one", 0, 2))
    journal.append(answer("q", correct=False))
    journal.append(Hinted("q", "one", 0, 0))
    assert len(journal.record.histories["q"]) == 2
    journal.append(answer("q"))
    for one in both(journal):
        kinds = [event["type"] for event in one.record.histories["q"]]
        assert kinds == ["answered", "hinted", "answered"]
        assert set(one.record.histories) == {"p", "q"}
        assert len(one.record.histories) == 2
        assert "r" not in one.record.histories
        assert one.record.histories.get("r", []) == []


def test_the_latest_run_is_the_one_with_just_these_knobs(start, both):
    journal = start()
    assert journal.record.runs == []
    for number, knobs in enumerate([{}, {"memory": False}, {}, {"memory": False, "width": 8}]):
        journal.append(run(knobs=knobs, seed=number))
    journal.append(run("letters"))
    for one in both(journal):
        assert one.record.latest_run("mouse")["seed"] == 2
        assert one.record.latest_run("mouse", {"memory": False})["seed"] == 1
        assert one.record.latest_run("mouse", {"memory": True}) is None
        assert one.record.latest_run("gpt") is None
        assert len(one.record.runs) == 5


def test_a_run_of_which_no_lesson_speaks_is_found_only_as_such(start, both):
    journal = start()
    journal.append(run(seed=1))
    journal.append(run(seed=2, free=True))
    for one in both(journal):
        assert one.record.latest_run("mouse")["seed"] == 1
        assert one.record.latest_run("mouse", free=True)["seed"] == 2


def test_starting_over_drops_everything_and_can_be_taken_back(start, answer, both):
    journal = start()
    journal.append(answer())
    journal.append(LessonPassed("one", help=False))
    journal.append(Opened("two", "skipped"))
    journal.append(At("two", "4"))
    journal.append(run())
    transfer.reset(journal)
    record = journal.record
    assert (record.passed, record.opened, record.positions, record.runs) == ({}, set(), {}, [])
    assert dict(record.histories) == {}
    assert record.last_reset is not None
    transfer.undo_reset(journal)
    for one in both(journal):
        assert one.record.passed == {"one": "unaided"}
        assert one.record.opened == {"two"}
        assert one.record.position["screen"] == "4"
        assert len(one.record.runs) == len(one.record.histories["q"]) == 1
        assert one.record.last_reset is None


def test_starting_one_lesson_over_leaves_the_others(start, answer, both):
    journal = start()
    journal.append(answer("q"))
    journal.append(answer("r", lesson="two"))
    journal.append(At("one", "4"))
    journal.append(At("two", "5"))
    journal.append(LessonPassed("one", help=False))
    journal.append(LessonPassed("two", help=False))
    journal.append(run())
    transfer.reset(journal, "one")
    journal.append(At("one", "0"))
    for one in both(journal):
        assert set(one.record.histories) == {"r"}
        assert one.record.passed == {"two": "unaided"}
        assert {k: v["screen"] for k, v in one.record.positions.items()} == {"one": "0", "two": "5"}
        assert len(one.record.runs) == 1


def test_the_place_before_a_reset_of_another_session_is_found(start, both):
    """The last page turn is dropped, an earlier one with a lower clock is not."""
    early = start()
    early.append(At("one", "2"))
    early.close(10)
    late = start()
    late.append(At("one", "8"))
    late.append(Reset(covers={late.session: 1}))
    for one in both(late):
        assert one.record.position["screen"] == "2"


def test_a_reset_covers_what_another_session_wrote_a_moment_ago(start, answer, both):
    mine, other = start(), start()
    other.append(answer()).future.result(10)
    transfer.reset(mine)
    for one in both(mine):
        assert dict(one.record.histories) == {}


def test_resets_are_taken_back_one_by_one_the_last_first(start, answer, both):
    journal = start()
    journal.append(answer("q"))
    transfer.reset(journal)
    journal.append(answer("r"))
    transfer.reset(journal)
    assert dict(journal.record.histories) == {}
    transfer.undo_reset(journal)
    assert set(journal.record.histories) == {"r"}
    transfer.undo_reset(journal)
    assert transfer.undo_reset(journal) is None
    for one in both(journal):
        assert set(one.record.histories) == {"q", "r"}


def test_a_reset_here_leaves_answers_given_elsewhere_and_unseen(tmp_path, start, answer):
    here, there = start(tmp_path / "here"), start(tmp_path / "there")
    here.append(answer("q", attempt=1))
    there.append(answer("q", attempt=2))
    there.append(answer("q", attempt=3))
    reset = transfer.reset(here)
    assert here.close(10) and there.close(10)
    for home, other in (("here", "there"), ("there", "here")):
        transfer.import_(tmp_path / other, tmp_path / home)
        merged = start(tmp_path / home)
        assert [e["attempt"] for e in merged.record.histories["q"]] == [2, 3]
        assert events.identity(merged.record.last_reset) == events.identity(reset.event)
    transfer.undo_reset(merged).future.result(10)
    assert sorted(e["attempt"] for e in merged.record.histories["q"]) == [1, 2, 3]


def test_refreshing_keeps_what_was_handed_out(start, answer):
    mine, other = start(), start()
    mine.append(answer(attempt=1))
    before = mine.record
    asked = before.histories["q"]
    other.append(answer(attempt=2)).future.result(10)
    mine.refresh()
    assert [e["attempt"] for e in asked] == [1]
    assert [e["attempt"] for e in before.histories["q"]] == [1]
    assert sorted(e["attempt"] for e in mine.record.histories["q"]) == [1, 2]
