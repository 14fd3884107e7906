"""Laps: a mouse runs the same loop of landmarks again and again, and each next one is asked for.

    ^ k a m b f k a m b f k a      a loop of 5: k a m b f
                a m b f k a m      what comes next, from the second k on

All landmarks of a loop differ, and are drawn at random. In the first lap nobody can know the next
one; nor at its last landmark, since the loop might be longer. From the second lap on it can be
looked up: find where you were here before, and see what came then.

Axes: B texts, T tokens: the start `^` and T − 1 landmarks.

>>> walk = next_landmarks(torch.tensor([[10, 0, 12, 1, 5]]), torch.tensor([5]), 13)
>>> spelled(texts_of(walk)[0]), spelled(known(walk, torch.tensor([5]))[0])
('^kambfkambfka', '      ambfkam')
"""

from __future__ import annotations

import torch
from torch import Tensor

from models.layers.loss import IGNORED

LANDMARKS = "abcdefghijklmnop"
START = len(LANDMARKS)
SYMBOLS = LANDMARKS + "^"
TOKENS = 17
"""How long a text is."""


def laps(lengths: Tensor, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """Texts (B, T) over loops of so many landmarks (B,), and the next landmark at each token."""
    loops = torch.rand(len(lengths), len(LANDMARKS), generator=chance).argsort(-1)  # (B, 16)
    walks = next_landmarks(loops, lengths, TOKENS)
    return texts_of(walks), walks


def drawn(
    count: int, shortest: int, longest: int, chance: torch.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """The same, and the lengths (B,) of the loops, each as likely as any other."""
    lengths = torch.randint(shortest, longest + 1, (count,), generator=chance)
    return *laps(lengths, chance), lengths


def next_landmarks(loops: Tensor, lengths: Tensor, tokens: int) -> Tensor:
    """The walks (B, T) over the first of each row of landmarks (B, N), as many as `lengths`."""
    return loops.gather(1, torch.arange(tokens) % lengths[:, None])


def texts_of(walks: Tensor) -> Tensor:
    """What is read: the start, then each walk (B, T) but for its last landmark."""
    return torch.cat([torch.full_like(walks[:, :1], START), walks[:, :-1]], 1)


def known(walks: Tensor, lengths: Tensor) -> Tensor:
    """The next landmarks (B, T) that can be known, all others `IGNORED`."""
    first_lap = torch.arange(walks.shape[1]) <= lengths[:, None]  # (B, T)
    return walks.masked_fill(first_lap, IGNORED)


def restarted(texts: Tensor, chance: torch.Generator) -> Tensor:
    """The same texts (B, T), which begin with some landmark that is not in their loop."""
    order = torch.rand(len(texts), len(LANDMARKS), generator=chance).argsort(-1)  # (B, 16)
    inside = (order[:, :, None] == texts[:, None, 1:]).any(-1)  # (B, 16)
    begins = order.gather(1, inside.int().argmin(1, keepdim=True))  # (B, 1)
    return torch.cat([begins, texts[:, 1:]], 1)


def spelled(tokens: Tensor) -> str:
    """A text (T,) as it is written; a blank where nothing can be known."""
    return "".join(" " if token == IGNORED else SYMBOLS[token] for token in tokens.tolist())
