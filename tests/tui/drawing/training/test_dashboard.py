"""The dashboard line: exact where it can be, blank where it would be guessing."""

from __future__ import annotations

import pytest

from tui.drawing.ink import KINDS, Ink
from tui.drawing.training.dashboard import (
    Progress,
    about,
    clock,
    describe,
    draw_progress,
    pace,
    percent,
)

HALF = Progress("training", 1750, 5000, 357.0, device="cpu", threads=1)


def test_the_whole_line() -> None:
    text = draw_progress(HALF, 100, Ink()).text.rstrip()
    assert text == (
        "training  1,750 / 5,000  ████████░░░░░░░░░░░░░░░   35 %   4.9/s   5:57  "
        "~11 min left  cpu · 1 thread"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_width(kind: str) -> None:
    for width in range(0, 130):
        line = draw_progress(HALF, width, Ink(kind))
        assert line.cell_length == width
        assert kind != "ascii" or line.text.isascii()
        assert width < 18 or "1,750 / 5,000" in line.text
        assert width < 22 or "35 %" in line.text
        assert width < 72 or "~11 min left" in line.text


@pytest.mark.parametrize(
    ("step", "seconds", "told"),
    [(9, 60.0, False), (10, 2.9, False), (10, 3.0, True), (0, 9.0, False), (100, 9.0, False)],
)
def test_time_left_is_blank_until_it_can_be_told(step: int, seconds: float, told: bool) -> None:
    progress = Progress("training", step, 100, seconds)
    assert ("left" in draw_progress(progress, 90, Ink()).text) == told


def test_time_left_counts_only_what_this_clock_saw() -> None:
    resumed = Progress("training", 900, 1000, 10.0, first_step=800)
    assert resumed.rate == pytest.approx(10) and resumed.left == pytest.approx(10)


def test_nothing_moves_as_numbers_grow() -> None:
    lines = [
        draw_progress(Progress("t", step, 2000, step / 9, device="cpu"), 100, Ink()).text
        for step in (30, 300, 1999)
    ]
    for field in ("/ 2,000", " %", "/s", "cpu"):
        assert len({line.index(field) for line in lines}) == 1


def test_the_bar_is_a_bar() -> None:
    full = draw_progress(Progress("t", 10, 10, 5.0), 60, Ink()).text
    assert "100 %" in full and "░" not in full and "left" not in full
    empty = draw_progress(Progress("t", 0, 10), 60, Ink("ascii")).text
    assert "0 %" in empty and "#" not in empty and "...." in empty


def test_steps_without_an_end_have_no_bar() -> None:
    text = draw_progress(Progress("testing", 1750, 0, 357.0), 80, Ink()).text
    assert "step 1,750" in text and "%" not in text and "░" not in text


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, "0:00"), (59.9, "0:59"), (61, "1:01"), (3723, "1:02:03")]
)
def test_clock(seconds: float, told: str) -> None:
    assert clock(seconds) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.2, "1 s"), (7.4, "7 s"), (42, "40 s"), (100, "2 min"), (4000, "1 h 7 min")],
)
def test_about(seconds: float, told: str) -> None:
    assert about(seconds) == told


def test_a_hundred_per_cent_only_at_the_end() -> None:
    assert percent(0.9999) == " 99 %" and percent(1.0) == "100 %" and percent(0.0) == "  0 %"


def test_pace() -> None:
    assert [pace(rate) for rate in (157.3, 4.91, 0.25)] == ["157", "4.9", "0.25"]


def test_in_words() -> None:
    assert describe(HALF) == "training: step 1,750 of 5,000, 35 %, about 11 min left."
    assert describe(Progress("training", 0, 10)) == "training: nothing done yet."
