"""Many mice at once do what one mouse does: senses, moves, and the explorer's advice."""

from __future__ import annotations

import random

import pytest
import torch

from models.mazes.explorer import advice
from models.mazes.generators import random_ends, wilson
from models.mazes.maze import EAST, NORTH, SOUTH, WEST, Maze
from models.tasks.mouse import NEVER, SENSES, STOOD_STILL, Mazes, Mice


def chance(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.fixture
def mazes() -> list[Maze]:
    rng = random.Random(0)
    return [wilson(5, 5, rng) for _ in range(20)]


def test_senses_by_hand() -> None:
    # 0 1     One passage north-south on each side, and one along the top.
    # 2 3
    maze = Maze(2, 2, (0b0110, 0b1100, 0b0001, 0b0001))
    mice = Mice(Mazes([maze]), torch.tensor([[0], [2], [3]]))
    senses, is_open = mice.look()
    assert senses.shape == (1, SENSES)
    assert is_open.tolist() == [[True, False, False, False]]
    assert senses[0].tolist() == [1, 0, 0, 0, 0, 0.5, 0, 1, 0.5, 0, 0, 0, 0, 0]
    for direction in (NORTH, EAST):
        mice.go(torch.tensor([direction]))
    senses, is_open = mice.look()
    assert is_open.tolist() == [[False, False, True, True]]
    assert senses[0].tolist() == [0, 0, 1, 1, 0.5, 0, 1, 0, 0, 0.5, 0, 1, 0, 0]
    assert not mice.found
    mice.go(torch.tensor([SOUTH]))
    assert mice.found and mice.moves.tolist() == [3]


def test_many_mice_are_advised_as_one_is(mazes: list[Maze]) -> None:
    rng = random.Random(1)
    ends = [random_ends(maze, rng) for maze in mazes]
    put = torch.tensor([[n, *end] for n, end in enumerate(ends)]).T
    mice = Mice(Mazes(mazes), put)
    visited = [{start: 0} for start, _ in ends]
    for now in range(1, 40):
        here = mice.here.tolist()
        advised = mice.advice().tolist()
        for n, (maze, (_, cheese)) in enumerate(zip(mazes, ends, strict=True)):
            assert maze.step(here[n], advised[n]) == advice(maze, here[n], cheese, visited[n])
        # The mice wander at random: advice is wanted wherever their mistakes take them.
        ways = [
            rng.choice([d for d in range(4) if m.is_open(c, d)])
            for m, c in zip(mazes, here, strict=True)
        ]
        mice.go(torch.tensor(ways))
        for n, cell in enumerate(mice.here.tolist()):
            visited[n][cell] = now


def test_a_mouse_put_again_has_nothing_behind_it(mazes: list[Maze]) -> None:
    table = Mazes(mazes)
    mice = Mice(table, table.draw(6, chance()))
    for _ in range(5):
        mice.go(mice.advice())
    before = mice.visited.clone()
    which = torch.tensor([True, False, True, False, False, False])
    put = table.draw(6, chance(1))
    mice.put_again(which, put)
    assert mice.maze[which].equal(put[0][which]) and mice.here[which].equal(put[1][which])
    assert mice.moves[which].eq(0).all() and mice.moves[~which].eq(5).all()
    assert mice.last[which].eq(STOOD_STILL).all() and mice.last[~which].lt(STOOD_STILL).all()
    assert (mice.visited[which] != NEVER).sum(-1).eq(1).all()
    assert mice.visited[~which].equal(before[~which])


def test_draws_reach_everything_and_never_start_on_the_cheese(mazes: list[Maze]) -> None:
    maze, start, cheese = Mazes(mazes).draw(5000, chance())
    assert (start != cheese).all()
    for drawn, count in ((maze, 20), (start, 25), (cheese, 25)):
        assert drawn.unique().tolist() == list(range(count))


def test_walls_are_where_they_are_in_the_maze(mazes: list[Maze]) -> None:
    table = Mazes(mazes)
    is_open = table.open.view(20, 25, 4)
    for n, maze in enumerate(mazes):
        for cell in range(25):
            for direction in (NORTH, EAST, SOUTH, WEST):
                assert bool(is_open[n, cell, direction]) == maze.is_open(cell, direction)
