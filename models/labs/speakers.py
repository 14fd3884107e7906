"""Who learns to speak: a GPT, and an LSTM of the same size.

Axes: B sentences, T words, V words there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from torch import Tensor

from models.labs.race import Racer
from models.layers.loss import IGNORED, cross_entropy
from models.layers.size import parameters
from models.networks import gpt as transformers
from models.networks import language_model as recurrent
from models.probe import at_rest
from models.tasks.grammar import LONGEST, WORDS, sampled
from models.tasks.speech import Sentence, encode

WIDTH, HEADS = 32, 4
"""Channels and heads of the GPT; a word of the LSTM has as many channels."""


@dataclass(frozen=True, kw_only=True)
class Blocks:
    """What the knobs say of the GPT."""

    layers: int
    norm: str
    dropout: float


def gpt(blocks: Blocks) -> transformers.GPT:
    """A GPT that reads the mouse grammar."""
    return transformers.GPT(
        transformers.Shape(
            vocabulary=len(WORDS),
            context=LONGEST,
            width=WIDTH,
            heads=HEADS,
            layers=blocks.layers,
            order=blocks.norm,
            dropout=blocks.dropout,
        )
    )


def lstm(blocks: Blocks) -> recurrent.LanguageModel:
    """An LSTM with the state that comes nearest to as many parameters as the GPT has."""
    size = parameters(gpt(blocks))

    def wanted(state: int) -> int:
        read, inside = len(WORDS) * WIDTH, 4 * state * (WIDTH + state + 2)
        return read + inside + len(WORDS) * (state + 1)

    state = min(range(8, 512), key=lambda state: abs(wanted(state) - size))
    shape = recurrent.Shape(vocabulary=len(WORDS), width=WIDTH, state=state)
    return recurrent.LanguageModel(shape)


def fresh(count: int, chance: torch.Generator | None = None) -> tuple[Tensor, Tensor]:
    """Sentences at equal distances in the grammar: nothing in them is left to chance."""
    return encode(sampled(count))


@dataclass
class Speaker(Racer):
    """A language model in the race. Only the words that are asked for count."""

    learned: list[Sentence] = field(default_factory=list)
    """What it learns from."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self._reads, self._targets = encode(self.learned)

    def batch(self, count: int, chance: torch.Generator) -> tuple[Tensor, Tensor]:
        """Sentences that it learns from, any of them as likely as another: (B, T) both."""
        rows = torch.randint(len(self._reads), (count,), generator=chance)
        return self._reads[rows], self._targets[rows]

    def is_right(self, logits: Tensor, answers: Tensor) -> Tensor:
        """Which of the words that are asked for are predicted, one after the other: (B, T, V) and
        (B, T) -> (N,)."""
        return (logits.argmax(-1) == answers)[answers != IGNORED]

    def accuracy(self, texts: Tensor, answers: Tensor) -> float:
        """The share of words that it holds for the likeliest."""
        return self.heard(texts, answers)[0]

    def heard(self, texts: Tensor, answers: Tensor) -> tuple[float, float]:
        """That share, and nats a word without smoothing and dropout."""
        with at_rest(self.network):
            logits = self.network(texts)
        right = self.is_right(logits, answers).float().mean().item()
        return right, cross_entropy(logits, answers).item()
