"""What stands where in a maze that is full of arrows."""

from __future__ import annotations

import random
from typing import Any

import pytest

from models.mazes.generators import wilson
from models.mazes.maze import EAST, SOUTH, WEST, Maze
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import cells
from tui.drawing.mazes.arrows import NONE, ArrowDrawing, Arrows
from tui.drawing.mazes.walls import NARROW, WIDE

N, E, S, W = range(4)
TWO_ROWS = Maze(
    3,
    2,
    (
        1 << EAST,
        1 << EAST | 1 << WEST | 1 << SOUTH,
        1 << WEST,
        0,
        1 | 1 << EAST,
        1 << WEST,
    ),
)
"""Three cells in a row, the last two below them, one cut off."""


def shown(pitch: int = WIDE, ink: Ink | None = None, **told: Any) -> list[str]:
    given = {"arrows": (E, S, W, N, E, NONE), "cheese": 5, "mouse": 0} | told
    drawing = ArrowDrawing(TWO_ROWS, pitch, ink or Ink())
    seen = Arrows(**given)
    return [drawing.row(seen, y, 0, drawing.width).text for y in range(drawing.height)]


def test_an_arrow_stands_in_every_square_and_beside_it_who_is_there() -> None:
    assert shown() == [
        "┌───────────┐",
        "│M→   ↓   ← │",
        "├───┐   ╶───┤",
        "│ ↑ │ →   C │",
        "└───┴───────┘",
    ]


def test_the_way_of_the_mouse_is_one_line_and_a_wrong_arrow_is_marked() -> None:
    lines = shown(path=(0, 1, 4, 5), wrong=frozenset({2}), cut_off=frozenset({3}))
    assert lines[1:4] == [
        "│M→━━━↓   ←!│",
        "├───┐ ┃ ╶───┤",
        "│░↑░│ →━━━C │",
    ]


def test_a_shortest_way_that_the_mouse_does_not_go_is_dots() -> None:
    lines = shown(path=(0,), shortest=(0, 1, 4, 5), cut_off=frozenset({3}))
    assert lines[1:4] == [
        "│M→ · ↓   ← │",
        "├───┐ · ╶───┤",
        "│░↑░│ → · C │",
    ]


def test_without_an_answer_there_are_the_walls_the_mouse_and_the_cheese() -> None:
    lines = shown(arrows=())
    assert lines[1] == "│M          │" and lines[3] == "│   │     C │"


def test_a_narrow_square_has_room_for_one_sign() -> None:
    assert shown(NARROW, path=(0, 1, 4, 5)) == [
        "┌─────┐",
        "│M━↓ ←│",
        "├─┐┃╶─┤",
        "│↑│→━C│",
        "└─┴───┘",
    ]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pitch", [WIDE, NARROW])
def test_every_window_of_every_ink_is_a_part_of_the_whole(kind: str, pitch: int) -> None:
    maze, rng = wilson(9, 6, random.Random(1)), random.Random(2)
    seen = Arrows([rng.randrange(4) for _ in range(54)], 7, 3, frozenset({1, 2}), cursor=4)
    drawing = ArrowDrawing(maze, pitch, Ink(kind))
    for y in range(drawing.height):
        whole = drawing.row(seen, y, 0, drawing.width)
        assert whole.cell_length == drawing.width
        assert kind != "ascii" or whole.text.isascii()
        for left in (0, 1, 5):
            assert drawing.row(seen, y, left, 9).text == whole.text[left : left + 9].ljust(9)


def test_the_square_under_the_cursor_is_reversed_in_every_ink() -> None:
    for kind in KINDS:
        drawing = ArrowDrawing(TWO_ROWS, WIDE, Ink(kind))
        row = drawing.row(Arrows((E,) * 6, 5, cursor=1), 1, 0, drawing.width)
        turned = "".join(text for text, style, _ in row if style and style.reverse)
        assert turned == f" {Ink(kind).glyphs.arrows[E]} "


def test_in_a_small_square_a_wrong_arrow_is_its_mark() -> None:
    lines = shown(NARROW, wrong=frozenset({2}), mouse=1)
    assert lines[1] == "│→ M !│"
    lines = shown(NARROW, wrong=frozenset({2}), mouse=1, early=frozenset({0, 2}))
    assert lines[1] == "│→ M ·│", "where no news can have come yet it is a dot"


def test_what_nobody_can_know_yet_is_grey() -> None:
    ink = Ink("colour")
    drawing = ArrowDrawing(TWO_ROWS, WIDE, ink)
    seen = Arrows((E, S, W, N, E, E), 5, 0, wrong=frozenset({2, 4}), early=frozenset({1, 2}))
    drawn = [glyph for y in (1, 3) for glyph in cells(drawing.row(seen, y, 0, drawing.width))]
    assert {("↓", ink.style("faint")), ("→", ink.style("bad")), ("!", ink.style("bad"))} <= {*drawn}
    assert drawn.count(("!", ink.style("faint"))) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_how_sure_an_arrow_is_stands_before_it_or_in_its_place(kind: str) -> None:
    ink, sure = Ink(kind), (0.25, 0.5, 0.7, 0.9, 0.99, 1.0)
    shades = ink.glyphs.shades
    wide = shown(ink=ink, sure=sure, mouse=None)
    assert wide[1][5] == shades[1] and wide[1][9] == shades[2] and wide[3][5] == shades[4]
    assert shown(NARROW, ink, sure=sure, mouse=None)[1][1::2] == shades[:3]
