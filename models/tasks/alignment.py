"""Mouse-speak: a way told from its end, with how often behind each direction.

    ru pip  ti pippip  ka pip   ->   N E E W .

Mice tell a way from the cheese back to the door; who is to walk it has to begin with what was said
last. So a translation runs backwards through the sentence, and stays with a pair of words for as
many moves as it means. A sentence of fewer turns than there is room for begins with silence, and
the moves are filled up with full stops.

Axes: B sentences, K turns, S = 2K words, T = 3K + 1 moves.

>>> walked(torch.tensor([[0, 1, 3]]), torch.tensor([[1, 2, 1]]), moves=5)
tensor([[1, 2, 2, 4, 0]])
"""

from __future__ import annotations

import torch
from torch import Tensor

SILENCE = "–"
WAYS = ("ka", "ti", "so", "ru")
TIMES = ("pip", "pippip", "pippippip")
WORDS = (SILENCE, *WAYS, *TIMES)
MOVES = (".", "N", "E", "S", "W")
LEAST = 3
"""Turns in a sentence, at least."""


def walked(ways: Tensor, times: Tensor, moves: int) -> Tensor:
    """The moves (B, T) of turns (B, K), as numbers of `MOVES`, with full stops to the end."""
    over = times.cumsum(1)[:, None]  # (B, 1, K): after how many moves each turn is over
    place = torch.arange(moves)[:, None]  # (T, 1)
    turn = (place >= over).sum(-1)  # (B, T)
    stops = torch.zeros_like(ways[:, :1])
    return torch.cat([ways + 1, stops], 1).gather(1, turn)


def sentences(
    count: int, turns: int, chance: torch.Generator, least: int = LEAST
) -> tuple[Tensor, Tensor]:
    """Sentences (B, S) of `least` to `turns` turns, as numbers of `WORDS`, and the moves (B, T)."""
    ways = torch.randint(len(WAYS), (count, turns), generator=chance)
    times = torch.randint(1, len(TIMES) + 1, (count, turns), generator=chance)
    many = torch.randint(min(least, turns), turns + 1, (count, 1), generator=chance)
    real = torch.arange(turns) < many
    words = torch.stack([ways + 1, times + len(WAYS)], -1) * real[..., None]  # (B, K, 2)
    moves = walked(ways.where(real, -1), times * real, len(TIMES) * turns + 1)
    return words.flip(1).flatten(1), moves
