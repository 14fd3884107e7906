"""The weights that a network had at some steps of its training, so that it can be asked as it was.

Early on, while much changes, these steps are close together; a long training has no more of them
than a short one.

Axes: S steps, P weights of the network, all in a row.

>>> from torch import nn
>>> network = nn.Linear(1, 1)
>>> past = Past(network, last=60)
>>> for step in range(61):
...     _ = network.weight.data.fill_(step)
...     past.keep(step)
>>> past.steps, past.at(50).weight.item()
([0, 20, 50, 60], 50.0)
"""

from __future__ import annotations

from copy import deepcopy

import torch
from torch import Tensor, nn
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from models.checkpoint import Checkpoint, CheckpointError

EARLY = (0, 20, 50, 80, 100, 125, 150, 175, 200, 250, 300)
LATER, APART = 4, 100
"""Into so many parts the rest is cut, and the fewest steps of one."""


def remembered(last: int) -> frozenset[int]:
    """The steps of a training of `last` whose weights are kept.

    >>> sorted(remembered(700))[10:], sorted(remembered(2300))[10:]
    ([300, 400, 500, 600, 700], [300, 800, 1300, 1800, 2300])
    """
    apart = max(APART, -(-(last - EARLY[-1]) // LATER))
    early = (step for step in EARLY if step <= last)
    return frozenset({*early, *range(EARLY[-1], last, apart), last})


class Past:
    """What one network was."""

    def __init__(self, network: nn.Module, last: int) -> None:
        """`last` is how many steps it is going to make."""
        self._network = network
        self._due = remembered(last)
        self._weights = dict[int, Tensor]()

    @property
    def steps(self) -> list[int]:
        """The steps at which it is known what it was."""
        return sorted(self._weights)

    def keep(self, step: int) -> None:
        """Keep its weights after so many steps, if these are wanted."""
        if step in self._due:
            self._weights[step] = parameters_to_vector(self._network.parameters()).detach().clone()

    def at(self, step: int) -> nn.Module:
        """A network like it, with the weights that it had after so many steps.

        Raises:
            ValueError: if they were not kept.
        """
        if step not in self._weights:
            raise ValueError(f"step {step}: the weights are known after {self.steps} steps")
        network = deepcopy(self._network).requires_grad_(False)
        vector_to_parameters(self._weights[step], network.parameters())
        return network

    def state(self) -> Checkpoint:
        """All of it: weights `past` (S, P), and their steps."""
        weights = [self._weights[step] for step in self.steps]
        stacked = torch.stack(weights) if weights else torch.zeros(0)
        return Checkpoint({"past": stacked}, {"past": self.steps})

    def restore(self, kept: Checkpoint) -> None:
        """Know what another of the same network knew; one of which nothing was kept knew nothing.

        Raises:
            CheckpointError: if the checkpoint is not of such a one.
        """
        steps, weights = kept.about.get("past"), kept.tensors.get("past")
        if steps is None and weights is None:
            self._weights = {}
            return
        own = parameters_to_vector(self._network.parameters())
        if not isinstance(steps, list) or any(type(step) is not int for step in steps):
            raise _unknown("does not say what the network was")
        if weights is None or len(weights) != len(steps):
            raise _unknown("does not say what the network was")
        if steps and (weights.shape[1:], weights.dtype) != (own.shape, own.dtype):
            raise _unknown("does not fit this network")
        rows = [row.clone() for row in weights.to(own.device)]
        self._weights = dict(zip(steps, rows, strict=True))


def _unknown(why: str) -> CheckpointError:
    return CheckpointError(f"The checkpoint {why}: run the lab again from the beginning.")
