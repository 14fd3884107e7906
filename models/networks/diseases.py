"""Six diseases: each says one method of a patient otherwise, and in that method one line.

    places    nobody is told where the letters stand
    mask      a mask of numbers, added to the scores
    row       a mask with a row that allows nothing
    rate      steps a hundred times as large
    mode      exams with dropout on
    targets   what is not graded counts

Axes: B texts, T letters, C channels, V letters to choose from.

A mask that is added hides nothing. Scores of 0, one letter ahead:

>>> MaskAdded(letters=3, context=4, width=2).hide(torch.zeros(1, 2, 2)).softmax(-1)[0, 0]
tensor([0.2689, 0.7311])
"""

from __future__ import annotations

import math

import torch
from torch import Tensor

from models.networks.patient import Patient


class WithoutPlaces(Patient):
    """Nobody tells the letters where they stand."""

    def enter(self, texts: Tensor) -> Tensor:
        """What the block reads: (B, T) -> (B, T, C)."""
        x = self.token(texts)
        return x


class MaskAdded(Patient):
    """The mask is a number, 1 for what lies ahead, and is added to the scores."""

    def hide(self, scores: Tensor) -> Tensor:
        """The scores (B, T, T) with what may not be looked at hidden."""
        j = torch.arange(scores.shape[-1], device=scores.device)
        ahead = j > j[:, None]
        return scores + ahead.float()


class EmptyRow(Patient):
    """Nobody may look at itself either, and the first letter has nobody else."""

    def hide(self, scores: Tensor) -> Tensor:
        """The scores (B, T, T) with what may not be looked at hidden."""
        j = torch.arange(scores.shape[-1], device=scores.device)
        ahead = j >= j[:, None]
        return scores.masked_fill(ahead, -math.inf)


class UngradedCounted(Patient):
    """What is not graded counts: −1 picks the last column, and so the last letter."""

    def loss(self, logits: Tensor, targets: Tensor) -> Tensor:
        """How badly logits (B, T, V) foresaw the targets (B, T), −1 where nothing is graded."""
        logits, targets = logits.flatten(0, 1), targets.flatten()
        return -logits.log_softmax(-1)[range(len(targets)), targets].mean()


class RateTooHigh(Patient):
    """Its steps are a hundred times as large."""

    def rate(self, usual: float) -> float:
        """The learning rate that it is trained with."""
        return 100 * usual


class StillTraining(Patient):
    """It sits its exams as it trains, with dropout on."""

    def settle(self) -> None:
        """Get ready for an exam."""
        self.train()


DISEASES: dict[str, type[Patient]] = {
    "places": WithoutPlaces,
    "mask": MaskAdded,
    "row": EmptyRow,
    "rate": RateTooHigh,
    "mode": StillTraining,
    "targets": UngradedCounted,
}
