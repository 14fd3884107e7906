"""Attention is PyTorch's, written out: mixtures, weights and gradients."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention

from models.layers.attention import attention, check_mask, fused_attention, similarity
from models.layers.masks import causal, mask
from tests.support.tensors import assert_same, close, numbers

SIZES = [(1, 1, 1), (1, 17, 8), (17, 37, 3), (37, 17, 5)]


def asked(tokens: int, answers: int, width: int) -> tuple[Tensor, Tensor, Tensor]:
    """q, k and v, whose width differs from that of the keys."""
    q, k = numbers(2, 3, tokens, width), numbers(2, 3, answers, width, seed=1)
    return q, k, numbers(2, 3, answers, width + 1, seed=2)


def any_mask(*shape: int) -> Tensor:
    """A random mask that leaves one place open in every row."""
    return (numbers(*shape, seed=3) > 0).index_fill(-1, torch.tensor([0]), True)


def one_by_one(q: Tensor, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    """One text and one head, pair by pair."""
    weights = torch.stack(
        [torch.stack([(a @ b / math.sqrt(len(a))).exp() for b in k.unbind()]) for a in q.unbind()]
    )
    weights = weights / weights.sum(1, keepdim=True)
    return torch.stack(
        [sum(w * c for w, c in zip(row, v, strict=True)) for row in weights]
    ), weights


@pytest.mark.parametrize("sizes", SIZES)
def test_it_is_torchs(sizes: tuple[int, int, int]) -> None:
    assert_same(lambda *qkv: attention(*qkv)[0], scaled_dot_product_attention, *asked(*sizes))


@pytest.mark.parametrize("axes", [2, 3, 4])
@pytest.mark.parametrize("sizes", SIZES)
def test_under_a_mask_it_is_torchs(sizes: tuple[int, int, int], axes: int) -> None:
    allowed = any_mask(*(2, 3, *sizes[:2])[4 - axes :])
    assert_same(
        lambda *qkv: attention(*qkv, allowed)[0],
        lambda *qkv: scaled_dot_product_attention(*qkv, attn_mask=allowed),
        *asked(*sizes),
    )


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("sizes", SIZES)
def test_with_a_bias_it_is_torchs(sizes: tuple[int, int, int], masked: bool) -> None:
    allowed = any_mask(*sizes[:2]) if masked else torch.ones(*sizes[:2], dtype=torch.bool)
    assert_same(
        lambda q, k, v, bias: attention(q, k, v, allowed if masked else None, bias)[0],
        lambda q, k, v, bias: scaled_dot_product_attention(
            q, k, v, attn_mask=bias.where(allowed, -math.inf)
        ),
        *asked(*sizes),
        numbers(3, *sizes[:2], seed=4),
    )


def test_mixtures_and_weights_are_those_of_a_loop_over_pairs() -> None:
    q, k, v = (x[0, 0] for x in asked(5, 7, 3))
    assert_same(attention, one_by_one, q, k, v)


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("biased", [False, True])
@pytest.mark.parametrize("sizes", SIZES)
def test_the_fused_one_is_the_one_written_out(
    sizes: tuple[int, int, int], masked: bool, biased: bool
) -> None:
    allowed = any_mask(*sizes[:2]) if masked else None
    bias = numbers(3, *sizes[:2], seed=4) if biased else None
    assert_same(
        lambda *qkv: fused_attention(*qkv, allowed, bias),
        lambda *qkv: attention(*qkv, allowed, bias)[0],
        *asked(*sizes),
    )


def test_in_float32_it_is_torchs_to_five_digits() -> None:
    allowed = any_mask(17, 37)
    assert_same(
        lambda *qkv: attention(*qkv, allowed)[0],
        lambda *qkv: scaled_dot_product_attention(*qkv, attn_mask=allowed),
        *(x.float() for x in asked(17, 37, 16)),
        tolerance=1e-5,
    )


def test_its_gradients_are_the_slopes_that_small_steps_find() -> None:
    q, k, v = (x[:1, :1].clone().requires_grad_() for x in asked(3, 5, 2))
    bias, allowed = numbers(3, 5, seed=4).requires_grad_(), any_mask(3, 5)
    assert torch.autograd.gradcheck(
        lambda *given: attention(*given[:3], allowed, given[3]), (q, k, v, bias)
    )


def test_rows_sum_to_one_and_see_only_what_they_may() -> None:
    q, k, v = asked(17, 17, 8)
    weights = attention(q, k, v, mask(causal, 17))[1]
    assert close(weights.sum(-1), torch.ones(2, 3, 17).double())
    assert (weights.triu(1) == 0).all()
    assert (weights[..., *torch.tril_indices(17, 17)] > 0).all()


def test_huge_scores_make_a_choice_and_no_nan() -> None:
    q, k = torch.tensor([[1e4]]), torch.tensor([[1e4], [-1e4], [9.9e3]])
    assert attention(q, k, k)[1].tolist() == [[1.0, 0.0, 0.0]]


def test_what_is_forbidden_stays_so_however_bad_the_rest_is() -> None:
    """In place of -∞ a large negative number would win here."""
    q, k = torch.tensor([[1.0]]), torch.tensor([[0.0], [-1e12]])
    allowed = torch.tensor([[False, True]])
    assert similarity(q, k, allowed).tolist() == [[-math.inf, k[1].item()]]
    assert attention(q, k, k, allowed)[1].tolist() == [[0.0, 1.0]]
    nothing = torch.zeros(1, 2)
    assert attention(q, k, k, allowed, nothing)[1].tolist() == [[0.0, 1.0]]
    assert torch.equal(fused_attention(q, k, k, allowed, nothing), k[1:])


def test_the_scale_keeps_scores_of_random_vectors_near_one() -> None:
    q, k = numbers(2000, 256), numbers(2000, 256, seed=1)
    scores = similarity(q[:, None], k[:, None])
    assert scores.std().item() == pytest.approx(1, abs=0.1)
    assert similarity(q[:1], k[:1]).item() == pytest.approx((q[0] @ k[0]).item() / 16)


@pytest.mark.parametrize("dtype", [torch.float32, torch.int64, torch.uint8])
def test_a_mask_of_numbers_is_refused(dtype: torch.dtype) -> None:
    with pytest.raises(TypeError, match=rf"a mask is boolean.*not {dtype}"):
        check_mask(torch.ones(3, 3, dtype=dtype), axes=4)


def test_a_mask_with_an_empty_row_is_refused() -> None:
    allowed = torch.ones(2, 1, 3, 3, dtype=torch.bool)
    check_mask(allowed, axes=4)
    allowed[1, 0, 2] = False
    with pytest.raises(ValueError, match="allows nothing to look at"):
        check_mask(allowed, axes=4)


@pytest.mark.parametrize("axes", [1, 3, 5])
def test_a_mask_with_an_axis_too_few_or_too_many_is_refused(axes: int) -> None:
    with pytest.raises(ValueError, match=f"2 axes, or the 4 of the scores, not {axes}"):
        check_mask(torch.ones((2,) * axes, dtype=torch.bool), axes=4)
