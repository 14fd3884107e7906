"""Our gated recurrent unit is PyTorch's: states and gradients, in float64, to 1e-10."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from models.layers.recurrent import GRUCell


def close(ours: torch.Tensor, theirs: torch.Tensor) -> bool:
    return torch.allclose(ours, theirs, rtol=0, atol=1e-10)


def numbers(*shape: int) -> torch.Tensor:
    chance = torch.Generator().manual_seed(0)
    return torch.randn(*shape, generator=chance, dtype=torch.float64)


@pytest.mark.parametrize(("inputs", "state", "batch"), [(1, 1, 1), (14, 96, 3), (7, 5, 9)])
def test_one_step_is_torchs(inputs: int, state: int, batch: int) -> None:
    ours, theirs = GRUCell(inputs, state).double(), nn.GRUCell(inputs, state).double()
    theirs.load_state_dict(ours.state_dict())
    x, h = numbers(batch, inputs), numbers(batch, state)
    assert close(ours(x, h), theirs(x, h))


def test_a_sequence_and_its_gradients_are_torchs() -> None:
    ours, theirs = GRUCell(5, 7).double(), nn.GRU(5, 7, batch_first=True).double()
    theirs.load_state_dict({f"{name}_l0": value for name, value in ours.state_dict().items()})
    x, y = (numbers(3, 11, 5).requires_grad_() for _ in range(2))
    h, states = ours.start(3), []
    for now in x.unbind(1):
        h = ours(now, h)
        states.append(h)
    expected, _ = theirs(y)
    assert close(torch.stack(states, 1), expected)
    torch.stack(states, 1).square().sum().backward()
    expected.square().sum().backward()
    assert close(x.grad, y.grad)
    for (name, mine), its in zip(ours.named_parameters(), theirs.parameters(), strict=True):
        assert close(mine.grad, its.grad), name


def test_a_closed_gate_keeps_the_memory() -> None:
    cell = GRUCell(3, 4).double()
    with torch.no_grad():
        cell.bias_ih[4:8] = 50.0
    h = numbers(2, 4)
    assert torch.allclose(cell(numbers(2, 3), h), h, atol=1e-8)
