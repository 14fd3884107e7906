"""Lists of pairs: each key once, and the question is about one of them."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from models.tasks.recall import VALUES, commonest, lists, spelled, swapped, twins


def drawn(count: int, pairs: int, seed: int = 0) -> tuple[Tensor, Tensor]:
    return lists(count, pairs, torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("pairs", [2, 8, 26])
def test_the_answer_stands_behind_the_key_that_is_asked_for(pairs: int) -> None:
    texts, answers = drawn(50, pairs)
    assert texts.shape == (50, pairs + 1)
    for text, answer in zip(texts, answers, strict=True):
        *kept, question = spelled(text)
        behind = dict(kept)
        assert len(behind) == pairs
        assert question[1] == "?" and behind[question[0]] == VALUES[answer]


def test_every_place_is_asked_for_alike() -> None:
    texts, _ = drawn(4000, 4)
    places = (texts[:, :-1] // 27 == texts[:, -1:] // 27).int().argmax(1)
    assert places.bincount().tolist() == pytest.approx([1000] * 4, rel=0.1)


@pytest.mark.parametrize("place", [0, 4])
def test_a_place_can_be_asked_for_and_nothing_else_changes(place: int) -> None:
    texts, answers = lists(50, 5, torch.Generator().manual_seed(0), place)
    assert torch.equal(texts[:, -1] // 27, texts[:, place] // 27)
    assert torch.equal(texts[:, place] % 27, answers)
    assert torch.equal(texts[:, :-1], drawn(50, 5)[0][:, :-1])


def test_a_miss_is_swapped_where_it_stands_behind_another_door() -> None:
    doors = torch.tensor([[0 * 27 + 3, 1 * 27 + 5, 0 * 27 + 26]]).repeat(4, 1)  # Ad Bf A?
    said = torch.tensor([3, 5, 5, 9])
    assert swapped(doors, doors[:, 0] % 27, said) == pytest.approx(2 / 3)
    assert math.isnan(swapped(doors, said, said))


def test_all_keys_and_all_values_come() -> None:
    texts, answers = drawn(500, 4)
    assert len((texts[:, :-1] // 27).unique()) == len(answers.unique()) == 26


def test_the_commonest_value_is_what_counting_finds() -> None:
    texts, _ = drawn(200, 5)
    found = []
    for text in texts:
        values = [value for _, value in spelled(text)[:-1]]
        found.append(max(values.count(value) for value in values) / 5)
    assert commonest(texts) == pytest.approx(sum(found) / 200)


def test_the_same_chance_gives_the_same_lists() -> None:
    assert torch.equal(drawn(9, 5)[0], drawn(9, 5)[0])
    assert not torch.equal(drawn(9, 5)[0], drawn(9, 5, seed=1)[0])


def test_twins_differ_in_the_value_that_both_are_asked_for() -> None:
    texts, _ = drawn(20, 6)
    for text in texts:
        both, answers = twins(text)
        assert torch.equal(both[0, :-1], text[:-1]) and torch.equal(both[1, 1:], both[0, 1:])
        assert answers[0] != answers[1]
        for one, answer in zip(both, answers, strict=True):
            first, *_, question = spelled(one)
            assert first == question[0] + VALUES[answer]
