"""Our LSTM is PyTorch's, to 1e-10; its forget bias and its spans are what was asked for."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor, nn

from models.layers.lstm import FORGET, INPUT, LSTMCell, chrono, lstm_gates, lstm_step
from models.layers.recurrent import Recurrent
from models.probe import at_rest, replacing, watching
from models.training import seeded


def numbers(*shape: int, seed: int = 0) -> Tensor:
    chance = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=chance, dtype=torch.float64)


def bias(cell: LSTMCell, gate: int) -> Tensor:
    """What is added to a gate in truth: both of its biases."""
    return (cell.bias_ih + cell.bias_hh).detach().chunk(4)[gate]


@pytest.mark.parametrize(("inputs", "state", "batch"), [(1, 1, 1), (14, 9, 3), (5, 17, 7)])
def test_one_step_is_torchs(inputs: int, state: int, batch: int) -> None:
    ours, theirs = LSTMCell(inputs, state).double(), nn.LSTMCell(inputs, state).double()
    theirs.load_state_dict(ours.state_dict())
    x, h, c = numbers(batch, inputs), numbers(batch, state, seed=1), numbers(batch, state, seed=2)
    torch.testing.assert_close(ours(x, (h, c)), theirs(x, (h, c)), rtol=0, atol=1e-10)


def test_the_weights_of_torchs_cell_are_taken_over_as_they_are() -> None:
    ours, theirs = LSTMCell(5, 7), nn.LSTMCell(5, 7)
    ours.load_state_dict(theirs.state_dict())
    x, state = numbers(3, 5).float(), (numbers(3, 7).float(), numbers(3, 7, seed=1).float())
    torch.testing.assert_close(ours(x, state), theirs(x, state), rtol=0, atol=1e-5)


def test_the_gradients_of_a_step_are_its_slopes() -> None:
    shapes = [(3, 20), (3, 5), (20, 5), (3, 5)]
    given = [numbers(*shape, seed=n).requires_grad_() for n, shape in enumerate(shapes)]

    def whole(sensed: Tensor, h: Tensor, u: Tensor, c: Tensor) -> tuple[Tensor, Tensor]:
        return lstm_step(*lstm_gates(sensed, h, u), c)

    assert torch.autograd.gradcheck(whole, given)


class TwiceTheBiasCell(LSTMCell):
    """Sets both biases, so that the gate gets twice what was asked for."""

    @torch.no_grad()
    def set_bias(self, gate: int, bias: float | Tensor) -> None:
        for biases in (self.bias_ih, self.bias_hh):
            biases.view(4, -1)[gate] = bias


def opens_by(kind: type[LSTMCell], forget_bias: float) -> float:
    """How far torch's cell with our weights keeps a memory, while nothing else has a say."""
    cell, theirs = kind(3, 5, forget_bias=forget_bias).double(), nn.LSTMCell(3, 5).double()
    theirs.load_state_dict(cell.state_dict())
    with torch.no_grad():
        theirs.weight_ih.zero_(), theirs.weight_hh.zero_()
        theirs.bias_ih[10:15] = theirs.bias_hh[10:15] = 0.0  # no candidate
        _, c = theirs(numbers(1, 3), (numbers(1, 5), torch.ones(1, 5).double()))
    assert torch.allclose(c, c[0, 0], rtol=0, atol=1e-10)
    return c[0, 0].item()


@pytest.mark.parametrize("forget_bias", [-2.0, 0.0, 1.0, 3.0])
def test_the_forget_bias_is_the_sum_of_both_biases(forget_bias: float) -> None:
    opened = 1 / (1 + math.exp(-forget_bias))
    assert opens_by(LSTMCell, forget_bias) == pytest.approx(opened, rel=0, abs=1e-10)


def test_the_same_bias_set_twice_is_found_out() -> None:
    opened = 1 / (1 + math.exp(-3.0))
    assert opens_by(TwiceTheBiasCell, 3.0) != pytest.approx(opened, rel=0, abs=0.01)


def test_the_forget_bias_leaves_everything_else_as_it_was() -> None:
    with seeded(0):
        plain = LSTMCell(3, 5)
    with seeded(0):
        cell = LSTMCell(3, 5, forget_bias=3.0)
    assert torch.equal(cell.weight_ih, plain.weight_ih)
    assert torch.equal(cell.weight_hh, plain.weight_hh)
    for gate in {0, 1, 2, 3} - {FORGET}:
        assert torch.equal(bias(cell, gate), bias(plain, gate))


def test_spans_are_spread_evenly_up_to_the_longest() -> None:
    with seeded(0):
        spans = chrono(5000, 100).exp()
    assert spans.min() >= 1 and spans.max() <= 99 + 1e-3
    reached = (spans.sort().values - 1) / 98  # each one's place between the ends
    evenly = torch.linspace(0, 1, 5000)
    assert (reached - evenly).abs().max() < 1.63 / math.sqrt(5000)  # Kolmogorov's, at 1 %


def test_the_input_gate_gets_the_opposite_of_the_spans() -> None:
    with seeded(0):
        plain = LSTMCell(3, 64)
    with seeded(0):
        cell = LSTMCell(3, 64, longest=20)
    forget = bias(cell, FORGET)
    assert (forget >= 0).all() and (forget <= math.log(19) + 1e-6).all()
    assert forget.unique().numel() > 60
    assert torch.equal(bias(cell, INPUT), -forget)
    for gate in {0, 1, 2, 3} - {INPUT, FORGET}:
        assert torch.equal(bias(cell, gate), bias(plain, gate))


def test_the_forget_gate_is_not_set_twice() -> None:
    with pytest.raises(ValueError, match="give one of them"):
        LSTMCell(3, 5, forget_bias=1.0, longest=9)


def test_no_span_is_shorter_than_two_steps() -> None:
    assert torch.equal(chrono(3, 2), torch.zeros(3))
    with pytest.raises(ValueError, match="at least 2"):
        chrono(3, 1)


def test_the_gates_can_be_looked_at_and_reached_into() -> None:
    loop = Recurrent(LSTMCell(3, 4)).double()
    x, h, c = numbers(2, 9, 3), numbers(2, 4), numbers(2, 4, seed=1)
    with at_rest(loop), watching(loop) as seen:
        outputs, (_, memory) = loop(x, (h, c))
    for name in ("input_gate", "forget_gate", "candidate", "output_gate"):
        low = -1 if name == "candidate" else 0
        assert seen[f"cell.{name}"].shape == (2, 4)
        assert ((seen[f"cell.{name}"] > low) & (seen[f"cell.{name}"] < 1)).all()
    assert torch.allclose(seen["cell.output_gate"] * memory.tanh(), outputs[:, -1], atol=1e-10)
    with (
        at_rest(loop),
        replacing(loop, "cell.forget_gate", torch.ones_like),
        replacing(loop, "cell.input_gate", torch.zeros_like),
    ):
        assert torch.equal(loop(x, (h, c))[1][1], c)
    with at_rest(loop), replacing(loop, "cell.candidate", torch.zeros_like):
        assert (loop(x, (h, c))[1][1].abs() < c.abs()).all()
    with at_rest(loop), replacing(loop, "cell.output_gate", torch.zeros_like):
        assert not loop(x, (h, c))[0].any()
