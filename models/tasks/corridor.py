"""The corridor: a sign at the door, a long papered wall, and a fork where only the sign helps.

    left . o , . ~ , o fork   ->   left

A mouse comes in past a sign that says left or right. Then it walks along a corridor, whose paper
is another at every cell and tells nothing, and at the end it must turn the way the sign said.
(After Bakker 2002, "Reinforcement learning with long short-term memory", section 4.)

Axes: B mice, T = L + 2 cells: the sign, L cells of corridor, the fork.
"""

from __future__ import annotations

import torch
from torch import Tensor

TURNS = ("left", "right")
PAPERS = (".", "o", ",", "~")
SYMBOLS = (*TURNS, *PAPERS, "fork")


def walks(count: int, corridor: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
    """What mice see on their way (B, T), as numbers of `SYMBOLS`, and the right turns (B,)."""
    turns = torch.randint(len(TURNS), (count,), generator=chance)
    paper = torch.randint(len(PAPERS), (count, corridor), generator=chance) + len(TURNS)
    fork = torch.full((count, 1), len(SYMBOLS) - 1)
    return torch.cat([turns[:, None], paper, fork], 1), turns
