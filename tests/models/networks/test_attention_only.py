"""A decoder of attention alone: torch's attention, layer after layer, that sees the past alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor
from torch.nn.functional import layer_norm, multi_head_attention_forward

from models.layers.causality import looks_ahead
from models.layers.positions import POSITIONS
from models.layers.size import parameters
from models.networks.attention_only import AttentionOnly, Shape
from models.probe import look
from models.training import seeded
from tests.support.tensors import assert_same, close, drawn, texts

SHAPE = Shape(vocabulary=13, context=17, width=12, heads=3, layers=2)


def network(**sizes) -> AttentionOnly:
    return drawn(AttentionOnly(replace(SHAPE, **sizes)))


@pytest.mark.parametrize("layers", [1, 2, 3])
@pytest.mark.parametrize("norm", ["layer", "none"])
def test_it_is_torchs_attention_layer_after_layer(layers: int, norm: str) -> None:
    ours = network(layers=layers, norm=norm)
    later = torch.ones(17, 17, dtype=torch.bool).triu(1)

    def normed(x: Tensor, name: str) -> Tensor:
        if norm == "none":
            return x
        return layer_norm(x, (12,), weights[f"{name}.weight"], weights[f"{name}.bias"])

    def theirs(tokens: Tensor) -> Tensor:
        x = weights["token.weight"][tokens] + weights["place.weight"]
        for layer in range(layers):
            at = f"blocks.{layer}"
            y = normed(x, f"{at}.norm_attend").transpose(0, 1)  # torch wants (T, B, C)
            inward = (weights[f"{at}.attend.in_proj_{part}"] for part in ("weight", "bias"))
            outward = (weights[f"{at}.attend.out_proj.{part}"] for part in ("weight", "bias"))
            said, _ = multi_head_attention_forward(
                y, y, y, 12, 3, *inward, None, None, False, 0.0, *outward, attn_mask=later
            )
            x = x + said.transpose(0, 1)
        return normed(x, "norm") @ weights["unembed.weight"].mT

    weights = dict(ours.named_parameters())
    assert_same(ours, theirs, texts(3, 17, 13), weights=weights)


@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("place", [0, 1, 8, 16])
def test_nothing_of_the_future_is_seen_to_the_last_bit(positions: str, place: int) -> None:
    ours = network(positions=positions)
    assert not looks_ahead(ours, texts(2, 17, 13), place, vocabulary=13)
    changed = texts(2, 17, 13)
    changed[:, place] = (changed[:, place] + 1) % 13
    after = (ours(texts(2, 17, 13)) != ours(changed)).any(-1)
    assert after[:, place:].all()


def test_every_head_of_every_layer_can_be_looked_at() -> None:
    _, seen = look(network(), texts(2, 9, 13))
    for layer in range(2):
        weights = seen[f"blocks.{layer}.attend.weights"]
        assert weights.shape == (2, 3, 9, 9)
        assert close(weights.sum(-1), torch.ones(2, 3, 9, dtype=torch.float64))
        assert weights.triu(1).eq(0).all()


def test_a_layer_without_a_second_cannot_use_what_it_found_to_look() -> None:
    """Where its heads look depends on two tokens and their places, on nothing between them."""
    ours, tokens = network(layers=1), texts(1, 9, 13)
    other = tokens.clone()
    other[0, 4] = (other[0, 4] + 1) % 13
    scores = [look(ours, text)[1]["blocks.0.attend.scores"][0, :, 8] for text in (tokens, other)]
    same = (scores[0] == scores[1]).all(0)
    assert same.tolist() == [at != 4 for at in range(9)]


@pytest.mark.parametrize("heads", [1, 2, 4])
def test_a_layer_more_costs_its_attention_and_its_norm_whatever_the_heads(heads: int) -> None:
    one, two = (parameters(network(layers=n, heads=heads)) for n in (1, 2))
    assert two - one == 4 * 12**2 + 4 * 12 + 2 * 12


def test_tokens_and_places_begin_as_large_as_was_said() -> None:
    with seeded(0):
        ours = AttentionOnly(replace(SHAPE, vocabulary=500, context=500, width=24))
    assert ours.token.weight.std().item() == pytest.approx(0.5, rel=0.05)
    assert ours.place.weight.std().item() == pytest.approx(0.3, rel=0.05)
