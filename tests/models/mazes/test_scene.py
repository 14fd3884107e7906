"""A maze with mouse and cheese: what a change changes, and that one line is all of it."""

from __future__ import annotations

import random

import pytest

from models.mazes.maze import EAST, NORTH, WEST
from models.mazes.scene import Scene


def scene(size: int = 5, seed: int = 0) -> Scene:
    return Scene.drawn(size, random.Random(seed))


@pytest.mark.parametrize("size", [2, 7, 15])
def test_what_is_written_is_read_again(size: int) -> None:
    for seed in range(5):
        drawn = scene(size, seed)
        assert Scene.read(drawn.written) == drawn


def test_a_wall_is_moved_on_both_of_its_sides_and_back() -> None:
    before = scene()
    after = before.wall_moved(6, EAST)
    assert after.maze.is_open(6, EAST) == after.maze.is_open(7, WEST)
    assert after.maze.is_open(6, EAST) != before.maze.is_open(6, EAST)
    assert after.wall_moved(7, WEST) == before
    with pytest.raises(ValueError, match="edge of the maze"):
        before.wall_moved(2, NORTH)


def test_mouse_and_cheese_change_places_rather_than_be_in_one_cell() -> None:
    before = scene()
    swapped = before.mouse_at(before.cheese)
    assert (swapped.mouse, swapped.cheese) == (before.cheese, before.mouse)
    assert before.cheese_at(before.mouse) == swapped
    free = next(cell for cell in range(25) if cell not in (before.mouse, before.cheese))
    assert before.mouse_at(free).mouse == free and before.mouse_at(free).cheese == before.cheese


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("7x7", "expected: 7x7 mouse"),
        ("2x1 mouse 0 cheese 1 doors 2", "2 cells, not 1"),
        ("2x1 mouse 0 cheese 0 doors 28", "two of its cells"),
        ("2x1 mouse 0 cheese 2 doors 28", "two of its cells"),
        ("2x1 mouse 0 cheese 1 doors 20", "cell 0 is open where the one beside it is not"),
        ("2x1 mouse 0 cheese 1 doors 18", "cell 0 is open where"),
    ],
)
def test_what_is_no_maze_is_refused_in_plain_words(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Scene.read(text)
