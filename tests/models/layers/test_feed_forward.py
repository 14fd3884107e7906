"""The feed-forward layer is two matrices with a bend between, for each token alone."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor, nn

from models.layers.feed_forward import FeedForward, gelu
from models.probe import watching
from tests.support.oracles import given
from tests.support.tensors import assert_same, close, drawn, numbers


def by_hand(x: Tensor) -> Tensor:
    return x * (1 + torch.erf(x / math.sqrt(2))) / 2


@pytest.mark.parametrize("hidden", [None, 7])
@pytest.mark.parametrize(("activation", "bend"), [("gelu", nn.GELU), ("relu", nn.ReLU)])
@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float64, 1e-10), (torch.float32, 1e-5)])
def test_it_is_torchs_row_of_layers(
    hidden: int | None,
    activation: str,
    bend: type[nn.Module],
    dtype: torch.dtype,
    tolerance: float,
) -> None:
    ours = drawn(FeedForward(6, hidden, activation)).to(dtype)
    theirs = nn.Sequential(nn.Linear(6, hidden or 24), bend(), nn.Linear(hidden or 24, 6))
    names = ("0.weight", "0.bias", "2.weight", "2.bias")
    weights = dict(zip(names, ours.parameters(), strict=True))
    x = numbers(3, 17, 6).to(dtype)
    assert_same(ours, given(theirs, weights), x, weights=ours, tolerance=tolerance)


def test_the_bend_is_the_formula_above_it() -> None:
    assert_same(gelu, by_hand, 3 * numbers(100))


def test_what_is_hidden_can_be_seen_after_the_bend() -> None:
    ours = FeedForward(6, 7, "relu")
    with watching(ours, "hidden") as seen:
        ours(torch.randn(2, 5, 6, generator=torch.Generator().manual_seed(0)))
    assert seen["hidden"].shape == (2, 5, 7)
    assert (seen["hidden"] >= 0).all() and (seen["hidden"] > 0).any()


def test_each_token_thinks_alone() -> None:
    ours, x = drawn(FeedForward(6)), numbers(2, 17, 6)
    assert close(ours(x)[1, 3], ours(x[1:, 3:4])[0, 0])
