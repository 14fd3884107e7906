"""What goes up a tower and what comes down: how alike its tokens are, and how strong its gradient.

    gradient_l   the length of the loss's gradient for all weights of block l
    alike_l      the cosine of two tokens of one text after block l, the mean over all pairs

A gradient that is 0 in a block means that the block cannot learn. Tokens whose cosine is 1 point
the same way: whatever reads them says the same of each. (Dong, Cordonnier and Loukas 2021,
"Attention is not all you need: pure attention loses rank doubly exponentially with depth".)

Axes: B texts, T tokens, C channels, L blocks.

>>> x = torch.tensor([[[1.0, 0.0], [0.0, 1.0], [0.0, 2.0]]])
>>> round(alike(x), 4)  # the pairs make 0, 0 and 1
0.3333
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import normalize

from models.layers.loss import cross_entropy
from models.networks.tower import Tower
from models.probe import recording


@dataclass(frozen=True)
class Profile:
    """What one pass through a tower and back showed."""

    gradient: tuple[float, ...]
    """Of each block, from the first to the last."""
    alike: tuple[float, ...]
    """Before the first block, and after each."""
    size: tuple[float, ...]
    """The mean length of a token, at the same places."""
    loss: float

    @property
    def first(self) -> float:
        """The gradient of the first block as a share of the last one's."""
        return self.gradient[0] / self.gradient[-1] if self.gradient[-1] else 0.0

    @property
    def arrays(self) -> dict[str, np.ndarray]:
        """The numbers as a probe answers them."""
        told = {"gradient": self.gradient, "alike": self.alike, "size": self.size}
        return {name: np.array(numbers, dtype=np.float32) for name, numbers in told.items()}

    @property
    def data(self) -> dict[str, Any]:
        """The numbers as a look carries them."""
        return {name: numbers.tolist() for name, numbers in self.arrays.items()}


def profile(network: Tower, texts: Tensor, answers: Tensor) -> Profile:
    """Send texts (B, T) up and the loss of their answers (B, T) down; no weight is changed."""
    places = ("stream", *(f"blocks.{n}.stream" for n in range(len(network.blocks))))
    with torch.enable_grad(), recording(network, *places) as seen:
        loss = cross_entropy(network(texts), answers)
    streams = [seen[place][0] for place in places]  # L + 1 times (B, T, C)
    blocks = [list(block.parameters()) for block in network.blocks]
    slopes = iter(torch.autograd.grad(loss, [weight for block in blocks for weight in block]))
    gradient = [_length([next(slopes) for _ in block]) for block in blocks]
    return Profile(
        tuple(gradient),
        tuple(alike(x) for x in streams),
        tuple(x.norm(dim=-1).mean().item() for x in streams),
        loss.item(),
    )


def alike(x: Tensor) -> float:
    """The mean cosine of two different tokens of the same text, of (B, T, C)."""
    tokens = x.shape[1]
    unit = normalize(x.double(), dim=-1)  # (B, T, C)
    total = unit.sum(1).square().sum(-1) - tokens  # (B,): the pairs, without each with itself
    return (total / (tokens * (tokens - 1))).mean().item()


def _length(slopes: list[Tensor]) -> float:
    return torch.stack([slope.double().square().sum() for slope in slopes]).sum().sqrt().item()
