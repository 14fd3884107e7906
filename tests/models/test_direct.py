"""The direct way of attention to the answer is a straight line: attribution's, where it has one."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from models.direct import read_by
from models.layers.blocks import Block, BlockShape
from models.networks.encoder import Classifier, Shape
from models.networks.gpt import GPT
from models.networks.gpt import Shape as GPTShape
from models.probe import look, replacing
from models.training import seeded
from tests.support.attribution import direction

TOKENS = torch.tensor([[3, 1, 4, 1, 5]])


def lively(model: nn.Module) -> nn.Module:
    """Weights are large and biases are not zero, so that everything counts."""
    with seeded(0):
        for weight in model.parameters():
            nn.init.normal_(weight, std=0.5)
    return model.double()


def test_in_a_gpt_it_is_the_direction_in_which_the_stream_raises_a_logit() -> None:
    model = lively(GPT(GPTShape(vocabulary=7, context=5, width=12, heads=3, layers=2)))
    assert isinstance(model, GPT)
    slopes, logits = read_by(model, "blocks.0.attend", TOKENS)
    said, seen = look(model, TOKENS)
    assert slopes.shape == (5, 7, 12) and torch.allclose(logits, said[0])
    last = seen["blocks.1.stream"][0]
    for token in (0, 6):
        expected = direction(last, model.unembed.weight[token], model.norm.weight)
        assert torch.allclose(slopes[:, token], expected, atol=1e-10)


def test_where_all_tokens_are_read_together_each_is_read_in_part() -> None:
    shape = Shape(vocabulary=7, answers=3, context=5, width=12, heads=3, layers=1)
    slopes, logits = read_by(lively(Classifier(shape)), "encoder.blocks.0.attend", TOKENS)
    assert slopes.shape == (5, 3, 12) and logits.shape == (3,)
    assert (slopes.abs().sum((1, 2)) > 0).all()


class Stack(nn.Module):
    """Blocks of any kind, read at the last token."""

    def __init__(self, **kind: object) -> None:
        super().__init__()
        shape = BlockShape(width=8, heads=2, **kind)  # type: ignore[arg-type]
        self.token = nn.Embedding(7, 8)
        self.blocks = nn.ModuleList(Block(shape) for _ in range(3))
        self.answer = nn.Linear(8, 4)

    def forward(self, tokens: Tensor) -> Tensor:
        x = self.token(tokens)
        for block in self.blocks:
            x = block(x)
        return self.answer(x[:, -1])


@pytest.mark.parametrize("order", ["pre", "post"])
@pytest.mark.parametrize("norm", ["layer", "rms", "none"])
@pytest.mark.parametrize("hidden", [None, 0])
def test_the_slope_is_what_a_small_change_makes_with_all_else_held(
    order: str, norm: str, hidden: int | None
) -> None:
    model = lively(Stack(order=order, norm=norm, hidden=hidden))
    path = "blocks.1.attend"
    slopes, logits = read_by(model, path, TOKENS)
    _, seen = look(model, TOKENS)
    assert (slopes[:-1] == 0).all() and (slopes[-1] != 0).any()
    change = torch.linspace(-1, 1, 8, dtype=torch.float64)
    assert torch.allclose(changed(model, seen, change) - logits, slopes[-1] @ change, atol=1e-9)


def changed(model: nn.Module, seen: dict[str, Tensor], change: Tensor) -> Tensor:
    """The logits if the second attention said `change` more at the last token: block by block,
    every other layer's words and every norm's σ as they were."""
    assert isinstance(model, Stack)
    x, plus = model.token(TOKENS)[0], torch.zeros(8, dtype=torch.float64)

    def normed(norm: nn.Module, stream: Tensor, plus: Tensor) -> Tensor:
        """How the change passes a norm whose σ is held."""
        if not hasattr(norm, "weight"):
            return plus
        if hasattr(norm, "bias"):
            plus, stream = plus - plus.mean(), stream - stream.mean()
        return norm.weight * plus / (stream.square().mean() + 1e-5).sqrt()

    with torch.no_grad():
        for layer, block in enumerate(model.blocks):
            assert isinstance(block, Block)
            pre = block.shape.order == "pre"
            parts = [(block.norm_attend, block.attend)]
            parts += [(block.norm_think, block.think)] if block.shape.hidden != 0 else []
            for norm, part in parts:
                said = part((norm(x) if pre else x)[None])[0]
                x = x + said
                if layer == 1 and part is block.attend:
                    plus = plus + change
                if not pre:
                    plus = normed(norm, x[-1], plus)
                    x = norm(x)
        return model.answer(x[-1] + plus)


def test_nothing_is_left_behind_and_training_goes_on() -> None:
    model = lively(Stack()).train()
    read_by(model, "blocks.1.attend", TOKENS)
    assert model.training and not any(part._forward_hooks for part in model.modules())
    assert all(weight.grad is None for weight in model.parameters())


def test_a_layer_that_nothing_is_read_from_has_no_way_to_the_answer() -> None:
    model = lively(Stack())
    with replacing(model, "blocks.2.stream", lambda x: torch.ones_like(x)):
        slopes, _ = read_by(model, "blocks.1.attend", TOKENS)
    assert (slopes == 0).all() and slopes.shape == (5, 4, 8)
