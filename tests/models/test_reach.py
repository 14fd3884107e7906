"""The reach of a network is the size of its Jacobian, and costs nothing but a pass of its own."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from torch.autograd.functional import jacobian

from models.layers.recurrent import Recurrent
from models.layers.rnn import RNNCell
from models.networks import encoder_decoder, gpt, language_model
from models.probe import at_rest
from models.reach import reach, reach_of_tokens
from models.training import seeded

TOKENS = torch.tensor([[3, 1, 4, 1, 5], [2, 6, 5, 3, 5]])


def the_gpt(**options: object) -> gpt.GPT:
    shape = {"vocabulary": 7, "context": 5, "width": 8, "heads": 2, "dropout": 0.5}
    with seeded(0):
        model = gpt.GPT(gpt.Shape(**shape | options)).double()
        for weight in model.parameters():
            nn.init.normal_(weight, std=0.5)
    return model


def the_lstm() -> language_model.LanguageModel:
    shape = language_model.Shape(vocabulary=7, width=4, state=6, layers=2)
    with seeded(0):
        return language_model.LanguageModel(shape).double()


def linear(a: float) -> Callable[[Tensor], Tensor]:
    """h_t = a h_{t−1} + x_t."""

    def network(x: Tensor) -> Tensor:
        states = [torch.zeros_like(x[:, 0])]
        for x_t in x.unbind(1):
            states.append(a * states[-1] + x_t)
        return torch.stack(states[1:], 1)

    return network


@pytest.mark.parametrize("a", [0.5, 1.0, 1.5])
def test_a_linear_memory_reaches_as_its_powers(a: float) -> None:
    found = reach(linear(a), torch.zeros(3, 9, 1).double())
    assert torch.allclose(
        found, torch.tensor([a**k for k in range(9)], dtype=torch.float64), atol=1e-12
    )


def test_the_norm_is_over_inputs_and_outputs() -> None:
    # Each of 4 channels depends on itself alone, by a^k: the root of 4 squares.
    found = reach(linear(0.5), torch.zeros(2, 3, 4).double())
    assert found.tolist() == pytest.approx([2.0, 1.0, 0.5])


def by_torch(network: Callable[[Tensor], Tensor], x: Tensor, t: int) -> Tensor:
    """The same from the whole Jacobian, text by text."""
    sizes = []
    for text in x:
        whole = jacobian(lambda y: network(y[None])[0, t], text)  # (O, T, C)
        sizes.append([whole[:, s].norm().item() for s in range(t, -1, -1)])
    return torch.tensor(sizes, dtype=torch.float64).mean(0)


@pytest.mark.parametrize("t", [0, 2, 4])
def test_an_rnn_beside_the_whole_jacobian(t: int) -> None:
    with seeded(0):
        layer = Recurrent(RNNCell(3, 6)).double()
    x = torch.randn(2, 5, 3, generator=torch.Generator().manual_seed(0)).double()
    network = lambda x: layer(x)[0]  # noqa: E731
    found = reach(network, x, t)
    assert found.shape == (t + 1,)
    assert (found - by_torch(network, x, t)).abs().max() < 1e-10


@pytest.mark.parametrize("options", [{}, {"positions": "alibi"}, {"fused": True}])
def test_a_gpt_beside_the_whole_jacobian(options: dict[str, object]) -> None:
    model = the_gpt(**options).eval()

    def network(x: Tensor) -> Tensor:
        """The model from its embedding on, written anew."""
        allowed = torch.ones(5, 5, dtype=torch.bool).tril()
        x = model.place(x)
        for block in model.blocks:
            x = block(x, allowed)
        return model.unembed(model.norm(x))

    expected = by_torch(network, model.token(TOKENS).detach(), 4)
    assert (reach_of_tokens(model.train(), TOKENS) - expected).abs().max() < 1e-10


def test_a_language_model_beside_the_whole_jacobian() -> None:
    model = the_lstm()

    def network(x: Tensor) -> Tensor:
        for layer in model.layers:
            x, _ = layer(x)
        return model.unembed(x)

    expected = by_torch(network, model.token(TOKENS).detach(), 3)
    assert (reach_of_tokens(model, TOKENS, 3) - expected).abs().max() < 1e-10


def test_a_decoder_reaches_its_target() -> None:
    both = encoder_decoder.EncoderDecoder(
        encoder_decoder.Shape(vocabulary=7, context=5, width=8, heads=2)
    )
    assert (reach_of_tokens(both.encoder, TOKENS) > 0).all()


def test_places_count_from_either_end() -> None:
    x = torch.zeros(1, 5, 1)
    assert torch.equal(reach(linear(0.5), x, -2), reach(linear(0.5), x, 3))


def test_nothing_reaches_from_the_future() -> None:
    def next_one(x: Tensor) -> Tensor:
        return x.roll(-1, 1)

    assert reach(next_one, torch.zeros(1, 4, 2), 1).tolist() == [0.0, 0.0]
    assert reach(lambda x: x, torch.zeros(1, 4, 2), 1).tolist() == [
        pytest.approx(math.sqrt(2)),
        0.0,
    ]


@pytest.mark.parametrize("make", [the_gpt, the_lstm])
def test_weights_and_what_they_have_learned_so_far_are_left_alone(
    make: Callable[[], nn.Module],
) -> None:
    model = make().train()
    model(TOKENS).sum().backward()
    before = {name: (w.clone(), w.grad.clone()) for name, w in model.named_parameters()}
    chance = torch.get_rng_state()
    found = reach_of_tokens(model, TOKENS)
    assert not found.requires_grad and model.training
    assert torch.equal(torch.get_rng_state(), chance)
    assert not any(part._forward_hooks for part in model.modules())
    for name, weight in model.named_parameters():
        value, gradient = before[name]
        assert torch.equal(weight, value) and weight.grad is not None
        assert torch.equal(weight.grad, gradient), name


def test_it_can_be_asked_where_no_gradients_are_kept() -> None:
    x = torch.zeros(1, 3, 1)
    with torch.no_grad():
        assert reach(linear(0.5), x).tolist() == [1.0, 0.5, 0.25]
        assert not torch.is_grad_enabled()
    with torch.inference_mode(False), at_rest(model := the_gpt()):
        assert torch.equal(reach_of_tokens(model, TOKENS), reach_of_tokens(model, TOKENS))
    assert not x.requires_grad


def test_what_is_not_there_is_said() -> None:
    with pytest.raises(LookupError, match="no place 5: there are 5"):
        reach(linear(0.5), torch.zeros(1, 5, 1), 5)
    with pytest.raises(LookupError, match="no embedding is called words"):
        reach_of_tokens(the_gpt(), TOKENS, name="words")


def test_the_hook_goes_away_after_an_error() -> None:
    model = the_gpt()
    with pytest.raises(ValueError, match="5 learned places"):
        reach_of_tokens(model, torch.zeros(1, 6, dtype=torch.long))
    assert not any(part._forward_hooks for part in model.modules()) and model.training
