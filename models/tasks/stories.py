"""Who did it, to whom, where and when: a small grammar of sentences, and their four answers.

    early the fox met the hen in the barn ?    ->    fox hen barn early
    in the barn the fox met the hen early ?    ->    fox hen barn early

The two animals are different, and drawn from the same list: what is said of them alone tells the
one who did it from the other. Places and times have lists of their own.

Axes: B sentences, T = 10 words, the last a question mark; Q = 4 questions.

>>> detectives("in the barn the fox met the hen early ?".split())
['barn', 'fox', 'barn', 'early']
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor

ANIMALS = ("mouse", "cat", "owl", "dog", "hen", "fox", "rat", "toad")
DEEDS = ("saw", "fed", "led", "met")
PLACES = ("barn", "attic", "hall", "shed", "yard", "mill")
TIMES = ("early", "late", "today", "once")
WORDS = ("the", "in", "?", *ANIMALS, *DEEDS, *PLACES, *TIMES)
ORDERS = (
    "time the who did the whom in the place ?",
    "the who did the whom time in the place ?",
    "the who did the whom in the place time ?",
    "in the place the who did the whom time ?",
    "time in the place the who did the whom ?",
    "in the place time the who did the whom ?",
)
"""The orders in which a sentence may tell it, each as often as the others."""
LENGTH = len(ORDERS[0].split())

_SLOTS = ("who", "whom", "place", "time", "did")


def sentences(count: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Sentences (B, T) of numbers of `WORDS`; who, whom, where and when (B, Q)."""
    who = torch.randint(len(ANIMALS), (count,), generator=chance)
    other = torch.randint(1, len(ANIMALS), (count,), generator=chance)
    drawn = [
        who + WORDS.index(ANIMALS[0]),
        (who + other) % len(ANIMALS) + WORDS.index(ANIMALS[0]),
        *(
            torch.randint(len(words), (count,), generator=chance) + WORDS.index(words[0])
            for words in (PLACES, TIMES, DEEDS)
        ),
    ]
    told = torch.stack(drawn, 1)  # (B, 5)
    order = _orders()[torch.randint(len(ORDERS), (count,), generator=chance)]  # (B, T)
    texts = torch.where(order < 0, told.gather(1, (-1 - order).clamp(min=0)), order)
    return texts, told[:, :4]


def spelled(text: Tensor) -> list[str]:
    """The words of a sentence (T,)."""
    return [WORDS[number] for number in text.tolist()]


def detectives(words: Sequence[str]) -> list[str]:
    """Four rules written by hand, one a question, that look at the words and at nothing else.

    Who: the word after the first "the". Whom: the one after the second. Where: the one after "in
    the". When: the word that stands in the list of times.
    """
    after = [words[at + 1] for at, word in enumerate(words[:-1]) if word == "the"]
    place = words[words.index("in") + 2]
    return [after[0], after[1], place, next(word for word in words if word in TIMES)]


def _orders() -> Tensor:
    """The orders as numbers (6, T): of words, and below 0 of what is to be filled in."""
    rows = [
        [-1 - _SLOTS.index(word) if word in _SLOTS else WORDS.index(word) for word in order.split()]
        for order in ORDERS
    ]
    return torch.tensor(rows)
