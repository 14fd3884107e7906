"""The loss: beside the sum written out, its floor, and targets that are none."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from models.layers.loss import IGNORED, cross_entropy, floor

SHAPES = [(5, 7, 11), (6, 3), (2, 3, 4, 5), (4,)]


def drawn(shape: tuple[int, ...], dtype: torch.dtype = torch.float64) -> tuple[Tensor, Tensor]:
    """Logits, and targets of which some are not scored."""
    chance = torch.Generator().manual_seed(len(shape))
    logits = 3 * torch.randn(shape, generator=chance, dtype=dtype)
    targets = torch.randint(shape[-1], shape[:-1], generator=chance)
    if targets.numel() > 2:
        targets.view(-1)[::3] = IGNORED
        targets.view(-1)[1] = 0
    return logits.requires_grad_(), targets


def written_out(logits: Tensor, targets: Tensor, smoothing: float) -> Tensor:
    """− Σ q ln p, answer by answer."""
    V, losses = logits.shape[-1], []
    for z, target in zip(logits.reshape(-1, V), targets.reshape(-1).tolist(), strict=True):
        if target == IGNORED:
            continue
        p = z.exp() / z.exp().sum()
        q = torch.full_like(p, smoothing / V)
        q[target] += 1 - smoothing
        losses.append(-(q * p.log()).sum())
    return torch.stack(losses).mean()


@pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])
@pytest.mark.parametrize("shape", SHAPES)
def test_it_is_the_sum_written_out_and_so_is_its_gradient(
    shape: tuple[int, ...], smoothing: float
) -> None:
    logits, targets = drawn(shape)
    ours, theirs = (
        cross_entropy(logits, targets, smoothing),
        written_out(logits, targets, smoothing),
    )
    assert abs(ours - theirs) < 1e-10
    slopes = [torch.autograd.grad(loss, logits)[0] for loss in (ours, theirs)]
    assert torch.allclose(*slopes, rtol=0, atol=1e-10)


def test_in_single_precision_it_is_so_to_rounding() -> None:
    logits, targets = drawn(SHAPES[0], torch.float32)
    ours, theirs = cross_entropy(logits, targets, 0.1), written_out(logits, targets, 0.1)
    assert abs(ours - theirs) < 1e-5


def test_who_guesses_pays_the_logarithm_of_the_vocabulary() -> None:
    targets = torch.arange(5)
    for smoothing in (0.0, 0.3):
        loss = cross_entropy(torch.zeros(5, 9), targets, smoothing)
        assert loss.item() == pytest.approx(math.log(9))


def test_who_is_sure_and_right_pays_nothing_but_not_where_targets_are_smoothed() -> None:
    sure, targets = torch.eye(4, dtype=torch.float64) * 100, torch.arange(4)
    assert cross_entropy(sure, targets) < 1e-10
    assert cross_entropy(sure, targets, 0.1) > floor(4, 0.1) + 1


@pytest.mark.parametrize(("vocabulary", "smoothing"), [(2, 0.2), (26, 0.1), (5, 1.0), (3, 0.0)])
def test_the_floor_is_reached_and_is_the_least(vocabulary: int, smoothing: float) -> None:
    q = torch.full((1, vocabulary), smoothing / vocabulary, dtype=torch.float64)
    q[0, 1] += 1 - smoothing
    target, least = torch.tensor([1]), floor(vocabulary, smoothing)
    best = q.clamp_min(1e-300).log()
    assert cross_entropy(best, target, smoothing).item() == pytest.approx(least, abs=1e-10)
    chance = torch.Generator().manual_seed(0)
    for _ in range(20):
        other = best + 0.1 * torch.randn(best.shape, generator=chance, dtype=torch.float64)
        assert cross_entropy(other, target, smoothing).item() >= least - 1e-12


def test_a_target_that_is_ignored_changes_nothing() -> None:
    logits, targets = drawn((5, 7, 11))
    other = logits.detach().clone()
    other[targets == IGNORED] += 50
    assert cross_entropy(logits, targets, 0.1).item() == cross_entropy(other, targets, 0.1).item()
    loss = cross_entropy(logits, targets, 0.1)
    assert not torch.autograd.grad(loss, logits)[0][targets == IGNORED].any()


@pytest.mark.parametrize("smoothing", [0.0, 0.1])
@pytest.mark.parametrize("wrong", [-1, -99, 7, 100])
def test_a_target_outside_the_vocabulary_is_named(wrong: int, smoothing: float) -> None:
    targets = torch.tensor([0, 6, IGNORED, wrong])
    with pytest.raises(ValueError, match=rf"a target is {wrong}, but .* 7 entries, 0 to 6; .*-100"):
        cross_entropy(torch.zeros(4, 7), targets, smoothing)


def test_targets_of_which_none_is_scored_have_no_mean() -> None:
    with pytest.raises(ValueError, match="nothing to score"):
        cross_entropy(torch.zeros(2, 7), torch.full((2,), IGNORED))


def test_targets_that_lie_otherwise_than_the_logits_are_not_taken_for_them() -> None:
    with pytest.raises(ValueError, match=r"logits \(2, 3, 5\) need targets \(2, 3\), not \(3, 2\)"):
        cross_entropy(torch.zeros(2, 3, 5), torch.zeros(3, 2, dtype=torch.int64))
