"""A message and its echo, which is one letter off: each letter comes back as the next.

    message  d k a m b f      echo  e l b n c g      (after p comes a)

The letters of the message are drawn by lot, so nobody can foresee them; from its last letter on
each next one is known to whoever looks up where it came from. Of the 2K − 1 letters that have one
before them, K − 1 belong to the message: with V letters no network that sees the past alone comes
below a mean loss of (K − 1) / (2K − 1) · ln V.

Axes: B texts, K letters of a message, 2K of a text.

>>> spelled(torch.tensor([[3, 10, 0], [15, 1, 2]]))
['dka', 'pbc']
>>> spelled(echoed(torch.tensor([[3, 10, 15]])))
['dkpela']
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

LETTERS = "abcdefghijklmnop"
LENGTH = 6
"""Letters of a message."""


def echoed(messages: Tensor) -> Tensor:
    """Messages (B, K) and their echoes: (B, 2K)."""
    return torch.cat([messages, (messages + 1) % len(LETTERS)], 1)


def texts(count: int, chance: torch.Generator) -> Tensor:
    """Texts (B, 2K) of messages drawn by lot."""
    return echoed(torch.randint(len(LETTERS), (count, LENGTH), generator=chance))


def graded(count: int, share: float, chance: torch.Generator) -> Tensor:
    """Which letters after the first are graded, each with probability `share`: (B, 2K − 1)."""
    return torch.rand(count, 2 * LENGTH - 1, generator=chance) < share


def floor(length: int = LENGTH, letters: int = len(LETTERS)) -> float:
    """The least mean loss of who sees the past alone, in nats.

    >>> round(floor(), 4)
    1.2603
    """
    return (length - 1) / (2 * length - 1) * math.log(letters)


def spelled(tokens: Tensor) -> list[str]:
    """Texts (B, T) as they are written."""
    return ["".join(LETTERS[token] for token in text) for text in tokens.tolist()]
