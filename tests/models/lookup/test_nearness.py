"""The same lookup twice: number by number, and in tensors that can be learned."""

from __future__ import annotations

import math

import pytest
import torch

from models.layers.kernels import KernelRegression, kernel_weights
from models.lookup.curve import points, truth
from models.lookup.nearness import KERNELS, shares_at
from models.specs import kernel as spec

WIDTHS = (0.01, 0.1, 0.5, 1.0, 5.0)


def test_the_lab_has_the_kernels_that_there_are() -> None:
    assert tuple(KERNELS) == spec.KERNELS


@pytest.mark.parametrize("kernel", KERNELS)
@pytest.mark.parametrize("width", WIDTHS)
def test_number_by_number_is_what_the_tensors_say(kernel: str, width: float) -> None:
    places, _ = points(40, 1.0, 0)
    asked = [0.0, 1.7, 2.5, 4.99]
    wanted = kernel_weights(
        torch.tensor(asked).double(), torch.tensor(places).double(), torch.tensor(width), kernel
    )
    for x, row in zip(asked, wanted.tolist(), strict=True):
        shares = shares_at(x, places, kernel, width)
        assert shares == pytest.approx(row, abs=1e-6)
        assert math.fsum(shares) == pytest.approx(1)


def test_a_kernel_that_ends_gives_nothing_beyond_its_width() -> None:
    for kernel in ("boxcar", "triangular", "epanechnikov"):
        assert shares_at(0.0, [0.1, 2.0], kernel, 1.0)[1] == 0
    assert shares_at(0.0, [0.1, 2.0], "gaussian", 1.0)[1] > 0


def test_epanechnikovs_is_a_parabola_and_not_the_triangle() -> None:
    assert KERNELS["epanechnikov"](0.5) == 0.75 * 0.75
    assert KERNELS["triangular"](0.5) == 0.5


@pytest.mark.parametrize("kernel", KERNELS)
def test_a_point_that_is_left_out_counts_nothing_for_itself(kernel: str) -> None:
    places = torch.tensor(points(10, 1.0, 0)[0])
    weights = kernel_weights(places, places, torch.tensor(0.3), kernel, left_out=True)
    assert weights.diagonal().abs().max() == 0
    assert weights.sum(-1).tolist() == pytest.approx([1.0] * 10)


def test_with_a_width_of_nearly_nothing_each_point_says_what_was_seen_there() -> None:
    places, seen = (torch.tensor(numbers) for numbers in points(40, 1.0, 0))
    assert KernelRegression(1e-4)(places, places, seen).tolist() == pytest.approx(seen.tolist())


def test_the_constant_kernel_is_the_mean() -> None:
    places, seen = (torch.tensor(numbers) for numbers in points(40, 1.0, 0))
    estimates = KernelRegression(0.3, "constant")(torch.tensor([0.0, 4.0]), places, seen)
    assert estimates.tolist() == pytest.approx([seen.mean().item()] * 2)


def test_points_belong_to_their_seed_and_lie_about_the_curve() -> None:
    places, seen = points(400, 1.0, 3)
    assert (places, seen) == points(400, 1.0, 3) != points(400, 1.0, 4)
    assert places == sorted(places) and places[0] >= 0 and places[-1] <= 5
    off = [y - truth(x) for x, y in zip(places, seen, strict=True)]
    assert sum(off) / 400 == pytest.approx(0, abs=0.15)
    assert math.sqrt(sum(one * one for one in off) / 400) == pytest.approx(1, abs=0.1)
