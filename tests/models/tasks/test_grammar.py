"""The mouse grammar, and what it leaves open: exactly, against every sentence there is."""

from __future__ import annotations

import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache

import pytest

from models.specs import speak
from models.tasks import entropy
from models.tasks.grammar import (
    BEGIN,
    LONGEST,
    STOP,
    WORDS,
    State,
    chance_of,
    drawn,
    follows,
    options_along,
    sampled,
    sentence,
)

Sentence = tuple[str, ...]


def every(state: State = BEGIN) -> Iterator[tuple[Sentence, float]]:
    for one in follows(state):
        if one.then is None:
            yield (one.word,), one.chance
        else:
            for words, chance in every(one.then):
                yield (one.word, *words), one.chance * chance


@cache
def language() -> dict[Sentence, float]:
    return dict(every())


def test_there_is_one_way_to_each_sentence_and_their_chances_sum_to_one() -> None:
    assert len(language()) == sum(1 for _ in every()) == 137_088
    assert math.fsum(language().values()) == pytest.approx(1, abs=1e-12)
    assert {word for words in language() for word in words} == set(WORDS)
    assert max(map(len, language())) == LONGEST and len(set(WORDS)) == len(WORDS)


def says(text: str) -> bool:
    return chance_of(text.split()) > 0


def test_the_verb_hangs_on_the_time_and_on_who_acts_and_not_on_the_noun_beside_it() -> None:
    assert says("the mouse that the cats see creeps to the hole .")
    assert not says("the mouse that the cats see creep to the hole .")
    assert says("yesterday the mouse that the cats saw crept to the hole .")
    assert not says("yesterday the mouse that the cats saw creeps to the hole .")
    assert says("the mouse creeps to the hole .") and not says("the mouse creeps to the milk .")


def test_what_does_not_end_or_goes_on_is_no_sentence() -> None:
    assert not says("")
    assert not says("the mouse creeps to the hole")
    assert not says("the mouse creeps to the hole . .")
    assert options_along(["the", "hole", "runs"])[2] == {}


def test_what_is_left_open_is_what_all_sentences_together_say() -> None:
    words = sum(chance * len(one) for one, chance in language().items())
    nats = -sum(chance * math.log(chance) for chance in language().values())
    assert entropy.words() == pytest.approx(words)
    assert entropy.floor() == pytest.approx(nats / words)


def test_who_counts_words_or_pairs_is_left_with_what_counting_all_sentences_says() -> None:
    single: dict[str, float] = defaultdict(float)
    pairs: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for words, chance in language().items():
        for before, word in zip((STOP, *words), words, strict=False):
            single[word] += chance
            pairs[before][word] += chance
    whole = sum(single.values())
    open_alone = -sum(n * math.log(n / whole) for n in single.values()) / whole
    open_after = (
        -sum(
            n * math.log(n / sum(after.values()))
            for after in pairs.values()
            for n in after.values()
        )
        / whole
    )
    assert entropy.unigram() == pytest.approx(open_alone)
    assert entropy.bigram() == pytest.approx(open_after)


def test_sentences_at_random_leave_open_what_was_computed() -> None:
    heard = drawn(20_000, random.Random(1))
    nats = -sum(math.log(chance_of(words)) for words in heard) / sum(map(len, heard))
    assert nats == pytest.approx(entropy.floor(), rel=0.01)
    predicted = [
        max(options.values(), key=lambda one: one.chance).word == word
        for words in heard
        for word, options in zip(words, options_along(words), strict=True)
    ]
    assert sum(predicted) / len(predicted) == pytest.approx(entropy.ceiling(), abs=0.01)


def test_a_sentence_is_drawn_as_often_as_the_grammar_says_it() -> None:
    counts = Counter(drawn(20_000, random.Random(2)))
    for words, count in counts.most_common(5):
        assert count / 20_000 == pytest.approx(chance_of(words), rel=0.25)
    assert all(chance_of(words) > 0 for words in counts)
    assert chance_of(sentence(0.0)) > 0 and chance_of(sentence(1.0)) > 0


def test_a_thousand_sentences_at_equal_distances_leave_open_what_all_do() -> None:
    fresh = sampled(1000)
    nats = -sum(math.log(chance_of(words)) for words in fresh) / sum(map(len, fresh))
    assert nats == pytest.approx(entropy.floor(), abs=0.005)


def test_the_spec_of_the_lab_says_what_was_computed() -> None:
    assert len(WORDS) == speak.VOCABULARY
    exact = (entropy.floor(), entropy.bigram(), entropy.unigram(), entropy.ceiling())
    told = (speak.FLOOR, speak.BIGRAM, speak.UNIGRAM, speak.CEILING)
    assert told == pytest.approx(exact, abs=6e-5)
