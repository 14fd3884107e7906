"""Mouse-speak is told from its end, and its moves are what it says."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from models.tasks.alignment import MOVES, SILENCE, TIMES, WAYS, WORDS, sentences


def drawn(count: int, turns: int, seed: int = 0) -> tuple[Tensor, Tensor]:
    return sentences(count, turns, torch.Generator().manual_seed(seed))


def understood(words: list[str]) -> str:
    """A sentence as somebody reads it who knows the language: pair by pair, from its end."""
    found = ""
    while words and words[-1] != SILENCE:
        way, times = words.pop(-2), words.pop(-1)
        found += "NESW"[WAYS.index(way)] * (TIMES.index(times) + 1)
    assert set(words) <= {SILENCE}
    return found


@pytest.mark.parametrize("turns", [3, 4, 6])
def test_the_moves_are_what_the_sentence_says(turns: int) -> None:
    words, moves = drawn(100, turns)
    assert words.shape == (100, 2 * turns) and moves.shape == (100, 3 * turns + 1)
    for sentence, way in zip(words.tolist(), moves.tolist(), strict=True):
        said = "".join(MOVES[move] for move in way)
        expected = understood([WORDS[word] for word in sentence])
        assert said == expected.ljust(3 * turns + 1, ".")


def test_every_number_of_turns_comes_alike() -> None:
    words, _ = drawn(4000, 6)
    turns = (words != 0).sum(1) // 2
    assert turns.bincount().tolist() == [0, 0, 0, *[pytest.approx(1000, rel=0.1)] * 4]


def test_only_the_longest_can_be_asked_for() -> None:
    words, _ = sentences(50, 5, torch.Generator().manual_seed(0), least=5)
    assert (words != 0).all()


def test_the_same_chance_gives_the_same_sentences() -> None:
    assert torch.equal(drawn(9, 5)[1], drawn(9, 5)[1])
    assert not torch.equal(drawn(9, 5)[1], drawn(9, 5, seed=1)[1])
