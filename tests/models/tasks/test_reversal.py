"""Strings of digits and the same backwards, filled up to the longest."""

from __future__ import annotations

import pytest
import torch

from models.tasks.reversal import EDGE, lengths_of, reversals, spelled, string_of


def chance(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@pytest.mark.parametrize("lengths", [(1,), (4,), (3, 5, 9)])
def test_an_answer_is_its_string_backwards_and_filled_up_alike(lengths: tuple[int, ...]) -> None:
    strings, answers = reversals(200, lengths, chance())
    assert strings.shape == answers.shape == (200, max(lengths))
    for string, answer in zip(strings.tolist(), answers.tolist(), strict=True):
        digits = [digit for digit in string if digit != EDGE]
        assert len(digits) in lengths
        filling = [EDGE] * (max(lengths) - len(digits))
        assert string == digits + filling and answer == digits[::-1] + filling


def test_lengths_and_digits_come_up_alike() -> None:
    strings, _ = reversals(6000, (3, 5, 9), chance())
    lengths = lengths_of(strings)
    assert [int((lengths == n).sum()) for n in (3, 5, 9)] == pytest.approx([2000] * 3, rel=0.1)
    digits = strings[strings != EDGE].bincount(minlength=10).float()
    assert (digits / digits.sum()).tolist() == pytest.approx([0.1] * 10, rel=0.1)


def test_what_is_typed_is_read_as_it_is_written() -> None:
    assert spelled(string_of("12345", 12)[0]) == list("12345")


@pytest.mark.parametrize("typed", ["", "12a", "1·2", "1 2", "1234567890123", "12²"])
def test_what_is_no_short_string_of_digits_is_not_read(typed: str) -> None:
    with pytest.raises(ValueError, match="expected 1 to 12 digits"):
        string_of(typed, 12)
