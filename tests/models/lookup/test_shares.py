"""Shares made of scores: what a ratio and a softmax see, and what they do not."""

from __future__ import annotations

import math

import pytest
import torch

from models.lookup.shares import by_ratio, by_softmax, mixture

SCORES = [[9.0, 1.0, 7.0], [0.9, 0.1, 0.8, 0.0, 0.85], [-3.0, 2.0, 2.0], [0.0, 0.0]]


@pytest.mark.parametrize("scores", SCORES)
@pytest.mark.parametrize("temperature", [0.1, 1.0, 10.0])
def test_a_softmax_is_torchs_own(scores: list[float], temperature: float) -> None:
    shares = by_softmax(scores, temperature)
    wanted = (torch.tensor(scores, dtype=torch.float64) / temperature).softmax(0)
    assert shares == pytest.approx(wanted.tolist(), abs=1e-12)
    assert math.fsum(shares) == pytest.approx(1) and min(shares) > 0


def test_scores_that_no_power_of_e_can_bear_have_shares_all_the_same() -> None:
    with pytest.raises(OverflowError):
        math.exp(800)
    assert by_softmax([800, 800]) == [0.5, 0.5]
    assert by_softmax([-800, -800]) == [0.5, 0.5]


def test_what_is_added_to_all_changes_a_ratio_and_no_softmax() -> None:
    for scores in ([9.0, 1.0, 7.0], [19.0, 11.0, 17.0], [0.0, -8.0, -2.0]):
        assert by_softmax(scores) == pytest.approx(by_softmax([9, 1, 7]))
    assert by_ratio([19, 11, 17]) != pytest.approx(by_ratio([9, 1, 7]), abs=0.01)


def test_what_multiplies_all_changes_a_softmax_and_no_ratio() -> None:
    assert by_ratio([90, 10, 70]) == pytest.approx(by_ratio([9, 1, 7]))
    assert by_softmax([0.9, 0.1, 0.7]) == pytest.approx(by_softmax([9, 1, 7], temperature=10))


def test_a_ratio_of_negative_scores_is_no_share_and_of_a_sum_of_nought_is_none_at_all() -> None:
    assert by_ratio([-3, 2, 2]) == [-3, 2, 2]
    with pytest.raises(ZeroDivisionError):
        by_ratio([1, -1])


def test_the_temperature_goes_from_the_largest_alone_to_equal_shares() -> None:
    assert by_softmax([9, 1, 7], 0.05) == pytest.approx([1, 0, 0], abs=1e-12)
    assert by_softmax([9, 1, 7], 1e6) == pytest.approx([1 / 3] * 3, abs=1e-5)


def test_a_mixture_lies_between_what_it_is_mixed_from() -> None:
    assert mixture([0.5, 0.25, 0.25], [8, 4, 0]) == 5
