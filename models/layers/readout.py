"""The readout: from what a network has in mind to the logits of its answers.

    logits = W x + b,   W of standard deviation spread / √C and b = 0 at first

The channels of x are about as large as 1, so the first logits are about as large as `spread`:
every answer is about as likely as any other, and the first loss is near ln A. Much smaller, and
the first gradients are too weak; larger, and the network begins with prejudices to unlearn. (How
variances pass through a layer: Glorot and Bengio 2010, "Understanding the difficulty of training
deep feedforward neural networks", section 4.2.)

Axes: C channels, A answers; a language model's answers are its vocabulary, A = V.

>>> layer = readout(width=10_000, answers=3, spread=0.5)
>>> round(layer.weight.std().item(), 3), layer.bias.tolist()
(0.005, [0.0, 0.0, 0.0])
"""

from __future__ import annotations

from torch import nn


def readout(width: int, answers: int, spread: float = 0.25) -> nn.Linear:
    """A linear layer (..., C) -> (..., A) whose first logits have `spread`."""
    layer = nn.Linear(width, answers)
    nn.init.normal_(layer.weight, std=spread / width**0.5)
    nn.init.zeros_(layer.bias)
    return layer
