"""Target and result side by side, and what was looked at."""

from __future__ import annotations

import pytest

from models.exercises.examined import Side, Sides
from tui.drawing.ink import Ink
from tui.drawing.questions.sides import draw_sides, draw_steps

COLOUR, ASCII = Ink("colour", "braille"), Ink("ascii", "ascii")
SIDES = Sides(
    "two scores",
    "weights",
    Side("(2, 2)", [["0.500", "0.500"], ["0.250", "0.750"]]),
    Side("(2, 2)", [["0.500", "0.400"], ["0.250", "0.600"]]),
)


def plain(lines: list) -> list[str]:
    return [line.plain.rstrip() for line in lines]


def test_both_stand_side_by_side_and_what_differs_is_marked() -> None:
    assert plain(draw_sides(SIDES, 60, COLOUR)) == [
        "weights, with two scores",
        "should be (2, 2)    yours (2, 2)",
        " 0.500  0.500        0.500  0.400✗",
        " 0.250  0.750        0.250  0.600✗",
    ]


def test_where_there_is_no_room_one_stands_below_the_other() -> None:
    lines = plain(draw_sides(SIDES, 24, COLOUR))
    assert [line for line in lines if "(2, 2)" in line] == ["should be (2, 2)", "yours (2, 2)"]
    assert max(map(len, lines)) <= 24


def test_another_shape_has_as_many_rows_as_it_has() -> None:
    own = Side("(1, 3)", [["1.000", "2.000", "3.000"]])
    lines = plain(draw_sides(Sides("x", "y", SIDES.target, own), 60, COLOUR))
    assert lines[1].endswith("yours (1, 3)")
    assert lines[2].endswith("1.000✗ 2.000✗ 3.000✗")
    assert lines[3] == " 0.250  0.750"


def test_what_is_no_number_is_named() -> None:
    lines = plain(draw_sides(Sides("x", "y", SIDES.target, Side("nothing", [])), 60, COLOUR))
    assert lines[1].endswith("yours nothing")


@pytest.mark.parametrize(("width", "rows"), [(80, 1), (30, 2), (16, 3)])
def test_steps_take_as_many_rows_as_they_need(width: int, rows: int) -> None:
    steps = [["it runs", "yes"], ["the numbers", "no"], ["rows sum to 1", ""]]
    lines = plain(draw_steps(steps, width, COLOUR))
    assert len(lines) == rows
    assert "  ".join(lines) == "✓ it runs  ✗ the numbers  - rows sum to 1"


def test_in_ascii_there_is_only_ascii() -> None:
    lines = [*draw_sides(SIDES, 60, ASCII), *draw_steps([["a", "yes"], ["b", "no"]], 60, ASCII)]
    assert all(line.isascii() for line in plain(lines))
