"""Arrival, median path and share of shortest paths, by hand."""

from __future__ import annotations

import pytest

from models.mazes.score import score


def test_three_arrive_and_one_is_lost() -> None:
    scores = score([4, None, 9, 10], [4, 2, 3, 5])
    assert scores == {"arrival": 0.75, "shortest": 0.25, "ratio": 2.0}


def test_nobody_arrives() -> None:
    assert score([None], [3]) == {"arrival": 0.0, "shortest": 0.0}


def test_lists_of_other_lengths_are_a_mistake() -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        score([1, 2], [1])
