"""Say the first letter: random letters, and the one that came first.

    K N M C T A Q Z B E   ->   K

Axes: B strings, T letters.
"""

from __future__ import annotations

from string import ascii_uppercase as ALPHABET

import torch
from torch import Tensor


def strings(count: int, length: int, chance: torch.Generator) -> Tensor:
    """Letters drawn at random, each as likely as the others: (B, T), numbers 0 to 25."""
    return torch.randint(len(ALPHABET), (count, length), generator=chance)


def first(letters: Tensor) -> Tensor:
    """What is asked for: (B, T) -> (B,)."""
    return letters[:, 0]


def encode(text: str) -> Tensor:
    """The numbers of the letters of `text`, upper or lower case: (1, T).

    Raises:
        ValueError: if there is something in it that is no letter from A to Z.
    """
    numbers = [ALPHABET.find(letter) for letter in text.upper()]
    if not numbers or -1 in numbers:
        raise ValueError(f"{text!r} must be letters from A to Z and nothing else")
    return torch.tensor([numbers])


def decode(letters: Tensor) -> str:
    """The text of (T,) numbers."""
    return "".join(ALPHABET[number] for number in letters.tolist())
