"""A maze that is being changed: what is counted, what is said, and that it fits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.mazes.maze import EAST
from models.mazes.scene import Scene
from models.mazes.solvers import distances
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.drawing.mazes.editor import Edited, draw, frame_of
from tui.drawing.mazes.editor_words import (
    here,
    kind,
    looks,
    needed,
    right,
    sentence,
    unreachable,
    way,
    words,
)
from tui.drawing.mazes.thoughts import Thoughts
from tui.drawing.mazes.walls import LARGE, WIDE

N, E, S, W = range(4)
ROOM = Scene.read("3x2 mouse 0 cheese 5 doors 6ec3b9")
"""Six cells without a wall between them."""
CORRIDOR = Scene.read("4x1 mouse 0 cheese 3 doors 2aa8")


def edited(scene: Scene, *arrows: tuple[int, ...], loop: int = 0) -> Edited:
    away = distances(scene.maze, scene.cheese)
    told = Thoughts(scene.maze, scene.mouse, scene.cheese, away, arrows, title="by hand")
    return Edited(scene, told, loop=loop, trained=7)


def picture(shown: Edited, width: int = 56, height: int = 15, ink: Ink | None = None) -> list[str]:
    frame = frame_of(shown, width, height, (0, 0))
    lines = draw(shown, words(shown), frame, (width, height), ink or Ink())
    assert len(lines) == height and all(line.cell_length == width for line in lines)
    return plain(lines).split("\n")


def test_in_a_room_there_are_several_shortest_ways_and_a_detour_is_no_shortest_one() -> None:
    short = edited(ROOM, (E, E, S, E, E, N))
    assert way(short) == "The mouse arrives in 3 moves; one of 3 shortest ways."
    assert right(short) == "5 of 5 arrows right."
    # South, east, north, east, south: it arrives, and two of its five arrows are wrong.
    detour = edited(ROOM, (S, E, S, E, N, N))
    assert way(detour) == "The mouse arrives in 5 moves; the shortest way has 3."
    assert right(detour) == "4 of 5 arrows right."
    assert "with 2 rings" in kind(short) and "of 3x2" in kind(short)


def test_arriving_counts_only_from_when_on_it_lasts() -> None:
    there, back = (E, E, E, N), (E, W, E, N)
    assert edited(CORRIDOR, there, back, there, there).needs == 2
    assert edited(CORRIDOR, back, there, back).needs is None
    assert edited(CORRIDOR, there, there).needs == 0
    assert needed(edited(CORRIDOR, back, there, back)) == "It does not stay so within 2 loops."
    assert needed(edited(CORRIDOR, back, back)) == "It never arrives within 1 loop."
    assert needed(edited(CORRIDOR, back, there, there)) == (
        "It needs 1 loop: from then on it arrives."
    )


def test_a_network_with_layers_is_told_of_in_layers() -> None:
    shown = replace(edited(CORRIDOR, (E, W, E, N), (E, E, E, N), loop=1), called="layer")
    assert words(shown)[0][0] == "1 of 1 layer, by hand"
    assert needed(shown) == "It needs 1 layer: from then on it arrives."
    assert "After 1 of 1 layer the mouse arrives" in sentence(shown)


def test_how_the_mouse_fails_is_said() -> None:
    assert way(edited(CORRIDOR, (E, W, E, N))).startswith("The mouse goes round in circles")
    assert way(edited(CORRIDOR, (E, N, E, N))).startswith("The mouse goes 1 move and stops before")
    shut = Scene.read("2x1 mouse 0 cheese 1 doors 00")
    assert way(edited(shut, (E, W))) == "The mouse goes nowhere: its cell has no door."


def test_a_cheese_that_cannot_be_reached_is_pointed_out_and_the_arrows_stay() -> None:
    cut = CORRIDOR.wall_moved(1, EAST)
    shown = edited(cut, (E, W, E, N))
    assert unreachable(shown) == (
        "The mouse cannot reach the cheese: no way leads there from 2 cells (shaded)."
    )
    assert right(shown) == "1 of 1 arrow right." and "in 2 pieces" in kind(shown)
    assert picture(shown)[1].startswith("│M→━━━←░│ →   C │")
    assert needed(shown) == "" and "cannot reach" in sentence(shown)
    other = edited(cut.mouse_at(2), (E, W, E, N))
    assert unreachable(other) == "2 cells cut off from the cheese (shaded)."


def test_the_strips_are_the_counts_loop_by_loop() -> None:
    shown = edited(CORRIDOR, (W, W, W, N), (W, W, E, N), (E, E, E, N), loop=1)
    lines = picture(shown)
    assert lines[0].endswith("right ▁▃▆") and lines[1].endswith("there ··✓")
    assert "1 of 2 loops, by hand" in lines[2]


def test_while_it_is_asked_the_arrows_from_before_stay() -> None:
    shown = edited(CORRIDOR, (E, E, E, N))
    asked = replace(shown, scene=CORRIDOR.wall_moved(0, EAST), asking=True)
    assert picture(asked)[1].startswith("│M→░│")
    assert words(asked)[0][0].endswith("asking the network…")


def test_before_any_answer_the_maze_can_be_seen_and_is_told_of() -> None:
    shown = Edited(CORRIDOR)
    assert picture(shown)[1].startswith("│M  ·   ·   · C │") and "being asked" in sentence(shown)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("size", [(20, 6), (30, 12), (60, 20), (72, 17), (116, 34)])
def test_every_ink_in_every_room(name: str, size: tuple[int, int]) -> None:
    for scene in (ROOM, CORRIDOR):
        shown = edited(scene, (E,) * scene.maze.cells)
        lines = picture(shown, *size, Ink(name))
        assert name != "ascii" or all(line.isascii() for line in lines)


def test_the_cell_under_the_cursor_says_where_it_points_how_surely_and_whether_rightly() -> None:
    away = distances(CORRIDOR.maze, 3)
    sure = [(0.25, 0.5, 0.75, 0.0)]
    told = Thoughts(CORRIDOR.maze, 0, 3, away, [(E, W, E, N)], sure)
    shown = Edited(CORRIDOR, told, cursor=1)
    assert here(shown) == "Row 1, column 2 points west (.500): wrong, 2 moves to go."
    assert here(replace(shown, cursor=2)).endswith("east (.750): right, 1 move to go.")
    assert here(replace(shown, cursor=3)) == "Row 1, column 4: the cheese."
    cut = replace(shown, scene=CORRIDOR.wall_moved(2, EAST), cursor=2)
    told = replace(told, maze=cut.scene.maze, away=cut.away)
    assert here(replace(cut, thoughts=told)).endswith("; no way leads to the cheese.")
    assert here(shown) in sentence(shown)


def test_heads_are_told_of_as_far_as_there_are_doors_and_loops() -> None:
    def doors(loop: int, cell: int) -> list[float]:
        return [0.0, loop / 10, 0.0, cell / 10]

    shown = replace(edited(CORRIDOR, (E,) * 4, (E,) * 4, (E,) * 4, loop=2), doors=doors, cursor=1)
    assert looks(shown) == "Its heads look through the doors: east .200, west .100."
    assert looks(replace(shown, loop=0)) == "" == looks(replace(shown, asking=True))
    assert looks(replace(shown, doors=None)) == ""


def test_where_there_is_room_squares_are_large_and_a_place_in_them_is_still_found() -> None:
    shown = edited(ROOM, (E, E, S, E, E, N))
    frame = frame_of(shown, 72, 17, (0, 0))
    assert frame.pitch == LARGE and frame_of(shown, 72, 8, (0, 0)).pitch == WIDE
    assert [frame.cell(x, 2, 3, 2) for x in (4, 12, 20)] == [0, 1, 2]
    assert frame.cell(12, 6, 3, 2) == 4
    assert "┄┄→" not in picture(shown, 72, 8)[1] and len(picture(shown, 72, 17)) == 17


def test_a_place_of_the_picture_is_the_cell_that_is_drawn_there() -> None:
    shown = edited(ROOM, (E,) * 6)
    frame = frame_of(shown, 72, 8, (0, 0))
    assert [frame.cell(x, 1, 3, 2) for x in (2, 6, 10)] == [0, 1, 2]
    assert frame.cell(6, 3, 3, 2) == 4 and frame.cell(30, 1, 3, 2) is None
