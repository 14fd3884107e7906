"""Who goes on from a stream of tokens with a way, and may have to predict several moves at once.

With P moves ahead, the last map of the network says P tokens after each: the next, the one behind
it, and so on. By itself it goes on with the next; the others are there while it trains.

Axes: B texts, S tokens of a maze, T tokens of a way, P moves ahead, V vocabulary.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import torch
from torch import Tensor, nn

from models.labs.answering import Continues
from models.layers.loss import IGNORED, cross_entropy
from models.layers.readout import readout
from models.layers.size import parameters
from models.networks import gpt as transformers
from models.networks import language_model as recurrent
from models.tasks.maze_stream import EDGE, MOST_LARGE, SYMBOLS, TOLD

VOCABULARY = len(SYMBOLS)
HEADS, LAYERS = 4, 2


def gpt(width: int, ahead: int) -> transformers.GPT:
    """A transformer for the stream."""
    context = TOLD + MOST_LARGE + 2
    shape = transformers.Shape(
        vocabulary=VOCABULARY, context=context, width=width, heads=HEADS, layers=LAYERS
    )
    network = transformers.GPT(shape)
    if ahead > 1:
        network.unembed = nn.Linear(width, ahead * VOCABULARY, bias=False)
        nn.init.normal_(network.unembed.weight, std=0.02)  # as the rest of its weights
    return network


def lstm(width: int, ahead: int) -> recurrent.LanguageModel:
    """An LSTM whose state makes it as large as the transformer, as nearly as can be."""
    size = parameters(gpt(width, ahead))

    def wanted(state: int) -> int:
        inside = 4 * state * (width + state + 2)
        return VOCABULARY * width + inside + ahead * VOCABULARY * (state + 1)

    state = min(range(8, 512), key=lambda state: abs(wanted(state) - size))
    shape = recurrent.Shape(vocabulary=VOCABULARY, width=width, state=state)
    network = recurrent.LanguageModel(shape)
    if ahead > 1:
        network.unembed = readout(state, ahead * VOCABULARY, spread=0.5)
    return network


@dataclass
class GoesOn(Continues):
    """A transformer that goes on from the maze."""

    edge: int = EDGE
    batch: int = 32
    ahead: int = 1

    def begun(self, texts: Tensor) -> Callable[[Tensor], Tensor]:
        """The next token alone."""
        step = super().begun(texts)
        return lambda token: step(token)[:, :VOCABULARY]

    def told(self, texts: Tensor, before: Tensor) -> Tensor:
        """The next token alone."""
        return self._all(texts, before)[..., :VOCABULARY]

    def loss(self, texts: Tensor, answers: Tensor) -> Tensor:
        """How badly it predicts all moves that it is asked for; its value is that of the next."""
        said = self._all(texts, self.after_edge(answers)).chunk(self.ahead, -1)
        wanted = self.wanted(answers)  # (B, T + 1)
        self.right.append(self.is_right(said[0], wanted).float().mean())
        losses = []
        for later, logits in enumerate(said):
            none = torch.full_like(wanted[:, :later], IGNORED)
            losses.append(cross_entropy(logits, torch.cat([wanted[:, later:], none], 1)))
        rest = torch.stack(losses).sum() - losses[0]
        return losses[0] + rest - rest.detach()

    def _all(self, texts: Tensor, before: Tensor) -> Tensor:
        """What it says of all moves ahead: (B, T, P · V)."""
        return super().told(texts, before)


@dataclass
class Remembers(GoesOn):
    """An LSTM that goes on: what it read of the maze is in its states."""

    def begun(self, texts: Tensor) -> Callable[[Tensor], Tensor]:
        """Reads the maze once, and goes on from there."""
        network = cast("recurrent.LanguageModel", self.network)
        states: list[list[Any]] = [network.read(texts, network.start(len(texts)))[1]]

        def step(token: Tensor) -> Tensor:
            logits, states[0] = network.step(token, states[0])
            return logits[:, :VOCABULARY]

        return step

    def _all(self, texts: Tensor, before: Tensor) -> Tensor:
        return cast("Tensor", self.network(torch.cat([texts, before], 1)))[:, texts.shape[1] :]
