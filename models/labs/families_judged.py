"""How those are judged who name ways through mazes, and who is to be held against them.

Axes: B mazes, S tokens of a maze, T tokens of a way.
"""

from __future__ import annotations

import torch
from torch import Tensor

from models.chance import number
from models.labs.answering import Writing
from models.layers.loss import IGNORED
from models.probe import at_rest
from models.tasks.maze_words import MOST, arrives, legal, wandered


def judged(racer: Writing, texts: Tensor, answers: Tensor) -> dict[str, float]:
    """Of mazes (B, S) and ways (B, T): the share of tokens that are right after the right ones
    (`forced`) and after its own (`free`), and of ways through no wall, and to the cheese."""
    wanted = racer.wanted(answers)  # (B, T + 1)
    asked_for = wanted != IGNORED
    with at_rest(racer.network):
        forced = racer.taught(texts, answers)[0].argmax(-1)
        free = racer.spoken(texts, MOST + 1)
    shares = {"forced": forced, "free": free[:, : wanted.shape[1]]}
    found = {
        name: ((said == wanted) & asked_for).sum().item() / asked_for.sum().item()
        for name, said in shares.items()
    }
    found["legal"] = legal(texts, free).float().mean().item()
    found["arrives"] = arrives(texts, free).float().mean().item()
    return {f"{racer.name}.{name}": share for name, share in found.items()}


def commoner(answers: Tensor) -> float:
    """How often who always gives the commoner of two answers (B,) is right."""
    share = answers.float().mean().item()
    return max(share, 1 - share)


def at_random(texts: Tensor, seed: int) -> float:
    """How often a mouse finds the way that goes on at random and never turns back."""
    said = wandered(texts, MOST, torch.Generator().manual_seed(number("wandered", seed)))
    return arrives(texts, said).float().mean().item()
