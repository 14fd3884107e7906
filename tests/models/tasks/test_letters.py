"""Random letters, there and back."""

from __future__ import annotations

import pytest
import torch

from models.tasks.letters import decode, encode, first, strings


def test_all_letters_come_and_the_first_is_asked_for() -> None:
    letters = strings(500, 7, torch.Generator().manual_seed(0))
    assert letters.shape == (500, 7)
    assert letters.unique().tolist() == list(range(26))
    assert first(letters).equal(letters[:, 0])


def test_text_becomes_numbers_and_text_again() -> None:
    assert encode("kNz").tolist() == [[10, 13, 25]]
    assert decode(encode("kNz")[0]) == "KNZ"


@pytest.mark.parametrize("text", ["", "AB1", "Ä", "A B"])
def test_what_is_no_letter_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="letters from A to Z"):
        encode(text)
