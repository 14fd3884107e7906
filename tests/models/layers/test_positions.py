"""Positions added to the stream: the paper's formula, a table, or nothing."""

from __future__ import annotations

import math

import pytest
import torch

from models.layers.positions import (
    POSITIONS,
    Learned,
    Sinusoidal,
    Unplaced,
    added,
    inside,
    sinusoid,
)
from models.layers.relative import ALiBi, Relative, Rotary
from tests.support.tensors import assert_same, close, drawn, numbers


@pytest.mark.parametrize(("tokens", "width"), [(1, 2), (17, 8), (37, 10)])
def test_waves_are_what_a_double_loop_says(tokens: int, width: int) -> None:
    rows = []
    for place in range(tokens):
        row = []
        for channel in range(width):
            angle = place / 10_000 ** ((channel - channel % 2) / width)
            row.append(math.cos(angle) if channel % 2 else math.sin(angle))
        rows.append(row)
    waves = torch.tensor(rows).double()
    assert close(
        sinusoid(torch.arange(tokens).double(), width), torch.tensor(rows, dtype=torch.float64)
    )
    assert close(sinusoid(torch.arange(tokens).float(), width), waves.float(), 1e-5)


def test_waves_are_added_at_their_scale_after_what_was_read_before() -> None:
    x = numbers(2, 17, 8)
    waves = sinusoid(torch.arange(37).double(), 8)
    assert_same(Sinusoidal(0.5), lambda x: x + 0.5 * waves[:17], x)
    assert close(Sinusoidal()(x, before=20), x + waves[20:])


def test_the_waves_of_two_places_tell_their_distance_alone() -> None:
    waves = sinusoid(torch.arange(100).double(), 16)
    products = waves @ waves.mT
    for apart in (0, 1, 7, 30):
        row = products.diagonal(apart)
        assert close(row, row[0].expand_as(row))


def test_waves_of_thousands_are_as_exact_in_half_precision_as_it_can_say() -> None:
    near, far = torch.zeros(1, 1, 8, dtype=torch.bfloat16), 4001
    exact = sinusoid(torch.tensor([far]).double(), 8)
    assert close(Sinusoidal()(near, before=far)[0].double(), exact, 2**-8)


def test_learned_places_are_rows_of_a_table() -> None:
    ours = drawn(Learned(37, 6))
    rows = torch.arange(20, 37)
    assert_same(
        lambda x: ours(x, before=20),
        lambda x: x + torch.nn.functional.embedding(rows, ours.weight),
        numbers(2, 17, 6),
        weights=ours,
    )


@pytest.mark.parametrize(("before", "tokens"), [(0, 6), (5, 1), (3, 3)])
def test_more_tokens_than_learned_places_are_refused(before: int, tokens: int) -> None:
    with pytest.raises(
        ValueError, match=f"there are 5 learned places, and {before + tokens} token"
    ):
        Learned(5, 4)(torch.zeros(1, tokens, 4), before)


def test_no_positions_leave_the_stream_alone() -> None:
    x = numbers(2, 5, 4)
    assert Unplaced()(x, before=3) is x


def test_waves_come_in_pairs() -> None:
    with pytest.raises(ValueError, match="7 channels is not even"):
        sinusoid(torch.zeros(1), 7)


@pytest.mark.parametrize(
    ("kind", "adds", "turns"),
    [
        ("none", Unplaced, Relative),
        ("learned", Learned, Relative),
        ("sinusoidal", Sinusoidal, Relative),
        ("rotary", Unplaced, Rotary),
        ("alibi", Unplaced, ALiBi),
    ],
)
def test_every_kind_is_in_one_place(kind: str, adds: type[Unplaced], turns: type[Relative]) -> None:
    assert type(added(kind, context=5, width=4)) is adds
    assert type(inside(kind)) is turns
    assert kind in POSITIONS


@pytest.mark.parametrize("kind", ["learned", "sinusoidal"])
def test_what_is_added_is_as_large_as_asked(kind: str) -> None:
    place = added(kind, context=1000, width=64, std=0.3)
    assert place(torch.zeros(1, 1000, 64)).square().mean().sqrt().item() == pytest.approx(0.3, 0.02)


@pytest.mark.parametrize("make", [lambda kind: added(kind, 5, 4), inside])
def test_other_kinds_are_refused_with_a_list(make) -> None:
    with pytest.raises(ValueError, match="'rope' positions: choose from none, learned, sinusoidal"):
        make("rope")
