"""Find the marker, and say the letter right after it.

    k f # c a m ?   ->   c

One marker stands somewhere among letters drawn at random, never last; the question mark at the end
asks. Who knows which letters there are, but not where they stand, does best to say the commonest.

Axes: B texts, T = length + 1 tokens: the letters and the marker, then the question mark.

>>> spelled(torch.tensor([[10, 5, 16, 2, 0, 12, 17]])[0])
['k', 'f', '#', 'c', 'a', 'm', '?']
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

LETTERS = "abcdefghijklmnop"
MARKER, ASKS = len(LETTERS), len(LETTERS) + 1
SYMBOLS = LETTERS + "#?"


def marked(count: int, length: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Texts (B, T) of `length` tokens and a question mark, and the answers (B,)."""
    texts = torch.randint(len(LETTERS), (count, length + 1), generator=chance)
    place = torch.randint(length - 1, (count, 1), generator=chance)
    answers = texts.gather(1, place + 1)[:, 0]
    texts.scatter_(1, place, MARKER)
    texts[:, -1] = ASKS
    return texts, answers


def up_to(
    count: int, shortest: int, longest: int, chance: torch.Generator
) -> tuple[Tensor, Tensor]:
    """The same, all of one length, which is drawn from the shortest to the longest."""
    length = int(torch.randint(shortest, longest + 1, (), generator=chance))
    return marked(count, length, chance)


def commonest(texts: Tensor) -> Tensor:
    """The letter that each text (B, T) has most of, the first of several: (B,)."""
    counts = nn.functional.one_hot(texts, len(SYMBOLS))[:, :, : len(LETTERS)].sum(1)  # (B, 16)
    return counts.argmax(1)


def spelled(tokens: Tensor) -> list[str]:
    """The tokens (T,) of a text as they are written."""
    return [SYMBOLS[token] for token in tokens.tolist()]
