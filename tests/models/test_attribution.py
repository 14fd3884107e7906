"""The parts of a logit sum to it, and each is what the model loses without it."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from models.attribution import Cell, contribution, direction, parts
from models.layers.norm import layer_norm
from models.networks.gpt import GPT, Shape
from models.probe import look, replacing
from models.training import seeded

TOKENS = torch.tensor([[3, 1, 4, 1, 5], [2, 6, 5, 3, 5]])


def gpt(positions: str = "learned", fused: bool = False) -> GPT:
    """Weights are large and biases are not zero, so that every part counts."""
    with seeded(0):
        model = GPT(
            Shape(
                vocabulary=7,
                context=5,
                width=12,
                heads=3,
                layers=3,
                positions=positions,
                dropout=0.5,
                fused=fused,
            )
        ).double()
        for weight in model.parameters():
            nn.init.normal_(weight, std=0.5)
    return model


@pytest.mark.parametrize("positions", ["none", "learned", "sinusoidal", "rotary", "alibi"])
@pytest.mark.parametrize("fused", [False, True])
def test_the_parts_sum_to_the_logit(positions: str, fused: bool) -> None:
    model = gpt(positions, fused).train()
    logits, _ = look(model, TOKENS)
    for i in range(5):
        for token in (0, 6):
            total = parts(model, TOKENS, i, token).logit()
            assert (total - logits[:, i, token]).abs().max() < 1e-10


def test_no_part_is_idle() -> None:
    made = parts(gpt(), TOKENS, 4, 2)
    for part in (made.embedding, made.cells, made.bias, made.think, made.norm):
        assert (part.abs() > 1e-4).all()


def test_the_shapes_of_the_parts() -> None:
    made = parts(gpt(), TOKENS, 2, 1)
    assert made.embedding.shape == (2,) and made.norm.shape == ()
    assert made.cells.shape == (3, 2, 3, 5)
    assert made.bias.shape == made.think.shape == (3, 2)


def test_what_is_not_allowed_brings_nothing() -> None:
    cells = parts(gpt(), TOKENS, 2, 1).cells
    assert (cells[..., 3:] == 0).all() and (cells[..., :3] != 0).all()


def normed_as_here(model: GPT, x: Tensor, change: Tensor) -> Tensor:
    """How the normed stream changes with x, the mean and the size being those of x here."""
    sigma = (x.var(-1, correction=0, keepdim=True) + 1e-5).sqrt()
    return model.norm.weight * (change - change.mean(-1, keepdim=True)) / sigma


@torch.no_grad()
def test_a_cell_is_the_long_way_through_value_output_norm_and_row() -> None:
    model, (layer, head, i, j), token = gpt(), (1, 2, 3, 1), 5
    _, seen = look(model, TOKENS)
    attend = model.blocks[layer].attend
    weight = seen["blocks.1.attend.weights"][:, head, i, j]
    value = seen["blocks.1.attend.v"][:, head, j]
    columns = attend.out_proj.weight[:, 4 * head : 4 * head + 4]
    written = weight[:, None] * (value @ columns.T)  # (B, C)
    normed = normed_as_here(model, seen["blocks.2.stream"][:, i], written)
    expected = normed @ model.unembed.weight[token]
    found = contribution(model, TOKENS, Cell(layer, head, i, j), token)
    assert (found - expected).abs().max() < 1e-12


def test_in_the_last_layer_a_part_is_the_gradient_along_it() -> None:
    """Where nothing but the norm comes after, and the norm is asked not to notice."""
    model, token = gpt(), 5
    x = look(model, TOKENS)[1]["blocks.2.stream"][:, 4].requires_grad_()
    mean = x.mean(-1, keepdim=True)
    sigma = (x.var(-1, correction=0, keepdim=True) + 1e-5).sqrt().detach()
    normed = model.norm.weight * (x - mean) / sigma + model.norm.bias
    logit = normed @ model.unembed.weight[token]
    (gradient,) = torch.autograd.grad(logit.sum(), x)
    d = direction(x, model.unembed.weight[token], model.norm.weight)
    assert (gradient - d).abs().max() < 1e-12
    rest = (model.norm.bias * model.unembed.weight[token]).sum()
    assert (logit - (x * d).sum(-1) - rest).abs().max() < 1e-12


@torch.no_grad()
def test_without_a_cell_of_the_last_layer_the_stream_lacks_its_part() -> None:
    """The cell's weight is set to zero; think is held as it was, since that is another path."""
    model, (layer, head, i, j), token = gpt(), (2, 0, 4, 1), 3
    _, seen = look(model, TOKENS)
    said = {}

    def forget(weights: Tensor) -> Tensor:
        weights = weights.clone()
        weights[:, head, i, j] = 0
        return weights

    for name, change in (("as it is", lambda w: w), ("without", forget)):
        with replacing(model, "blocks.2.attend.weights", change):
            inner = model.blocks[2].eval()
            y = inner.norm_attend(seen["blocks.1.stream"])
            allowed = torch.ones(5, 5, dtype=torch.bool).tril()
            said[name] = inner.attend(y, allowed=allowed)[:, i]
    last = seen["blocks.2.stream"][:, i]
    change = normed_as_here(model, last, said["as it is"] - said["without"])
    expected = change @ model.unembed.weight[token]
    found = contribution(model, TOKENS, Cell(layer, head, i, j), token)
    assert (found - expected).abs().max() < 1e-12


def test_direction_times_stream_is_the_norm_in_float32_too() -> None:
    chance = torch.Generator().manual_seed(0)
    x, w, gain = (torch.randn(n, 9, generator=chance) for n in (3, 1, 1))
    along = (x * direction(x, w[0], gain[0])).sum(-1)
    assert torch.allclose(along, layer_norm(x, gain[0], torch.zeros(9)) @ w[0], atol=1e-5)


@pytest.mark.parametrize(
    ("cell", "token", "sentence"),
    [
        (Cell(3, 0, 0, 0), 0, "no layer 3: there are 3, counted from 0"),
        (Cell(0, 3, 0, 0), 0, "no head 3"),
        (Cell(0, 0, 5, 0), 0, "no place 5: there are 5"),
        (Cell(0, 0, 0, -1), 0, "no place -1"),
        (Cell(0, 0, 0, 0), 7, "no token 7"),
    ],
)
def test_a_cell_that_is_not_there(cell: Cell, token: int, sentence: str) -> None:
    with pytest.raises(LookupError, match=sentence):
        contribution(gpt(), TOKENS, cell, token)


def test_taking_apart_leaves_the_model_as_it_was() -> None:
    model = gpt().train()
    chance = torch.get_rng_state()
    parts(model, TOKENS, 4, 2)
    assert model.training and torch.equal(torch.get_rng_state(), chance)
    assert all(weight.grad is None for weight in model.parameters())
    assert not any(part._forward_hooks for part in model.modules())
