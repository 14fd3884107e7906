"""Sentences for a language model: each word is to be predicted from those before it.

    reads     .   the  cats  run  to   the   milk
    targets   the cats run   to   the  milk  .

The full stop before a sentence is that of the one before. What lies beyond the end of a short
sentence is filled with full stops, and not scored.

Axes: B sentences, T = 15 words, V words there are.

>>> reads, targets = encode(["the cats run to the milk .".split()])
>>> spelled(reads[0])[:4], spelled(targets[0])
(['.', 'the', 'cats', 'run'], ['the', 'cats', 'run', 'to', 'the', 'milk', '.'])
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import torch
from torch import Tensor, nn

from models.layers.loss import IGNORED
from models.networks.writing import written
from models.tasks.grammar import LONGEST, STOP, WORDS

Sentence = tuple[str, ...]
NUMBERS = {word: place for place, word in enumerate(WORDS)}


def encode(sentences: Sequence[Sequence[str]]) -> tuple[Tensor, Tensor]:
    """What is read, and what is to be predicted at each place: (B, T) both.

    Raises:
        KeyError: for a word that there is not.
    """
    reads = torch.full((len(sentences), LONGEST), NUMBERS[STOP])
    targets = torch.full_like(reads, IGNORED)
    for row, words in enumerate(sentences):
        numbers = torch.tensor([NUMBERS[word] for word in words])
        reads[row, 1 : len(words)] = numbers[:-1]
        targets[row, : len(words)] = numbers
    return reads, targets


def spelled(numbers: Iterable[int]) -> list[str]:
    """The words; what is not scored is left out."""
    return [WORDS[number] for number in map(int, numbers) if number != IGNORED]


def shuffled(sentences: Iterable[Sentence], rng: random.Random) -> list[Sentence]:
    """The same words in any order, each sentence for itself; the full stops stay."""
    return [(*rng.sample(words[:-1], len(words) - 1), words[-1]) for words in sentences]


def say(network: nn.Module, count: int, chance: torch.Generator) -> list[Sentence]:
    """Sentences that a network (B, T) -> (B, T, V) says: each word drawn as it predicts it.

    A sentence that has not ended after 15 words is left as it is.
    """
    begun = torch.full((count, 1), NUMBERS[STOP], device=next(network.parameters()).device)
    said = written(network, begun, LONGEST + 1, chance)[:, 1:]
    return [_ended(spelled(row)) for row in said.tolist()]


def _ended(words: list[str]) -> Sentence:
    return tuple(words[: words.index(STOP) + 1] if STOP in words else words)
