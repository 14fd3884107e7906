"""A clue, a story that has nothing to do with it, and a question that only the clue answers.

    the cheese is red  the cat waits behind the door …  what colour   ->   red

The story is made of sentences of six words, and ends with a whole one; where the number of words
asks for less than a whole sentence at its beginning, the end of one stands there. No colour is ever
spoken of in it.

Axes: B texts, T = F + 6 words: the clue's four, F of the story, the question's two.

>>> spelled(stories(1, 6, torch.Generator().manual_seed(0))[0][0])
'the cheese is white the owl waits beside the window what colour'
"""

from __future__ import annotations

import torch
from torch import Tensor

COLOURS = (
    *("red", "green", "blue", "yellow", "white"),
    *("brown", "black", "grey", "pink", "golden"),
)
WHO = ("mouse", "cat", "cook", "child", "moth", "owl")
DOES = ("waits", "sleeps", "sings", "walks", "hides", "looks")
WHERE = ("behind", "under", "near", "beside", "before")
WHAT = ("door", "stove", "table", "window", "stairs", "cupboard", "clock", "chair")
WORDS = ("the", "cheese", "is", *COLOURS, *WHO, *DOES, *WHERE, *WHAT, "what", "colour")
SENTENCE = (("the",), WHO, DOES, WHERE, ("the",), WHAT)
"""What the words of a sentence of the story are drawn from, one after the other."""
CLUE = 3
"""The place of the word that answers the question."""
AROUND = 6
"""Words of a text that are not of the story: the clue's four, the question's two."""


def stories(count: int, words: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Texts (B, T), as numbers of `WORDS`, and the answers (B,), as numbers of `COLOURS`."""
    answers = torch.randint(len(COLOURS), (count,), generator=chance)
    sentences = -(-words // len(SENTENCE))
    drawn = [
        torch.randint(len(kind), (count, sentences), generator=chance) + WORDS.index(kind[0])
        for kind in SENTENCE
    ]
    story = torch.stack(drawn, -1).flatten(1)  # (B, 6n)
    clue = torch.cat([_all(count, "the cheese is"), answers[:, None] + WORDS.index(COLOURS[0])], 1)
    return torch.cat(
        [clue, story[:, story.shape[1] - words :], _all(count, "what colour")], 1
    ), answers


def spelled(text: Tensor) -> str:
    """The words of a text (T,)."""
    return " ".join(WORDS[number] for number in text.tolist())


def _all(count: int, words: str) -> Tensor:
    """The same words at the same place of every text."""
    return torch.tensor([WORDS.index(word) for word in words.split()]).expand(count, -1)
