"""Probes read what is there to be read, and erasers leave nothing of it."""

from __future__ import annotations

import pytest
import torch

from models.linear_probe import changed, eraser, explained, probe, random_eraser

CHANNELS, TOKENS = 6, 400


def drawn(seed: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """A stream whose channels go together, and a number that is in it but for some noise."""
    chance = torch.Generator().manual_seed(seed)
    mix = torch.randn(CHANNELS, CHANNELS, generator=chance)
    stream = torch.randn(TOKENS, CHANNELS, generator=chance) @ mix + 5
    along = torch.randn(CHANNELS, generator=chance)
    return stream, stream @ along + torch.randn(TOKENS, generator=chance)


def test_a_probe_is_the_least_squares_fit() -> None:
    stream, wanted = drawn()
    ones = torch.cat([stream, torch.ones(TOKENS, 1)], 1)
    best = torch.linalg.lstsq(ones, wanted[:, None]).solution.squeeze(1)
    torch.testing.assert_close(probe(stream, wanted)(stream), ones @ best, rtol=1e-3, atol=1e-2)


def test_r_squared_is_one_for_who_is_right_and_zero_for_who_says_the_mean() -> None:
    _, wanted = drawn()
    assert explained(wanted, wanted) == 1
    assert explained(wanted.mean().expand(TOKENS), wanted) == pytest.approx(0, abs=1e-6)
    assert explained(-wanted, wanted) < 0


def test_nothing_is_left_to_be_read_of_what_is_erased() -> None:
    stream, wanted = drawn()
    left = eraser(stream, wanted)(stream)
    assert explained(probe(stream, wanted)(stream), wanted) > 0.8
    assert explained(probe(left, wanted)(left), wanted) == pytest.approx(0, abs=1e-3)


def test_what_has_nothing_to_do_with_it_stays_readable() -> None:
    stream, wanted = drawn()
    around = probe(stream, wanted)(stream)
    other = stream[:, 0] - probe(torch.stack([around], 1), stream[:, 0])(around[:, None])
    left = eraser(stream, wanted)(stream)
    assert explained(probe(left, other)(left), other) > 0.99


def test_taking_out_the_weights_alone_would_leave_something() -> None:
    """Other channels go together with it, which is why an eraser takes those parts as well."""
    stream, wanted = drawn()
    weights = probe(stream, wanted).weights
    said = (stream - stream.mean(0)) @ weights
    left = stream - said[:, None] * weights / weights.square().sum()
    assert explained(probe(left, wanted)(left), wanted) > 0.05


def test_a_random_sum_is_erased_whole_and_changes_as_much_as_it_is_told() -> None:
    stream, wanted = drawn()
    size = changed(stream, eraser(stream, wanted)(stream))
    chance = torch.Generator().manual_seed(1)
    taken = random_eraser(stream, size, chance)
    left = taken(stream)
    assert changed(stream, left) == pytest.approx(size, rel=0.2)
    torch.testing.assert_close(taken(left), left, rtol=1e-3, atol=1e-2)
    assert explained(probe(left, wanted)(left), wanted) > 0.1
