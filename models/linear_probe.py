"""What can be read off a network's stream by a weighted sum, and taken away from it again.

    probe    said = w·(x − μ) + b         the weights w that miss a number z by least
    eraser   x'   = x − c w·(x − μ)/(w·c)     c: how each channel varies along with z

A probe is fitted to a network that is left as it is. (Alain and Bengio 2016, "Understanding
intermediate layers using linear classifier probes", section 3.) What an eraser leaves does not vary
along with z in any channel, so that no weighted sum of it says more of z than its mean does; of
all affine maps that do so it changes the stream least. (Belrose et al. 2023, "LEACE: Perfect linear
concept erasure in closed form", section 4.)

Axes: N tokens, C channels.

>>> x = torch.tensor([[0.0, 1.0], [1.0, 1.0], [2.0, 0.0], [3.0, 0.0]])
>>> z = torch.tensor([1.0, 3.0, 5.0, 7.0])
>>> probe(x, z)(x).round().tolist()
[1.0, 3.0, 5.0, 7.0]
>>> left = eraser(x, z)(x)
>>> abs(explained(probe(left, z)(left), z)) < 1e-6
True
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

RIDGE = 1e-5
"""What is added to the variance of every channel, as a share of their mean: channels that always
go together would otherwise get weights without bounds."""


@dataclass(frozen=True)
class Probe:
    """A weighted sum of channels."""

    mean: Tensor
    """(C,)."""
    weights: Tensor
    """(C,)."""
    offset: Tensor
    """What it says of the mean, ()."""

    def __call__(self, stream: Tensor) -> Tensor:
        """What it reads: (…, C) -> (…)."""
        return (stream - self.mean) @ self.weights + self.offset


@dataclass(frozen=True)
class Eraser:
    """Takes a weighted sum of channels out of a stream."""

    mean: Tensor
    """(C,)."""
    reads: Tensor
    """The weights of the sum, (C,)."""
    takes: Tensor
    """What is taken away for each unit of it, (C,)."""

    def __call__(self, stream: Tensor) -> Tensor:
        """The stream without it: (…, C) -> (…, C)."""
        return stream - ((stream - self.mean) @ self.reads)[..., None] * self.takes


def probe(stream: Tensor, wanted: Tensor) -> Probe:
    """The probe that reads numbers (N,) off a stream (N, C) with the least squared error."""
    mean, spread, along = _moments(stream, wanted)
    weights = torch.linalg.solve(spread, along)
    return Probe(mean.to(stream), weights.to(stream), wanted.to(stream).mean())


def eraser(stream: Tensor, wanted: Tensor) -> Eraser:
    """The smallest change of a stream (N, C) that leaves nothing to be read of numbers (N,)."""
    mean, spread, along = _moments(stream, wanted)
    weights = torch.linalg.solve(spread, along)
    takes = along / (weights @ along)
    return Eraser(mean.to(stream), weights.to(stream), takes.to(stream))


def random_eraser(stream: Tensor, size: float, chance: torch.Generator, tries: int = 100) -> Eraser:
    """One that takes a random sum of channels out of a stream (N, C).

    Of some that are drawn, all sums of variance one, it is the one whose change is nearest to
    `size` (`changed`).
    """
    mean, spread, _ = _moments(stream, stream[:, 0])
    lengths, axes = torch.linalg.eigh(spread)
    root = axes * lengths.clamp(min=1e-9).sqrt() @ axes.T  # (C, C)
    drawn = torch.randn(tries, len(root), generator=chance).to(root)
    takes = drawn / drawn.norm(dim=1, keepdim=True) @ root  # (tries, C)
    of_all = takes[(takes.square().sum(1) - size).abs().argmin()]
    reads = torch.linalg.solve(spread, of_all)
    return Eraser(mean.to(stream), reads.to(stream), of_all.to(stream))


def changed(before: Tensor, after: Tensor) -> float:
    """How much a stream (…, C) was changed: the mean over tokens of the squared distance."""
    return (after - before).square().sum(-1).mean().item()


def explained(said: Tensor, wanted: Tensor) -> float:
    """R²: the share of the variance of numbers (N,) that is in what was `said` (N,) of them.

    1 if all is said rightly, 0 for who says their mean of each, less for who does worse.
    """
    missed, there = (said - wanted).square().sum(), (wanted - wanted.mean()).square().sum()
    return 1 - (missed / there).item()


def _moments(stream: Tensor, wanted: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The mean of a stream (C,), its covariance (C, C), and that with the numbers (C,)."""
    x, z = stream.double(), wanted.double()
    mean = x.mean(0)
    x, z = x - mean, z - z.mean()
    spread = x.T @ x / len(x)
    least = RIDGE * spread.diagonal().mean().clamp(min=1e-9)
    return mean, spread + least * torch.eye(len(mean)).to(spread), x.T @ z / len(x)
