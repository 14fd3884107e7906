"""The loop over time is PyTorch's recurrent layers: outputs, last states and gradients."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor, nn

from models.layers.gru import GRUCell
from models.layers.lstm import LSTMCell
from models.layers.recurrent import Cell, Recurrent
from models.layers.rnn import RNNCell
from models.probe import watching

KINDS: dict[str, tuple[Any, Any]] = {
    "rnn": (RNNCell, nn.RNN),
    "lstm": (LSTMCell, nn.LSTM),
    "gru": (GRUCell, nn.GRU),
}
kinds = pytest.mark.parametrize("kind", KINDS)


def numbers(*shape: int, seed: int = 0, like: torch.dtype = torch.float64) -> Tensor:
    chance = torch.Generator().manual_seed(seed)
    return torch.randn(*shape, generator=chance, dtype=torch.float64).to(like)


def pair(kind: str, inputs: int, state: int, like: torch.dtype) -> tuple[Recurrent, nn.Module]:
    """Ours and torch's, with the same weights."""
    cell, layer = KINDS[kind]
    ours, theirs = Recurrent(cell(inputs, state)), layer(inputs, state, batch_first=True)
    theirs.load_state_dict({f"{k}_l0": weight for k, weight in ours.cell.state_dict().items()})
    return ours.to(like), theirs.to(like)


def every_number(
    model: nn.Module, x: Tensor, state: list[Tensor], extra: bool
) -> dict[str, Tensor]:
    """Outputs, last states, and the gradients of inputs, first states and weights.

    `extra` is the axis for layers that torch's states have.
    """
    x = x.clone().requires_grad_()
    state = [part.clone().requires_grad_() for part in state]
    given = [part[None] if extra else part for part in state]
    outputs, last = model(x, tuple(given) if len(given) > 1 else given[0])
    last = [last] if isinstance(last, Tensor) else list(last)
    ends = [part[0] if extra else part for part in last]
    goal = sum((part * numbers(*part.shape, seed=9).to(part)).sum() for part in [outputs, *ends])
    assert isinstance(goal, Tensor)
    goal.backward()
    found = {"outputs": outputs, "x": x.grad}
    found |= {f"last {n}": part for n, part in enumerate(ends)}
    found |= {f"first {n}": part.grad for n, part in enumerate(state)}
    for name, weight in model.named_parameters():
        found[name.removeprefix("cell.").removesuffix("_l0")] = weight.grad
    return found


def assert_same(kind: str, tokens: int, like: torch.dtype, within: float, batch: int = 3) -> None:
    ours, theirs = pair(kind, 5, 7, like)
    x = numbers(batch, tokens, 5, like=like)
    parts = 2 if kind == "lstm" else 1
    state = [numbers(batch, 7, seed=n + 1, like=like) for n in range(parts)]
    mine, its = every_number(ours, x, state, False), every_number(theirs, x, state, True)
    assert mine.keys() == its.keys() and len(mine) == 6 + 2 * parts
    for name, number in mine.items():
        torch.testing.assert_close(number, its[name], rtol=0, atol=within, msg=name)


@kinds
@pytest.mark.parametrize("tokens", [1, 17, 37])
def test_outputs_states_and_gradients_are_torchs(kind: str, tokens: int) -> None:
    assert_same(kind, tokens, torch.float64, 1e-10)


@kinds
def test_a_batch_of_one_is_torchs(kind: str) -> None:
    assert_same(kind, 5, torch.float64, 1e-10, batch=1)


@kinds
def test_in_single_precision_they_are_torchs_to_five_digits(kind: str) -> None:
    assert_same(kind, 17, torch.float32, 1e-5)


@kinds
def test_the_weights_of_torchs_layer_are_taken_over_as_they_are(kind: str) -> None:
    cell, layer = KINDS[kind]
    ours, theirs = Recurrent(cell(5, 7)).double(), layer(5, 7, batch_first=True).double()
    its = {name.removesuffix("_l0"): weight for name, weight in theirs.state_dict().items()}
    ours.cell.load_state_dict(its)
    x = numbers(3, 11, 5)
    torch.testing.assert_close(ours(x)[0], theirs(x)[0], rtol=0, atol=1e-10)


@kinds
def test_step_by_step_is_all_at_once(kind: str) -> None:
    loop, _ = pair(kind, 5, 7, torch.float64)
    x = numbers(3, 17, 5)
    outputs, last = loop(x)
    state = loop.cell.start(3)
    for t, now in enumerate(x.unbind(1)):
        state = loop.cell(now, state)
        visible = loop.cell.output(state)
        torch.testing.assert_close(visible, outputs[:, t], rtol=0, atol=1e-10)
    torch.testing.assert_close(state, last, rtol=0, atol=1e-10)


@kinds
def test_a_text_read_in_two_parts_is_the_text_read_at_once(kind: str) -> None:
    loop, _ = pair(kind, 5, 7, torch.float64)
    x = numbers(3, 17, 5)
    outputs, last = loop(x)
    first, between = loop(x[:, :6])
    second, end = loop(x[:, 6:], between)
    torch.testing.assert_close(torch.cat([first, second], 1), outputs, rtol=0, atol=1e-10)
    torch.testing.assert_close(end, last, rtol=0, atol=1e-10)


@kinds
def test_outputs_do_not_know_what_comes_later(kind: str) -> None:
    loop, _ = pair(kind, 5, 7, torch.float64)
    x = numbers(3, 17, 5)
    changed = x.clone()
    changed[:, 9] += 1.0
    before, after = loop(x)[0], loop(changed)[0]
    assert torch.equal(before[:, :9], after[:, :9])
    assert not torch.equal(before[:, 9], after[:, 9])


@kinds
def test_a_start_has_the_precision_and_the_place_of_the_weights(kind: str) -> None:
    cell: Cell[Any] = KINDS[kind][0](5, 7)
    for weights in (cell.double(), cell.to("meta")):
        visible = weights.output(weights.start(3))
        assert (visible.shape, visible.dtype) == ((3, 7), torch.float64)
        assert visible.device == weights.weight_hh.device


@kinds
def test_the_stream_is_the_outputs(kind: str) -> None:
    loop, _ = pair(kind, 5, 7, torch.float64)
    with watching(loop, "stream") as seen:
        outputs, _ = loop(numbers(3, 11, 5))
    assert torch.equal(seen["stream"], outputs)
