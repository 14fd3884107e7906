"""What every lab can answer when it is asked for the shapes that go through its network."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from torch import nn

from models.labs.lab import Inside
from models.layers.size import parameters
from models.trace import trace


def shapes_of(network: nn.Module, *inputs: Any) -> Inside:
    """One pass, step by step (`models.trace`): `steps`, each as plain data, and `parameters`, how
    many weights the network has."""
    steps = [asdict(step) for step in trace(network, *inputs)]
    return {}, {"steps": steps, "parameters": parameters(network)}
