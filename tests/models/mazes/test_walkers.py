"""Every walker keeps to the passages; each has the property it is shown for."""

from __future__ import annotations

import itertools
import random

import pytest

from models.mazes.explorer import advice
from models.mazes.generators import depth_first, random_ends, wilson, with_loops
from models.mazes.maze import Maze
from models.mazes.solvers import shortest_path
from models.mazes.trace import Trace
from models.mazes.walkers import WALKERS, budget_for, no_turning_back, right_hand


def crossings(count: int = 60, loops: int = 0) -> list[tuple[Maze, int, int]]:
    """Mazes of several sizes and both generators, with their ends."""
    rng = random.Random(7)
    found = []
    for n in range(count):
        generate = wilson if n % 2 else depth_first
        maze = with_loops(generate(rng.randint(2, 7), rng.randint(2, 7), rng), loops, rng)
        found.append((maze, *random_ends(maze, rng)))
    return found


def cells(trace: Trace) -> list[int]:
    return [trace.start, *(step.mouse for step in trace.steps if step.mouse is not None)]


@pytest.mark.parametrize("name", WALKERS)
@pytest.mark.parametrize("loops", [0, 5])
def test_nobody_walks_through_walls(name: str, loops: int) -> None:
    for maze, start, cheese in crossings(loops=loops):
        trace = WALKERS[name](maze, start, cheese, random.Random(1), budget_for(maze))
        walked = cells(trace)
        for here, there in itertools.pairwise(walked):
            assert there in maze.neighbours(here)
        assert trace.arrived == (walked[-1] == cheese)
        assert trace.moves <= budget_for(maze)
        assert cheese not in walked[:-1], "the walk ends at the cheese"


@pytest.mark.parametrize("name", WALKERS)
def test_the_same_seed_walks_the_same_way(name: str) -> None:
    maze, start, cheese = crossings()[-1]
    first, second = (WALKERS[name](maze, start, cheese, random.Random(5), 50) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", WALKERS)
def test_a_cell_without_exits_is_no_trap_for_the_program(name: str) -> None:
    trace = WALKERS[name](Maze(2, 1, (0, 0)), 0, 1, random.Random(0), 10)
    assert trace.moves == 0 and not trace.arrived


def test_the_right_hand_always_arrives_where_there_are_no_loops() -> None:
    for maze, start, cheese in crossings(200):
        trace = right_hand(maze, start, cheese, random.Random(2), budget_for(maze))
        assert trace.arrived
        walked = cells(trace)
        used = list(itertools.pairwise(walked))
        assert len(used) == len(set(used)), "each passage at most once each way"


def test_the_right_hand_can_circle_for_ever_where_there_are() -> None:
    lost = sum(
        not right_hand(maze, start, cheese, random.Random(2), 1000).arrived
        for maze, start, cheese in crossings(200, loops=6)
    )
    assert lost > 0


def test_turning_back_happens_only_in_dead_ends() -> None:
    for maze, start, cheese in crossings():
        walked = cells(no_turning_back(maze, start, cheese, random.Random(3), 200))
        for before, here, after in zip(walked, walked[1:], walked[2:], strict=False):
            if after == before:
                assert maze.neighbours(here) == [before]


def test_the_searches_agree_on_the_shortest_path() -> None:
    for maze, start, cheese in crossings(loops=5):
        shortest = len(shortest_path(maze, start, cheese)) - 1
        for name in ("bfs", "astar"):
            trace = WALKERS[name](maze, start, cheese, random.Random(0), 0)
            assert trace.arrived and trace.moves == shortest


def test_the_explorer_prefers_the_unknown_and_otherwise_goes_back() -> None:
    # 0-1-2 in a row, and 4 below 1: a T.
    maze = Maze(3, 2, (0b0010, 0b1110, 0b1000, 0, 0b0001, 0))
    assert advice(maze, 1, 2, {0: 0, 1: 1}) == 2
    assert advice(maze, 1, 2, {0: 0, 1: 3, 2: 2}) == 4
    assert advice(maze, 1, 2, {0: 0, 1: 5, 2: 2, 4: 4}) == 0


def test_the_explorer_always_arrives_where_there_are_no_loops() -> None:
    for maze, start, cheese in crossings(200):
        trace = WALKERS["explorer"](maze, start, cheese, random.Random(0), budget_for(maze))
        assert trace.arrived
        assert trace.moves <= 2 * (maze.cells - 1)
