"""Mazes in a frame as one stream: which there are, what is told of them, how a way is judged."""

from __future__ import annotations

import pytest
import torch

from models.mazes.maze import Maze
from models.mazes.solvers import shortest_path
from models.tasks.maze_stream import (
    EDGE,
    FIRST_ROOM,
    FRAME,
    MOST,
    ROOMS,
    SYMBOLS,
    TEXT,
    TOLD,
    Kind,
    blindfolded,
    framed,
    spelled,
    walked,
    wandered,
    ways,
)

SMALL, LARGE = tuple(range(1, MOST + 1)), tuple(range(1, 13))
KINDS: tuple[tuple[Kind, tuple[int, ...]], ...] = (
    ("practice", SMALL),
    ("unseen", SMALL),
    ("large", LARGE),
)


def chance(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def tokens(text: str) -> torch.Tensor:
    return torch.tensor([[SYMBOLS.index(symbol) for symbol in text]])


@pytest.mark.parametrize(("kind", "moves"), KINDS)
def test_a_way_is_the_shortest_path_through_the_maze_that_is_told(
    kind: Kind, moves: tuple[int, ...]
) -> None:
    texts, answers = ways(100, kind, moves, chance())
    assert texts.shape == (100, TOLD)
    lengths = set()
    for text, way in zip(texts.tolist(), answers.tolist(), strict=True):
        maze = Maze(FRAME, FRAME, tuple(text[: len(ROOMS)]))
        mouse, cheese = (room - FIRST_ROOM for room in text[len(ROOMS) :])
        path = shortest_path(maze, mouse, cheese)
        assert path is not None
        told = [room + FIRST_ROOM for room in path[1:]]
        assert way == told + [EDGE] * (len(way) - len(told))
        lengths.add(len(told))
    assert lengths == set(moves)


def test_small_mazes_lie_in_four_places_and_every_room_is_met_in_practice() -> None:
    small = [framed(kind).signs for kind in ("practice", "unseen")]  # type: ignore[arg-type]
    assert sum(map(len, small)) == 4 * 192
    assert all(bool((signs > 0).any(0).all()) for signs in small)
    assert all(set((signs > 0).sum(1).tolist()) == {9} for signs in small)
    assert set((framed("large").signs > 0).sum(1).tolist()) == {16}


def test_no_unseen_maze_is_met_in_practice_wherever_it_lies() -> None:
    def shapes(kind: Kind) -> set[tuple[int, ...]]:
        return {tuple(sign for sign in signs if sign) for signs in framed(kind).signs.tolist()}

    assert len(shapes("practice") | shapes("unseen")) == 192
    assert not shapes("practice") & shapes("unseen")


@pytest.mark.parametrize(
    ("said", "fine", "comes"),
    [
        ("gfbcd.", True, True),
        ("gfb.", True, False),
        ("gfbcdc", True, False),
        ("dc", False, False),
        ("gfj.", False, False),
        ("gk.", True, False),
        ("..", True, False),
    ],
)
def test_a_way_is_judged_door_by_door(said: str, fine: bool, comes: bool) -> None:
    legal, arrives = walked(tokens(TEXT), tokens(said))
    assert (legal.item(), arrives.item()) == (fine, comes)


def test_who_never_turns_back_goes_through_doors_and_names_some_ways() -> None:
    texts, answers = ways(300, "unseen", SMALL, chance())
    said = wandered(texts, MOST, chance(1))
    legal, arrives = walked(texts, said)
    assert legal.all() and 0.3 < arrives.float().mean() < 0.7
    whole = (said == answers).all(1)
    assert torch.equal(whole, arrives), "without loops who arrives without turning has the way"


def test_blindfolded_it_keeps_mouse_and_cheese_and_is_told_another_maze() -> None:
    texts, _ = ways(20, "unseen", SMALL, chance())
    blind = blindfolded(texts)
    assert torch.equal(blind[:, len(ROOMS) :], texts[:, len(ROOMS) :])
    assert torch.equal(blind[1:, : len(ROOMS)], texts[:-1, : len(ROOMS)])


def test_a_text_is_written_as_it_is_read() -> None:
    assert spelled(tokens(TEXT)[0]) == TEXT
