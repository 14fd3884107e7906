"""Generators build perfect mazes, and Wilson's builds each of them equally often."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from models.mazes.generators import depth_first, random_ends, wilson, with_loops, with_wall_moved
from models.mazes.maze import DIRECTIONS, EAST, NORTH, Maze
from models.mazes.solvers import distances


def walls_agree(maze: Maze) -> bool:
    """Whether every passage is open from both of its sides and leads into the maze."""
    for cell in range(maze.cells):
        for direction in DIRECTIONS:
            if maze.is_open(cell, direction):
                there = maze.step(cell, direction)
                if not 0 <= there < maze.cells or not maze.is_open(there, (direction + 2) % 4):
                    return False
                if direction in (1, 3) and there // maze.width != cell // maze.width:
                    return False
    return True


@pytest.mark.parametrize("generate", [wilson, depth_first])
@pytest.mark.parametrize("size", [(1, 1), (1, 6), (5, 5), (7, 3)])
def test_mazes_are_perfect(generate, size) -> None:
    width, height = size
    for seed in range(20):
        maze = generate(width, height, random.Random(seed))
        passages = sum(mask.bit_count() for mask in maze.passages) / 2
        assert walls_agree(maze)
        assert passages == maze.cells - 1
        assert min(distances(maze, 0)) == 0 and -1 not in distances(maze, 0)


@pytest.mark.parametrize("generate", [wilson, depth_first])
def test_the_same_seed_makes_the_same_maze(generate) -> None:
    assert generate(6, 6, random.Random(3)) == generate(6, 6, random.Random(3))
    assert generate(6, 6, random.Random(3)) != generate(6, 6, random.Random(4))


def test_wilson_makes_every_maze_equally_often() -> None:
    rng = random.Random(0)
    drawn = 192 * 40
    counts = Counter(wilson(3, 3, rng).passages for _ in range(drawn))
    assert len(counts) == 192, "Kirchhoff: a 3x3 grid has 192 spanning trees"
    chi_squared = sum((n - 40) ** 2 / 40 for n in counts.values())
    # 191 degrees of freedom: mean 191, deviation 19.5.
    assert chi_squared < 191 + 4 * 19.5


def test_depth_first_is_not_uniform() -> None:
    rng = random.Random(0)
    counts = Counter(depth_first(3, 3, rng).passages for _ in range(192 * 40))
    assert sum((counts[m] - 40) ** 2 / 40 for m in counts) > 1000


def test_loops_take_walls_away() -> None:
    rng = random.Random(1)
    maze = wilson(5, 5, rng)
    looped = with_loops(maze, 4, rng)
    assert walls_agree(looped)
    assert sum(m.bit_count() for m in looped.passages) == 2 * (24 + 4)
    everything = with_loops(maze, 1000, rng)
    assert sum(m.bit_count() for m in everything.passages) == 2 * 40


def test_a_wall_moves_there_and_back() -> None:
    maze = wilson(4, 4, random.Random(0))
    moved = with_wall_moved(maze, 5, EAST)
    assert moved.is_open(5, EAST) != maze.is_open(5, EAST) and walls_agree(moved)
    assert with_wall_moved(moved, 5, EAST) == maze


def test_the_edge_stays_closed() -> None:
    with pytest.raises(ValueError, match="edge"):
        with_wall_moved(wilson(4, 4, random.Random(0)), 2, NORTH)


def test_no_maze_without_cells() -> None:
    with pytest.raises(ValueError, match="no cells"):
        wilson(0, 5, random.Random(0))


def test_ends_differ_and_reach_every_cell() -> None:
    maze = wilson(3, 3, random.Random(0))
    rng = random.Random(0)
    pairs = {random_ends(maze, rng) for _ in range(2000)}
    assert len(pairs) == 9 * 8 and all(start != cheese for start, cheese in pairs)
