"""Where the steps of a runner lie when the x axis counts something else, and who came first."""

from __future__ import annotations

from models.specs import speak
from models.specs.recurrence import SPEC
from tui.axes import AXES, CHANGES, SECONDS, STEPS, axes_of, who_was_first

CURVES = {
    ("attention", "accuracy"): [(25, 0.6), (50, 1.0)],
    ("attention", "seconds"): [(25, 1.0), (50, 3.0)],
    ("attention", "parameters"): [(1, 10.0)],
    ("gru", "accuracy"): [(25, 0.5), (50, 0.6), (75, 0.99)],
    ("gru", "seconds"): [(25, 0.2), (50, 0.4), (75, 0.6)],
    ("gru", "parameters"): [(1, 2_000.0)],
    ("rnn", "accuracy"): [(25, 0.5), (50, 0.5), (75, 0.5)],
}


def test_seconds_lie_between_those_that_were_reported() -> None:
    place = SECONDS.place(CURVES, "attention")
    assert [place(step) for step in (0, 25, 40, 50)] == [0.0, 1.0, 2.2, 3.0]
    assert place(51) is None, "nobody knows yet"
    assert SECONDS.place(CURVES, "rnn")(1) is None


def test_changes_are_steps_times_parameters() -> None:
    assert CHANGES.place(CURVES, "gru")(50) == 100_000
    assert CHANGES.place(CURVES, "rnn")(50) is None


def test_only_what_is_reported_can_be_counted() -> None:
    assert axes_of(CURVES) == AXES
    assert axes_of({("rnn", "loss"): [(1, 0.5)]}) == (STEPS,)


def test_who_is_first_depends_on_the_axis() -> None:
    assert who_was_first(SPEC, CURVES, STEPS) == (
        "First at 99 %: attention, after 50 steps; then GRU after 75 steps. Not there: RNN."
    )
    assert who_was_first(SPEC, CURVES, SECONDS) == (
        "First at 99 %: GRU, after 0.6 CPU-seconds; then attention after 3.0 CPU-seconds."
        " Not there: RNN."
    )
    assert who_was_first(SPEC, CURVES, CHANGES).startswith(
        "First at 99 %: attention, after 500 weights changed; then GRU after 150k"
    )


def test_those_who_come_together_are_named_together() -> None:
    curves = {(who, "accuracy"): [(25, 0.5), (50, 1.0)] for who in ("near", "gru")}
    assert who_was_first(SPEC, curves, STEPS) == (
        "First at 99 %: GRU and RNN, 8 cells, after 50 steps."
    )


def test_a_lower_level_decides_as_long_as_nobody_is_at_the_higher() -> None:
    curves = {("gru", "accuracy"): [(25, 0.93)], ("rnn", "accuracy"): [(25, 0.5)]}
    assert who_was_first(SPEC, curves, STEPS).startswith("First at 90 %: GRU, after 25 steps.")
    curves = {("gru", "accuracy"): [(25, 0.73)], ("rnn", "accuracy"): [(25, 0.5)]}
    assert who_was_first(SPEC, curves, STEPS) == "Nobody is at 90 %; GRU is nearest with 73 %."


def test_where_no_level_can_be_reached_nobody_is_said_to_miss_it() -> None:
    curves = {("gpt", "accuracy"): [(25, 0.55)], ("lstm", "accuracy"): [(25, 0.56)]}
    assert who_was_first(speak.SPEC, curves, STEPS) == ""


def test_one_alone_is_no_race() -> None:
    assert who_was_first(SPEC, {("gru", "accuracy"): [(25, 1.0)]}, STEPS) == ""
    assert who_was_first(SPEC, {}, STEPS) == ""
