"""Without positions the layer sees a bag of letters; with them it does not."""

from __future__ import annotations

import torch

from models.layers.size import parameters
from models.networks.first_letter import FirstLetter, Shape
from models.tasks.letters import encode
from models.training import seeded


def test_order_is_seen_through_positions_alone() -> None:
    for positions in (True, False):
        with seeded(0):
            layer = FirstLetter(Shape(length=5, positions=positions)).double()
        same = torch.allclose(layer(encode("ABCDE")), layer(encode("DCBAE")), rtol=0, atol=1e-10)
        assert same != positions


def test_what_is_missing_are_the_positions() -> None:
    full, bare = (FirstLetter(Shape(positions=p)) for p in (True, False))
    assert parameters(full) - parameters(bare) == 10 * 32
