"""How the arrows of a network are counted, and where a mouse goes that follows them."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from models.mazes.generators import wilson, with_loops
from models.mazes.maze import EAST, NORTH, SOUTH, WEST, Maze
from models.mazes.solvers import distances
from tui.demos.thoughts import flood
from tui.drawing.mazes.thoughts import NOWHERE, ROUND, THERE, WALL, Thoughts, Way

CORRIDOR = Maze(4, 1, (1 << EAST, 1 << EAST | 1 << WEST, 1 << EAST | 1 << WEST, 1 << WEST))


def corridor(*arrows: list[int]) -> Thoughts:
    """Four cells in a row, the cheese in the last."""
    return Thoughts(CORRIDOR, 0, 3, (3, 2, 1, 0), arrows)


def test_right_is_whatever_leads_nearer() -> None:
    """In a square of four cells, two ways are equally short from the corner across."""
    ring = Maze(2, 2, (1 << EAST | 1 << SOUTH, 1 << SOUTH | 1 << WEST, 3, 1 << NORTH | 1 << WEST))
    for arrow in (EAST, SOUTH):
        assert Thoughts(ring, 0, 3, (2, 1, 1, 0), [[arrow] * 4]).is_right(0, 0)
    assert Thoughts(ring, 0, 3, (2, 1, 1, 0), [[SOUTH] * 4]).wrong(0) == {2}


def test_what_the_news_cannot_have_reached_is_counted_apart_from_what_it_can() -> None:
    thoughts = corridor([EAST] * 4, [WEST, WEST, EAST, EAST])
    none, one = thoughts.count(0), thoughts.count(1)
    assert (none.right, none.asked, none.near, none.far_right) == (3, 3, 0, 3)
    assert none.luck == pytest.approx(1 + 1 / 2 + 1 / 2), "one door, then one of two"
    assert (one.right, one.near, one.near_right, one.far, one.far_right) == (1, 1, 1, 2, 0)
    assert one.luck == pytest.approx(1 + 1 / 2) and one.share == pytest.approx(1 / 3)
    assert thoughts.known(1) == {2} and thoughts.early(1) == thoughts.wrong(1) == {0, 1}


def test_who_is_told_all_at_once_can_know_everywhere_from_the_beginning() -> None:
    thoughts = replace(corridor([EAST, WEST, EAST, EAST]), floods=False)
    count = thoughts.count(0)
    assert (count.near, count.near_right, count.far, count.luck) == (3, 2, 0, 0)
    assert not thoughts.early(0) and thoughts.known(0) == {0, 2}


@pytest.mark.parametrize("seed", range(3))
def test_who_only_floods_is_right_exactly_where_the_news_has_come(seed: int) -> None:
    rng = random.Random(seed)
    maze = with_loops(wilson(6, 5, rng), 4, rng)
    cheese = rng.randrange(maze.cells)
    thoughts = flood(maze, cheese, 30)
    away = distances(maze, cheese)
    for loop in range(31):
        count = thoughts.count(loop)
        assert count.near == sum(0 < far <= loop for far in away) == count.near_right
        assert thoughts.wrong(loop) <= thoughts.early(loop)
        assert count.right + len(thoughts.wrong(loop)) == count.asked == maze.cells - 1
    last = max(away)
    assert thoughts.right_since(30) is not None and thoughts.right_since(last) is not None
    way = thoughts.way(last, thoughts.start)
    assert way.ends == THERE and way.moves == last


def test_a_way_ends_at_the_cheese_before_a_wall_or_where_it_was() -> None:
    assert corridor([EAST] * 4).way(0, 0) == Way((0, 1, 2, 3), THERE)
    assert corridor([EAST, NORTH, EAST, EAST]).way(0, 0) == Way((0, 1), WALL)
    assert corridor([EAST, EAST, WEST, EAST]).way(0, 0) == Way((0, 1, 2, 1), ROUND)
    assert corridor([EAST] * 4).way(0, 3) == Way((3,), THERE)
    shut = Maze(2, 1, (0, 0))
    assert Thoughts(shut, 0, 1, (-1, 0), [[EAST, EAST]]).way(0, 0) == Way((0,), NOWHERE)


def test_cells_that_no_way_leads_to_are_not_asked() -> None:
    shut = Maze(3, 1, (0, 1 << EAST, 1 << WEST))
    thoughts = Thoughts(shut, 1, 2, (-1, 1, 0), [[EAST] * 3] * 2)
    assert thoughts.count(1).asked == 1 and thoughts.wrong(1) == thoughts.early(1) == frozenset()


def test_all_is_right_since_the_loop_from_which_it_stays_so() -> None:
    good, bad = [EAST] * 4, [EAST, WEST, EAST, EAST]
    wavers = corridor(bad, good, bad, good, good)
    assert [wavers.right_since(loop) for loop in range(5)] == [None, None, None, 3, 3]
    assert corridor(good, good).right_since(0) == 0
    assert corridor(good, bad).right_since(1) is None


def test_the_news_goes_from_the_cheese_to_the_mouse_and_no_farther() -> None:
    thoughts = corridor(*[[EAST] * 4] * 6)
    assert [thoughts.front(loop, 0) for loop in range(6)] == [3, 2, 1, 0, 0, 0]
    assert replace(thoughts, floods=False).front(0, 1) == 1
    shut = Maze(3, 1, (0, 1 << EAST, 1 << WEST))
    assert Thoughts(shut, 1, 2, (-1, 1, 0), [[EAST] * 3]).front(0, 0) == 0
