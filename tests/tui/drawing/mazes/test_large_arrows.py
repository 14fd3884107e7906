"""Arrows in large squares: where their tips are, and the way of the mouse through them."""

from __future__ import annotations

import random
from typing import Any

import pytest

from models.mazes.generators import wilson
from models.mazes.maze import DIRECTIONS, EAST, WEST, Maze
from tui.drawing.ink import KINDS, Ink
from tui.drawing.mazes.arrows import Arrows
from tui.drawing.mazes.large_arrows import LargeArrows
from tui.drawing.mazes.walls import LARGE, canvas_size

N, E, S, W = range(4)
CORRIDOR = Maze(3, 2, (1 << EAST, 1 << EAST | 1 << WEST | 4, 1 << WEST, 0, 1 | 2, 8))


def shown(ink: Ink | None = None, **told: Any) -> list[str]:
    given = {"arrows": (E, S, W, N, E, E), "cheese": 5, "mouse": 0} | told
    drawing = LargeArrows(CORRIDOR, LARGE, ink or Ink())
    return [drawing.row(Arrows(**given), y, 0, drawing.width).text for y in range(drawing.height)]


def test_an_arrow_has_a_stem_and_points_the_right_way() -> None:
    assert shown() == [
        "┌───────────────────────┐",
        "│                       │",
        "│ M┄┄→      ┊      ←┄┄  │",
        "│           ↓           │",
        "├───────┐       ╶───────┤",
        "│   ↑   │               │",
        "│   ┊   │  ┄┄→      C   │",
        "│       │               │",
        "└───────┴───────────────┘",
    ]


def test_the_way_of_the_mouse_is_one_line_through_all_of_it() -> None:
    lines = shown(path=(0, 1, 4, 5), wrong=frozenset({2}), mouse=None, cut_off=frozenset({3}))
    assert lines[2:7] == [
        "│   ╺→━━━━━━┓      ←┄┄! │",
        "│           ↓           │",
        "├───────┐   ┃   ╶───────┤",
        "│   ↑   │   ┃           │",
        "│░  ┊  ░│   ┗→━━━━━━C   │",
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_walls_stand_where_no_passage_is(kind: str) -> None:
    maze = wilson(5, 4, random.Random(2))
    drawing = LargeArrows(maze, LARGE, Ink(kind))
    seen = Arrows([EAST] * 20, 3, 0, sure=[0.5] * 20)
    rows = [drawing.row(seen, y, 0, drawing.width).text for y in range(drawing.height)]
    assert (len(rows[0]), len(rows)) == canvas_size(maze, LARGE) == (41, 17)
    assert kind != "ascii" or "".join(rows).isascii()
    for cell in range(maze.cells):
        x, y = drawing.centre(cell)
        edges = ((x, y - 2), (x + 4, y), (x, y + 2), (x - 4, y))
        for direction in DIRECTIONS:
            column, line = edges[direction]
            assert (rows[line][column] == " ") == maze.is_open(cell, direction)
