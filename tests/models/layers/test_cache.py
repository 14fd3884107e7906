"""A cache gives back what it was given, in order, and says when it is full."""

from __future__ import annotations

import pytest
import torch

from models.layers.cache import Cache
from tests.support.tensors import numbers


@pytest.mark.parametrize("sizes", [[17], [1] * 17, [3, 3, 3, 3, 3, 2], [16, 1]])
def test_keys_and_values_come_back_in_the_order_they_came(sizes: list[int]) -> None:
    k, v = numbers(2, 3, 17, 4), numbers(2, 3, 17, 4, seed=1)
    cache, so_far = Cache(17), 0
    for now_k, now_v in zip(k.split(sizes, 2), v.split(sizes, 2), strict=True):
        keys, values = cache.append(now_k, now_v)
        so_far += now_k.shape[2]
        assert cache.tokens == so_far
        assert torch.equal(keys, k[:, :, :so_far]) and torch.equal(values, v[:, :, :so_far])


def test_what_does_not_fit_is_refused_and_nothing_is_lost() -> None:
    cache, k = Cache(5), numbers(1, 1, 4, 2)
    cache.append(k, k)
    with pytest.raises(ValueError, match="room for 5 tokens, and this would be 8"):
        cache.append(k, k)
    keys, _ = cache.append(k[:, :, :1], k[:, :, :1])
    assert torch.equal(keys, torch.cat([k, k[:, :, :1]], 2))


def test_it_has_the_precision_of_what_it_is_given() -> None:
    keys, values = Cache(5).append(*torch.ones(2, 1, 2, 3, 4).half())
    assert (keys.dtype, values.dtype) == (torch.float16, torch.float16)


def test_no_gradient_flows_through_it() -> None:
    k = numbers(1, 1, 2, 2).requires_grad_()
    keys, values = Cache(5).append(k, k)
    assert not keys.requires_grad and not values.requires_grad
