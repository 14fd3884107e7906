"""A block of random letters, over and over: what comes next can be known once it comes round.

    period 5    K T A T M K T A T M K T        after the first five letters all is known

The letters of a block are drawn one by one, so that some come twice, and its length, the period,
is another in every text. So nobody knows a letter of the first block beforehand, nor which letter
ends it. From then on each one can be foreseen: look for where this letter, with those before it,
stood earlier, and say what followed.

Axes: B texts, T letters, V = 26 letters of the alphabet.

>>> from models.tasks.letters import decode, encode
>>> block = encode("KTATM")
>>> decode(repeated(block, torch.tensor([5]), 12)[0])
'KTATMKTATMKT'
>>> texts, answers = asked(repeated(block, torch.tensor([5]), 8), torch.tensor([5]))
>>> decode(texts[0]), answers[0].tolist() == [IGNORED] * 5 + encode("TA")[0].tolist()
('KTATMKT', True)
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn.functional import one_hot

from models.layers.loss import IGNORED
from models.tasks.letters import ALPHABET, strings


def repeated(blocks: Tensor, periods: Tensor, length: int) -> Tensor:
    """Blocks (B, P or more), each repeated after its period (B,): texts (B, length)."""
    place = torch.arange(length) % periods[:, None]  # (B, T)
    return blocks.gather(1, place)


def drawn(
    count: int, length: int, periods: Sequence[int], chance: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Texts (B, length) of random blocks, and the period of each (B,), one of `periods`."""
    which = torch.randint(len(periods), (count,), generator=chance)
    chosen = torch.tensor(periods)[which]  # (B,)
    return repeated(strings(count, max(periods), chance), chosen, length), chosen


def asked(texts: Tensor, periods: Tensor) -> tuple[Tensor, Tensor]:
    """Texts (B, T + 1) but for their last letter, and the letter that comes next at each (B, T).

    What nobody can foresee is `IGNORED`: all that comes before a block has come round, and the
    letter that the second block begins with.
    """
    known = torch.arange(texts.shape[1] - 1) >= periods[:, None]  # (B, T)
    return texts[:, :-1], texts[:, 1:].where(known, IGNORED)


def following(texts: Tensor, answers: Tensor) -> Tensor:
    """The next letter at all places (B, T), also where it cannot be foreseen.

    It stands in the text itself, but for the last one, which can be.
    """
    return answers.where(answers != IGNORED, texts.roll(-1, 1))


def one_already_seen(texts: Tensor, answers: Tensor) -> float:
    """How often who names any letter that has been there is right, in the mean."""
    seen = one_hot(texts, len(ALPHABET)).cumsum(1) > 0  # (B, T, V)
    graded = answers != IGNORED
    among = 1 / seen.sum(-1)[graded]
    is_there = seen.gather(2, answers.clamp(min=0)[..., None])[..., 0][graded]
    return (among * is_there).mean().item()


def longest_ago(texts: Tensor, answers: Tensor) -> float:
    """How often who names the letter that has been away longest is right.

    In a block without a letter that comes twice that is always so, whatever the period.
    """
    place = torch.arange(1, texts.shape[1] + 1)[:, None]  # (T, 1)
    last = (one_hot(texts, len(ALPHABET)) * place).cummax(1).values  # (B, T, V)
    never = texts.shape[1] + 1
    said = last.where(last > 0, never).argmin(-1)  # (B, T)
    graded = answers != IGNORED
    return (said == answers)[graded].float().mean().item()


def once_round(periods: Sequence[int], length: int) -> float:
    """The mean loss of who guesses the first block and knows all the rest, in nats.

    >>> round(once_round(range(8, 23), 48), 3)
    1.018
    """
    return sum(periods) / len(periods) / length * math.log(len(ALPHABET))
