"""Additive attention, the first: a small network judges how well a question fits a key.

    score   = vᵀ tanh(W q + U k)
    weights = softmax(scores)
    mixture = weights · what is looked at

It was made so that a translator may look back at the whole sentence instead of at one last
state. (Bahdanau et al. 2015, "Neural machine translation by jointly learning to align and
translate", section 3.1 and appendix A.1.2.)

Axes: B batch, T tokens that ask, S tokens that answer, N numbers in a state; judges: A.

One question, 0, and two keys, 0 and a very large one; W = U = 1 and v = ln 3. The scores are
ln 3 · tanh 0 = 0 and ln 3 · tanh ∞ = ln 3, so the weights stand 1 to 3:

>>> import torch
>>> one, keys = torch.ones(1, 1), torch.tensor([[0.0], [99.0]])
>>> additive_similarity(0 * one, keys, w=one, u=one, v=math.log(3) * one).softmax(-1)
tensor([[0.2500, 0.7500]])
"""

from __future__ import annotations

import math

from torch import Tensor, nn

from models.layers.attention import check_mask


def additive_similarity(q: Tensor, k: Tensor, w: Tensor, u: Tensor, v: Tensor) -> Tensor:
    """How well each question (..., T, N) fits each key (..., S, N), by A judges.

    `w` and `u`: (A, N), `v`: (1, A), the weights of `nn.Linear` layers.
    """
    asked, offered = q @ w.mT, k @ u.mT  # (..., A) each
    fit = (asked.unsqueeze(-2) + offered.unsqueeze(-3)).tanh()  # (..., T, S, A)
    return (fit @ v.mT).squeeze(-1)  # (..., T, S)


class AdditiveAttention(nn.Module):
    """Attention whose scores are learned by a network with one hidden layer of `judges`.

    `asks`, `answers`, `scores` and `weights` pass on what they are given: they are where one can
    look.
    """

    def __init__(self, asks: int, answers: int, judges: int) -> None:
        super().__init__()
        self.query = nn.Linear(asks, judges, bias=False)
        self.key = nn.Linear(answers, judges, bias=False)
        self.judge = nn.Linear(judges, 1, bias=False)
        self.asks, self.answers = nn.Identity(), nn.Identity()
        self.scores, self.weights = nn.Identity(), nn.Identity()

    def forward(self, q: Tensor, source: Tensor, allowed: Tensor | None = None) -> Tensor:
        """The mixture of `source` (B, S, N) for each question of q: (B, T, N)."""
        q, source = self.asks(q), self.answers(source)
        scores = additive_similarity(
            q, source, self.query.weight, self.key.weight, self.judge.weight
        )  # (B, T, S)
        if allowed is not None:
            check_mask(allowed, axes=3)
            scores = scores.masked_fill(~allowed, -math.inf)
        weights = self.weights(self.scores(scores).softmax(-1))  # (B, T, S)
        return weights @ source  # (B, T, N)
