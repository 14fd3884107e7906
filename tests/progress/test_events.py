from __future__ import annotations

import json
from typing import Any

import pytest

from progress import events
from progress.events import Answered, At, Reset


def envelope(**more: Any) -> dict[str, Any]:
    return {"v": 1, "session": "s", "n": 1, "clock": 1, "at": 1.5, "type": "at"} | more


def test_an_event_takes_its_fields_by_place_and_by_name_and_fills_in_defaults():
    assert At("one", "3") == At(lesson="one", screen="3", round=0)
    assert At("one", "3") != At("one", "4")
    assert At("one", "3") != Reset({})


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: At("one"),
        lambda: At("one", "3", 0, 4),
        lambda: At("one", "3", lesson="two"),
        lambda: At("one", "3", page=4),
    ],
)
def test_a_field_missing_unknown_or_given_twice_is_a_type_error(wrong):
    with pytest.raises(TypeError):
        wrong()


def test_an_event_cannot_be_changed():
    with pytest.raises(AttributeError):
        At("one", "3").screen = "4"


def test_names_are_the_snake_case_of_the_classes():
    assert events.NAMES[Answered] == "answered"
    assert set(events.KINDS) >= {"run_finished", "lesson_passed", "reset_undone", "at", "bet"}


def test_every_kind_has_fields_that_the_reader_can_check():
    for kind in events.KINDS.values():
        for name, annotation in kind.FIELDS.items():
            assert annotation == "Any" or annotation in events._TYPES, (kind, name)


def test_a_field_added_later_gets_its_default():
    old = envelope(type="answered", question="q", lesson="l", round=0, attempt=1)
    old |= {"answer": 1, "correct": True, "hints": 0, "aided": False}
    completed = events.completed(json.loads(json.dumps(old)))
    assert completed is not None
    assert (completed["confidence"], completed["seed"], completed["rev"]) == (None, 0, 1)


def test_fields_and_kinds_that_are_not_known_are_kept():
    assert (
        events.completed(envelope(lesson="l", screen="1", round=0, mood="good"))["mood"] == "good"
    )
    assert events.completed(envelope(type="sang", song="x")) is not None


@pytest.mark.parametrize(
    "damaged",
    [
        envelope(lesson="l"),
        envelope(lesson="l", screen=3),
        envelope(lesson="l", screen="3", round=True),
        envelope(lesson="l", screen="3", at="noon"),
        envelope(lesson="l", screen="3", type=None),
        envelope(lesson="l", screen="3", clock=0),
        envelope(lesson="l", screen="3", clock=10**300),
        envelope(lesson="l", screen="3", clock=1.0),
        envelope(lesson="l", screen="3", n=-1),
        envelope(lesson="l", screen="3", session=""),
        envelope(type="reset", covers={"s": "all"}),
        envelope(type="reset", covers=[]),
        {"v": 1},
    ],
)
def test_what_cannot_be_an_event_of_this_version_is_refused(damaged):
    assert events.completed(damaged) is None


def test_order_is_the_clock_then_the_same_on_every_machine():
    late, a, b = envelope(clock=3, session="a"), envelope(session="a"), envelope(session="b")
    assert sorted([late, b, a], key=events.order) == [a, b, late]
