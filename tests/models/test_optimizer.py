"""AdamW: PyTorch's numbers, written out and fused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import torch
from torch import Tensor

from models.fused import adamw_fused, can_be_fused
from models.optimizer import AdamW, is_matrix

SHAPES = ((7, 3), (5,), (2, 3, 4), (1,), ())


def drawn(seed: int, dtype: torch.dtype = torch.float64) -> list[Tensor]:
    chance = torch.Generator().manual_seed(seed)
    return [torch.randn(shape, generator=chance, dtype=dtype) for shape in SHAPES]


def apart(ours: list[Tensor], theirs: list[Tensor]) -> float:
    return max((a - b).abs().max().item() for a, b in zip(ours, theirs, strict=True))


def both(steps: int, dtype: torch.dtype, **how: object) -> tuple[AdamW, list[Tensor]]:
    """Our weights and PyTorch's after the same gradients; now and then a weight has none."""
    numbers = {"betas": (0.9, 0.98), "epsilon": 1e-9, "decay": 0.3, **how}
    ours, theirs = AdamW(drawn(0, dtype), **numbers), drawn(0, dtype)
    rest = {"betas": ours.betas, "eps": ours.epsilon}
    torchs = torch.optim.AdamW(
        [
            {"params": [w for w in theirs if ours.decays(w)], "weight_decay": ours.decay},
            {"params": [w for w in theirs if not ours.decays(w)], "weight_decay": 0.0},
        ],
        **rest,
    )
    for step in range(steps):
        for i, slope in enumerate(drawn(step + 1, dtype)):
            ours.weights[i].grad = None if (step + i) % 4 == 0 else slope.clone()
            theirs[i].grad = None if (step + i) % 4 == 0 else slope
        rate = 0.01 * (1 + step % 3)
        for group in torchs.param_groups:
            group["lr"] = rate
        ours.step(rate)
        torchs.step()
    return ours, theirs


@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize("decay", [0.0, 0.3])
def test_fifty_steps_are_torchs(fused: bool, decay: float) -> None:
    ours, theirs = both(50, torch.float64, fused=fused, decay=decay)
    assert apart(list(ours.weights), theirs) < 1e-10
    assert apart(list(ours.weights), drawn(0)) > 0.1, "they moved"


@pytest.mark.parametrize("fused", [False, True])
def test_all_weights_decay_where_one_says_so(fused: bool) -> None:
    ours, theirs = both(10, torch.float64, fused=fused, decays=lambda w: True)
    assert apart(list(ours.weights), theirs) < 1e-10


@pytest.mark.parametrize("fused", [False, True])
def test_in_single_precision_they_are_torchs_to_rounding(fused: bool) -> None:
    ours, theirs = both(20, torch.float32, fused=fused)
    assert apart(list(ours.weights), theirs) < 1e-5


def test_without_decay_it_is_adam() -> None:
    ours, theirs = AdamW(drawn(0)), drawn(0)
    adam = torch.optim.Adam(theirs, lr=0.02)
    for step in range(20):
        for w, other, slope in zip(ours.weights, theirs, drawn(step + 1), strict=True):
            w.grad, other.grad = slope.clone(), slope
        ours.step(0.02)
        adam.step()
    assert apart(list(ours.weights), theirs) < 1e-10


def test_by_convention_matrices_decay_and_biases_and_gains_do_not() -> None:
    weights = [torch.ones(shape) for shape in SHAPES]
    for w in weights:
        w.grad = torch.zeros_like(w)
    AdamW(weights, decay=0.5).step(rate=0.1)
    assert [w.mean().item() for w in weights] == pytest.approx([0.95, 1, 0.95, 1, 1])
    assert [is_matrix(w) for w in weights] == [True, False, True, False, False]


@pytest.mark.parametrize("fused", [False, True])
def test_a_weight_without_a_gradient_stays_even_if_it_would_decay(fused: bool) -> None:
    idle, moving = torch.ones(3, 3), torch.ones(3, 3)
    moving.grad = torch.ones(3, 3)
    AdamW([idle, moving], decay=0.5, fused=fused).step(0.1)
    assert torch.equal(idle, torch.ones(3, 3)) and not torch.equal(moving, idle)


@pytest.mark.parametrize("fused", [False, True])
def test_a_gradient_is_used_once(fused: bool) -> None:
    weight = torch.ones(3)
    weight.grad = torch.ones(3)
    optimizer = AdamW([weight], fused=fused)
    optimizer.step(0.1)
    after = weight.clone()
    assert weight.grad is None
    optimizer.step(0.1)
    assert torch.equal(weight, after)


def test_a_gradient_that_lies_otherwise_in_memory_moves_the_right_weights() -> None:
    slope = drawn(1)[0].T.contiguous().T  # the same numbers, column by column
    weights = [torch.zeros(7, 3, dtype=torch.float64) for _ in range(2)]
    for weight, fused in zip(weights, (False, True), strict=True):
        weight.grad = slope
        AdamW([weight], epsilon=1.0, fused=fused).step(0.1)
    assert torch.allclose(weights[0], weights[1], rtol=0, atol=1e-12)


def test_the_kernel_is_the_default_where_it_can_be() -> None:
    assert AdamW(drawn(0)).fused and AdamW(drawn(0, torch.float32)).fused
    half_a_matrix = torch.zeros(4, 4)[:, :2]
    two_kinds = [torch.zeros(2), torch.zeros(2, dtype=torch.float64)]
    for weights in ([half_a_matrix], two_kinds, [torch.zeros(2, dtype=torch.complex64)], []):
        assert not can_be_fused(weights) and not AdamW(weights).fused
        with pytest.raises(ValueError, match="leave `fused` out"):
            AdamW(weights, fused=True)


def test_half_a_matrix_is_trained_and_the_other_half_left_alone() -> None:
    whole = torch.zeros(4, 4)
    half = whole[:, :2]
    half.grad = torch.ones(4, 2)
    AdamW([half]).step(0.1)
    assert torch.allclose(whole[:, :2], torch.tensor(-0.1)) and not whole[:, 2:].any()


@pytest.mark.parametrize("fused", [False, True])
def test_its_state_can_be_taken_out_and_put_back(fused: bool) -> None:
    straight, _ = both(8, torch.float64, fused=fused)
    begun, _ = both(5, torch.float64, fused=fused)
    taken = AdamW([w.clone() for w in begun.weights], (0.9, 0.98), 0.3, epsilon=1e-9, fused=fused)
    for name, tensor in taken.state().items():
        tensor.copy_(begun.state()[name])
    for step in range(5, 8):
        for i, slope in enumerate(drawn(step + 1)):
            taken.weights[i].grad = None if (step + i) % 4 == 0 else slope
        taken.step(0.01 * (1 + step % 3))
    assert all(map(torch.equal, taken.weights, straight.weights))
    assert all(map(torch.equal, taken.state().values(), straight.state().values()))


def test_the_kernel_takes_no_more_than_it_is_given() -> None:
    w, g, m, v = ([torch.ones(3)] for _ in range(4))
    adamw_fused(w, g, m, v, [torch.ones(())], 0.0, (0.9, 0.999), 0.5, 1e-8)
    assert torch.equal(w[0], torch.ones(3)), "no rate, no step"


def test_no_compiler_is_imported_for_a_step() -> None:
    code = """
import sys, torch
from models.training import Recipe, train
w = torch.nn.Linear(2, 1)
list(train(w, lambda step: w(torch.ones(2)).sum(), Recipe(2, 0.1, decay=0.1)))
print([name for name in ("torch._dynamo", "torch._inductor") if name in sys.modules])
"""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
