"""Breakpoints: a run holds where it meets one, once, and at most twenty of them."""

from __future__ import annotations

import math

import pytest

from models.breaks import MOST, Breaks
from models.protocol import Break, Report
from models.troubles import Trouble


def report(step: int, runner: str = "lstm", **metrics: float) -> Report:
    return Report(runner, "train", step, 100, step / 100, metrics)


def test_a_break_is_met_at_its_value_and_beyond_and_then_spent() -> None:
    breaks = Breaks()
    breaks.replace([Break("lstm", "loss", False, 0.5)])
    assert not breaks.meets(report(1, loss=0.51))
    assert breaks.meets(report(2, loss=0.5))
    assert not breaks.meets(report(3, loss=0.4))
    assert breaks.take() == [("lstm", "loss", 2, 0.5)]
    assert breaks.take() == []


def test_only_the_runner_that_is_named_meets_it_and_any_where_none_is() -> None:
    breaks = Breaks()
    breaks.replace([Break("gru", "accuracy", True, 0.9)])
    assert not breaks.meets(report(1, accuracy=1.0))
    assert breaks.meets(report(1, "gru", accuracy=1.0))
    breaks.replace([Break("", "accuracy", True, 0.9)])
    assert breaks.meets(report(2, accuracy=1.0))


def test_a_report_without_the_metric_or_with_no_number_meets_nothing() -> None:
    breaks = Breaks()
    breaks.replace([Break("", "loss", True, 0.0), Break("", "loss", False, 0.0)])
    assert not breaks.meets(report(1, accuracy=1.0))
    assert not breaks.meets(report(2, loss=math.nan))


def test_a_step_is_something_to_wait_for_too() -> None:
    breaks = Breaks()
    breaks.replace([Break("lstm", "step", True, 20)])
    assert [step for step in range(1, 40) if breaks.meets(report(step, loss=1.0))] == [20]


def test_one_report_may_meet_several() -> None:
    breaks = Breaks()
    breaks.replace([Break("", "loss", False, 1.0), Break("", "accuracy", True, 0.5)])
    assert breaks.meets(report(7, loss=0.9, accuracy=0.6))
    assert [met.metric for met in breaks.take()] == ["loss", "accuracy"]


def test_too_many_and_impossible_ones_are_refused_and_change_nothing() -> None:
    breaks = Breaks()
    breaks.replace([Break("", "loss", False, 0.5)])
    one = Break("", "loss", False, 0.1)
    with pytest.raises(Trouble, match="at 20 places at most, not at 21"):
        breaks.replace([one] * (MOST + 1))
    with pytest.raises(Trouble, match="loss cannot reach nan: choose a number"):
        breaks.replace([Break("", "loss", False, math.nan)])
    assert breaks.meets(report(1, loss=0.4))
