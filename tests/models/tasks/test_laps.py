"""Laps over loops of landmarks: what is read, what comes next, and what of it can be known."""

from __future__ import annotations

import pytest
import torch

from models.layers.loss import IGNORED
from models.tasks.laps import LANDMARKS, START, TOKENS, drawn, known, laps, restarted, spelled


def chance(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("length", [3, 5, 8, 10])
def test_a_text_runs_one_loop_of_different_landmarks(length: int) -> None:
    texts, walks = laps(torch.full((50,), length), chance())
    assert texts.shape == walks.shape == (50, TOKENS)
    for text, walk in zip(texts.tolist(), walks.tolist(), strict=True):
        assert text == [START, *walk[:-1]]
        loop = walk[:length]
        assert len(set(loop)) == length and set(loop) <= set(range(len(LANDMARKS)))
        assert walk == [loop[at % length] for at in range(TOKENS)]


@pytest.mark.parametrize("length", [4, 8])
def test_what_is_asked_can_be_looked_up_and_nothing_else_can(length: int) -> None:
    texts, walks = laps(torch.full((50,), length), chance())
    answers = known(walks, torch.full((50,), length))
    for text, answer in zip(texts.tolist(), answers.tolist(), strict=True):
        for at, landmark in enumerate(text):
            before = text[:at]
            if answer[at] == IGNORED:
                assert landmark not in before
            else:
                assert answer[at] == text[before.index(landmark) + 1]


def test_every_length_from_the_shortest_to_the_longest_is_as_likely() -> None:
    texts, _, lengths = drawn(4000, 4, 8, chance())
    assert lengths.bincount()[4:].tolist() == pytest.approx([800] * 5, rel=0.1)
    loops = [len(set(text[1:])) for text in texts.tolist()]
    assert loops == lengths.tolist()


def test_another_start_is_a_landmark_of_no_loop_and_changes_nothing_else() -> None:
    texts, _ = laps(torch.full((200,), 8), chance())
    others = restarted(texts, chance(1))
    assert torch.equal(others[:, 1:], texts[:, 1:])
    assert all(text[0] not in text[1:] for text in others.tolist())
    assert set(others[:, 0].tolist()) == set(range(len(LANDMARKS)))


def test_a_blank_is_where_nothing_can_be_known() -> None:
    assert spelled(torch.tensor([START, 0, 15, IGNORED])) == "^ap "
