"""A maze of thoughts with its numbers: exactly what is drawn, in every ink and room."""

from __future__ import annotations

import random

import pytest

from models.mazes.generators import wilson
from models.mazes.maze import EAST, WEST, Maze
from tui.demos.thoughts import flood
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.drawing.mazes.thoughts import Thoughts
from tui.drawing.mazes.thoughts_facts import Scene
from tui.drawing.mazes.thoughts_picture import ThoughtsPicture, lines_wanted, plan
from tui.drawing.mazes.thoughts_words import mouse_words
from tui.drawing.mazes.walls import LARGE, NARROW, WIDE

LINE = Maze(6, 1, (1 << EAST, *[1 << EAST | 1 << WEST] * 4, 1 << WEST))
"""A corridor of six cells."""
HALF = Thoughts(
    LINE,
    0,
    5,
    (5, 4, 3, 2, 1, 0),
    [[WEST] * 6, [EAST, EAST, WEST, WEST, EAST, EAST], [EAST, EAST, EAST, EAST, EAST, EAST]],
    title="a network, after 10 steps",
    step=10,
)


def drawn(scene: Scene, width: int, height: int, kind: str = "colour") -> list[str]:
    lines = ThoughtsPicture(width, height, Ink(kind)).draw(scene)
    assert len(lines) == height and all(line.cell_length == width for line in lines)
    return plain(lines).split("\n")


def test_arrows_marks_way_and_numbers_side_by_side() -> None:
    assert drawn(Scene((HALF,), loop=1), 64, 12) == [
        "┌───────────────────────┐   a network, after 10 steps",
        "│M→━━━→━━━←!  ←!  →   C │   after 1 of 2 loops",
        "└───────────────────────┘   right     3 of 5  60 %",
        "                            near      1 of 1  within 1 move",
        "                            farther   2 of 4  by luck 2",
        "                            mouse     goes round after 3 moves",
        "",
        "                                              ████",
        "                                          ▇▇▇▇████",
        "                            right         ████████",
        "                            news          ▂▂▂▂▃▃▃▃",
        "                                           ↑ loop 1",
    ]


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("colour", "│M→━━━→━━━←!  ←!  →   C │"),
        ("shade", "│M→━━━→━━━←!  ←!  →   C │"),
        ("ascii", "|M>***>***<!  <!  >   C |"),
    ],
)
def test_every_ink_draws_the_same_maze(kind: str, row: str) -> None:
    lines = drawn(Scene((HALF,), loop=1), 64, 12, kind)
    assert lines[1].startswith(row)
    assert kind != "ascii" or "".join(lines).isascii()


def test_where_it_is_narrow_the_numbers_are_below() -> None:
    lines = drawn(Scene((HALF,), loop=2), 30, 7)
    assert lines[0] == "a network, after 10 steps"
    assert lines[2] == "│M→━━━→━━━→━━━→━━━→━━━C │"
    assert lines[4:6] == ["loop 2 of 2: 5 of 5 right", "M arrives in 5 moves"]


def test_where_it_is_low_the_outer_walls_go_first_and_then_all_but_one_number() -> None:
    thoughts = flood(wilson(7, 7, random.Random(0)), 24, loops=30)
    low = drawn(Scene((thoughts,), loop=30), 30, 15)
    assert low[0] == "a flood by hand" and "right" in low[-1]
    assert all(line.startswith(("│", "├")) for line in low[1:-1])
    lower = drawn(Scene((thoughts,), loop=30), 30, 14)
    assert lower[0] == "48 of 48 right" and lower[1:] == low[1:-1]


@pytest.mark.parametrize(
    ("side", "width", "height", "pitch"),
    [(7, 72, 16, WIDE), (7, 112, 32, LARGE), (15, 72, 16, NARROW), (41, 72, 16, NARROW)],
)
def test_squares_are_as_large_as_the_room_allows(
    side: int, width: int, height: int, pitch: int
) -> None:
    thoughts = flood(wilson(side, side, random.Random(0)), 3)
    at = plan(thoughts, width, height)
    assert at.pitch == pitch and at.beside
    assert lines_wanted(thoughts, width, height) <= height


@pytest.mark.parametrize("kind", KINDS)
def test_a_maze_that_is_too_large_stands_beside_its_window_as_a_whole(kind: str) -> None:
    thoughts = flood(wilson(41, 41, random.Random(0)), 840)
    lines = drawn(Scene((thoughts,), loop=30, mouse=0), 120, 36, kind)
    corner = "+" if kind == "ascii" else "┌"
    assert lines[0].startswith(corner)
    below = "\n".join(line[84:] for line in lines)
    assert "M" in below and "C" in below


def test_what_the_mouse_comes_to_is_said_in_words() -> None:
    away, told = HALF.away, {loop: HALF.way(loop, 0) for loop in range(3)}
    assert mouse_words(told[0], away[0]) == "hits a wall at once"
    assert mouse_words(told[1], away[0]) == "goes round after 3 moves"
    assert mouse_words(told[2], away[0]) == "arrives in 5 moves"
    assert mouse_words(HALF.way(2, 5), 0) == "stands on the cheese"
    assert mouse_words(told[2], 3) == "arrives in 5 moves, shortest 3"
