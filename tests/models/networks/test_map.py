"""The map solver is one block, looped; news travels one cell a loop, through open doors alone."""

from __future__ import annotations

import random

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import layer_norm, linear, one_hot, relu

from models.layers.masks import doors
from models.layers.size import parameters
from models.mazes.generators import wilson
from models.mazes.maze import DIRECTIONS, Maze
from models.mazes.solvers import distances
from models.networks.map import MapSolver
from models.probe import watching
from tests.support.oracles import given
from tests.support.tensors import assert_same, close, drawn, numbers


def mazes(count: int, width: int, height: int) -> list[Maze]:
    return [wilson(width, height, random.Random(seed)) for seed in range(count)]


def walls(several: list[Maze]) -> Tensor:
    """Which sides of each cell are open, (B, T, 4)."""
    return torch.tensor(
        [[[maze.is_open(c, d) for d in DIRECTIONS] for c in range(maze.cells)] for maze in several]
    )


def test_one_loop_is_one_plain_block_between_two_maps() -> None:
    """Four heads behind the doors, and a norm after each of two changes."""
    ours, is_open, cheese = drawn(MapSolver(16)), walls(mazes(3, 5, 4)), torch.tensor([0, 7, 19])
    block = ours.block

    def normed(x: Tensor, norm: nn.Module) -> Tensor:
        return layer_norm(x, (16,), norm.weight)

    def plain(is_open: Tensor) -> Tensor:
        x = ours.see(one_hot(cheese, 20)[..., None].double())
        x = normed(x + block.attend(x, allowed=doors(is_open, 5)), block.norm_attend)
        hidden = relu(linear(x, block.think.linear1.weight, block.think.linear1.bias))
        x = normed(x + block.think.linear2(hidden), block.norm_think)
        return ours.point(x)

    assert block.attend.heads == 4
    assert_same(lambda maze: ours(maze, cheese, 5, loops=1), plain, is_open, weights=ours)


def test_loops_are_blocks_with_the_same_weights() -> None:
    ours, is_open, cheese = drawn(MapSolver(16)), walls(mazes(2, 4, 4)), torch.tensor([3, 12])
    seen, allowed = ours.start(is_open, cheese, 4)
    x = torch.zeros_like(seen)
    for loops in range(4):
        assert torch.equal(ours(is_open, cheese, 4, loops), ours.point(x))
        x = ours.block(x + seen, allowed)


def test_four_neighbours_a_cell_give_the_numbers_and_gradients_of_the_mask() -> None:
    ours, is_open, cheese = drawn(MapSolver(16)), walls(mazes(3, 5, 4)), torch.tensor([0, 7, 19])
    told = torch.cat([is_open, one_hot(cheese, 20)[..., None]], -1).double()
    scale = numbers(4)

    def quick(scale: Tensor) -> Tensor:
        return scale * ours.point(list(ours.quickly(told, 5, loops=4))[-1])

    assert_same(lambda by: by * ours(is_open, cheese, 5, loops=4), quick, scale, weights=ours)


def test_unseen_loops_count_but_hand_out_nothing_and_learn_nothing() -> None:
    ours, is_open, cheese = drawn(MapSolver(16)), walls(mazes(2, 4, 4)), torch.tensor([3, 12])
    told = torch.cat([is_open, one_hot(cheese, 16)[..., None]], -1).double()
    late = list(ours.quickly(told, 4, loops=2, unseen=3))
    for loops, x in enumerate(late, 4):
        assert close(ours.point(x), ours(is_open, cheese, 4, loops))


@pytest.mark.parametrize("sees_doors", [False, True])
def test_a_cheese_that_comes_late_is_a_cheese_that_was_nowhere_before(sees_doors: bool) -> None:
    ours, (maze,) = drawn(MapSolver(16, sees_doors)), mazes(1, 5, 5)
    told = torch.cat([walls([maze]), one_hot(torch.tensor([7]), 25)[..., None]], -1).double()
    nowhere = torch.cat([told[..., :4], 0 * told[..., 4:]], -1)
    *_, waited = ours.quickly(nowhere, 5, loops=6)
    late = next(ours.quickly(told, 5, 1, waited=6))
    _, allowed = ours.start(walls([maze]), torch.tensor([7]), 5)
    seen = ours.see(told if sees_doors else told[..., 4:])
    assert close(late, ours.block(waited + seen, allowed))


@pytest.mark.parametrize("loops", [1, 3, 6])
def test_news_of_the_cheese_travels_one_cell_a_loop(loops: int) -> None:
    """To the last bit: the masks leave no other way."""
    ours = drawn(MapSolver(16))
    for maze in mazes(3, 5, 5):
        is_open = walls([maze])
        here, there = 0, 24
        first, second = (ours(is_open, torch.tensor([c]), 5, loops)[0] for c in (here, there))
        reached = zip(distances(maze, here), distances(maze, there), strict=True)
        told = torch.tensor([min(away) <= loops for away in reached])
        assert ((first != second).any(-1) == told).all()


def test_before_the_news_comes_a_dead_end_is_a_cell_like_any_other() -> None:
    ours, (maze,) = drawn(MapSolver(16)), mazes(1, 5, 5)
    logits = ours(walls([maze]), torch.tensor([0]), 5, loops=4)[0]
    far = [cell for cell, away in enumerate(distances(maze, 0)) if away > 4]
    assert len({len(maze.neighbours(cell)) for cell in far}) > 1
    assert close(logits[far], logits[far[:1]].expand(len(far), -1))
    sees = drawn(MapSolver(16, sees_doors=True))(walls([maze]), torch.tensor([0]), 5, loops=4)[0]
    assert not close(sees[far], sees[far[:1]].expand(len(far), -1))


def test_a_block_knows_cells_by_their_doors_alone_and_not_by_their_numbers() -> None:
    ours, is_open = drawn(MapSolver(16)), walls(mazes(2, 5, 4))
    x, allowed = numbers(2, 20, 16), doors(is_open, 5)
    order = torch.randperm(20, generator=torch.Generator().manual_seed(0))
    moved = ours.block(x[:, order], allowed[..., order, :][..., order])
    assert close(moved, ours.block(x, allowed)[:, order])


def test_a_maze_need_not_have_the_size_it_was_trained_with() -> None:
    """A maze that stands in the corner of a larger one, walled off, is solved as it was alone."""
    ours, (maze,) = drawn(MapSolver(16)), mazes(1, 3, 3)
    small = walls([maze])
    large = torch.zeros(1, 25, 4, dtype=torch.bool)
    corner = torch.tensor([row * 5 + column for row in range(3) for column in range(3)])
    large[0, corner] = small[0]
    alone = ours(small, torch.tensor([4]), 3, loops=4)
    assert close(ours(large, corner[None, 4], 5, loops=4)[:, corner], alone)


def test_mazes_in_one_batch_do_not_meet() -> None:
    ours, is_open, cheese = drawn(MapSolver(16)), walls(mazes(3, 4, 4)), torch.tensor([1, 5, 15])
    alone = ours(is_open[1:2], cheese[1:2], 4, loops=3)
    assert close(ours(is_open, cheese, 4, loops=3)[1:2], alone)


def test_each_head_looks_at_its_cell_and_its_door() -> None:
    ours, is_open = drawn(MapSolver(16)), walls(mazes(2, 4, 4))
    with watching(ours, "block.attend.weights") as seen:
        ours(is_open, torch.tensor([0, 9]), 4, loops=2)
    weights = seen["block.attend.weights"]
    assert ((weights > 0) == doors(is_open, 4)).all()
    assert close(weights.sum(-1), torch.ones(2, 4, 16).double())


def test_gradients_through_loops_are_those_of_a_stack_of_copies() -> None:
    ours, is_open, cheese = drawn(MapSolver(16)), walls(mazes(2, 3, 3)), torch.tensor([0, 8])
    weights = dict(ours.block.named_parameters())

    def stacked(is_open: Tensor) -> Tensor:
        seen, allowed = ours.start(is_open, cheese, 3)
        x = torch.zeros_like(seen)
        for _ in range(3):
            x = given(MapSolver(16).block, weights)(x + seen, allowed)
        return ours.point(x)

    assert_same(lambda maze: ours(maze, cheese, 3, loops=3), stacked, is_open, weights=ours)


@pytest.mark.parametrize("width", [8, 16, 32, 64])
def test_it_has_as_many_parameters_as_its_parts(width: int) -> None:
    attention = 4 * width**2 + 4 * width
    thinking = 4 * width**2 + 3 * width
    maps = 2 * width + 4 * width + 4
    assert parameters(MapSolver(width)) == attention + thinking + 2 * width + maps
    assert parameters(MapSolver(width, sees_doors=True)) == parameters(MapSolver(width)) + 4 * width
