"""Looking changes nothing and leaves nothing behind; reaching in does what it says, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import torch
from torch import nn

from models.layers.multi_head import MultiHeadAttention
from models.networks import encoder, encoder_decoder, gpt, language_model
from models.networks.map import MapSolver
from models.probe import at_rest, look, places, recording, replacing, watching, written_out
from models.training import seeded

GPT_SHAPE = {"vocabulary": 7, "context": 5, "width": 12, "heads": 3, "dropout": 0.5}
HEADS = ("q", "k", "v", "scores", "weights")


def tokens(seed: int = 0, batch: int = 2, length: int = 5) -> torch.Tensor:
    return torch.randint(7, (batch, length), generator=torch.Generator().manual_seed(seed))


def the_gpt(fused: bool = False) -> gpt.GPT:
    return gpt.GPT(gpt.Shape(**GPT_SHAPE, fused=fused))


def the_encoder() -> encoder.Encoder:
    return encoder.Encoder(
        encoder.Shape(vocabulary=7, answers=2, context=5, width=12, heads=3, layers=1)
    )


def the_encoder_decoder() -> encoder_decoder.EncoderDecoder:
    return encoder_decoder.EncoderDecoder(
        encoder_decoder.Shape(vocabulary=7, context=5, width=12, heads=3)
    )


def recurrent(cell: str) -> language_model.LanguageModel:
    shape = language_model.Shape(vocabulary=7, width=4, state=6, layers=2, cell=cell)
    return language_model.LanguageModel(shape)


def maze() -> tuple[torch.Tensor, torch.Tensor, int, int]:
    return torch.ones(2, 6, 4, dtype=torch.bool), torch.tensor([0, 4]), 3, 4


NETWORKS: dict[str, tuple[Callable[[], nn.Module], tuple[Any, ...]]] = {
    "gpt": (the_gpt, (tokens(),)),
    "fused gpt": (lambda: the_gpt(fused=True), (tokens(),)),
    "encoder": (the_encoder, (tokens(),)),
    "encoder-decoder": (the_encoder_decoder, (tokens(), tokens(1, length=3))),
    "map": (MapSolver, maze()),
    "rnn": (lambda: recurrent("rnn"), (tokens(),)),
    "lstm": (lambda: recurrent("lstm"), (tokens(),)),
    "gru": (lambda: recurrent("gru"), (tokens(),)),
}


@pytest.fixture(params=NETWORKS)
def network(request: pytest.FixtureRequest) -> tuple[nn.Module, tuple[Any, ...]]:
    make, inputs = NETWORKS[request.param]
    with seeded(0):
        return make(), inputs


@pytest.fixture
def layer() -> MultiHeadAttention:
    with seeded(0):
        return MultiHeadAttention(8, 2, dropout=0.5)


@pytest.fixture
def x() -> torch.Tensor:
    return torch.randn(2, 5, 8, generator=torch.Generator().manual_seed(1))


def hooks(model: nn.Module) -> int:
    return sum(len(part._forward_hooks) for part in model.modules())


@contextmanager
def nothing_changes(model: nn.Module) -> Iterator[None]:
    """Weights, gradients, members, training flags, hooks and random numbers."""

    def now() -> tuple[Any, ...]:
        weights = {name: (w, w.clone(), w.grad) for name, w in model.named_parameters()}
        members = {name: dict(vars(part)) for name, part in model.named_modules()}
        return weights, members, hooks(model), torch.get_rng_state(), torch.is_grad_enabled()

    weights, members, count, chance, grad = now()
    yield
    for name, w in model.named_parameters():
        was, value, gradient = weights[name]
        assert w is was and torch.equal(w, value) and w.grad is gradient, name
    for name, part in model.named_modules():
        assert vars(part).keys() == members[name].keys(), name
        plain = {key for key, value in vars(part).items() if isinstance(value, bool | int | float)}
        assert all(vars(part)[key] == members[name][key] for key in plain), name
    assert hooks(model) == count == 0
    assert torch.equal(torch.get_rng_state(), chance), "something was drawn"
    assert torch.is_grad_enabled() == grad


def test_the_places_of_attention_are_the_names_in_its_code(layer: MultiHeadAttention) -> None:
    assert places(layer) == HEADS
    assert all(isinstance(getattr(layer, name), nn.Identity) for name in HEADS)


def test_the_places_of_a_gpt() -> None:
    block = {*(f"attend.{name}" for name in HEADS), "think.hidden", "stream"}
    blocks = {f"blocks.{layer}.{name}" for layer in range(2) for name in block}
    assert set(places(the_gpt())) == {"stream", *blocks}


@pytest.mark.parametrize(
    ("name", "some"),
    [
        ("encoder", {"stream", "blocks.0.attend.weights", "blocks.0.stream"}),
        ("encoder-decoder", {"encoder.stream", "blocks.0.attend.q", "blocks.0.read.weights"}),
        ("map", {"block.stream", "block.attend.scores"}),
        ("rnn", {"stream", "layers.1.stream"}),
        ("lstm", {"stream", "layers.0.cell.forget_gate", "layers.1.stream"}),
        ("gru", {"stream", "layers.1.stream"}),
    ],
)
def test_the_places_of_other_networks(name: str, some: set[str]) -> None:
    assert some <= set(places(NETWORKS[name][0]()))


def test_looking_passes_every_place(network: tuple[nn.Module, tuple[Any, ...]]) -> None:
    model, inputs = network
    assert set(look(model, *inputs)[1]) == set(places(model))


def test_looking_does_not_change_the_output(network: tuple[nn.Module, tuple[Any, ...]]) -> None:
    model, inputs = network
    model.eval()
    with written_out(model):  # a kernel adds up in another order
        before = model(*inputs)
    out, _ = look(model, *inputs)
    with written_out(model):
        assert torch.equal(out, before) and torch.equal(model(*inputs), before)


def test_looking_in_training_leaves_nothing_behind(
    network: tuple[nn.Module, tuple[Any, ...]],
) -> None:
    model, inputs = network
    model.train()
    model(*inputs).sum().backward()  # so that there are gradients to lose
    model.get_submodule(places(model)[0]).eval()  # and a flag that differs from the others
    with nothing_changes(model):
        look(model, *inputs)


def test_looking_between_two_steps_leaves_the_second_as_it_would_have_been() -> None:
    model = the_gpt().train()

    def two_passes(between: Callable[[], object]) -> torch.Tensor:
        with seeded(3):
            model(tokens())
            between()
            return model(tokens())

    assert torch.equal(two_passes(lambda: None), two_passes(lambda: look(model, tokens())))


def test_nothing_changes_after_an_error(network: tuple[nn.Module, tuple[Any, ...]]) -> None:
    model, inputs = network

    def fail(passing: torch.Tensor) -> torch.Tensor:
        raise RuntimeError("in the middle")

    failing = replacing(model, places(model)[-1], fail)
    with nothing_changes(model), pytest.raises(RuntimeError, match="in the middle"), failing:
        look(model, *inputs)


def test_a_fused_network_can_be_looked_into() -> None:
    for dtype, near in ((torch.float32, 1e-6), (torch.float64, 1e-12)):
        model = the_gpt(fused=True).to(dtype).eval()
        out, seen = look(model, tokens())
        assert (out - model(tokens())).abs().max() <= near
        assert torch.allclose(seen["blocks.1.attend.weights"].sum(-1), torch.ones(2, 3, 5).to(out))
        assert all(block.attend.fused for block in model.blocks)


def test_weights_are_replaced_in_a_fused_network_too() -> None:
    model = the_gpt(fused=True).eval()
    before = model(tokens())
    with replacing(model, "blocks.0.attend.weights", torch.zeros_like):
        assert not torch.allclose(model(tokens()), before, atol=1e-4)
    assert torch.equal(model(tokens()), before)


def test_what_a_kernel_passes_too_is_seen_without_writing_out() -> None:
    model = the_gpt(fused=True).eval()
    with watching(model, "blocks.0.attend.q", "blocks.0.stream") as seen:
        assert all(block.attend.fused for block in model.blocks)
        out = model(tokens())
    assert torch.equal(out, model(tokens())) and len(seen) == 2


def test_each_attention_has_its_own_switch_back() -> None:
    model = the_gpt(fused=True)
    model.blocks[0].attend.fused = False
    with pytest.raises(RuntimeError, match="inside"), written_out(model), written_out(model):
        assert not any(block.attend.fused for block in model.blocks)
        raise RuntimeError("inside")
    assert [block.attend.fused for block in model.blocks] == [False, True]


def test_weights_are_seen_before_dropout(layer: MultiHeadAttention, x: torch.Tensor) -> None:
    layer.train()
    with seeded(0), watching(layer, "weights") as seen:
        layer(x)
    ones = torch.ones(2, 2, 5)
    assert torch.allclose(seen["weights"].sum(-1), ones)
    with seeded(0):
        assert not torch.allclose(layer.drop(seen["weights"]).sum(-1), ones, atol=0.1)


def test_scores_make_the_weights(layer: MultiHeadAttention, x: torch.Tensor) -> None:
    _, seen = look(layer, x)
    assert torch.equal(seen["scores"].softmax(-1), seen["weights"])
    assert torch.allclose(seen["scores"][:, 1], seen["q"][:, 1] @ seen["k"][:, 1].mT / 2)


def test_what_was_seen_is_a_copy_without_gradient(
    layer: MultiHeadAttention, x: torch.Tensor
) -> None:
    with watching(layer, "weights") as seen:
        out = layer(x)
    assert set(seen) == {"weights"}
    assert not seen["weights"].requires_grad and out.requires_grad
    seen["weights"].zero_()
    assert look(layer, x)[1]["weights"].abs().sum() > 0


@pytest.mark.parametrize("look_at", [watching, recording])
def test_what_was_seen_stays_as_it_was_seen(look_at: Callable[..., Any]) -> None:
    """Also if the network goes on to write over it, as a ReLU in place does."""
    x = torch.tensor([-1.0, 2.0])
    with look_at(model := nn.Sequential(nn.Identity(), nn.ReLU(inplace=True))) as seen:
        model(x.clone())
    assert torch.equal(seen["0"] if look_at is watching else seen["0"][0], x)


def test_the_gradient_is_the_same_with_and_without_a_look(
    layer: MultiHeadAttention, x: torch.Tensor
) -> None:
    layer.eval()
    weights = list(layer.parameters())
    without = torch.autograd.grad(layer(x).square().sum(), weights)
    with watching(layer), recording(layer):
        inside = torch.autograd.grad(layer(x).square().sum(), weights)
    assert all(torch.equal(a, b) for a, b in zip(without, inside, strict=True))


def test_a_loop_is_recorded_each_time_it_runs() -> None:
    model = MapSolver()
    is_open, cheese, width, loops = maze()
    with at_rest(model), recording(model, "block.stream") as seen:
        out = model(is_open, cheese, width, loops)
        by_loop = [model.point(x) for x in seen["block.stream"]]
        assert len(by_loop) == loops and torch.equal(by_loop[-1], out)
        assert torch.equal(by_loop[1], model(is_open, cheese, width, 2))


def test_the_gates_are_recorded_at_each_token() -> None:
    model = recurrent("lstm")
    with at_rest(model), recording(model) as seen, watching(model) as last:
        model(tokens())
    gates = seen["layers.1.cell.forget_gate"]
    assert torch.stack(gates, 1).shape == (2, 5, 6)
    assert torch.equal(gates[-1], last["layers.1.cell.forget_gate"])
    assert not torch.equal(gates[0], gates[1])
    assert [len(seen[name]) for name in ("stream", "layers.0.stream")] == [1, 1]


def test_hooks_go_away_after_an_error(layer: MultiHeadAttention) -> None:
    with nothing_changes(layer), pytest.raises(RuntimeError), watching(layer):
        layer(torch.zeros(2, 5, 3))


def test_no_such_place(layer: MultiHeadAttention) -> None:
    for look_at in (watching, recording):
        looking, sentence = (
            look_at(layer, "q", "drop"),
            "no place called drop .*: there are q, k, v",
        )
        with pytest.raises(LookupError, match=sentence), looking:
            pass
    assert hooks(layer) == 0, "nor is the one that exists still watched"
    with pytest.raises(LookupError, match="there are none"), watching(nn.Linear(1, 1), "q"):
        pass


def test_replacing_does_what_it_says_and_no_longer(
    layer: MultiHeadAttention, x: torch.Tensor
) -> None:
    with at_rest(layer):
        before = layer(x)
        with replacing(layer, "weights", lambda w: torch.full_like(w, 0.2)):
            uniform = layer(x)
        assert torch.equal(layer(x), before)
    assert torch.allclose(uniform, uniform[:, :1].expand_as(uniform), atol=1e-6)
    assert not torch.allclose(uniform, before)


def test_of_two_at_one_place_the_outer_comes_first(
    layer: MultiHeadAttention, x: torch.Tensor
) -> None:
    with (
        watching(layer, "v") as before,
        replacing(layer, "v", lambda v: v + 1),
        replacing(layer, "v", lambda v: 2 * v),
        watching(layer, "v") as after,
    ):
        layer(x)
    assert torch.equal(after["v"], 2 * (before["v"] + 1))
