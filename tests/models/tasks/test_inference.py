"""Stories with a clue: what they are made of, and that nothing but the clue tells the answer."""

from __future__ import annotations

import pytest
import torch

from models.specs import inference
from models.tasks.inference import CLUE, COLOURS, SENTENCE, WORDS, spelled, stories


def test_no_word_stands_twice_in_the_list() -> None:
    assert len(WORDS) == len(set(WORDS))
    assert len(COLOURS) == inference.COLOURS


@pytest.mark.parametrize("words", [0, 5, 6, 74])
def test_clue_story_question(words: int) -> None:
    texts, answers = stories(50, words, torch.Generator().manual_seed(1))
    assert texts.shape == (50, words + 6)
    for text, answer in zip(texts, answers.tolist(), strict=True):
        said = spelled(text).split()
        assert said[:CLUE] == ["the", "cheese", "is"] and said[CLUE] == COLOURS[answer]
        assert said[-2:] == ["what", "colour"]
        story = said[CLUE + 1 : -2]
        assert len(story) == words and not set(story) & set(COLOURS)
        # Read backwards: the last sentence is whole.
        for word, kind in zip(reversed(story), list(reversed(SENTENCE)) * 20, strict=False):
            assert word in kind


def test_every_word_and_every_answer_comes() -> None:
    texts, answers = stories(2000, 30, torch.Generator().manual_seed(2))
    assert texts.unique().tolist() == list(range(len(WORDS)))
    counts = answers.bincount(minlength=len(COLOURS))
    assert counts.min() > 140 and counts.max() < 260
