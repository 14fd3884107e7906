"""The simplest cell is PyTorch's, to 1e-10."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from models.layers.rnn import RNNCell, rnn_step


def numbers(*shape: int, seed: int = 0) -> Tensor:
    chance = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=chance, dtype=torch.float64)


@pytest.mark.parametrize(("inputs", "state", "batch"), [(1, 1, 1), (14, 9, 3), (5, 17, 7)])
def test_one_step_is_torchs(inputs: int, state: int, batch: int) -> None:
    ours, theirs = RNNCell(inputs, state).double(), nn.RNNCell(inputs, state).double()
    theirs.load_state_dict(ours.state_dict())
    x, h = numbers(batch, inputs), numbers(batch, state, seed=1)
    torch.testing.assert_close(ours(x, h), theirs(x, h), rtol=0, atol=1e-10)


def test_the_weights_of_torchs_cell_are_taken_over_as_they_are() -> None:
    ours, theirs = RNNCell(5, 7), nn.RNNCell(5, 7)
    ours.load_state_dict(theirs.state_dict())
    x, h = numbers(3, 5).float(), numbers(3, 7).float()
    torch.testing.assert_close(ours(x, h), theirs(x, h), rtol=0, atol=1e-5)


def test_the_gradients_of_a_step_are_its_slopes() -> None:
    given = [numbers(*shape, seed=n) for n, shape in enumerate([(3, 5), (3, 5), (5, 5)])]
    assert torch.autograd.gradcheck(rnn_step, [each.requires_grad_() for each in given])
