"""Where those look who say a string backwards, and how much of that is where the digit stands.

Axes: B strings, T digits, H heads.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor

from models.labs.answering import Answering, Translates
from models.tasks.reversal import DIGITS, EDGE, SYMBOLS, lengths_of, spelled

READS = "blocks.0.read"
"""The attention with which a decoder looks at what was read."""


def given(racer: Answering, strings: Tensor, answers: Tensor) -> tuple[Tensor, ...]:
    """What the network of a racer is given: the strings (B, T), to who writes also the answers
    behind their beginning, (B, T + 1); and how long the strings are."""
    lengths = lengths_of(strings)
    if not isinstance(racer, Translates):
        return strings, lengths
    begins = torch.full_like(answers[:, :1], EDGE)
    return strings, torch.cat([begins, answers], 1), lengths


def mirrored(weights: Tensor) -> float:
    """The share of its attention that each place gives the one which mirrors it, on the mean:
    weights (B, H, T, T), of who writes (B, H, T + 1, T).

    >>> mirrored(torch.tensor([[[[0.2, 0.8], [0.6, 0.4]]]]))
    0.7
    """
    answers = weights.shape[-1]
    share = weights[..., :answers, :].flip(-1).diagonal(dim1=-2, dim2=-1).mean()
    return round(share.item(), 6)


def last_look(racer: Answering, layers: int) -> str:
    """The attention after which a racer knows its answer."""
    return READS if isinstance(racer, Translates) else f"encoder.blocks.{layers - 1}.attend"


def words(racer: Answering) -> str:
    """What a racer can say."""
    return SYMBOLS if isinstance(racer, Translates) else DIGITS


def named(
    racer: Answering, place: str, string: Tensor, answer: Tensor, said: Tensor
) -> dict[str, Any]:
    """Who asks and who answers in the attention at a place, for one string (T,), and what is said
    and right row by row, where rows are answered."""
    digits, right = spelled(string), spelled(answer)
    told = {"said": spelled(said)}
    if not isinstance(racer, Translates):
        return {
            "asks": digits,
            "answers": digits,
            "called": ("digit", "digit"),
            "right": right,
            **told,
        }
    if place.startswith("encoder"):
        return {"asks": digits, "answers": digits, "called": ("digit", "digit")}
    edge = SYMBOLS[EDGE]
    written, told = [edge, *right], {**told, "right": [*right, edge]}
    if place == READS:
        return {"asks": written, "answers": digits, "called": ("token", "digit"), **told}
    return {"asks": written, "answers": written, "called": ("token", "token"), **told}
