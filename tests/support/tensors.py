"""Numbers to test with, and what it takes for two implementations to be the same one.

A difference of 1e-5 hides a wrong formula in float32 and shows it in float64, where right code is
closer than 1e-10. So numbers are float64 here, unless a test says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn

Model = TypeVar("Model", bound=nn.Module)
Outputs = Tensor | tuple[Tensor, ...]


def numbers(*shape: int, seed: int = 0) -> Tensor:
    """Normal numbers, the same on every machine and in years: NumPy has frozen this generator."""
    return torch.from_numpy(np.random.RandomState(seed).standard_normal(shape))


def texts(batch: int, tokens: int, vocabulary: int, seed: int = 0) -> Tensor:
    """Random tokens, (B, T)."""
    return torch.from_numpy(np.random.RandomState(seed).randint(vocabulary, size=(batch, tokens)))


def drawn(model: Model, seed: int = 0, scale: float = 0.3) -> Model:
    """The model with every weight drawn anew, so that no bias is 0 and no gain is 1."""
    chance = np.random.RandomState(seed)
    model.double()
    with torch.no_grad():
        for _, weight in sorted(model.named_parameters()):  # in whichever order they were made
            weight.copy_(torch.from_numpy(scale * chance.standard_normal(weight.shape)))
    return model


def apart(ours: Tensor, theirs: Tensor) -> float:
    """The largest difference; infinite if the shapes differ or a number is none."""
    if ours.shape != theirs.shape or ours.dtype != theirs.dtype:
        return float("inf")
    return (ours - theirs).abs().nan_to_num(float("inf")).max().item() if ours.numel() else 0.0


def close(ours: Tensor, theirs: Tensor, tolerance: float = 1e-10) -> bool:
    """Whether two tensors are the same but for rounding."""
    return apart(ours, theirs) <= tolerance


def assert_same(
    ours: Callable[..., Outputs],
    theirs: Callable[..., Outputs],
    *inputs: Tensor,
    weights: Mapping[str, Tensor] | nn.Module | None = None,
    tolerance: float = 1e-10,
) -> None:
    """Assert that two functions of `inputs` make the same outputs, and the same gradients.

    Gradients are taken along random directions, of every input that is no whole number and of
    the `weights`, which both functions must use: `theirs` is given ours, and no copies.
    """
    named = dict(weights.named_parameters() if isinstance(weights, nn.Module) else weights or {})
    for place, given in enumerate(inputs):
        if given.is_floating_point():
            named[f"input {place}"] = given.requires_grad_()
    made, expected = (_tuple(function(*inputs)) for function in (ours, theirs))
    _same(made, expected, [f"output {place}" for place in range(len(expected))], tolerance)
    along = [numbers(*out.shape, seed=100 + i).to(out) for i, out in enumerate(expected)]
    slopes = [torch.autograd.grad(outs, [*named.values()], along) for outs in (made, expected)]
    _same(*slopes, [f"gradient of {name}" for name in named], tolerance)


def _tuple(outputs: Outputs) -> tuple[Tensor, ...]:
    return outputs if isinstance(outputs, tuple) else (outputs,)


def _same(
    ours: Iterable[Tensor], theirs: Iterable[Tensor], names: Iterable[str], tolerance: float
) -> None:
    for mine, its, name in zip(ours, theirs, names, strict=True):
        shapes = f"{tuple(mine.shape)} and {tuple(its.shape)}"
        assert close(mine, its, tolerance), f"{name}: {apart(mine, its):.1e} apart, {shapes}"
