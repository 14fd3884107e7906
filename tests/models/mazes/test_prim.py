"""Prim's mazes are perfect, bushier than Wilson's, and the same from the same seed."""

from __future__ import annotations

import random

import pytest

from models.mazes.generators import wilson
from models.mazes.maze import Maze
from models.mazes.prim import prim
from models.mazes.solvers import distances


def dead_ends(maze: Maze) -> int:
    return sum(mask.bit_count() == 1 for mask in maze.passages)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 6), (5, 5), (7, 3)])
def test_one_path_joins_any_two_cells(width: int, height: int) -> None:
    for seed in range(10):
        maze = prim(width, height, random.Random(seed))
        assert sum(mask.bit_count() for mask in maze.passages) == 2 * (maze.cells - 1)
        assert -1 not in distances(maze, 0)


def test_they_have_more_dead_ends_than_wilsons() -> None:
    mazes = [
        [generate(9, 9, random.Random(seed)) for seed in range(30)] for generate in (prim, wilson)
    ]
    bushy, plain = (sum(map(dead_ends, some)) for some in mazes)
    assert bushy > 1.1 * plain


def test_the_same_seed_makes_the_same_maze() -> None:
    assert prim(6, 6, random.Random(3)) == prim(6, 6, random.Random(3))
    assert prim(6, 6, random.Random(3)) != prim(6, 6, random.Random(4))


def test_a_maze_without_cells_is_refused() -> None:
    with pytest.raises(ValueError, match="no cells"):
        prim(0, 3, random.Random(0))
