"""A string of digits, said backwards.

    3 1 4 1 5   ->   5 1 4 1 3

The digit that belongs to a place stands as far from the end as the place is from the beginning: who
answers has to know where it stands and how long the string is. Strings of several lengths are
filled up to the longest with the token that also ends what is written.

Axes: B strings, T digits of the longest.

>>> spelled(torch.tensor([3, 1, 4, 1, 5, 10, 10]))
['3', '1', '4', '1', '5', '·', '·']
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

DIGITS = "0123456789"
EDGE = len(DIGITS)
"""Begins and ends what is written, and fills up what is read."""
SYMBOLS = DIGITS + "·"


def reversals(count: int, lengths: Sequence[int], chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Strings (B, T), each of one of some lengths, and the same backwards (B, T)."""
    longest = max(lengths)
    digits = torch.randint(len(DIGITS), (count, longest), generator=chance)
    chosen = torch.randint(len(lengths), (count, 1), generator=chance)
    many = torch.tensor(list(lengths))[chosen]  # (B, 1)
    place = torch.arange(longest)
    answers = digits.gather(1, (many - 1 - place).clamp(min=0))
    return digits.where(place < many, EDGE), answers.where(place < many, EDGE)


def lengths_of(strings: Tensor) -> Tensor:
    """How many digits each string (B, T) has: (B,)."""
    return (strings != EDGE).sum(1)


def string_of(text: str, most: int) -> Tensor:
    """What was typed as a string (1, T).

    Raises:
        ValueError: if it is no string of digits, or of more than `most`.
    """
    if not text or not set(text) <= set(DIGITS) or len(text) > most:
        raise ValueError(f"expected 1 to {most} digits, such as 12345, not {text!r}")
    return torch.tensor([[DIGITS.index(digit) for digit in text]])


def spelled(tokens: Tensor) -> list[str]:
    """The tokens (T,) of a string as they are written."""
    return [SYMBOLS[token] for token in tokens.tolist()]
