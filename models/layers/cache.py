"""The keys and values of tokens that were read before, so that none is computed twice.

A token's key and value depend on the tokens up to it, which do not change when another is
written. So a model that writes token by token keeps them, and asks with the newest token alone.

Axes: B batch, H heads, S tokens so far, D = C/H.

Room for 3 tokens, two of which are read:

>>> cache = Cache(context=3)
>>> keys, values = cache.append(torch.tensor([[[[5.0]]]]), torch.tensor([[[[7.0]]]]))
>>> keys, values = cache.append(torch.tensor([[[[6.0]]]]), torch.tensor([[[[8.0]]]]))
>>> keys.flatten().tolist(), values.flatten().tolist(), cache.tokens
([5.0, 6.0], [7.0, 8.0], 2)
"""

from __future__ import annotations

import torch
from torch import Tensor


class Cache:
    """What one layer of self-attention remembers: 2 · S · C numbers for each text.

    There is room for `context` tokens from the start: a tensor that grew with every token would
    be copied with every token. It is written in place, so no gradient flows through it.
    """

    def __init__(self, context: int) -> None:
        self.context = context
        self.tokens = 0
        self._room: tuple[Tensor, Tensor] | None = None

    @torch.no_grad()
    def append(self, k: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
        """Keep the keys and values of the next tokens; those of all so far, (B, H, S, D) each.

        Raises:
            ValueError: if there is no room for so many.
        """
        before, now = self.tokens, self.tokens + k.shape[-2]
        if now > self.context:
            raise ValueError(f"there is room for {self.context} tokens, and this would be {now}")
        if self._room is None:
            shape = (*k.shape[:-2], self.context, k.shape[-1])
            self._room = k.new_empty(shape), v.new_empty(shape)
        keys, values = self._room
        keys[..., before:now, :], values[..., before:now, :] = k, v
        self.tokens = now
        return keys[..., :now, :], values[..., :now, :]
