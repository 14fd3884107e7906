"""How large a network is."""

from __future__ import annotations

from torch import nn


def parameters(model: nn.Module) -> int:
    """How many numbers of `model` are learned."""
    return sum(weight.numel() for weight in model.parameters() if weight.requires_grad)
