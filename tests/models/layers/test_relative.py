"""Rotary positions are Llama's and obey their law; ALiBi's slopes are the paper's."""

from __future__ import annotations

import pytest
import torch

from models.layers.attention import similarity
from models.layers.relative import ALiBi, Relative, Rotary, rotate
from tests.support.make_golden import kept
from tests.support.oracles import llama_turns, llama_waves, needs_transformers
from tests.support.tensors import assert_same, close, numbers


@needs_transformers
@pytest.mark.parametrize(("tokens", "width", "before"), [(1, 2, 0), (17, 8, 0), (37, 6, 100)])
@pytest.mark.parametrize("base", [10_000.0, 500_000.0])
def test_rotary_positions_are_llamas(tokens: int, width: int, before: int, base: float) -> None:
    assert_same(
        lambda x: Rotary(base).turn(x, before),
        lambda x: llama_turns(x, base, before),
        numbers(2, 3, tokens, width),
    )


@needs_transformers
def test_the_waves_of_llamas_own_module_turn_as_ours_to_five_digits() -> None:
    x = numbers(1, 1, 37, 8).float()
    cos, sin = llama_waves(37, 8)
    a, b = x.chunk(2, -1)
    assert close(Rotary().turn(x), x * cos + torch.cat([-b, a], -1) * sin, 1e-5)


def test_rotary_positions_are_those_that_llama_made_once() -> None:
    golden, x = kept("llama_rotary"), numbers(1, 2, 37, 8)
    assert close(Rotary().turn(x), golden["turned"])
    assert close(Rotary(500_000.0).turn(x, 100), golden["turned_far"])


def test_scores_hang_on_the_distance_alone() -> None:
    q, k, rotary = numbers(2, 3, 17, 8), numbers(2, 3, 37, 8, seed=1), Rotary()
    here = similarity(rotary.turn(q), rotary.turn(k))
    assert close(here, similarity(rotary.turn(q, 7), rotary.turn(k, 7)))
    assert not close(here, similarity(rotary.turn(q, 7), rotary.turn(k)), 0.1)


def test_turning_keeps_lengths() -> None:
    x = numbers(2, 3, 37, 8)
    assert close(Rotary().turn(x).norm(dim=-1), x.norm(dim=-1))


def test_the_first_place_is_not_turned() -> None:
    x = numbers(1, 1, 5, 8)
    assert torch.equal(Rotary().turn(x)[..., 0, :], x[..., 0, :])
    assert torch.equal(
        Rotary().turn(x, 3), Rotary().turn(torch.cat([x[..., :3, :], x], -2))[..., 3:, :]
    )


def test_turning_by_two_angles_is_turning_by_their_sum() -> None:
    x, a, b = numbers(5, 8), numbers(5, 4, seed=1), numbers(5, 4, seed=2)
    assert close(rotate(rotate(x, a), b), rotate(x, a + b))
    assert close(rotate(rotate(x, a), -a), x)


def test_angles_of_thousands_are_as_exact_in_half_precision_as_it_can_say() -> None:
    x = torch.ones(1, 1, 1, 8)
    exact = Rotary().turn(x.double(), before=4001)
    assert close(Rotary().turn(x.bfloat16(), before=4001).double(), exact, 2**-6)


def test_a_head_that_cannot_be_paired_is_refused() -> None:
    with pytest.raises(ValueError, match="7 is not even"):
        Rotary().turn(torch.zeros(1, 1, 3, 7))


def test_eight_heads_lose_a_half_to_a_256th_a_token() -> None:
    q = numbers(1, 8, 2, 4)
    assert ALiBi().bias(q, q)[:, 1, 0].tolist() == [-(0.5**h) for h in range(1, 9)]


@pytest.mark.parametrize("heads", [1, 2, 4, 16])
def test_slopes_are_the_papers_row(heads: int) -> None:
    """It begins at 2^(−8/H), and multiplies by the same number from head to head."""
    q, first = numbers(1, heads, 2, 4), 2 ** (-8 / heads)
    slopes = torch.tensor([first ** (h + 1) for h in range(heads)]).double()
    assert close(-ALiBi().bias(q, q)[:, 1, 0], slopes, 1e-7)
    assert slopes[-1].item() == pytest.approx(1 / 256)


@pytest.mark.parametrize(("asks", "answers"), [(1, 1), (17, 17), (1, 17), (5, 17)])
def test_alibi_is_what_a_double_loop_says(asks: int, answers: int) -> None:
    q, k = numbers(2, 2, asks, 4), numbers(2, 2, answers, 4)
    slopes = (1 / 16, 1 / 256)
    places = range(answers - asks, answers)
    loss = [[[-m * abs(i - j) for j in range(answers)] for i in places] for m in slopes]
    assert close(ALiBi().bias(q, k), torch.tensor(loss).double())


def test_no_relative_positions_do_nothing() -> None:
    x = numbers(1, 2, 3, 4)
    assert Relative().turn(x, 5) is x and Relative().bias(x, x) is None


@pytest.mark.parametrize("kind", [Relative, Rotary, ALiBi])
def test_nothing_is_learned_or_kept(kind: type[Relative]) -> None:
    assert not kind().state_dict()
