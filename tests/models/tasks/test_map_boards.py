"""Mazes as tables: which way is right, and where the arrows of all cells lead."""

from __future__ import annotations

import random

import torch

from models.layers.loss import IGNORED
from models.mazes.generators import wilson
from models.mazes.maze import EAST, NORTH, SOUTH, WEST, Maze
from models.mazes.solvers import distances
from models.tasks.map import FAR, boards, drawn, follow, opened


def several(count: int = 5, size: int = 6) -> list[Maze]:
    return [wilson(size, size, random.Random(seed)) for seed in range(count)]


def test_ways_are_those_of_a_search_from_the_cheese() -> None:
    mazes, cheese = several(), torch.tensor([0, 35, 7, 20, 14])
    board = boards(opened(mazes), cheese, 6)
    for maze, goal, away, onward in zip(
        mazes, cheese.tolist(), board.away.tolist(), board.onward.tolist(), strict=True
    ):
        assert away == distances(maze, goal)
        for cell, direction in enumerate(onward):
            if cell == goal:
                assert direction == IGNORED
            else:
                assert maze.is_open(cell, direction)
                assert away[maze.step(cell, direction)] == away[cell] - 1


def test_a_cell_from_which_no_way_leads_is_not_asked() -> None:
    shut = Maze(2, 1, (0, 0))
    board = boards(opened([shut]), torch.tensor([0]), 2)
    assert board.away.tolist() == [[0, FAR]] and board.onward.tolist() == [[IGNORED, IGNORED]]


def test_a_network_is_told_the_walls_and_one_cheese() -> None:
    mazes = several(2)
    seen = boards(opened(mazes), torch.tensor([3, 8]), 6).seen
    assert torch.equal(seen[..., :4].bool(), opened(mazes))
    assert seen[..., 4].nonzero().tolist() == [[0, 3], [1, 8]]


def test_right_arrows_lead_everyone_to_the_cheese_by_the_shortest_way() -> None:
    board = boards(opened(several()), torch.tensor([0, 35, 7, 20, 14]), 6)
    place, moves, legal = follow(board.onward.clamp(min=0), board)
    assert (place == board.cheese[:, None]).all() and torch.equal(moves, board.away)
    assert legal[board.away > 0].all()


def test_wrong_arrows_go_into_walls_or_round_for_ever() -> None:
    corridor = Maze(4, 1, (1 << EAST, 1 << EAST | 1 << WEST, 1 << EAST | 1 << WEST, 1 << WEST))
    board = boards(opened([corridor]), torch.tensor([3]), 4)
    there_and_back, _, legal = follow(torch.tensor([[EAST, WEST, EAST, NORTH]]), board)
    assert there_and_back[0, 2:].tolist() == [3, 3] and 3 not in there_and_back[0, :2].tolist()
    assert legal.tolist() == [[True, True, True, False]]
    stuck, moves, _ = follow(torch.tensor([[EAST, EAST, SOUTH, NORTH]]), board)
    assert stuck.tolist() == [[2, 2, 2, 3]] and moves.tolist() == [[2, 1, 0, 0]]


def test_boards_are_drawn_again_by_the_same_chance() -> None:
    mazes = opened(several())
    first, again, other = (
        drawn(mazes, 6, 8, torch.Generator().manual_seed(seed)) for seed in (1, 1, 2)
    )
    assert torch.equal(first.seen, again.seen) and not torch.equal(first.seen, other.seen)
