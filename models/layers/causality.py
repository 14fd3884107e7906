"""Does a network look ahead? Change a token, and see whether anything before it notices.

    looks ahead:   network(texts) and network(changed) differ before the place of the change

No tolerance is needed: what is not looked at cannot move anything, not by the last bit. It needs no
training either, and finds whatever leaks: a mask, a norm over the wrong axis, a cache.

Axes: B texts, T tokens.

>>> def sums(texts):
...     return texts.cumsum(1)
>>> def share(texts):
...     return texts / texts.sum(1, keepdim=True)
>>> texts = torch.tensor([[3, 1, 2]])
>>> [looks_ahead(network, texts, place=1, vocabulary=4) for network in (sums, share)]
[False, True]
"""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor

Network = Callable[[Tensor], Tensor]


def looks_ahead(network: Network, texts: Tensor, place: int, vocabulary: int) -> bool:
    """Whether what is said before a place (0 is the first) depends on the token there.

    `texts` (B, T) are left as they are; what the network makes of them is (B, T) or (B, T, ...).
    """
    other = texts.clone()  # (B, T)
    other[:, place] = (other[:, place] + 1) % vocabulary
    before, after = network(texts), network(other)
    return not torch.equal(before[:, :place], after[:, :place])
