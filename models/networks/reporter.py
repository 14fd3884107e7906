"""One layer of attention that reads a text once and, at its last token, answers several questions.

    x        = token + place
    x_T      = x_T + [head_1 … head_H] Wo      every head asks the whole text, once
    logits_q = W_q x_T + b_q                   one answer for each question q

Each head has one row of weights for the last token: one look, whatever there is to be found out.
All heads together have C channels, so that their number changes no number of parameters.

Axes: B texts, T tokens, C channels, V vocabulary, Q questions, A answers.

There are VC + TC + 4C² + 4C + QA(C + 1) parameters, whatever the heads: 5 tokens of 2 channels,
texts of 3 and 2 questions with 5 answers make 10 + 6 + 16 + 8 + 30:

>>> from models.layers.size import parameters
>>> shape = dict(vocabulary=5, length=3, questions=2, answers=5, width=2)
>>> [parameters(Reporter(Shape(**shape, heads=heads))) for heads in (1, 2)]
[70, 70]
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from models.layers.multi_head import MultiHeadAttention


@dataclass(frozen=True, kw_only=True)
class Shape:
    """How large the network is."""

    vocabulary: int
    length: int
    """How many tokens a text has."""
    questions: int
    answers: int
    """How many answers each question has to choose from."""
    width: int = 12
    heads: int = 2
    std: float = 0.3
    """The standard deviation of tokens and places at first."""


class Reporter(nn.Module):
    """token + place, one look of every head, an answer to each question read at the last token."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.token = nn.Embedding(shape.vocabulary, shape.width)
        nn.init.normal_(self.token.weight, std=shape.std)
        self.place = nn.Parameter(shape.std * torch.randn(shape.length, shape.width))
        self.attend = MultiHeadAttention(shape.width, shape.heads)
        self.answer = nn.Linear(shape.width, shape.questions * shape.answers)

    def forward(self, tokens: Tensor) -> Tensor:
        """How likely each answer to each question is, as logits: (B, T) -> (B, Q, A)."""
        x = self.token(tokens) + self.place  # (B, T, C)
        x = x + self.attend(x)
        return self.answer(x[:, -1]).unflatten(-1, (self.shape.questions, -1))  # (B, Q, A)


class AtOnce(nn.Module):
    """A reporter whose answers to all questions stand in one row."""

    def __init__(self, reporter: nn.Module) -> None:
        super().__init__()
        self.reporter = reporter

    def forward(self, tokens: Tensor) -> Tensor:
        """The logits of all questions, one behind the other: (B, T) -> (B, QA)."""
        return self.reporter(tokens).flatten(1)  # (B, Q * A)
