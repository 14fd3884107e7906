"""The reach along a way: bars, digits and words all say the same number."""

from __future__ import annotations

import math
import re

import pytest

from tui.drawing.ink import KINDS, MARKERS, Ink
from tui.drawing.lines import plain
from tui.drawing.memory.reach import (
    UNKNOWN,
    Line,
    Reach,
    describe,
    draw,
    legend,
    line_of,
    sentence,
    zeros,
)
from tui.drawing.memory.reach_axis import Axis, column, number_text, rounded

ENDS = ("sign", "fork", "cell")


def halving(places: int = 22, share: float = 0.5) -> Line:
    return line_of("RNN", [share**back for back in range(places)])


def reach(*lines: Line, title: str = "before training") -> Reach:
    return Reach(lines or (halving(),), title, 16, ENDS)


def digits_row(text: str) -> str:
    return next(row for row in text.split("\n") if row.startswith("  zeros"))


def test_the_last_place_of_the_worker_is_the_right_end() -> None:
    assert line_of("x", [1.0, 0.5, 0.25]).values == (0.25, 0.5, 1.0)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1.0, "0"),
        (0.31, "0"),
        (0.1, "0"),
        (0.0999, "1"),
        (0.01, "1"),
        (0.00123, "2"),
        (5.8e-7, "6"),
        (1e-7, "6"),
        (1e-10, "9"),
        (9e-11, "+"),
        (12.0, "^"),
        (0.0, "·"),
        (math.nan, "!"),
        (math.inf, "!"),
        (None, " "),
    ],
)
def test_a_digit_counts_the_zeros_after_the_point(value: float | None, shown: str) -> None:
    assert zeros(value, Ink()) == shown
    if value and shown.isdecimal():
        after = re.fullmatch(r"[01]\.(0*)([1-9]\d*)?", f"{value:.15f}")
        assert after and (len(after[1]) == int(shown) or value == 1.0)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("tall", [0, 1, 2, 3])
def test_each_place_has_its_own_digit(kind: str, tall: int) -> None:
    line = halving()
    ink = Ink(kind, "ascii" if kind == "ascii" else "braille")
    row = digits_row(plain(draw(reach(line), 0, 73, tall, ink)) if tall else "  zeros" + "\n")
    if not tall:
        row = plain(draw(reach(line), 0, 73, 0, ink)).split("\n")[3]
    shown = row[8 : 8 + 2 * 22 : 2]
    assert shown == "".join(zeros(value, ink) for value in line.values)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("markers", MARKERS)
def test_a_bar_is_as_high_as_its_share_of_the_scale(kind: str, markers: str) -> None:
    ink = Ink(kind, markers)
    glyphs = ".:-=+*#@" if "ascii" in (kind, markers) else "▁▂▃▄▅▆▇█"
    for tall in (1, 2, 3):
        for part in range(1, 101):
            bar = column(part / 100, tall, ink)
            filled = sum(glyphs.index(glyph) + 1 for glyph in bar if glyph != " ")
            assert filled == math.ceil(part / 100 * tall * len(glyphs) - 1e-6)
            assert bar.lstrip(" ") == bar.strip()


def test_nothing_is_blank_and_next_to_nothing_is_not() -> None:
    assert column(0.0, 2, Ink()) == "  "
    assert column(1e-12, 2, Ink()) == " ▁"
    assert column(1.0, 2, Ink()) == "██"


def test_the_scale_is_shared_and_said() -> None:
    both = reach(halving(), line_of("LSTM", [0.9**n for n in range(22)]))
    assert both.scale == (0, -8)
    assert legend(both) == "log scale: a full bar 1, half 1e-4, empty 1e-8"
    assert both.fraction(1e-4) == pytest.approx(0.5)
    assert reach(line_of("RNN", [1.0, 0.1])).scale == (0, -4)
    assert reach(line_of("RNN", [1.0, 1e-9])).scale == (0, -16)
    assert reach(line_of("RNN", [1.0, 70.0])).scale == (2, -2)


def test_where_there_are_no_bars_the_digits_are_explained() -> None:
    text = plain(draw(reach(), 0, 73, 0, Ink()))
    assert "a digit counts the zeros after the point" in text and "full bar" not in text
    assert "full bar 1" in plain(draw(reach(), 0, 73, 1, Ink()))


def test_no_bar_is_lost_where_numbers_are_all_but_nothing() -> None:
    far = reach(line_of("RNN", [0.5**back for back in range(202)]))
    assert far.fraction(min(far.lines[0].values)) > 0
    assert far.fraction(0.0) == far.fraction(math.nan) == 0


def test_the_numbers_beside_are_those_under_the_cursor() -> None:
    text = plain(draw(reach(), 0, 73, 1, Ink()))
    assert f"{0.5**21:.1e}".replace("e-0", "e-") in text.split("\n")[3]
    assert "1/2,100,000" in digits_row(text)
    assert "at the sign" in text.split("\n")[2]
    assert plain(draw(reach(), 20, 73, 1, Ink())).split("\n")[3].endswith("  0.5")


def test_the_cursor_is_pointed_at() -> None:
    for cursor in (0, 7, 21):
        rows = plain(draw(reach(), cursor, 73, 1, Ink())).split("\n")
        assert rows[2].index("↓") == 8 + 2 * cursor


def test_the_words_are_exact() -> None:
    one = reach(halving(), Line("attention", (2.0,) * 21 + (1.0,)), Line("GRU", (0.0,) * 22))
    assert describe(one, 0) == (
        "At the sign the RNN's answer depends on what it saw 2,100,000 times less than at the fork;"
        " attention's 2 times more; the GRU's not at all."
    )
    assert describe(one, 20).startswith("1 cell before the fork the RNN's answer depends on")
    assert describe(one, 21).startswith("Here, at the fork, every bar is 1")
    level = reach(Line("RNN", (1.0, 1.0, 1.0)), Line("LSTM", (0.9, 1.0, 1.0)))
    assert describe(level, 0).endswith("about as much as at the fork; the LSTM's about as much.")


def test_the_sentence_says_when_and_what_is_not_known() -> None:
    said = sentence(reach(), 3)
    assert said.startswith("18 cells before the fork the RNN's answer depends on what it saw 260,")
    assert "(Before training, the mean of 16 texts.)" in said and said.endswith(UNKNOWN)
    assert sentence(Reach(()), 0) == "No reach yet."


def test_a_shorter_way_ends_at_the_same_fork() -> None:
    both = reach(halving(22), line_of("near", [1.0, 0.25, 0.0625]))
    assert [both.value(both.lines[1], place) for place in (18, 19, 20, 21)] == [
        None,
        0.0625,
        0.25,
        1.0,
    ]
    rows = plain(draw(both, 0, 73, 1, Ink())).split("\n")
    assert rows[6].split() == ["zeros", "1", "0", "0"]


def test_a_runner_that_could_not_be_asked_says_why() -> None:
    both = reach(halving(), Line("GRU", (), "nobody called gru is in this race"))
    assert "GRU: nobody called gru is in this race" in plain(draw(both, 0, 73, 1, Ink()))
    assert "GRU" not in describe(both, 0)


def test_a_way_too_long_shows_its_ends_and_the_cursor() -> None:
    axis = Axis.of(202, 60, 77, ENDS)
    assert len(axis.shown) == 60 and {0, 77, 201} <= set(axis.shown)
    assert list(axis.shown) == sorted(set(axis.shown)) and not axis.whole
    text = plain(draw(reach(halving(202)), 77, 73, 1, Ink()))
    assert "200 cells, 71 drawn" in text
    assert f"{0.5 ** (201 - 77):.1e}" in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.31, "0.31"),
        (1.0, "1"),
        (0.0026, "0.0026"),
        (5.83e-7, "5.8e-7"),
        (0.0, "0"),
        (123.4, "123"),
        (23_000.0, "2.3e4"),
        (math.nan, "NaN"),
    ],
)
def test_numbers_have_two_digits(value: float, text: str) -> None:
    assert number_text(value) == text


def test_large_numbers_are_rounded_to_two_digits() -> None:
    assert [rounded(n) for n in (1.04, 5.23, 27.4, 1_717_321.0, 9.99)] == [
        "1",
        "5.2",
        "27",
        "1,700,000",
        "10",
    ]
    assert rounded(2.4e56) == "2.4e56"


@pytest.mark.parametrize("kind", KINDS)
def test_lines_have_their_width(kind: str) -> None:
    shown = reach(halving(), line_of("attention", [0.1] * 22), Line("GRU", (), "gone"))
    for width in (1, 10, 24, 30, 40, 60, 73, 113):
        for tall in (0, 1, 3):
            for long in (shown, reach(halving(202)), reach(halving(1)), Reach(())):
                lines = draw(long, 5, width, tall, Ink(kind))
                assert lines and all(line.cell_length == width for line in lines)
                assert kind != "ascii" or plain(lines).isascii()


def test_without_colour_no_colour_is_set() -> None:
    for kind in ("shade", "ascii"):
        for line in draw(reach(), 4, 73, 2, Ink(kind)):
            assert all(style is None or style.color is None for _, style, _ in line)
