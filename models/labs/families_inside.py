"""What can be seen inside three families that read one language: who looks at whom, and who may.

Axes: T tokens that ask, S tokens that answer.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from models.labs.answering import Continues, Translates
from models.labs.race import Racer
from models.layers.multi_head import MultiHeadAttention
from models.probe import look
from models.tasks.maze_words import EDGE, SYMBOLS, spelled

REACHED = ("no way", "a way")
"""What the encoder says."""
READS = "blocks.0.read"
"""The attention with which a decoder looks at what was read."""


@dataclass(frozen=True)
class Case:
    """One maze (1, S) and its way (1, T), as a racer is given them."""

    racer: Racer
    maze: Tensor
    way: Tensor

    @property
    def inputs(self) -> tuple[Tensor, ...]:
        """What the network is given."""
        edge = torch.full_like(self.way[:, :1], EDGE)
        before = torch.cat([edge, self.way], 1)
        if isinstance(self.racer, Translates):
            return self.maze, before
        if isinstance(self.racer, Continues):
            return (torch.cat([self.maze, before], 1),)
        return (self.maze,)

    @property
    def words(self) -> tuple[str, ...]:
        """What it can say."""
        if isinstance(self.racer, Translates | Continues):
            return tuple(SYMBOLS)
        return REACHED

    def rows(self, place: str) -> dict[str, Any]:
        """Who asks and who answers in the attention at a place."""
        maze, way = spelled(self.maze[0]), [SYMBOLS[EDGE], *spelled(self.way[0])]
        if isinstance(self.racer, Continues):
            return {"asks": maze + way, "answers": maze + way, "called": ("token", "token")}
        if not isinstance(self.racer, Translates) or place.startswith("encoder"):
            return {"asks": maze, "answers": maze, "called": ("token", "token")}
        answers = maze if place == READS else way
        return {"asks": way, "answers": answers, "called": ("token", "token")}

    def answered(self, place: str, logits: Tensor) -> dict[str, Any]:
        """What is said and what is right, row by row, where rows are answered."""
        if not isinstance(self.racer, Translates | Continues):
            return {"said": REACHED[int(logits.argmax())], "right": REACHED[1]}
        if place.startswith("encoder"):
            return {}
        right = [*spelled(self.way[0]), SYMBOLS[EDGE]]
        said = spelled(logits.argmax(-1))
        before = len(said) - len(right)
        return {"said": [""] * before + said[before:], "right": [""] * before + right}


def masks_of(network: nn.Module, case: Case) -> list[dict[str, Any]]:
    """The masks of a network, each once: who may look at whom, as its first layers were told.

    Values `place` (`self`, `read` or, in an encoder before a decoder, `source`), `asks`,
    `answers`, and `allowed`, rows of 0 and 1.
    """
    paths = [n for n, part in network.named_modules() if isinstance(part, MultiHeadAttention)]
    _, seen = look(network, *case.inputs)
    told: dict[str, dict[str, Any]] = {}
    for path in paths:
        place = _kind(path, case)
        allowed = (seen[f"{path}.scores"][0, 0] > -math.inf).int().tolist()
        rows = case.rows(path)
        told.setdefault(
            place,
            {"place": place, "asks": rows["asks"], "answers": rows["answers"], "allowed": allowed},
        )
    return list(told.values())


def _kind(path: str, case: Case) -> str:
    """Which of the looks of its family an attention is."""
    if isinstance(case.racer, Translates) and path.startswith("encoder"):
        return "source"
    return "read" if path.endswith("read") else "self"
