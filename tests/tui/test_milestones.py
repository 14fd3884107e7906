"""The moments of a run are told by its curves and by nothing else."""

from __future__ import annotations

import math

from models.specs.amnesia import SPEC as AMNESIA
from models.specs.induction import SPEC as INDUCTION
from models.specs.mouse import SPEC as MOUSE
from models.specs.recurrence import SPEC as RECURRENCE
from tui.measures import measures, who
from tui.milestones import Milestone, milestones


def told(spec, curves, kind):
    return [(one.step, one.text) for one in milestones(spec, curves) if one.kind == kind]


def rising(*values: float) -> list[tuple[int, float]]:
    return [(25 * (n + 1), value) for n, value in enumerate(values)]


def test_a_level_is_crossed_once_and_of_several_at_once_the_highest_counts() -> None:
    curves = {("attention", "accuracy"): rising(0.1, 0.6, 0.4, 0.995, 0.8, 1.0)}
    assert told(AMNESIA, curves, "crossed") == [
        (50, "attention crossed 50 %"),
        (100, "attention crossed 99 %"),
    ]


def test_what_guessing_reaches_is_no_level() -> None:
    curves = {("rnn", "accuracy"): rising(0.49, 0.52, 0.5, 0.91)}
    assert told(RECURRENCE, curves, "crossed") == [(100, "RNN crossed 90 %")]


def test_chance_is_left_when_the_newest_losses_lie_below_it() -> None:
    level = math.log(26)
    loss = [(n, level if n < 50 else 0.5 * level) for n in range(1, 101)]
    ((step, text),) = told(AMNESIA, {("gru", "loss"): loss}, "chance")
    assert text == "GRU left the loss of a guess behind"
    assert step == 52, "three of the newest ten are at half of chance: 0.85 of it in the mean"
    flat = [(n, level) for n in range(1, 101)]
    assert not told(AMNESIA, {("gru", "loss"): flat}, "chance")


def test_the_steepest_fall_stands_where_the_loss_falls_most() -> None:
    loss = [(n, 2.0 if n < 120 else 0.4) for n in range(1, 201)]
    assert told(MOUSE, {("mouse", "loss"): loss}, "steepest") == [
        (120, "the trained mouse fell fastest")
    ]
    noisy = [(n, 2.0 + 0.01 * (n % 3)) for n in range(1, 201)]
    assert not told(MOUSE, {("mouse", "loss"): noisy}, "steepest")


def test_the_best_is_judged_on_what_was_not_practised() -> None:
    curves = {
        ("mouse", "arrival"): rising(0.2, 0.7, 0.6),
        ("mouse", "validation"): [(0, 1.2), (100, 0.31), (200, 0.4)],
        ("control", "arrival"): rising(0.1, 0.35, 0.3),
    }
    assert told(MOUSE, curves, "best") == [
        (50, "without memory was best, at 35.0 %"),
        (100, "the trained mouse foresaw best what it had not seen, at 0.31"),
    ]


def test_what_can_still_move_is_not_settled() -> None:
    assert Milestone(1, "a", "", "crossed").settled and Milestone(1, "a", "", "chance").settled
    assert not Milestone(1, "a", "", "best").settled


def test_values_that_are_not_finite_are_no_moment() -> None:
    curves = {("rnn", "accuracy"): rising(math.nan, math.inf), ("rnn", "loss"): rising(math.nan)}
    assert milestones(RECURRENCE, curves) == []
    assert milestones(RECURRENCE, {}) == []


def test_a_runner_keeps_its_place_whatever_is_measured() -> None:
    loss, share = measures(MOUSE)
    assert [line.runner for line in loss.lines] == [line.runner for line in share.lines]
    assert [line.label for line in share.lines if line.metric] == [
        "the trained mouse",
        "without memory",
    ]
    assert share.title == "arrives, in %" and share.percent
    assert who(RECURRENCE, "near") == "RNN, 8 cells"


def test_a_head_is_there_when_half_of_its_weight_is_where_its_score_counts_it() -> None:
    curves = {
        ("two", "prev"): [(1, 0.2), (2, 0.49), (3, 0.5), (4, 0.4), (5, 0.8)],
        ("two", "same"): [(1, 0.1), (2, 0.3)],
    }
    assert told(INDUCTION, curves, "crossed") == [(3, "two layers had a head that looks one back")]
