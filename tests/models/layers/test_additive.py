"""Additive attention is what a plain loop over pairs makes."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from models.layers.additive import AdditiveAttention
from models.probe import watching
from tests.support.tensors import assert_same, close, drawn, numbers


def pair_by_pair(ours: AdditiveAttention, q: Tensor, source: Tensor, allowed: Tensor) -> Tensor:
    """One judgement at a time; who may not be looked at is left out of the sum."""
    w, u, v = ours.query.weight, ours.key.weight, ours.judge.weight[0]
    texts = []
    for text, its, rows in zip(q, source, allowed, strict=True):
        mixtures = []
        for asks, row in zip(text, rows, strict=True):
            said = [key for key, may in zip(its, row, strict=True) if may]
            parts = [(v @ (w @ asks + u @ key).tanh()).exp() for key in said]
            mixtures.append(sum(p * key for p, key in zip(parts, said, strict=True)) / sum(parts))
        texts.append(torch.stack(mixtures))
    return torch.stack(texts)


@pytest.mark.parametrize(("tokens", "answers"), [(1, 1), (1, 17), (5, 7), (7, 5)])
@pytest.mark.parametrize("masked", [False, True])
def test_it_is_a_loop_over_pairs(tokens: int, answers: int, masked: bool) -> None:
    ours = drawn(AdditiveAttention(4, 3, 6), scale=1.0)
    allowed = torch.ones(2, tokens, answers, dtype=torch.bool)
    if masked:
        allowed = (numbers(2, tokens, answers, seed=3) > 0).index_fill(-1, torch.tensor([0]), True)
    assert_same(
        lambda q, source: ours(q, source, allowed if masked else None),
        lambda q, source: pair_by_pair(ours, q, source, allowed),
        numbers(2, tokens, 4),
        numbers(2, answers, 3, seed=1),
        weights=ours,
    )


def test_rows_sum_to_one_and_see_only_what_they_may() -> None:
    ours = drawn(AdditiveAttention(4, 3, 6))
    allowed = torch.tensor([[True, False, True], [False, True, False]])
    with watching(ours) as seen:
        ours(numbers(5, 2, 4), numbers(5, 3, 3, seed=1), allowed)
    assert close(seen["weights"].sum(-1), torch.ones(5, 2).double())
    assert ((seen["weights"] > 0) == allowed).all()


@pytest.mark.parametrize(
    ("allowed", "error"),
    [
        (torch.ones(5, 7), TypeError),
        (torch.ones(2, 1, 1, 7, dtype=torch.bool), ValueError),
        (torch.zeros(5, 7, dtype=torch.bool), ValueError),
    ],
)
def test_a_mask_that_says_nothing_clear_is_refused(allowed: Tensor, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"a mask|the mask"):
        AdditiveAttention(4, 3, 6)(torch.zeros(2, 5, 4), torch.zeros(2, 7, 3), allowed)
