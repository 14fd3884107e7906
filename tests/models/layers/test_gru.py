"""Our gated recurrent unit is PyTorch's, to 1e-10, and not the paper's."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from models.layers.gru import GRUCell, gate, gru_step
from models.layers.recurrent import Recurrent
from models.probe import at_rest, replacing, watching


def numbers(*shape: int, seed: int = 0) -> Tensor:
    chance = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=chance, dtype=torch.float64)


class PapersGRUCell(GRUCell):
    """The reset acts on the state, before the product with Un, as Cho et al. have it."""

    def step(self, sensed: Tensor, h: Tensor, u: Tensor) -> Tensor:
        x_r, x_z, x_n = sensed.chunk(3, -1)
        (u_r, u_z, u_n), (b_r, b_z, b_n) = self.weight_hh.chunk(3), self.bias_hh.chunk(3)
        r, z = gate(x_r, h @ u_r.mT + b_r), gate(x_z, h @ u_z.mT + b_z)
        n = torch.tanh(x_n + (r * h) @ u_n.mT + b_n)
        return n + z * (h - n)


def furthest_from_torchs(kind: type[GRUCell], inputs: int, state: int, batch: int) -> float:
    """The largest difference in the states after one step, from the same weights."""
    ours, theirs = kind(inputs, state).double(), nn.GRUCell(inputs, state).double()
    theirs.load_state_dict(ours.state_dict())
    x, h = numbers(batch, inputs), numbers(batch, state, seed=1)
    return (ours(x, h) - theirs(x, h)).abs().max().item()


@pytest.mark.parametrize(("inputs", "state", "batch"), [(1, 1, 1), (14, 96, 3), (7, 5, 9)])
def test_one_step_is_torchs(inputs: int, state: int, batch: int) -> None:
    assert furthest_from_torchs(GRUCell, inputs, state, batch) < 1e-10


def test_the_papers_unit_is_another() -> None:
    assert furthest_from_torchs(PapersGRUCell, 14, 96, 3) > 0.01


def test_the_weights_of_torchs_cell_are_taken_over_as_they_are() -> None:
    ours, theirs = GRUCell(5, 7), nn.GRUCell(5, 7)
    ours.load_state_dict(theirs.state_dict())
    x, h = numbers(3, 5).float(), numbers(3, 7).float()
    torch.testing.assert_close(ours(x, h), theirs(x, h), rtol=0, atol=1e-5)


def test_the_gradients_of_a_step_are_its_slopes() -> None:
    given = [numbers(3, 5, seed=n).requires_grad_() for n in range(5)]
    assert torch.autograd.gradcheck(gru_step, given)
    assert torch.autograd.gradcheck(gate, given[:2])


def test_a_shut_update_gate_keeps_the_memory() -> None:
    cell = GRUCell(3, 4).double()
    with torch.no_grad():
        cell.bias_ih[4:8] = 50.0
    h = numbers(2, 4)
    assert torch.allclose(cell(numbers(2, 3), h), h, rtol=0, atol=1e-8)


def test_the_gates_can_be_looked_at_and_reached_into() -> None:
    loop, h = Recurrent(GRUCell(3, 4)).double(), numbers(2, 4)
    x = numbers(2, 9, 3)
    with at_rest(loop), watching(loop) as seen:
        loop(x, h)
    for name in ("cell.reset_gate", "cell.update_gate"):
        assert seen[name].shape == (2, 4)
        assert ((seen[name] > 0) & (seen[name] < 1)).all()
    with at_rest(loop), replacing(loop, "cell.update_gate", torch.ones_like):
        assert torch.allclose(loop(x, h)[1], h, rtol=0, atol=1e-10)
    with at_rest(loop), replacing(loop, "cell.reset_gate", torch.zeros_like):
        deaf = loop(x[:, :1], h)[1]
    assert not torch.allclose(deaf, loop(x[:, :1], h)[1], atol=1e-3)
