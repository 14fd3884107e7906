"""How large a network is.

A map from 3 numbers to 2 has 3 · 2 weights and 2 biases:

>>> parameters(nn.Linear(3, 2))
8
"""

from __future__ import annotations

from torch import nn


def parameters(model: nn.Module) -> int:
    """How many numbers of `model` are learned."""
    return sum(weight.numel() for weight in model.parameters() if weight.requires_grad)
