"""One word of a sentence is hidden, and the others say which it was.

    We propose a new simple network architecture the ___   ->   Transformer

Every sentence has nine words. Three of them depend on one other word: the verb on who acts (We
propose, She proposes), the article on the word after it (a new, an old), and the name on the
second noun, which says what the thing is: a network *architecture* is called Transformer, an
architecture *network* Perceptron. Both nouns come in either place, so who sees only which words
there are cannot tell one name from the other.

Axes: B sentences, T = 9 words.

>>> spelled(OURS)
'We propose a new simple network architecture the Transformer'
>>> spelled(hide(OURS[None], 8)[0])
'We propose a new simple network architecture the ___'
"""

from __future__ import annotations

import itertools

import torch
from torch import Tensor

from models.chance import number

GAP = "___"
WHO = {"We": "", "They": "", "She": "s", "He": "s"}
"""Who acts, and how the verb ends."""
VERBS = ("propose", "build", "draw")
FIRST = {"new": "a", "small": "a", "big": "a", "old": "an", "early": "an", "odd": "an"}
"""The first adjective, and its article."""
SECOND = ("simple", "clever", "quick", "quiet", "bold")
NAMES = {
    "network": "Perceptron",
    "architecture": "Transformer",
    "mouse": "Theseus",
    "maze": "Labyrinth",
}
"""What a thing of each kind is called."""
WORDS = (
    GAP,
    *WHO,
    *(verb + end for end in ("", "s") for verb in VERBS),
    *("a", "an"),
    *FIRST,
    *SECOND,
    *NAMES,
    "the",
    *NAMES.values(),
)
HIDDEN = WORDS.index(GAP)
VERB, THING, KIND, NAME = 1, 5, 6, 8
"""The places of the verb, of both nouns, and of the name, which depends on the second."""


def encode(text: str) -> Tensor:
    """The numbers of words: (T,).

    Raises:
        ValueError: if there is no such word.
    """
    return torch.tensor([WORDS.index(word) for word in text.split()])


def spelled(sentence: Tensor) -> str:
    """The words of a sentence (T,)."""
    return " ".join(WORDS[number] for number in sentence.tolist())


OURS = encode("We propose a new simple network architecture the Transformer")
"""The sentence that is looked at. Nobody is trained on it."""


def all_sentences() -> Tensor:
    """Every sentence there is, (B, T)."""
    texts = []
    for who, verb, first, second, nouns in itertools.product(
        WHO, VERBS, FIRST, SECOND, itertools.permutations(NAMES, 2)
    ):
        name = NAMES[nouns[1]]
        words = who, verb + WHO[who], FIRST[first], first, second, *nouns, "the", name
        texts.append([WORDS.index(word) for word in words])
    return torch.tensor(texts)


def split() -> tuple[Tensor, Tensor]:
    """Three quarters of all sentences, to learn from, and the others, to be judged on.

    Which ones does not depend on a seed.
    """
    sentences = all_sentences()
    kept = [
        number("held out", index) % 4 == 0 or torch.equal(sentence, OURS)
        for index, sentence in enumerate(sentences)
    ]
    held_out = torch.tensor(kept)
    return sentences[~held_out], sentences[held_out]


def hide(sentences: Tensor, place: int | Tensor) -> Tensor:
    """The sentences (B, T) with a gap at one place, or at one place each (B,)."""
    places = torch.as_tensor(place).expand(len(sentences))  # (B,)
    here = torch.arange(sentences.shape[1]) == places[:, None]  # (B, T)
    return sentences.masked_fill(here, HIDDEN)


def drawn(
    pool: Tensor, count: int, chance: torch.Generator, place: int | None = None
) -> tuple[Tensor, Tensor]:
    """Sentences of a pool with a gap, (B, T), and what stood there, (B,).

    The gap is at `place`; at any place, each as likely as the others, where none is named.
    """
    chosen = pool[torch.randint(len(pool), (count,), generator=chance)]  # (B, T)
    length = pool.shape[1]
    places = torch.randint(length, (count,), generator=chance)  # (B,)
    places = places if place is None else torch.full_like(places, place)
    return hide(chosen, places), chosen[torch.arange(count), places]
