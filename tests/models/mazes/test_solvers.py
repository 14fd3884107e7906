"""Searches: distances, paths, and what A* is spared."""

from __future__ import annotations

import itertools
import random

from models.mazes.generators import random_ends, wilson, with_loops
from models.mazes.maze import Maze
from models.mazes.solvers import a_star, breadth_first, distances, manhattan, shortest_path
from models.mazes.trace import FRONTIER, PATH, SEEN, Trace


def looked_at(trace: Trace) -> set[int]:
    return {cell for step in trace.steps for cell, mark in step.marks if mark == SEEN}


def test_distances_grow_by_one_from_cell_to_cell() -> None:
    rng = random.Random(0)
    maze = with_loops(wilson(6, 4, rng), 4, rng)
    away = distances(maze, 9)
    assert away[9] == 0
    for cell in range(maze.cells):
        if cell != 9:
            assert away[cell] == 1 + min(away[there] for there in maze.neighbours(cell))
        assert away[cell] >= manhattan(maze, cell, 9), "Manhattan never guesses too much"


def test_where_no_way_leads() -> None:
    maze = Maze(2, 1, (0, 0))
    assert distances(maze, 0) == [0, -1]
    assert shortest_path(maze, 1, 0) == []
    assert not breadth_first(maze, 1, 0).arrived
    assert not a_star(maze, 1, 0).arrived


def test_a_path_has_both_ends_and_no_gaps() -> None:
    rng = random.Random(0)
    maze = wilson(5, 5, rng)
    path = shortest_path(maze, 3, 21)
    assert path[0] == 3 and path[-1] == 21
    assert all(b in maze.neighbours(a) for a, b in itertools.pairwise(path))
    assert shortest_path(maze, 7, 7) == [7]


def test_breadth_first_looks_in_waves() -> None:
    rng = random.Random(2)
    maze = with_loops(wilson(6, 6, rng), 5, rng)
    start, cheese = random_ends(maze, rng)
    away = distances(maze, start)
    trace = breadth_first(maze, start, cheese)
    order = [step.marks[0][0] for step in trace.steps if step.marks[0][1] == SEEN]
    assert [away[cell] for cell in order] == sorted(away[cell] for cell in order)
    fronts = [cell for step in trace.steps for cell, mark in step.marks if mark == FRONTIER]
    assert len(fronts) == len(set(fronts))
    path = [cell for step in trace.steps for cell, mark in step.marks if mark == PATH]
    assert path[0] == start and path[-1] == cheese


def test_a_star_is_spared_cells() -> None:
    rng = random.Random(3)
    saved = 0
    for _ in range(60):
        maze = with_loops(wilson(6, 6, rng), 8, rng)
        start, cheese = random_ends(maze, rng)
        star, breadth = a_star(maze, start, cheese), breadth_first(maze, start, cheese)
        away = distances(maze, start)
        assert all(away[cell] <= away[cheese] for cell in looked_at(star))
        saved += len(looked_at(breadth)) - len(looked_at(star))
    assert saved > 60, "more than a cell a maze is spared"
