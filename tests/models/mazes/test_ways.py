"""Pieces, rings and shortest ways, against counting by hand."""

from __future__ import annotations

import random

import pytest

from models.mazes.generators import wilson, with_loops
from models.mazes.maze import EAST, Maze
from models.mazes.solvers import distances
from models.mazes.ways import pieces, rings, shortest_ways


def room(width: int, height: int) -> Maze:
    """Cells without a wall between them."""
    masks = []
    for cell in range(width * height):
        row, column = divmod(cell, width)
        inside = (row > 0, column < width - 1, row < height - 1, column > 0)
        masks.append(sum(1 << way for way, there in enumerate(inside) if there))
    return Maze(width, height, tuple(masks))


def test_a_perfect_maze_is_in_one_piece_and_has_no_ring() -> None:
    for seed in range(4):
        maze = wilson(6, 5, random.Random(seed))
        assert (pieces(maze), rings(maze)) == (1, 0)
        assert shortest_ways(maze, 3, 27) == 1
        assert rings(with_loops(maze, 3, random.Random(seed))) == 3


def test_an_open_room_has_a_ring_for_each_square_of_four() -> None:
    assert rings(room(2, 2)) == 1 and rings(room(3, 3)) == 4 and rings(room(4, 3)) == 6


def test_cells_with_all_walls_are_pieces_of_their_own() -> None:
    maze = Maze(3, 1, (1 << EAST, 8, 0))
    assert pieces(maze) == 2 and rings(maze) == 0
    assert shortest_ways(maze, 0, 2) == 0 and shortest_ways(maze, 0, 0) == 1


@pytest.mark.parametrize(("width", "height", "ways"), [(2, 2, 2), (3, 3, 6), (4, 3, 10)])
def test_across_a_room_there_are_as_many_shortest_ways_as_orders_of_steps(
    width: int, height: int, ways: int
) -> None:
    maze = room(width, height)
    assert shortest_ways(maze, 0, maze.cells - 1) == ways


def test_shortest_ways_are_those_that_a_search_finds_one_by_one() -> None:
    rng = random.Random(2)
    maze = with_loops(wilson(5, 5, rng), 6, rng)
    away = distances(maze, 24)

    def count(cell: int) -> int:
        return cell == 24 or sum(
            count(one) for one in maze.neighbours(cell) if away[one] == away[cell] - 1
        )

    assert [shortest_ways(maze, cell, 24) for cell in range(25)] == [
        count(cell) for cell in range(25)
    ]
