"""Scaled dot-product attention: everyone asks, everyone answers, and everyone takes a mixture.

    scores  = q kᵀ / √D          how well each question fits each answer
    weights = softmax(scores)    each row: positive, sum 1
    mixture = weights v

Axes: T tokens that ask, S tokens that answer, D numbers in a query, a key or a value; before them
any others, B batch and H heads. A mask is boolean, True where a token may be looked at, and leaves
something to look at in every row. (Vaswani et al. 2017, "Attention is all you need", section
3.2.1. The root keeps the scores of random vectors near 1, whatever D is.)

One question and two answers. With D = 1 the scores are ln 3 and 0, so the weights stand 3 to 1,
and of the values 8 and 0 the mixture is ¾ · 8 = 6:

>>> q, k = torch.tensor([[1.0]]), torch.tensor([[math.log(3)], [0.0]])
>>> mixture, weights = attention(q, k, v=torch.tensor([[8.0], [0.0]]))
>>> weights, mixture
(tensor([[0.7500, 0.2500]]), tensor([[6.0000]]))
"""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn.functional import scaled_dot_product_attention


def as_bias(allowed: Tensor, bias: Tensor) -> Tensor:
    """A mask as something to add: `bias` where looking is allowed, -∞ where it is not.

    It is as small as the mask, often (T, S); to fill the scores of every head takes longer.
    """
    return torch.where(allowed, bias, -math.inf)


def similarity(
    q: Tensor, k: Tensor, allowed: Tensor | None = None, bias: Tensor | None = None
) -> Tensor:
    """How well each question fits each answer, plus `bias`; -∞ where looking is not allowed."""
    scores = q / math.sqrt(q.shape[-1]) @ k.mT  # (..., T, S)
    if allowed is not None:
        bias = as_bias(allowed, scores.new_zeros(()) if bias is None else bias)
    return scores if bias is None else scores + bias


def attention(
    q: Tensor, k: Tensor, v: Tensor, allowed: Tensor | None = None, bias: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """The mixtures (..., T, D) and the weights they were mixed by (..., T, S)."""
    weights = similarity(q, k, allowed, bias).softmax(-1)  # (..., T, S)
    return weights @ v, weights


def fused_attention(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    allowed: Tensor | None = None,
    bias: Tensor | None = None,
    dropout: float = 0.0,
) -> Tensor:
    """The same mixtures by a kernel that never writes the weights down, (..., T, D).

    It works through them tile by tile, which is exact and saves memory and time, not
    multiplications. (Dao et al. 2022, "FlashAttention", section 3.1.)
    """
    if allowed is not None and bias is not None:
        bias = as_bias(allowed, bias)
    added = allowed if bias is None else bias
    return scaled_dot_product_attention(q, k, v, attn_mask=added, dropout_p=dropout)


def check_mask(allowed: Tensor, axes: int) -> None:
    """Check a mask for scores with so many `axes`: it has all of them, or the last two alone.

    With an axis too few, texts would be taken for heads. A row that allows nothing would make a
    softmax of 0 / 0, and one NaN spreads to every weight. Rows are counted on a CPU only: a GPU
    would have to stop and wait for the answer.

    Raises:
        TypeError: if the mask is not boolean; a float mask of 0 and 1 would be added to scores.
        ValueError: if it has other axes, or a row that allows nothing.
    """
    if allowed.dtype != torch.bool:
        raise TypeError(f"a mask is boolean, True where looking is allowed, not {allowed.dtype}")
    if allowed.ndim not in (2, axes):
        raise ValueError(f"a mask has 2 axes, or the {axes} of the scores, not {allowed.ndim}")
    if allowed.device.type == "cpu" and not allowed.any(-1).all():
        raise ValueError("a row of the mask allows nothing to look at: let it keep one token")
