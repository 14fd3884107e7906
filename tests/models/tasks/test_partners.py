"""Mice in a row: each one's partner stands as far from the other end."""

from __future__ import annotations

import pytest
import torch

from models.tasks.partners import ANSWERS, commonest, draw


@pytest.mark.parametrize("length", [2, 7, 8])
@pytest.mark.parametrize("task", ANSWERS)
def test_everyone_says_what_one_at_the_other_end_makes_right(task: str, length: int) -> None:
    rows, answers = draw(task, 20, length, torch.Generator().manual_seed(1))
    assert rows.shape == answers.shape == (20, length)
    for row, said in zip(rows.tolist(), answers.tolist(), strict=True):
        for place, digit in enumerate(row):
            partner = row[length - 1 - place]
            expected = partner if task == "partner" else int(str(digit + partner)[-1])
            assert said[place] == expected


def test_the_commonest_digit_is_right_as_often_as_it_stands_there() -> None:
    rows = torch.tensor([[3, 3, 1, 2], [5, 6, 7, 8]])
    assert commonest(rows, ANSWERS["partner"](rows)) == (2 / 4 + 1 / 4) / 2
