"""Blocks of letters that repeat: what can be foreseen, and what a guess at it is worth."""

from __future__ import annotations

import pytest
import torch

from models.layers.loss import IGNORED
from models.tasks.letters import decode, encode
from models.tasks.repeats import (
    asked,
    drawn,
    following,
    longest_ago,
    once_round,
    one_already_seen,
    repeated,
)

PERIODS = (3, 5, 8)


def some(count: int = 200, length: int = 21):
    return drawn(count, length, PERIODS, torch.Generator().manual_seed(0))


def test_a_text_is_its_block_over_and_over() -> None:
    texts, periods = some()
    assert texts.shape == (200, 21)
    assert set(periods.tolist()) == set(PERIODS)
    for text, period in zip(texts.tolist(), periods.tolist(), strict=True):
        assert all(text[at] == text[at - period] for at in range(period, 21))


def test_letters_and_periods_are_drawn_evenly() -> None:
    texts, periods = some(20_000, length=3)
    letters = texts.flatten().bincount(minlength=26) / texts.numel()
    assert (letters - 1 / 26).abs().max() < 0.003
    shares = periods.bincount()[list(PERIODS)] / len(periods)
    assert (shares - 1 / 3).abs().max() < 0.015


def test_what_is_asked_is_the_next_letter_once_the_block_has_come_round() -> None:
    whole, periods = some()
    texts, answers = asked(whole, periods)
    assert texts.shape == answers.shape == (200, 20)
    for text, answer, period in zip(
        whole.tolist(), answers.tolist(), periods.tolist(), strict=True
    ):
        assert answer == [IGNORED] * period + text[period + 1 :]


def test_all_letters_that_follow_are_known_to_who_trains() -> None:
    whole, periods = some()
    assert torch.equal(following(*asked(whole, periods)), whole[:, 1:])


def by_hand(rule, texts, answers) -> float:
    rights = [
        rule(text[: at + 1], answer)
        for text, row in zip(texts.tolist(), answers.tolist(), strict=True)
        for at, answer in enumerate(row)
        if answer != IGNORED
    ]
    return sum(rights) / len(rights)


def test_baselines_are_what_one_counts_by_hand() -> None:
    texts, answers = asked(*some(50))
    seen = by_hand(lambda past, answer: (answer in past) / len(set(past)), texts, answers)
    assert one_already_seen(texts, answers) == pytest.approx(seen)

    def away_longest(past: list[int], answer: int) -> bool:
        return answer == min(set(past), key=lambda letter: -past[::-1].index(letter))

    assert longest_ago(texts, answers) == pytest.approx(by_hand(away_longest, texts, answers))


def test_in_a_block_of_different_letters_the_one_away_longest_always_comes_next() -> None:
    periods = torch.tensor([7])
    texts, answers = asked(repeated(encode("MOUSEIN"), periods, 22), periods)
    assert decode(texts[0]) == "MOUSEINMOUSEINMOUSEIN"
    assert longest_ago(texts, answers) == 1.0
    assert one_already_seen(texts, answers) == pytest.approx(1 / 7)


def test_who_knows_all_but_the_first_block_loses_that_block_alone() -> None:
    assert once_round([4], 8) == pytest.approx(torch.tensor(26.0).log().item() / 2)
