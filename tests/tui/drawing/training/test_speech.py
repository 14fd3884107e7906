"""Words right and wrong: a sign before each word, in every ink, and what is said below."""

from __future__ import annotations

import pytest

from models.tasks.grammar import chance_of, options_along
from tui.demos.speech import by_counting
from tui.drawing.ink import Ink
from tui.drawing.lines import plain
from tui.drawing.training.speech import Heard, Said, Speech, draw, lines_wanted, sentence

TWO = Speech(
    "GPT",
    (Heard(("the", "cat", "."), ("the", "hen", "to"), ("right", "possible", "wrong")),),
    (
        Said(("the", "cat", "."), grammatical=True, recited=True),
        Said(("a", "hen", "."), grammatical=True, recited=False),
        Said(("cat", "cat"), grammatical=False, recited=False),
    ),
    "after 20 steps",
)


@pytest.mark.parametrize(
    ("ink", "heard", "said"),
    [
        (Ink(), "✓the ·cat ✗.", "✓ the cat .  recited"),
        (Ink("shade"), "✓the ·cat ✗.", "✓ the cat .  recited"),
        (Ink("ascii", "ascii"), "+the .cat x.", "+ the cat .  recited"),
    ],
)
def test_every_word_has_its_sign_in_every_ink(ink: Ink, heard: str, said: str) -> None:
    text = plain(draw(TWO, 60, lines_wanted(TWO, 60, ink), ink))
    assert heard in text and said in text
    assert "a hen .  new" in text and "cat cat  wrong" in text
    assert "GPT  predicts 1 of 3, after 20 steps" in text


@pytest.mark.parametrize("size", [(30, 5), (42, 10), (64, 14), (80, 24)])
def test_it_is_as_large_as_its_room_and_shows_whole_sentences(size: tuple[int, int]) -> None:
    width, height = size
    lines = draw(by_counting(), width, height, Ink())
    assert len(lines) == height and all(line.cell_length == width for line in lines)
    text = plain(lines)
    assert text.count("✓.") + text.count("·.") + text.count("✗.") >= (1 if height > 5 else 0)
    if height >= 14:
        assert "and says by itself" in text


def test_it_says_the_same_in_a_sentence() -> None:
    assert sentence(TWO) == (
        "GPT, after 20 steps: 1 of 3 words predicted. Of its other predictions 1 could"
        " have come, 1 could not. Of 3 sentences of its own 2 are right, 1 recited."
    )
    assert sentence(Speech()) in plain(draw(Speech(), 60, 4, Ink()))


def test_the_demonstration_counts_what_the_grammar_says() -> None:
    speech = by_counting()
    for one in speech.heard:
        assert chance_of(one.words) > 0
        for word, guess, mark, options in zip(
            one.words, one.said, one.marks, options_along(one.words), strict=True
        ):
            assert (mark == "right") == (word == guess)
            assert (mark == "wrong") == (guess not in options)
    assert any(mark == "wrong" for one in speech.heard for mark in one.marks)
