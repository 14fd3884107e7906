"""The attention grid: what it shows equals the weights, masked is not zero."""

from __future__ import annotations

import math
import random
from typing import Any

import pytest

from tui.drawing.attention.grid import cell, draw_header, draw_row, initials
from tui.drawing.attention.grid_window import Window, arrange, label_width, lines_for, pitch_for
from tui.drawing.attention.grid_words import (
    describe_case,
    describe_cell,
    describe_row,
    ordinal,
    scale,
    sentence,
    summary,
)
from tui.drawing.attention.weights import Weights
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain

TOKENS = "^bngempi"


def attention(size: int = 8, seed: int = 0) -> list[list[float]]:
    rng = random.Random(seed)
    rows = []
    for row in range(size):
        scores = [math.exp(rng.gauss(0, 2)) for _ in range(row + 1)]
        rows.append([s / sum(scores) for s in scores] + [0.0] * (size - row - 1))
    return rows


def weights(size: int = 8) -> Weights:
    mask = [[column > row for column in range(size)] for row in range(size)]
    names = (TOKENS * size)[:size]
    return Weights.of(names, names, attention(size), mask, "L1·H1", "Without it: still right.")


def window(cursor: tuple[int, int] = (4, 2), size: int = 8, digits: bool = False) -> Window:
    return Window(0, 0, size, size, cursor, digits, 4 if digits else 2)


@pytest.mark.parametrize("kind", KINDS)
def test_every_shade_is_that_of_its_weight(kind: str) -> None:
    ink, told = Ink(kind), weights()
    for row in range(8):
        text = draw_row(told, window((0, 0)), row, 60, ink).text[label_width(told, ink) :]
        for column in range(8):
            glyph = text[2 * column + 1]
            if column > row:
                assert glyph == ink.glyphs.masked
            else:
                level = sum(attention()[row][column] >= t for t in (0.02, 0.1, 0.3, 0.6))
                assert glyph == ink.glyphs.shades[level]


def test_digits_are_the_weights_to_the_digits_shown() -> None:
    ink, told = Ink(), weights()
    for row in range(8):
        text = draw_row(told, window((0, 0), digits=True), row, 80, ink).text
        text = text[label_width(told, ink) :]
        for column in range(8):
            shown = text[4 * column + 1 : 4 * column + 4]
            if column > row:
                assert shown == " × "
            else:
                assert float(shown) == pytest.approx(attention()[row][column], abs=0.00501)


def test_the_row_sum_is_the_sum() -> None:
    told = Weights.of("ab", "abc", [[0.2, 0.3, 0.4], [0.5, 0.5, 0.0]])
    assert draw_row(told, window((0, 0), 3), 0, 60, Ink()).text.rstrip().endswith("  .900")
    assert draw_row(told, window((0, 0), 3), 1, 60, Ink()).text.rstrip().endswith("  1.000")


def test_the_cursor_is_in_brackets_and_the_row_has_a_pointer() -> None:
    text = draw_row(weights(), window((4, 2)), 4, 60, Ink()).text
    start = label_width(weights(), Ink()) + 4
    assert text[start] == "[" and text[start + 2] == "]" and text[0] == "►"
    assert "[" not in draw_row(weights(), window((4, 2)), 3, 60, Ink()).text


def test_masked_missing_broken_and_zero_all_differ() -> None:
    for ink in (Ink(), Ink("ascii")):
        drawn = [
            cell(0.0, True, False, ink)[0],
            cell(0.0, False, False, ink)[0],
            cell(None, False, False, ink)[0],
            cell(math.nan, False, False, ink)[0],
        ]
        assert len(set(drawn)) == 4
        assert all(
            len(cell(v, m, True, ink, 3)[0]) == 3 for v in (0.0, 0.999, None) for m in (0, 1)
        )


WORDS = ["ru", "pip", "ti", "pippippip"]


def translated(**more: Any) -> Weights:
    rows = [[0.0, 0.066, 0.0, 0.934], [0.1, 0.2, 0.3, 0.4], [0.25] * 4]
    settings: dict[str, Any] = {"called": ("move", "word"), **more}
    return Weights.of(["E", "W", "."], WORDS, rows, **settings)


def test_what_answers_stands_in_full_above_its_column() -> None:
    told, ink = translated(), Ink()
    for width, tall in ((80, 1), (40, 2), (30, 3), (22, 5)):
        view, _ = arrange(told, (width, 20), Window(0, 0, 0, 0), (0, 0), ink)
        assert view.words == tall == lines_for(told, view.pitch, ink)
        rows = plain(draw_header(told, view, width, ink)).split("\n")
        assert "moves ask ↓  words answer →".startswith(rows[0].rstrip("…"))
        for column, word in enumerate(WORDS):
            start = label_width(told, ink) + 1 + column * view.pitch
            assert any(row[start:].startswith(word) for row in rows[1:])
        # The last stands lowest, so that the ends of the rows are free to be named.
        assert WORDS[-1] in rows[-1]


def test_cells_are_as_wide_as_the_words_need_and_the_window_has() -> None:
    told, ink = translated(), Ink()
    assert [pitch_for(told, room, False, ink) for room in (100, 39, 20, 8, 4)] == [10, 5, 5, 2, 2]
    assert pitch_for(weights(), 200, False, ink) == 2 and pitch_for(weights(), 200, True, ink) == 4
    view = Window(0, 0, 3, 4, pitch=5)
    text = draw_row(told, view, 1, 60, ink).text
    assert text.startswith(" 2 W  ▒▒▒▒ ▒▒▒▒ ▓▓▓▓ ▓▓▓▓   1.000")
    assert draw_row(told, view, 0, 60, ink).text.startswith(" 1 E   ·   ░░░░  ·   ████   1.000")


def test_what_was_said_stands_at_the_end_of_its_row() -> None:
    told = translated(said=["E", "N", "."], right=["E", "W", ""])
    view = Window(0, 0, 3, 4, pitch=5)
    ends = [draw_row(told, view, row, 60, Ink()).text.split("1.000")[1].strip() for row in range(3)]
    assert ends == ["E ✓", "N ✗", "."]
    assert "sum   says" in plain(draw_header(told, view, 60, Ink()))


def test_rows_in_sight_matter_more_than_words_and_words_more_than_axes() -> None:
    told, ink, none = translated(), Ink(), Window(0, 0, 0, 0)
    found = {}
    for height in range(10, 2, -1):
        view, below = arrange(told, (40, height), none, (3, 0), ink)
        found[height] = (view.rows, below, view.axes, view.words)
    assert found[9] == (3, 3, True, 2) == found[10][:4]
    assert found[7] == (3, 1, True, 2) and found[6] == (3, 0, True, 2)
    assert found[5] == (3, 0, False, 2) and found[4] == (3, 0, False, 1)
    assert found[3] == (2, 0, False, 1)


def test_where_it_is_narrow_the_ends_give_way_to_the_cells() -> None:
    told, ink, none = translated(), Ink(), Window(0, 0, 0, 0)
    view, _ = arrange(told, (15, 20), none, (0, 0), ink)
    assert view.columns == 4 and not view.ends
    assert "1.000" not in draw_row(told, view, 0, 15, ink).text
    # Not even so do all fit: what is in sight is told whole.
    view, _ = arrange(told, (16, 20), Window(0, 0, 0, 0, digits=True), (0, 0), ink)
    assert view.columns < 4 and view.ends


def test_where_title_and_axes_do_not_both_fit_the_title_stands_whole() -> None:
    told, ink = translated(title="after 120 steps"), Ink()
    for width, text in (
        (50, "after 120 steps   moves ask ↓  words answer →"),
        (40, "after 120 steps"),
    ):
        view, _ = arrange(told, (width, 20), Window(0, 0, 0, 0), (0, 0), ink)
        assert draw_header(told, view, width, ink)[0].text.rstrip() == text


def test_header_says_what_is_in_sight() -> None:
    part = Window(3, 2, 4, 5, (4, 2))
    assert "rows 3–6 of 8 ask" in draw_header(weights(), part, 70, Ink())[0].text
    assert "columns 2–6 of 8 answer" in draw_header(weights(), part, 70, Ink())[0].text


def test_the_words_are_exact() -> None:
    told, value = weights(), attention()[4][2]
    assert describe_cell(told, 4, 2) == f"row 4 'e' reads column 2 'n': {value:.3f}".replace(
        "0.", "."
    )
    assert describe_cell(told, 2, 4) == "row 2 'n' may not look at column 4 'e': masked"
    assert describe_row(told, 4) == "uniform would be .200, and the row adds up to 1.000"
    assert sentence(told, 4, 2).startswith("Row 4 'e' reads")
    assert sentence(told, 4, 2).endswith("Without it: still right.")
    assert sentence(Weights.of((), (), ()), 0, 0) == "No weights yet."


def test_named_things_are_told_in_plain_words() -> None:
    told = translated(
        said=["E", "N", "."],
        right=["E", "W", ""],
        selected="drawn at random",
        without="Right in 99.0 %; with equal shares in 0.0 %.",
    )
    assert describe_cell(told, 0, 3) == (
        "the first move, E, takes 93.4 % from pippippip, the last word"
    )
    assert describe_row(told, 0) == "equal shares would be 25.0 %; on its own it says E: right"
    assert describe_row(told, 1).endswith("on its own it says N, but W is right")
    assert describe_row(told, 2).endswith("on its own it says '.'")
    assert describe_case(told) == ("Drawn at random. Right in 99.0 %; with equal shares in 0.0 %.")
    assert sentence(told, 1, 0).startswith("The second move, W, takes 10.0 % from ru, the first")
    mean = (0.934 + 0.4 + 0.25) / 3
    assert summary(told) == (
        f"Each move takes {100 * mean:.1f} % from one word, on average; equal shares would be"
        " 25.0 %. Of what it says, 1 of 2 are right."
    )


def test_of_one_row_the_words_leave_to_its_mark_whether_it_is_right() -> None:
    row = [[0.9, 0.1]]
    called = ("move", "word")
    one = Weights.of(["E"], ["ru", "ti"], row, called=called, said=["E"], right=["E"])
    assert summary(one).endswith("from one word; equal shares would be 50.0 %.")


def test_ordinals() -> None:
    found = [ordinal(place, 200) for place in (0, 11, 12, 20, 21, 22, 110, 111, 199)]
    assert found == [
        "the first",
        "the twelfth",
        "the 13th",
        "the 21st",
        "the 22nd",
        "the 23rd",
        "the 111th",
        "the 112th",
        "the last",
    ]
    assert ordinal(0, 1) == "the first"


def test_rows_on_their_way() -> None:
    arrived: dict[int, list[float]] = {}
    told = Weights("ab", "ab", arrived.get)
    assert draw_row(told, window((0, 0), 2), 1, 30, Ink()).text.count("?") == 2
    assert describe_cell(told, 1, 0).endswith("still on its way")
    arrived[1] = [0.5, 0.25]
    assert "?" not in draw_row(told, window((0, 0), 2), 1, 30, Ink()).text
    assert told.total(1) == 0.75
    arrived[1] = [0.5, 0.5]
    told.forget()
    assert told.total(1) == 1.0


def test_only_what_is_in_sight_is_asked_for() -> None:
    asked: list[int] = []

    def row(index: int) -> list[float]:
        asked.append(index)
        return [1 / 1024] * 1024

    names = ["x"] * 1024
    told = Weights(names, names, row)
    draw_row(told, Window(500, 500, 1, 20, (500, 500)), 500, 60, Ink())
    assert set(asked) == {500}


def test_the_scale_names_every_shade() -> None:
    assert scale(Ink()) == "· <.02  ░ .02  ▒ .1  ▓ .3  █ ≥.6  × masked"
    assert scale(Ink("ascii")) == "blank <.02  . .02  - .1  + .3  # >=.6  x masked"


@pytest.mark.parametrize("kind", KINDS)
def test_lines_have_their_width(kind: str) -> None:
    odd = Weights.of(["猫", "[CLS]", "a b", ""], ["猫", "\n", "[PAD]", "é"], [[0.25] * 4] * 4)
    for width in (1, 4, 20, 60):
        for digits in (False, True):
            view = Window(0, 0, 4, 4, (1, 1), digits)
            lines = draw_header(odd, view, width, Ink(kind))
            lines += [draw_row(odd, view, row, width, Ink(kind)) for row in range(4)]
            assert all(line.cell_length == width for line in lines)
            assert kind != "ascii" or plain(lines).isascii()


def test_where_there_is_room_for_one_sign_only_words_are_still_told_apart() -> None:
    words = ["ka", "pip", "so", "pippip", "ti", "pippippip", "ru", "pip"]
    assert initials(words) == ["k", "1", "s", "2", "t", "3", "r", "1"]
    assert initials(["aa", "a", "b", ""]) == ["a", "a", "b", ""]
    rows = [[1 / len(words)] * len(words)] * 2
    narrow = Weights.of(["N", "E"], words, rows)
    header = plain(draw_header(narrow, Window(0, 0, 2, 8, ends=False), 40, Ink())).split("\n")[-1]
    assert header.split() == ["k", "1", "s", "2", "t", "3", "r", "1"]
