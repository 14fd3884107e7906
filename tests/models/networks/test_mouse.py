"""The two mice: as many parameters, one with a memory and one without."""

from __future__ import annotations

import pytest
import torch

from models.layers.size import parameters
from models.networks.mouse import MemorylessMouse, Mouse
from models.training import seeded


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
