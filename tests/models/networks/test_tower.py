"""A tower has the parts that its shape names, and computes what blocks without the others do."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import nn
from torch.nn.functional import gelu, layer_norm, linear

from models.chance import seeded
from models.layers.size import parameters
from models.networks.tower import NORM_PLACES, Shape, Tower

SHAPE = Shape(vocabulary=10, answers=7, context=6, width=8, heads=2, depth=3)


def tower(**parts: Any) -> Tower:
    with seeded(5):
        return Tower(replace(SHAPE, **parts)).double()


def rows(count: int = 4) -> torch.Tensor:
    return torch.randint(10, (count, 6), generator=torch.Generator().manual_seed(2))


def by_hand(net: Tower, tokens: torch.Tensor) -> torch.Tensor:
    """The same tower written down line by line with torch's own functions."""
    shape, width = net.shape, net.shape.width
    x = net.token.weight[tokens] + net.place.weight

    def change(x: torch.Tensor, norm: nn.Module, layer: Any) -> torch.Tensor:
        def normed(y: torch.Tensor) -> torch.Tensor:
            return layer_norm(y, (width,), norm.weight, norm.bias)

        said = layer(normed(x) if shape.norm == "pre" else x)
        out = x + said if shape.residual else said
        return normed(out) if shape.norm == "post" else out

    itself = torch.eye(6, dtype=torch.bool)
    for block in net.blocks:
        theirs = nn.MultiheadAttention(width, shape.heads, batch_first=True).double()
        theirs.load_state_dict(block.attend.state_dict())
        mask = ~itself if shape.alone else None
        x = change(x, block.norm_attend, lambda y: theirs(y, y, y, attn_mask=mask)[0])  # noqa: B023
        if shape.feed_forward:
            one, two = block.think.linear1, block.think.linear2

            def think(y: torch.Tensor) -> torch.Tensor:
                wide = gelu(linear(y, one.weight, one.bias))  # noqa: B023
                return linear(wide, two.weight, two.bias)  # noqa: B023

            x = change(x, block.norm_think, think)
    if shape.norm == "pre":
        x = layer_norm(x, (width,), net.norm.weight, net.norm.bias)
    return linear(x, net.answer.weight, net.answer.bias)


@pytest.mark.parametrize("norm", NORM_PLACES)
@pytest.mark.parametrize("residual", [True, False])
@pytest.mark.parametrize("feed_forward", [True, False])
@pytest.mark.parametrize("alone", [True, False])
def test_it_is_what_is_written_down(
    norm: str, residual: bool, feed_forward: bool, alone: bool
) -> None:
    net = tower(norm=norm, residual=residual, feed_forward=feed_forward, alone=alone)
    assert net(rows()).shape == (4, 6, 7)
    assert torch.allclose(net(rows()), by_hand(net, rows()), atol=1e-10)


def test_alone_no_token_learns_of_another() -> None:
    one, other = rows(1), rows(1)
    other[0, 5] = (other[0, 5] + 1) % 10
    for alone in (True, False):
        net = tower(alone=alone)
        differs = (net(one) - net(other)).abs().amax(-1)[0] > 0
        assert differs.tolist() == [not alone] * 5 + [True]


def test_a_block_has_as_many_weights_as_the_lesson_counts() -> None:
    width = SHAPE.width
    whole, flat = (parameters(tower(feed_forward=has).blocks[0]) for has in (True, False))
    assert whole == 12 * width**2 + 13 * width
    assert flat == 4 * width**2 + 6 * width


def test_a_norm_that_nobody_knows_is_named() -> None:
    with pytest.raises(ValueError, match="choose from pre, post, none"):
        tower(norm="before")
