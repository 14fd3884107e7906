"""Sentences of who, whom, where and when, and four rules that read them."""

from __future__ import annotations

import torch

from models.tasks.stories import (
    ANIMALS,
    LENGTH,
    ORDERS,
    PLACES,
    TIMES,
    WORDS,
    detectives,
    sentences,
    spelled,
)


def drawn(count: int = 600) -> list[tuple[list[str], list[str]]]:
    texts, answers = sentences(count, torch.Generator().manual_seed(3))
    assert texts.shape == (count, LENGTH) and answers.shape == (count, 4)
    return [(spelled(text), spelled(answer)) for text, answer in zip(texts, answers, strict=True)]


def test_the_one_who_did_it_stands_before_the_deed_and_the_other_behind_it() -> None:
    for words, (who, whom, where, when) in drawn():
        deed = next(at for at, word in enumerate(words) if word in ("saw", "fed", "led", "met"))
        assert words[deed - 2 : deed] == ["the", who] and words[deed + 1 : deed + 3] == [
            "the",
            whom,
        ]
        assert words[words.index("in") + 1 : words.index("in") + 3] == ["the", where]
        assert when in TIMES and words.count(when) == 1 and words[-1] == "?"
        assert who != whom and {who, whom} <= set(ANIMALS) and where in PLACES


def test_every_order_is_told_about_as_often() -> None:
    shapes: dict[tuple[int, int], int] = {}
    for words, (who, _, _, when) in drawn():
        key = words.index(who), words.index(when)
        shapes[key] = shapes.get(key, 0) + 1
    assert len(shapes) == len(ORDERS) and min(shapes.values()) > 60


def test_the_rules_are_right_where_the_animals_come_first() -> None:
    for words, answers in drawn():
        first = words.index(answers[0]) < words.index("in")
        found = detectives(words)
        assert (found[:2] == answers[:2]) == first and found[2:] == answers[2:]


def test_there_are_as_many_words_as_the_spec_says() -> None:
    from models.specs.roles import WORDS as COUNT

    assert len(WORDS) == len(set(WORDS)) == COUNT
