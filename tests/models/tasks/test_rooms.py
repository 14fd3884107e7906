"""Walks through nine rooms: what is legal, and what nobody can foresee."""

from __future__ import annotations

import math
from itertools import pairwise, product

import pytest
import torch

from models.tasks.rooms import ROOMS, drawn, encode, floor, legal, onward, spelled

NEXT_DOOR = {"a": "bd", "b": "ace", "c": "bf", "d": "aeg", "e": "bdfh", "f": "cei"} | {
    "g": "dh",
    "h": "egi",
    "i": "fh",
}


def is_legal(walk: str) -> bool:
    """By the words of the rule, room by room."""
    through = all(after in NEXT_DOOR[before] for before, after in pairwise(walk))
    return through and all(walk[n] != walk[n - 2] for n in range(2, len(walk)))


def chances(length: int) -> dict[str, float]:
    """Every legal walk, and how likely it is."""
    walks = dict.fromkeys(ROOMS, 1 / 9)
    for _ in range(length - 1):
        further: dict[str, float] = {}
        for walk, chance in walks.items():
            ways = [room for room in NEXT_DOOR[walk[-1]] if room != walk[-2:-1]]
            further |= {walk + room: chance / len(ways) for room in ways}
        walks = further
    return walks


@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_every_text_is_judged_as_the_rule_says(length: int) -> None:
    texts = ["".join(rooms) for rooms in product(ROOMS, repeat=length)]
    found = legal(torch.stack([encode(text) for text in texts])).all(-1).tolist()
    assert found == [is_legal(text) for text in texts]


def test_walks_that_are_drawn_are_legal_and_go_everywhere() -> None:
    walks = drawn(500, 8, torch.Generator().manual_seed(0))
    assert walks.shape == (500, 8) and legal(walks).all()
    assert set(spelled(walks[:, -1])) == set(ROOMS)
    assert all(is_legal(spelled(walk)) for walk in walks[:50])


def test_where_one_may_go_on_to_is_where_a_walk_stays_legal() -> None:
    for walk in ("e", "ab", "hed"):
        ways = onward(encode(walk)[None])[0].tolist()
        assert ways == [is_legal(walk + room) for room in ROOMS]


def test_the_floor_is_the_entropy_of_all_walks_and_the_best_guess_is_one_of_the_ways() -> None:
    losses, named = floor(6)
    walks = chances(6)
    entropy = -math.fsum(chance * math.log(chance) for chance in walks.values())
    assert math.fsum(losses) == pytest.approx(entropy - math.log(9), abs=1e-12)
    rates = []
    for length in range(1, 6):
        for walk, chance in chances(length).items():
            ways = [room for room in NEXT_DOOR[walk[-1]] if room != walk[-2:-1]]
            rates.append(chance / len(ways))
    assert named == pytest.approx(math.fsum(rates) / 5, abs=1e-12)
