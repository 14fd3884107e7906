"""Mazes as text: which there are, what is told of them, and how a way is judged."""

from __future__ import annotations

import pytest
import torch

from models.mazes.maze import Maze
from models.mazes.solvers import shortest_path
from models.tasks.maze_words import (
    EDGE,
    FIRST_ROOM,
    ROOMS,
    SIGNS,
    SYMBOLS,
    arrives,
    asked,
    blindfolded,
    legal,
    mazes,
    spelled,
    wandered,
    ways,
)

UP_TO_SIX = tuple(range(1, 7))


def chance(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def maze_of(text: list[int]) -> tuple[Maze, int, int]:
    """The maze that a text tells of, read off its signs, and its two rooms."""
    signs = spelled(torch.tensor(text[:9]))
    passages = tuple(SIGNS.index(sign) for sign in signs)
    return Maze(3, 3, passages), text[9] - FIRST_ROOM, text[10] - FIRST_ROOM


def tokens(text: str) -> torch.Tensor:
    return torch.tensor([[SYMBOLS.index(symbol) for symbol in text]])


def test_there_are_192_mazes_that_join_all_rooms_and_all_are_there_once() -> None:
    # The number of spanning trees of a grid of three by three rooms (Kirchhoff's theorem).
    every = mazes()
    joined = (every.away >= 0).all((1, 2))
    assert int(joined.sum()) == 192 and len(every.signs) == len(every.signs.unique(dim=0)) == 1552


def test_a_fifth_is_held_out_and_the_same_fifth_always() -> None:
    assert int(mazes().held_out.sum()) == 1552 // 5
    trained = {tuple(text[:9]) for text in ways(3000, False, UP_TO_SIX, chance())[0].tolist()}
    judged = {tuple(text[:9]) for text in ways(3000, True, UP_TO_SIX, chance(1))[0].tolist()}
    judged |= {tuple(text[:9]) for text in asked(3000, True, chance(2))[0].tolist()}
    assert len(trained) > 1000 and len(judged) == 310 and not trained & judged


def test_a_way_is_the_shortest_path_through_the_maze_that_is_told() -> None:
    texts, answers = ways(200, True, UP_TO_SIX, chance())
    for text, answer in zip(texts.tolist(), answers.tolist(), strict=True):
        maze, mouse, cheese = maze_of(text)
        path = shortest_path(maze, mouse, cheese)[1:]
        assert [token - FIRST_ROOM for token in answer if token != EDGE] == path
        assert answer == [room + FIRST_ROOM for room in path] + [EDGE] * (6 - len(path))


def test_all_numbers_of_moves_are_alike_likely() -> None:
    _, answers = ways(6000, False, UP_TO_SIX, chance())
    moves = (answers != EDGE).sum(1).bincount(minlength=7)
    assert moves[1:].tolist() == pytest.approx([1000] * 6, rel=0.15)


def test_to_the_cheese_of_half_of_the_mazes_leads_no_way() -> None:
    texts, can = asked(2000, False, chance())
    assert can.float().mean().item() == pytest.approx(0.5, abs=0.05)
    for text, reached in zip(texts.tolist()[:300], can.tolist(), strict=False):
        maze, mouse, cheese = maze_of(text)
        assert bool(shortest_path(maze, mouse, cheese)) == bool(reached) and mouse != cheese


@pytest.mark.parametrize(
    ("said", "is_legal", "is_there"),
    [
        ("bcf.", True, True),
        ("bcfi", True, False),
        ("bcfc", True, False),
        ("bc..", True, False),
        ("....", True, False),
        ("badg", True, False),
        ("ef..", False, False),
        ("f...", False, False),
        ("b┌..", False, False),
        ("bcfb", False, False),
    ],
)
def test_a_way_is_legal_where_passages_are_and_arrives_where_it_ends(
    said: str, is_legal: bool, is_there: bool
) -> None:
    # Along the first row from a to c, and down from both ends; the cheese is in f.
    maze, way = tokens("┌─┐│ │╵ ╵" + "af"), tokens(said)
    assert legal(maze, way).item() == is_legal
    assert arrives(maze, way).item() == is_there


def test_who_never_turns_back_walks_through_passages_and_stops_at_the_cheese() -> None:
    texts, answers = ways(2000, True, UP_TO_SIX, chance())
    said = wandered(texts, 8, chance(1))
    assert legal(texts, said).all()
    right = (said[:, :6] == answers).all(1) & (said[:, 6] == EDGE)
    assert torch.equal(arrives(texts, said), right)  # there is but one way, and it never turns
    assert 0.4 < right.float().mean().item() < 0.6


def test_blindfolded_mice_are_told_of_another_maze() -> None:
    texts, _ = ways(50, True, UP_TO_SIX, chance())
    other = blindfolded(texts)
    assert torch.equal(other[1:, :9], texts[:-1, :9]) and torch.equal(other[0, :9], texts[-1, :9])
    assert torch.equal(other[:, len(ROOMS) :], texts[:, len(ROOMS) :])
