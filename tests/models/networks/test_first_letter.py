"""Without positions the layer sees a bag of letters; with them it does not."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn.functional import embedding, linear, multi_head_attention_forward

from models.layers.size import parameters
from models.networks.first_letter import FirstLetter, Shape
from models.tasks.letters import encode
from models.training import seeded
from tests.support.tensors import assert_same, drawn, texts


def test_it_is_torchs_parts_put_together() -> None:
    ours = drawn(FirstLetter(Shape(length=7, width=6, alphabet=11)))
    own = dict(ours.named_parameters())

    def theirs(letters: Tensor) -> Tensor:
        x = (embedding(letters, own["letter.weight"]) + own["place"]).transpose(0, 1)
        projections = [
            own[f"attend.{name}"]
            for name in ("in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias")
        ]
        entering, leaving = projections[:2], projections[2:]
        attended, _ = multi_head_attention_forward(
            x, x, x, 6, 1, *entering, None, None, False, 0.0, *leaving
        )
        return linear((x + attended)[-1], own["answer.weight"], own["answer.bias"])

    assert_same(ours, theirs, texts(3, 7, 11), weights=ours)


def test_order_is_seen_through_positions_alone() -> None:
    for positions in (True, False):
        with seeded(0):
            layer = FirstLetter(Shape(length=5, positions=positions)).double()
        same = torch.allclose(layer(encode("ABCDE")), layer(encode("DCBAE")), rtol=0, atol=1e-10)
        assert same != positions


def test_what_is_missing_are_the_positions() -> None:
    full, bare = (FirstLetter(Shape(positions=p)) for p in (True, False))
    assert parameters(full) - parameters(bare) == 10 * 32
