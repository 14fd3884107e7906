"""The attention grid: what it shows equals the weights, masked is not zero."""

from __future__ import annotations

import math
import random

import pytest

from tui.drawing.grid import (
    Weights,
    Window,
    cell,
    describe_cell,
    describe_row,
    draw_header,
    draw_row,
    header_height,
    label_width,
    scale,
    sentence,
)
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
    return Window(0, 0, size, size, cursor, digits)


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
        assert all(len(cell(v, m, True, ink)[0]) == 3 for v in (0.0, 0.999, None) for m in (0, 1))


def test_header_says_who_asks_and_writes_long_tokens_downwards() -> None:
    told = Weights.of(["the", " cat"], ["the", " cat"], [[1, 0], [0.5, 0.5]])
    ink = Ink()
    assert header_height(told, ink) == 5
    rows = plain(draw_header(told, window((0, 0), 2), 60, ink)).split("\n")
    assert rows[0] == "rows ask ↓  columns answer →"
    start = label_width(told, ink) + 1
    assert [row.ljust(30)[start] for row in rows[1:]] == [" ", "t", "h", "e"]
    assert [row.ljust(30)[start + 2] for row in rows[1:]] == ["␣", "c", "a", "t"]


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
