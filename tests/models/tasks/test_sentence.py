"""Sentences of nine words: what depends on what, and who is never trained on."""

from __future__ import annotations

import torch

from models.tasks.sentence import (
    HIDDEN,
    KIND,
    NAME,
    NAMES,
    OURS,
    THING,
    VERB,
    WORDS,
    all_sentences,
    drawn,
    hide,
    spelled,
    split,
)


def test_verb_article_and_name_hang_on_one_other_word_each() -> None:
    for sentence in all_sentences()[::7]:
        words = spelled(sentence).split()
        assert words[VERB].endswith("s") == (words[0] in ("She", "He"))
        assert (words[2] == "an") == (words[3][0] in "aeiou")
        assert words[NAME] == NAMES[words[KIND]] and words[THING] != words[KIND]


def test_the_words_without_their_order_leave_two_names() -> None:
    bags: dict[frozenset[str], set[str]] = {}
    for sentence in all_sentences():
        *seen, name = spelled(sentence).split()
        bags.setdefault(frozenset(seen), set()).add(name)
    assert {len(names) for names in bags.values()} == {2}


def test_nobody_is_judged_on_what_was_learned_and_ours_is_not_learned() -> None:
    learned, held_out = ({tuple(s) for s in part.tolist()} for part in split())
    assert not learned & held_out and len(learned) + len(held_out) == len(all_sentences()) == 4320
    assert tuple(OURS.tolist()) in held_out
    assert 1000 < len(held_out) < 1160


def test_one_word_is_hidden_and_is_the_answer() -> None:
    pool = all_sentences()
    texts, answers = drawn(pool, 500, torch.Generator().manual_seed(0))
    gaps = texts == HIDDEN
    assert (gaps.sum(1) == 1).all() and (answers != HIDDEN).all()
    places = gaps.int().argmax(1)
    assert set(places.tolist()) == set(range(9))
    whole = {tuple(s) for s in pool.tolist()}
    for text, place, answer in zip(texts, places, answers, strict=True):
        text[place] = answer
        assert tuple(text.tolist()) in whole
    names, said = drawn(pool, 50, torch.Generator().manual_seed(0), NAME)
    assert (names[:, NAME] == HIDDEN).all()
    assert all(WORDS[word] in NAMES.values() for word in said.tolist())


def test_hiding_leaves_the_sentence_as_it_was() -> None:
    before = OURS.clone()
    assert spelled(hide(OURS[None], 0)[0]).startswith("___ propose")
    assert torch.equal(OURS, before)
