"""The norms are PyTorch's: as functions written out, and as modules."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor
from torch.nn import functional

from models.layers.norm import LayerNorm, NoNorm, RMSNorm, layer_norm, rms_norm
from tests.support.tensors import assert_same, close, drawn, numbers

SHAPES = [(1, 1, 2), (3, 17, 5), (37, 12)]


def torchs_layer(x: Tensor, gain: Tensor, bias: Tensor) -> Tensor:
    return functional.layer_norm(x, gain.shape, gain, bias)


def torchs_rms(x: Tensor, gain: Tensor) -> Tensor:
    return functional.rms_norm(x, gain.shape, gain, 1e-5)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(
    ("written_out", "torchs"), [(layer_norm, torchs_layer), (rms_norm, torchs_rms)]
)
@pytest.mark.parametrize(("dtype", "tolerance"), [(torch.float64, 1e-10), (torch.float32, 1e-5)])
def test_the_function_is_torchs(
    shape: tuple[int, ...],
    written_out: Callable[..., Tensor],
    torchs: Callable[..., Tensor],
    dtype: torch.dtype,
    tolerance: float,
) -> None:
    weights = [numbers(shape[-1], seed=i) for i in (1, 2)][: 2 if torchs is torchs_layer else 1]
    x = 3 * numbers(*shape) + 2
    assert_same(written_out, torchs, *(y.to(dtype) for y in (x, *weights)), tolerance=tolerance)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize(("kind", "torchs"), [(LayerNorm, torchs_layer), (RMSNorm, torchs_rms)])
def test_the_module_is_torchs(
    shape: tuple[int, ...], kind: Callable[..., LayerNorm | RMSNorm], torchs: Callable[..., Tensor]
) -> None:
    ours = drawn(kind(shape[-1]))
    assert_same(ours, lambda x: torchs(x, *ours.parameters()), numbers(*shape), weights=ours)


def test_a_token_of_equal_channels_stays_finite() -> None:
    x = torch.full((2, 4), 7.0, dtype=torch.float64)
    assert torch.equal(LayerNorm(4).double()(x), torch.zeros_like(x))
    assert torch.equal(RMSNorm(4).double()(0 * x), torch.zeros_like(x))


def test_each_token_is_normed_alone() -> None:
    x = numbers(2, 5, 8)
    for norm in (LayerNorm(8).double(), RMSNorm(8).double()):
        assert close(norm(x)[1, 3], norm(x[1, 3]))


def test_a_new_layer_norm_makes_mean_zero_and_variance_one_of_any_size() -> None:
    y = LayerNorm(8).double()(1000 * numbers(3, 8) + 50)
    assert close(y.mean(-1), torch.zeros(3).double())
    assert close(y.var(-1, correction=0), torch.ones(3).double(), 1e-9)


def test_no_norm_leaves_each_token_as_it_is() -> None:
    x = numbers(2, 3)
    assert NoNorm(3)(x) is x and not NoNorm(3).state_dict()
