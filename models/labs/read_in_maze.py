"""What the probes of a network read in one maze, cell by cell and loop by loop.

    read = w·x + b     w, b: of the loop; x: the stream of the cell after it

After every loop it is another weighted sum, fitted to mazes that the network has not practised in.

Axes: K loops, T cells, C channels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from models.labs.lab import Inside
from models.labs.map_asked import Asked
from models.labs.readings import Mazes, streams
from models.linear_probe import Probe
from models.networks.map import MapSolver
from models.probe import at_rest
from models.specs.map import LOOPS


@dataclass(frozen=True)
class Reader:
    """A network, and the probes that read one number off its stream."""

    solver: MapSolver
    probes: list[Probe]
    """One for each loop."""
    explained: list[float]
    """R² of each in the mazes that it was not fitted to."""


def fitted(solver: MapSolver, mazes: Mazes, wanted: Tensor) -> Reader:
    """The probes that read what is wanted of all mazes (M + B, T) after each loop."""
    probes, shares = list[Probe](), list[float]()
    for stream in streams(solver, mazes):
        probes.append(mazes.fitted(stream, wanted))
        shares.append(mazes.explained(stream, wanted, probes[-1]))
    return Reader(solver, probes, shares)


def readings(reader: Reader, of: Asked, told: Tensor, wanted: Sequence[float]) -> Inside:
    """What is read in a maze (1, T, 5), of whose T cells these numbers are `wanted`.

    Arrays: `read` (K, T), and what it is made of: `weights` (K, C), `bias` (K) and the `stream`
    (K, T, C). Values: the maze; the moves `away` of each cell, −1 where no way leads to the
    cheese; what is `wanted`; and what the probes have `explained` of unseen mazes, loop by loop.
    """
    with at_rest(reader.solver):
        found = torch.stack(list(reader.solver.quickly(told, of.maze.width, LOOPS)))
    stream = found[:, 0]  # (K, T, C)
    weights = torch.stack([one.weights for one in reader.probes])  # (K, C)
    mean = torch.stack([one.mean for one in reader.probes])  # (K, C)
    bias = torch.stack([one.offset for one in reader.probes]) - (weights * mean).sum(-1)  # (K)
    read = torch.stack([one(x) for one, x in zip(reader.probes, stream, strict=True)])  # (K, T)
    arrays = {"read": read, "weights": weights, "bias": bias, "stream": stream}
    values = {**of.told, "away": of.away, "wanted": list(wanted), "explained": reader.explained}
    return {name: array.float().cpu().numpy() for name, array in arrays.items()}, values
