"""How far one has to see to know the way: against a search from every cell."""

from __future__ import annotations

import random

import pytest

from models.mazes.generators import depth_first, wilson, with_loops
from models.mazes.horizon import dead_ends, horizons
from models.mazes.maze import Maze
from models.mazes.solvers import distances


def behind(maze: Maze, here: int, there: int) -> tuple[set[int], int]:
    """What can be reached through a door without coming back to `here`, and how far that goes."""
    found, edge, depth = {there}, [there], 0
    while edge:
        depth += 1
        edge = [n for cell in edge for n in maze.neighbours(cell) if n not in found and n != here]
        found |= set(edge)
        edge = list(dict.fromkeys(edge))
    return found, depth


@pytest.mark.parametrize("generate", [wilson, depth_first])
@pytest.mark.parametrize("seed", range(3))
def test_in_a_maze_without_loops_it_is_what_a_search_finds(generate: object, seed: int) -> None:
    rng = random.Random(seed)
    maze = generate(7, 6, rng)  # type: ignore[operator]
    goal = rng.randrange(maze.cells)
    found, away = horizons(maze, goal), distances(maze, goal)
    for cell in range(maze.cells):
        if cell == goal:
            assert found[cell] == 0
            continue
        doors = [behind(maze, cell, there) for there in maze.neighbours(cell)]
        wrong = [depth for reached, depth in doors if goal not in reached]
        assert len(wrong) == len(doors) - 1
        assert found[cell] == max(1, min(away[cell], max(wrong, default=0)))


def test_a_way_that_goes_round_is_no_dead_end() -> None:
    ring = Maze(2, 2, (6, 12, 3, 9))
    assert dead_ends(ring, 3) == {}
    assert horizons(ring, 3) == [2, 1, 1, 0]


@pytest.mark.parametrize("seed", range(3))
def test_no_dead_end_holds_the_goal_and_none_comes_back(seed: int) -> None:
    rng = random.Random(seed)
    maze = with_loops(wilson(6, 6, rng), 6, rng)
    for (here, there), depth in dead_ends(maze, 20).items():
        reached, deep = behind(maze, here, there)
        assert 20 not in reached and deep == depth
        assert not {n for n in maze.neighbours(here) if n != there} & reached


def test_where_no_way_leads_there_is_nothing_to_see() -> None:
    assert horizons(Maze(3, 1, (0, 2, 8)), 2) == [-1, 1, 0]
