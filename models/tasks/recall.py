"""Recall: K pairs of a name and what is kept under it, then a name; what is kept there?

    Kq Bd Zf Mo B?   ->   d

A token is a pair: a capital, the key, and a small letter, its value. The last token has a key and
a question mark. No key comes twice in a text, but a value may. Who knows all values, but not whose
they are, does best to say the commonest.

(Arora et al. 2024, "Zoology: measuring and improving recall in efficient language models", section
3, where key and value are tokens of their own. To bring a value to the key before it takes a layer
of its own, so here they come as one.)

Axes: B texts, T = K + 1 tokens: the pairs, the question.

>>> spelled(torch.tensor([[1 * 27 + 3, 25 * 27 + 5, 1 * 27 + 26]])[0])
['Bd', 'Zf', 'B?']
"""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase

import torch
from torch import Tensor, nn

KEYS = ascii_uppercase
VALUES = ascii_lowercase
ASKED = len(VALUES)
"""The place of the question mark behind the values."""
SECONDS = len(VALUES) + 1
"""What can stand second in a token: token = key · 27 + value."""


def lists(
    count: int, pairs: int, chance: torch.Generator, place: int | None = None
) -> tuple[Tensor, Tensor]:
    """Texts (B, K + 1) of tokens, and the values asked for (B,), as numbers of `VALUES`.

    `place` is the pair that is asked for, from 0; without it any, drawn anew for each text.
    """
    keys = torch.rand(count, len(KEYS), generator=chance).argsort(1)[:, :pairs]
    values = torch.randint(len(VALUES), (count, pairs), generator=chance)
    asked = torch.randint(pairs, (count, 1), generator=chance)
    if place is not None:
        asked.fill_(place)
    question = keys.gather(1, asked) * SECONDS + ASKED
    return torch.cat([keys * SECONDS + values, question], 1), values.gather(1, asked)[:, 0]


def commonest(texts: Tensor) -> float:
    """How often who says the commonest value of each text (B, T) is right, whatever is asked."""
    values = nn.functional.one_hot(texts[:, :-1] % SECONDS, SECONDS)  # (B, K, 27)
    return (values.sum(1).amax(1) / (texts.shape[1] - 1)).mean().item()


def swapped(texts: Tensor, answers: Tensor, said: Tensor) -> float:
    """Of the texts (B, T) answered wrongly, in how many what was `said` (B,) is kept under another
    key; nan where nothing was wrong."""
    kept = (texts[:, :-1] % SECONDS == said[:, None]).any(1)
    return kept[said != answers].float().mean().item()


def twins(text: Tensor) -> tuple[Tensor, Tensor]:
    """The pairs of a text (T,), asked for the first of them, and the same with another value
    there: two texts (2, T), and their answers (2,)."""
    both = text.repeat(2, 1)
    key, value = text[0] // SECONDS, text[0] % SECONDS
    answers = torch.stack([value, (value + 1) % len(VALUES)])
    both[:, 0] = key * SECONDS + answers
    both[:, -1] = key * SECONDS + ASKED
    return both, answers


def spelled(tokens: Tensor) -> list[str]:
    """The tokens (T,) of a text as they are written."""
    seconds = VALUES + "?"
    return [KEYS[token // SECONDS] + seconds[token % SECONDS] for token in tokens.tolist()]
