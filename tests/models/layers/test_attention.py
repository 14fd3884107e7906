"""Our attention is PyTorch's: outputs, weights and gradients, in float64, to 1e-10."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn
from torch.nn.functional import scaled_dot_product_attention

from models.layers.attention import attention, similarity
from models.layers.masks import causal, mask
from models.layers.multi_head import MultiHeadAttention, merge, split


def close(ours: torch.Tensor, theirs: torch.Tensor) -> bool:
    return torch.allclose(ours, theirs, rtol=0, atol=1e-10)


def numbers(*shape: int, seed: int = 0) -> torch.Tensor:
    chance = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=chance, dtype=torch.float64)


@pytest.mark.parametrize(("asks", "answers", "width"), [(1, 1, 1), (5, 7, 3), (10, 10, 8)])
def test_the_function_is_torchs(asks: int, answers: int, width: int) -> None:
    q, k = numbers(2, 3, asks, width), numbers(2, 3, answers, width, seed=1)
    v = numbers(2, 3, answers, width + 1, seed=2)
    assert close(attention(q, k, v)[0], scaled_dot_product_attention(q, k, v))
    allowed = numbers(asks, answers, seed=3) > 0
    allowed[:, 0] = True
    ours = attention(q, k, v, allowed)[0]
    assert close(ours, scaled_dot_product_attention(q, k, v, attn_mask=allowed))


@pytest.mark.parametrize(("tokens", "width", "heads"), [(1, 4, 1), (7, 12, 3), (10, 10, 5)])
@pytest.mark.parametrize("masked", [False, True])
def test_the_module_is_torchs(tokens: int, width: int, heads: int, masked: bool) -> None:
    ours = MultiHeadAttention(width, heads).double()
    theirs = nn.MultiheadAttention(width, heads, batch_first=True, dtype=torch.float64)
    nn.init.normal_(ours.in_proj_bias)
    theirs.load_state_dict(ours.state_dict())
    allowed = mask(causal, tokens) if masked else None

    x, y = (numbers(3, tokens, width).requires_grad_() for _ in range(2))
    seen = []
    ours.weights.register_forward_hook(lambda part, given, weights: seen.append(weights))
    out = ours(x, allowed=allowed)
    # torch's masks say where looking is forbidden.
    expected, weights = theirs(
        y, y, y, attn_mask=None if allowed is None else ~allowed, average_attn_weights=False
    )
    assert close(out, expected)
    assert close(seen[0], weights)

    out.square().sum().backward()
    expected.square().sum().backward()
    assert close(x.grad, y.grad)
    for (name, mine), its in zip(ours.named_parameters(), theirs.parameters(), strict=True):
        assert close(mine.grad, its.grad), name


def test_rows_sum_to_one_and_see_only_what_they_may() -> None:
    q, k = numbers(4, 6, 8), numbers(4, 6, 8, seed=1)
    weights = attention(q, k, k, mask(causal, 6))[1]
    assert close(weights.sum(-1), torch.ones(4, 6, dtype=torch.float64))
    assert (weights.triu(1) == 0).all() and (weights.tril() > 0)[:, *torch.tril_indices(6, 6)].all()


def test_nothing_flows_back_from_the_future() -> None:
    layer = MultiHeadAttention(8, 2).double()
    x = numbers(1, 6, 8).requires_grad_()
    layer(x, allowed=mask(causal, 6))[0, 2].sum().backward()
    assert x.grad is not None
    assert (x.grad[0, 3:] == 0).all() and (x.grad[0, :3] != 0).any(-1).all()


def test_the_scale_keeps_scores_of_random_vectors_near_one() -> None:
    q, k = numbers(2000, 256), numbers(2000, 256, seed=1)
    scores = similarity(q[:, None], k[:, None])
    assert scores.std().item() == pytest.approx(1, abs=0.1)
    assert similarity(q[:1], k[:1]).item() == pytest.approx((q[0] @ k[0]).item() / math.sqrt(256))


def test_heads_are_split_and_merged() -> None:
    x = numbers(2, 5, 12)
    assert split(x, 3).shape == (2, 3, 5, 4)
    assert torch.equal(merge(split(x, 3)), x)
