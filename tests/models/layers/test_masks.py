"""Masks are what plain double loops say, every row keeps itself, and doors are those of a maze."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from models.layers.attention import attention, check_mask
from models.layers.masks import (
    Rule,
    both,
    causal,
    dilated,
    doors,
    either,
    global_tokens,
    mask,
    padding,
    sources,
    window,
)
from models.mazes.generators import depth_first, wilson, with_loops
from models.mazes.maze import DIRECTIONS, Maze
from tests.support.tensors import numbers

SENTENCES: list[tuple[Rule, Callable[[int, int], bool]]] = [
    (causal, lambda i, j: j <= i),
    (window(1), lambda i, j: i == j),
    (window(4), lambda i, j: -4 < i - j < 4),
    (dilated(3), lambda i, j: i % 3 == j % 3),
    (global_tokens(2), lambda i, j: min(i, j) < 2 or i == j),
    (global_tokens(0), lambda i, j: i == j),
    (both(causal, window(5)), lambda i, j: j in range(i - 4, i + 1)),
    (both(causal, dilated(2)), lambda i, j: j <= i and (i - j) % 2 == 0),
    (either(window(2), global_tokens(1)), lambda i, j: abs(i - j) < 2 or 0 in (i, j)),
    (lambda i, j: j > i, lambda i, j: j >= i),
]


@pytest.mark.parametrize(("asks", "answers"), [(1, 1), (17, 17), (1, 17), (5, 17), (37, 37)])
def test_a_rule_is_what_a_double_loop_says(asks: int, answers: int) -> None:
    """Who ask are the last of those who answer, and see themselves whatever the rule says."""
    for rule, may in SENTENCES:
        rows = [[may(i, j) for j in range(answers)] for i in range(answers)]
        assert mask(rule, asks, answers).tolist() == rows[answers - asks :]


def test_no_number_of_answers_means_as_many_as_ask() -> None:
    assert torch.equal(mask(causal, 7), mask(causal, 7, 7))


def test_every_row_keeps_itself_whatever_the_rule() -> None:
    nobody: Rule = lambda i, j: (i < 0) & (j < 0)  # noqa: E731
    assert torch.equal(mask(nobody, 3, 5), torch.eye(5, dtype=torch.bool)[2:])
    check_mask(mask(nobody, 3, 5), axes=4)


@pytest.mark.parametrize("size", [17, 18, 1000])
def test_a_window_as_long_as_the_text_is_no_window(size: int) -> None:
    assert mask(window(size), 17).all()
    assert torch.equal(mask(both(causal, window(size)), 17), mask(causal, 17))
    q, k, v = (numbers(17, 4, seed=i) for i in range(3))
    assert torch.equal(attention(q, k, v, mask(window(size), 17))[0], attention(q, k, v)[0])


def test_a_window_one_shorter_is_one() -> None:
    assert mask(window(16), 17).logical_not().nonzero().tolist() == [[0, 16], [16, 0]]


def test_filling_is_looked_at_by_nobody_but_itself() -> None:
    lengths = [5, 1, 3, 0]
    assert padding(torch.tensor(lengths), 5)[:, 0].tolist() == [
        [[j < length or i == j for j in range(5)] for i in range(5)] for length in lengths
    ]


def test_filling_is_not_read_from_elsewhere() -> None:
    assert sources(torch.tensor([4, 1]), 4).tolist() == [[[[True] * 4]], [[[True] + [False] * 3]]]


def walls(maze: Maze) -> Tensor:
    """A maze as the map solver sees it, (1, T, 4)."""
    return torch.tensor([[[maze.is_open(c, d) for d in DIRECTIONS] for c in range(maze.cells)]])


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 6), (6, 1), (4, 4), (5, 3), (3, 7)])
@pytest.mark.parametrize("generator", [wilson, depth_first])
def test_a_head_sees_its_cell_and_through_its_door(
    width: int, height: int, generator: Callable[[int, int, random.Random], Maze]
) -> None:
    chance = random.Random(width * height)
    for _ in range(5):
        maze = with_loops(generator(width, height, chance), 2, chance)
        allowed = doors(walls(maze), width)
        assert allowed.shape == (1, 4, maze.cells, maze.cells)
        for cell in range(maze.cells):
            seen = [set(allowed[0, d, cell].nonzero().flatten().tolist()) for d in DIRECTIONS]
            assert seen == [
                {cell, maze.step(cell, d)} if maze.is_open(cell, d) else {cell} for d in DIRECTIONS
            ]
            assert set().union(*seen) == {cell, *maze.neighbours(cell)}


def test_doors_of_several_mazes_and_of_numbers_for_walls() -> None:
    mazes = torch.cat([walls(wilson(4, 4, random.Random(seed))) for seed in range(3)])
    assert torch.equal(doors(mazes, 4)[2], doors(mazes[2:], 4)[0])
    assert torch.equal(doors(mazes.float(), 4), doors(mazes, 4))


def test_who_looks_through_a_door_is_seen_through_the_opposite_one() -> None:
    allowed = doors(walls(wilson(5, 5, random.Random(1))), 5)[0]
    for d in DIRECTIONS:
        assert torch.equal(allowed[d], allowed[(d + 2) % 4].mT)
