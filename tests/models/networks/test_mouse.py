"""The two mice: as many parameters, one with a memory and one without."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import linear

from models.layers.size import parameters
from models.networks.mouse import MemorylessMouse, Mouse
from models.training import seeded
from tests.support.tensors import assert_same, drawn, numbers


def test_the_mouse_that_remembers_is_torchs_gru_and_a_map() -> None:
    mouse = drawn(Mouse(7, 5))
    own = dict(mouse.named_parameters())

    def theirs(senses: Tensor, state: Tensor) -> tuple[Tensor, Tensor]:
        cell = {n.removeprefix("memory."): w for n, w in own.items() if n.startswith("memory.")}
        gru = nn.GRUCell(7, 5).double()
        state = torch.func.functional_call(gru, cell, (senses, state))
        return linear(state, own["choose.weight"], own["choose.bias"]), state

    assert_same(mouse, theirs, numbers(3, 7), numbers(3, 5, seed=1), weights=mouse)


def test_the_mouse_without_memory_is_two_layers_and_a_map() -> None:
    mouse = drawn(MemorylessMouse(7, 5))
    own = dict(mouse.named_parameters())

    def theirs(senses: Tensor) -> Tensor:
        x = torch.tanh(senses @ own["think.0.weight"].T + own["think.0.bias"])
        x = torch.tanh(x @ own["think.2.weight"].T + own["think.2.bias"])
        return x @ own["choose.weight"].T + own["choose.bias"]

    assert_same(
        lambda senses: mouse(senses, mouse.start(3))[0], theirs, numbers(3, 7), weights=mouse
    )


@pytest.mark.parametrize("hidden", [4, 16, 96, 256])
def test_the_control_is_as_large_to_five_percent(hidden: int) -> None:
    mouse = Mouse(14, hidden)
    control = MemorylessMouse.as_large_as(mouse, 14)
    assert parameters(control) == pytest.approx(parameters(mouse), rel=0.05)


def test_one_remembers_and_the_other_does_not() -> None:
    with seeded(0):
        mouse = Mouse(14, 8)
        control = MemorylessMouse.as_large_as(mouse, 14)
    now, before = torch.rand(2, 3, 14, generator=torch.Generator().manual_seed(0))
    for network, remembers in ((mouse, True), (control, False)):
        fresh, _ = network(now, network.start(3))
        _, state = network(before, network.start(3))
        later, _ = network(now, state)
        assert torch.equal(fresh, later) != remembers
