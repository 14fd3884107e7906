"""A library and a chatbot that count words, and how they go wrong."""

from __future__ import annotations

from models.lookup.keywords import ANSWERS, UNSURE, Hit, chatbot, library, reply
from models.lookup.shares import by_ratio


def scores(hits: list[Hit]) -> dict[str, int]:
    return {hit.name: hit.score for hit in hits}


def test_to_cook_is_not_cooking_and_small_words_count_as_much() -> None:
    hits = {hit.name: hit for hit in library("How to cook in space")}
    assert hits["Art of Cooking"].because == ("how", "in")
    assert hits["Space Atlas"].because == ("space",)
    assert hits["Python Guide"].because == ("to",)
    assert by_ratio([hit.score for hit in hits.values()]) == [0.4, 0.4, 0.2, 0]


def test_who_wants_to_learn_spells_is_sent_to_python() -> None:
    found = scores(library("Learn magic spells"))
    assert found["Python Guide"] > 0 == sum(found.values()) - found["Python Guide"]


def test_a_word_of_the_title_counts_twice() -> None:
    assert scores(library("atlas"))["Space Atlas"] == 2
    assert scores(library("stars?"))["Space Atlas"] == 1


def test_pieces_of_words_greet_who_did_not_greet() -> None:
    for query in ("Is this thing a machine?", "Which is it?", "I have an aching tooth"):
        assert scores(chatbot(query))["greeting"] == 1
        assert reply(query) == ANSWERS["greeting"]


def test_of_equals_the_one_that_stands_first_answers() -> None:
    query = "I want to learn about transformers"
    found = scores(chatbot(query))
    assert found["courses"] == found["transformers"] == 1
    assert reply(query) == ANSWERS["courses"]


def test_where_nothing_fits_it_says_so() -> None:
    assert sum(scores(chatbot("What do you cost?")).values()) == 0
    assert reply("What do you cost?") == UNSURE
