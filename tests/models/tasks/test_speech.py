"""Sentences as numbers, and sentences that a network says."""

from __future__ import annotations

import random

import pytest
import torch
from torch import Tensor, nn

from models.layers.loss import IGNORED
from models.tasks.grammar import LONGEST, STOP, WORDS, drawn
from models.tasks.speech import NUMBERS, encode, say, shuffled, spelled


class Parrot(nn.Module):
    """Says one sentence over and over, whatever it is asked."""

    def __init__(self, *words: str) -> None:
        super().__init__()
        self.unused = nn.Parameter(torch.zeros(1))
        self.words = words

    def forward(self, texts: Tensor) -> Tensor:
        logits = torch.full((*texts.shape, len(WORDS)), -100.0)
        for place in range(texts.shape[1]):
            logits[:, place, NUMBERS[self.words[place % len(self.words)]]] = 100.0
        return logits


def test_each_word_is_foretold_from_those_before_it_and_what_lies_beyond_is_not_scored() -> None:
    sentences = drawn(50, random.Random(0))
    reads, targets = encode(sentences)
    assert reads.shape == targets.shape == (50, LONGEST)
    for read, told, words in zip(reads, targets, sentences, strict=True):
        assert tuple(spelled(told)) == words
        assert spelled(read[: len(words)]) == [STOP, *words[:-1]]
        assert (told[len(words) :] == IGNORED).all()
    with pytest.raises(KeyError):
        encode([("dragon", STOP)])


def test_shuffled_sentences_have_the_same_words_and_end_where_they_did() -> None:
    sentences = drawn(50, random.Random(0))
    mixed = shuffled(sentences, random.Random(1))
    assert [sorted(one) for one in mixed] == [sorted(one) for one in sentences]
    assert all(one[-1] == STOP for one in mixed) and mixed != sentences


def test_what_is_said_ends_at_its_full_stop_or_where_there_is_no_more_room() -> None:
    chance = torch.Generator().manual_seed(0)
    assert say(Parrot("the", "cat", STOP), 2, chance) == [("the", "cat", STOP)] * 2
    endless = say(Parrot("the"), 1, chance)[0]
    assert endless == ("the",) * LONGEST


def test_words_are_said_as_often_as_they_are_foretold() -> None:
    said = say(Even("the", "a"), 4000, torch.Generator().manual_seed(0))
    first = sum(words[0] == "the" for words in said) / len(said)
    assert first == pytest.approx(0.5, abs=0.03)


class Even(Parrot):
    """Holds each of its words for equally likely."""

    def forward(self, texts: Tensor) -> Tensor:
        logits = torch.full((*texts.shape, len(WORDS)), -100.0)
        for word in self.words:
            logits[..., NUMBERS[word]] = 0.0
        return logits
