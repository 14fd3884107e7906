"""A head from another network, put in place of one's own: do they speak the same language?

    q_h = x Wq_h + bq_h     k_h = x Wk_h + bk_h     v_h = x Wv_h + bv_h     says  mixture_h Wo_h

All that makes a head h comes over: its rows of the three matrices with their biases, and its
columns of `out_proj.weight`, through which it speaks. `out_proj.bias` belongs to no head and stays,
and so does everything else: the stream that the head now reads and writes is another network's.

Axes: C channels, H heads, D = C/H.

>>> one, other = MultiHeadAttention(width=4, heads=2), MultiHeadAttention(width=4, heads=2)
>>> mixed = with_heads_of(one, other, {"": [1]})
>>> same = mixed.in_proj_weight == other.in_proj_weight
>>> same.all(1).tolist() == [False, False, True, True] * 3
True
>>> mixed.out_proj.weight.eq(other.out_proj.weight).all(0).tolist()
[False, False, True, True]
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import TypeVar

import torch
from torch import Tensor, nn

from models.layers.multi_head import MultiHeadAttention

Network = TypeVar("Network", bound=nn.Module)


def with_heads_of(
    network: Network, donor: nn.Module, heads: Mapping[str, Collection[int]]
) -> Network:
    """A copy of a network in which some heads, by the name of their attention, are the donor's.

    Raises:
        ValueError: if there is no such head, or the donor's are of another size.
    """
    copy = deepcopy(network)
    for path, chosen in heads.items():
        into, source = (_attention(one, path) for one in (copy, donor))
        if into.in_proj_weight.shape != source.in_proj_weight.shape or into.heads != source.heads:
            raise ValueError(
                f"{source.heads} heads of a network cannot take the place of {into.heads}: "
                "they are of another size"
            )
        for head in chosen:
            if not 0 <= head < into.heads:
                raise ValueError(f"no head {head}: there are {into.heads}, counted from 0")
            with torch.no_grad():
                for mine, theirs in zip(_of(into, head), _of(source, head), strict=True):
                    mine.copy_(theirs)
    return copy


def _of(attend: MultiHeadAttention, head: int) -> tuple[Tensor, ...]:
    """Views of all that makes one head."""
    size = attend.in_proj_weight.shape[1] // attend.heads
    its = slice(head * size, (head + 1) * size)
    three = (*attend.in_proj_weight.chunk(3), *attend.in_proj_bias.chunk(3))
    return *(part[its] for part in three), attend.out_proj.weight[:, its]


def _attention(network: nn.Module, path: str) -> MultiHeadAttention:
    attend = network.get_submodule(path)
    if not isinstance(attend, MultiHeadAttention):
        raise ValueError(f"{path} has no heads")
    return attend
