"""One arrow a square is enough to find the cheese, and to find it again."""

from __future__ import annotations

import random

import pytest

from models.mazes.generators import random_ends, wilson, with_loops, with_wall_moved
from models.mazes.maze import DIRECTIONS, Maze
from models.mazes.solvers import distances
from models.mazes.theseus import Theseus
from models.mazes.trace import ARROW, Trace


def cells(trace: Trace) -> list[int]:
    return [trace.start, *(step.mouse for step in trace.steps if step.mouse is not None)]


def looped(seed: int, walls: int = 5) -> tuple[Maze, int, int, random.Random]:
    rng = random.Random(seed)
    maze = with_loops(wilson(5, 5, rng), walls, rng)
    return (maze, *random_ends(maze, rng), rng)


@pytest.mark.parametrize("walls", [0, 5, 16])
def test_the_first_run_finds_the_cheese_in_the_end(walls: int) -> None:
    for seed in range(60):
        maze, start, cheese, rng = looped(seed, walls)
        theseus = Theseus(maze, rng)
        assert theseus.run(start, cheese, theseus.patience).arrived


@pytest.mark.parametrize("walls", [0, 5, 16])
def test_the_second_run_has_no_loop(walls: int) -> None:
    for seed in range(60):
        maze, start, cheese, rng = looped(seed, walls)
        theseus = Theseus(maze, rng)
        theseus.run(start, cheese, theseus.patience)
        walked = cells(theseus.run(start, cheese, maze.cells))
        assert walked[-1] == cheese
        assert len(walked) == len(set(walked))


def test_the_second_run_is_not_always_the_shortest() -> None:
    longer = 0
    for seed in range(60):
        maze, start, cheese, rng = looped(seed)
        theseus = Theseus(maze, rng)
        theseus.run(start, cheese, theseus.patience)
        longer += theseus.run(start, cheese, 25).moves > distances(maze, cheese)[start]
    assert longer > 0


def test_without_loops_it_is() -> None:
    for seed in range(60):
        maze, start, cheese, rng = looped(seed, walls=0)
        theseus = Theseus(maze, rng)
        theseus.run(start, cheese, theseus.patience)
        assert theseus.run(start, cheese, 25).moves == distances(maze, cheese)[start]


def test_from_a_new_square_it_explores_until_it_knows_the_way() -> None:
    explored = 0
    for seed in range(60):
        maze, start, cheese, rng = looped(seed)
        theseus = Theseus(maze, rng)
        theseus.run(start, cheese, theseus.patience)
        fresh = [c for c in range(maze.cells) if c not in theseus.arrows and c != cheese]
        if fresh:
            explored += 1
            trace = theseus.run(fresh[0], cheese, theseus.patience)
            assert trace.arrived
            assert trace.steps[1].note == "a new square: any open way"
    assert explored > 20


def test_it_learns_again_when_a_wall_has_moved() -> None:
    relearned = 0
    for seed in range(60):
        maze, start, cheese, rng = looped(seed, walls=8)
        theseus = Theseus(maze, rng)
        theseus.run(start, cheese, theseus.patience)
        changed = with_wall_moved(maze, start, theseus.arrows[start])
        if distances(changed, cheese)[start] < 0:
            continue
        relearned += 1
        theseus.maze = changed
        trace = theseus.run(start, cheese, theseus.patience)
        assert trace.arrived
        assert trace.steps[1].note == "a wall is new: turns on"
        walked = cells(theseus.run(start, cheese, changed.cells))
        assert walked[-1] == cheese and len(walked) == len(set(walked))
    assert relearned > 20


def test_the_marks_are_the_arrows() -> None:
    maze, start, cheese, rng = looped(0)
    theseus = Theseus(maze, rng)
    trace = theseus.run(start, cheese, theseus.patience)
    shown: dict[int, str] = {}
    for step in trace.steps:
        shown.update(step.marks)
    assert shown == {cell: ARROW[d] for cell, d in theseus.arrows.items()}
    again = theseus.run(start, cheese, 25)
    assert again.steps[0].mouse is None and dict(again.steps[0].marks) == shown


def test_it_turns_left_from_wall_to_wall() -> None:
    # A corridor 0-1-2; the mouse has just come from 0, so 1 bears no arrow.
    maze = Maze(3, 1, (0b0010, 0b1010, 0b1000))
    theseus = Theseus(maze, random.Random(0))
    theseus.arrows = {1: DIRECTIONS[3]}
    trace = theseus.run(1, 2, 1)
    assert trace.steps[-1].mouse == 2, "from west a quarter turn left is south, then east"
