"""Texts with a marker: the letter after it is asked for, and every place is as likely."""

from __future__ import annotations

import pytest
import torch

from models.tasks.marker import ASKS, LETTERS, MARKER, commonest, marked, spelled, up_to


def chance(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("length", [2, 5, 20])
def test_the_answer_stands_right_after_the_only_marker(length: int) -> None:
    texts, answers = marked(200, length, chance())
    assert texts.shape == (200, length + 1)
    assert (texts[:, -1] == ASKS).all() and ((texts == MARKER).sum(1) == 1).all()
    for text, answer in zip(texts, answers, strict=True):
        words = spelled(text)
        assert words[words.index("#") + 1] == LETTERS[answer]


def test_the_marker_stands_at_every_place_but_the_last_alike() -> None:
    texts, _ = marked(4000, 5, chance())
    places = (texts == MARKER).int().argmax(1).bincount(minlength=6)
    assert places[:4].tolist() == pytest.approx([1000] * 4, rel=0.1)
    assert places[4:].tolist() == [0, 0]


def test_all_lengths_from_the_shortest_to_the_longest_come_up() -> None:
    generator = chance()
    lengths = {up_to(1, 3, 6, generator)[0].shape[1] - 1 for _ in range(100)}
    assert lengths == {3, 4, 5, 6}


def test_the_commonest_letter_is_counted_without_marker_and_question() -> None:
    texts = torch.tensor([[2, MARKER, 5, 5, ASKS], [1, MARKER, 1, 0, ASKS]])
    assert commonest(texts).tolist() == [5, 1]
