"""Bars by length: every number on the screen is the share or its standard error."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tui.demos.per_length import turned_round
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.drawing.training.per_length import ByLength, draw, height_wanted, sentence, words

LENGTHS = (3, 5, 6, 10)
SEEN = (True, True, False, False)
SHARES = ((1.0, 0.9996, 0.0, 0.2), (0.734, 0.064, 0.0004, 0.0))
FEW = ByLength(LENGTHS, SEEN, ("encoder", "few"), SHARES, 1000, "digits", "after 400 steps")
WAYS = ByLength(
    ("1–10", "11–20", "41+"),
    (True, True, False),
    ("looped map", "random walk"),
    ((1.0, 0.9996, 0.5), (0.7, 0.31, 0.02)),
    0,
    "moves",
    about="Ways in 50 new mazes.",
)
SIZES = [(76, 17), (44, 10), (120, 40), (30, 7), (31, 9)]


def rows(text: str) -> dict[int, str]:
    """The rows of a picture by their length."""
    found = {}
    for line in text.split("\n")[1:]:
        first = line.replace("►", " ").replace(">", " ").split()
        if first and first[0].isdecimal() and int(first[0]) in LENGTHS and len(first) > 2:
            found[int(first[0])] = line
    return found


def test_shares_and_errors_stand_beside_their_bars() -> None:
    drawn = rows(plain(draw(FEW, (0, 0), 100, 17, Ink())))
    for row, length in enumerate(LENGTHS):
        for shares in SHARES:
            share = shares[row]
            if 0 < share < 1:
                error = 100 * math.sqrt(share * (1 - share) / 1000)
                assert f"±{error:.1f}" in drawn[length]
    assert "100.0" in drawn[3] and "73.4" in drawn[3] and "±1.4" in drawn[3]


def test_all_and_none_are_said_of_all_and_none_only() -> None:
    drawn = rows(plain(draw(FEW, (0, 0), 100, 17, Ink())))
    assert "99.9" in drawn[5] and "100.0" not in drawn[5]
    assert "0.1" in drawn[6] and drawn[6].split().count("0.0") == 1


def test_a_bar_is_as_long_as_its_share() -> None:
    line = rows(plain(draw(FEW, (0, 0), 100, 17, Ink())))[3]
    full, part = (sum(char in "▏▎▍▌▋▊▉█" for char in piece) for piece in line.split("100.0"))
    assert part == pytest.approx(0.734 * full, abs=1)


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_never_met_is_marked_in_every_ink(kind: str) -> None:
    ink = Ink(kind, "ascii" if kind == "ascii" else "braille")
    text = plain(draw(FEW, (0, 0), 76, 17, ink))
    drawn = rows(text)
    for length, seen in zip(LENGTHS, SEEN, strict=True):
        mark = ink.glyph("passed" if seen else "open")
        assert f"{length} {mark} " in drawn[length]
        assert ("trained on" in drawn[length], "never met" in drawn[length]) == (seen, not seen)
    assert kind != "ascii" or text.isascii()


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_it_fills_its_room_and_keeps_the_cursor_in_sight(width: int, height: int) -> None:
    for row, length in enumerate(LENGTHS):
        lines = draw(FEW, (row, 1), width, height, Ink())
        assert len(lines) == height and {line.cell_length for line in lines} == {width}
        text = plain(lines)
        assert f"► {length}" in text.replace("►1", "► 1") and "few" in text.split("\n")[0]


def test_below_that_the_sentence_stands_for_it() -> None:
    text = plain(draw(FEW, (2, 0), 29, 20, Ink())).replace("\n", " ")
    assert text.startswith("Of 1,000 answers of 6 digits")


def test_where_not_all_fit_the_one_under_the_cursor_is_seen() -> None:
    who = tuple(f"runner {n}" for n in range(6))
    many = ByLength(LENGTHS, SEEN, who, (SHARES[0],) * 6, 1000, "digits")
    for line in range(6):
        assert f"runner {line}"[:6] in plain(draw(many, (0, line), 40, 12, Ink()))


@pytest.mark.parametrize("kind", KINDS)
def test_names_that_begin_alike_are_told_apart_where_both_are_cut(kind: str) -> None:
    who = ("transformer", "transformer, ahead", "LSTM", "LSTM, ahead")
    four = ByLength(LENGTHS, SEEN, who, SHARES * 2, 50, "moves")
    head = plain(draw(four, (0, 0), 40, 12, Ink(kind))).split("\n")[0].split()
    assert head[1].startswith("transf") and head[2].endswith("ahead")


def test_the_words_give_counts_and_how_sure_they_are() -> None:
    assert words(FEW, (0, 1)) == (
        "few, 3 digits, a length trained on: 734 of 1,000 right, 73.4 % ± 1.4 (one standard error)."
    )
    none, every = words(FEW, (2, 0)), words(FEW, (0, 0))
    assert "never met in training: 0 of 1,000 right. Of all there are, below 0.3 %" in none
    assert "trained on: 1,000 of 1,000 right. Of all there are, above 99.7 %" in every
    said = sentence(FEW, (2, 0))
    assert "encoder 0.0 %, few 0.1 %" in said and "Never met in training: 6, 10 digits." in said


def test_nothing_judged_is_said() -> None:
    empty = ByLength((), (), (), (), 1)
    assert "Nothing was judged yet." in plain(draw(empty, (0, 0), 60, 10, Ink()))


def test_what_the_demonstration_shows_was_counted() -> None:
    picture = turned_round(200)
    table, slips = picture.shares
    for row, length in enumerate(picture.lengths):
        if picture.seen[row]:
            assert table[row] == 1.0
        assert slips[row] == pytest.approx(0.96**length + (1 - 0.96**length) * 0.02, abs=0.15)
    assert height_wanted(picture) >= len(picture.lengths) + 4


def test_answers_that_hang_together_have_no_error_beside_them() -> None:
    text = plain(draw(WAYS, (2, 0), 100, 12, Ink()))
    assert "±" not in text and "Ways in 50 new mazes." in text
    assert "41+ ○" in text and " 11–20 ●" in text
    assert words(WAYS, (2, 0)) == "looped map, 41+ moves, a length never met in training: 50.0 %."
    told = sentence(WAYS, (0, 1))
    assert told.startswith("1–10 moves: looped map 100.0 %, random walk 70.0 %.")
    assert "standard error" not in told and "Never met in training: 41+ moves." in told


def test_what_was_judged_is_told_where_there_is_no_room_for_the_bar_under_the_cursor() -> None:
    five = replace(
        WAYS,
        lengths=("1–10", "11–20", "21–30", "31–40", "41+"),
        seen=(True,) * 5,
        shares=((1.0,) * 5, (0.5,) * 5),
    )
    low = plain(draw(five, (0, 0), 40, 8, Ink()))
    assert "Ways in 50 new" in " ".join(low.split()) and "41+" in low
    assert "a length trained on" not in low


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", SIZES)
def test_ranges_of_lengths_fit_in_every_ink(size: tuple[int, int], kind: str) -> None:
    ink = Ink(kind, "ascii" if kind == "ascii" else "braille")
    lines = draw(WAYS, (1, 1), *size, ink)
    assert len(lines) == size[1] and {line.cell_length for line in lines} == {size[0]}
    assert kind != "ascii" or plain(lines).isascii()
