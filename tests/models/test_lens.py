"""What the lens shows after each block is what a model cut off there would say."""

from __future__ import annotations

from copy import deepcopy
from itertools import pairwise

import pytest
import torch

from models.lens import logit_lens
from models.networks.encoder_decoder import EncoderDecoder
from models.networks.encoder_decoder import Shape as BothShape
from models.networks.gpt import GPT, Shape
from models.probe import look
from models.training import seeded

TOKENS = torch.tensor([[3, 1, 4, 1, 5], [2, 6, 5, 3, 5]])


def gpt(fused: bool = False) -> GPT:
    shape = Shape(vocabulary=7, context=5, width=12, heads=3, layers=3, dropout=0.5, fused=fused)
    with seeded(0):
        return GPT(shape)


@pytest.mark.parametrize("fused", [False, True])
def test_the_last_layer_is_what_the_model_says(fused: bool) -> None:
    model = gpt(fused).train()
    lens = logit_lens(model, TOKENS)
    assert lens.shape == (4, 2, 5, 7)
    assert torch.equal(lens[-1], model.eval()(TOKENS))


@pytest.mark.parametrize("layers", [0, 1, 2])
def test_each_layer_is_what_a_model_cut_off_there_says(layers: int) -> None:
    model = gpt()
    cut = deepcopy(model).eval()
    cut.blocks = cut.blocks[:layers]
    assert torch.equal(logit_lens(model, TOKENS)[layers], cut(TOKENS))


def test_layers_differ() -> None:
    lens = logit_lens(gpt(), TOKENS)
    assert all(not torch.allclose(a, b, atol=1e-4) for a, b in pairwise(lens))


def test_a_decoder_has_a_lens_too() -> None:
    model = EncoderDecoder(BothShape(vocabulary=7, context=5, width=8, heads=2, layers=2))
    lens = logit_lens(model, TOKENS, TOKENS[:, :3])
    assert lens.shape == (3, 2, 3, 7)
    assert torch.equal(lens[-1], look(model, TOKENS, TOKENS[:, :3])[0])


def test_the_lens_leaves_the_model_as_it_was() -> None:
    model = gpt().train()
    chance = torch.get_rng_state()
    assert not logit_lens(model, TOKENS).requires_grad
    assert model.training and torch.equal(torch.get_rng_state(), chance)
    assert not any(part._forward_hooks for part in model.modules())
