"""Two ways to clip a gradient: one keeps its direction, the other does not."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from models.clipping import angle, clip


def gradient() -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(0)
    return [torch.randn(7, 3, generator=generator) * 4, torch.randn(5, generator=generator)]


def as_torch(by: str, most: float) -> list[torch.Tensor]:
    weights = [nn.Parameter(torch.zeros_like(g)) for g in gradient()]
    for weight, g in zip(weights, gradient(), strict=True):
        weight.grad = g
    if by == "norm":
        nn.utils.clip_grad_norm_(weights, most)
    else:
        nn.utils.clip_grad_value_(weights, most)
    return [weight.grad for weight in weights if weight.grad is not None]


@pytest.mark.parametrize("by", ["norm", "value"])
@pytest.mark.parametrize("most", [0.5, 3.0, 1000.0])
def test_it_is_what_torch_does(by: str, most: float) -> None:
    mine = gradient()
    before = clip(mine, by, most)
    assert all(torch.equal(a, b) for a, b in zip(mine, as_torch(by, most), strict=True))
    flat = torch.cat([g.flatten() for g in gradient()])
    assert before.item() == pytest.approx(flat.norm().item(), rel=1e-6)


def test_by_norm_the_direction_stays_and_by_value_it_turns() -> None:
    for by, turned in (("norm", False), ("value", True)):
        cut = gradient()
        clip(cut, by, 1.0)
        assert (angle(gradient(), cut) > 5) is turned
    assert angle([torch.tensor([1.0, 0.0])], [torch.tensor([0.0, 2.0])]) == pytest.approx(90)
    assert angle([torch.zeros(2)], [torch.ones(2)]) == 0


def test_without_a_limit_nothing_is_clipped_and_the_length_is_told() -> None:
    for by in ("norm", "value"):
        cut = gradient()
        assert math.isfinite(clip(cut, by, math.inf))
        assert all(torch.equal(a, b) for a, b in zip(cut, gradient(), strict=True))


def test_of_no_gradient_there_is_nothing_to_clip() -> None:
    assert clip([], "norm", 1.0).item() == 0


def test_another_way_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="norm or value"):
        clip(gradient(), "force", 1.0)
