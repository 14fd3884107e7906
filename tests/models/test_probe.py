"""Looking changes nothing and leaves nothing behind; reaching in does what it says, once."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from models.layers.multi_head import MultiHeadAttention
from models.probe import at_rest, look, places, replacing, watching
from models.training import seeded


class Layer(nn.Module):
    """An attention layer inside something else, with dropout to tell rest from training."""

    def __init__(self) -> None:
        super().__init__()
        self.attend = MultiHeadAttention(8, 2)
        self.drop = nn.Dropout(0.5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.drop(self.attend(x))


@pytest.fixture
def layer() -> Layer:
    with seeded(0):
        return Layer()


@pytest.fixture
def x() -> torch.Tensor:
    return torch.randn(2, 5, 8, generator=torch.Generator().manual_seed(1))


def hooks(model: nn.Module) -> int:
    return sum(len(part._forward_hooks) for part in model.modules())


def test_the_places_are_the_names_in_the_code(layer: Layer) -> None:
    assert places(layer) == tuple(f"attend.{name}" for name in ("q", "k", "v", "scores", "weights"))


def test_looking_changes_nothing(layer: Layer, x: torch.Tensor) -> None:
    layer.eval()
    before = layer(x)
    out, seen = look(layer, x)
    assert torch.equal(out, before) and torch.equal(layer(x), before)
    assert seen["attend.weights"].shape == (2, 2, 5, 5)
    assert torch.equal(seen["attend.scores"].softmax(-1), seen["attend.weights"])


def test_looking_leaves_nothing_behind(layer: Layer, x: torch.Tensor) -> None:
    layer.train()
    state = {name: value.clone() for name, value in layer.state_dict().items()}
    members = {name: set(vars(part)) for name, part in layer.named_modules()}
    chance = torch.get_rng_state()
    look(layer, x)
    assert hooks(layer) == 0
    assert layer.training and layer.drop.training
    assert {name: set(vars(part)) for name, part in layer.named_modules()} == members
    assert all(torch.equal(layer.state_dict()[name], value) for name, value in state.items())
    assert all(weight.grad is None for weight in layer.parameters())
    assert torch.equal(torch.get_rng_state(), chance), "dropout drew nothing"


def test_what_was_seen_is_a_copy_without_gradient(layer: Layer, x: torch.Tensor) -> None:
    with watching(layer, "attend.weights") as seen:
        out = layer(x)
    assert set(seen) == {"attend.weights"}
    assert not seen["attend.weights"].requires_grad and out.requires_grad
    seen["attend.weights"].zero_()
    assert look(layer, x)[1]["attend.weights"].abs().sum() > 0


def test_hooks_go_away_after_an_error(layer: Layer) -> None:
    with pytest.raises(RuntimeError), watching(layer):
        layer(torch.zeros(2, 5, 3))
    assert hooks(layer) == 0


def test_no_such_place(layer: Layer, x: torch.Tensor) -> None:
    with pytest.raises(LookupError, match=r"there are attend\.q"), watching(layer, "weights"):
        layer(x)
    assert hooks(layer) == 0


def test_replacing_does_what_it_says_and_no_longer(layer: Layer, x: torch.Tensor) -> None:
    with at_rest(layer):
        before = layer(x)
        with replacing(layer, "attend.weights", lambda w: torch.full_like(w, 0.2)):
            uniform = layer(x)
        assert torch.equal(layer(x), before)
    assert torch.allclose(uniform, uniform[:, :1].expand_as(uniform), atol=1e-6)
    assert not torch.allclose(uniform, before)
