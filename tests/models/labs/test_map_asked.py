"""The maze that a probe asks about: which are taken, which refused, and what is told of them."""

from __future__ import annotations

import random
from typing import Any

import pytest
import torch

from models.labs.map_asked import asked, loops_asked, thought
from models.mazes.generators import wilson, with_loops
from models.mazes.maze import EAST
from models.mazes.solvers import distances

RING: dict[str, Any] = {
    "width": 2,
    "height": 2,
    "passages": [6, 12, 3, 9],
    "start": 0,
    "cheese": 3,
}
"""Four cells, all doors between them open."""


def refused(**changed: Any) -> str:
    with pytest.raises(ValueError) as error:
        asked({"maze": {**RING, **changed}}, 0)
    return str(error.value)


def test_a_maze_that_is_brought_along_is_the_one_that_is_told_of() -> None:
    of = asked({"maze": RING}, 0)
    assert of.told == RING
    assert of.board.away.tolist() == [[2, 1, 1, 0]]


@pytest.mark.parametrize("size", [15, 41])
def test_mazes_with_loops_are_as_far_from_the_cheese_as_a_search_finds(size: int) -> None:
    rng = random.Random(size)
    maze = with_loops(wilson(size, size, rng), size * size // 5, rng)
    own = {"width": size, "height": size, "passages": list(maze.passages), "start": 0, "cheese": 7}
    of = asked({"maze": own}, 0)
    told = thought(of, torch.zeros(1, size * size, 4))
    assert told["away"] == distances(maze, 7)


def test_cells_that_no_way_leads_to_have_no_distance_and_no_way_on() -> None:
    corridor = {"width": 3, "height": 1, "passages": [2, 8, 0], "start": 2, "cheese": 0}
    told = thought(asked({"maze": corridor}, 0), torch.zeros(2, 3, 4))
    assert told["away"] == [0, 1, -1]
    assert told["onward"] == [-1, 3, -1]


def test_confidence_is_the_probability_of_the_arrow() -> None:
    logits = torch.tensor([[0.0, 3.0, 0.0, 0.0]]).log_softmax(-1).expand(1, 4, 4)
    told = thought(asked({"maze": RING}, 0), logits)
    assert told["arrows"] == [[EAST] * 4]
    likely = torch.tensor([0.0, 3.0, 0.0, 0.0]).softmax(0).max().item()
    assert told["confidence"] == [[round(likely, 3)] * 4]


def test_what_is_no_maze_is_refused_in_words_that_say_why() -> None:
    assert "needs width, height, passages, start and cheese" in _error({"maze": [1, 2]})
    assert "width: 42 is not a whole number from 1 to 41" in refused(width=42)
    assert "4 of them, one a cell" in refused(passages=[6, 12, 3])
    assert "passages of cell 2: 16" in refused(passages=[6, 12, 16, 9])
    assert "cell 0 has a door that leads out of the maze" in refused(passages=[7, 12, 3, 9])
    assert "from cell 0 to 1 does not open from 1" in refused(passages=[6, 4, 3, 9])
    assert "cheese: 4" in refused(cheese=4)
    assert "start: True" in refused(start=True)


def test_sizes_and_loops_beyond_what_there_is_room_for_are_refused() -> None:
    assert "size: 1 is" in _error({"size": 1})
    assert "size: '9' is" in _error({"size": "9"})
    for loops in (-1, 513, 2.0):
        with pytest.raises(ValueError, match="from 0 to 512"):
            loops_asked({"loops": loops})


def test_a_numbered_maze_is_the_same_again_and_its_mouse_stands_farthest_away() -> None:
    first, again, other = (asked({"size": 9, "sample": n}, 0) for n in (4, 4, 5))
    assert first.told == again.told != other.told
    away = distances(first.maze, first.cheese)
    assert away[first.start] == max(away)


def _error(arguments: dict[str, Any]) -> str:
    with pytest.raises(ValueError) as error:
        asked(arguments, 0)
    return str(error.value)
