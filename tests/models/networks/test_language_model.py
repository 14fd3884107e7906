"""The recurrent language model: torch's parts in the same order, and a fair first guess."""

from __future__ import annotations

import math
from typing import Any

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from models.layers.recurrent import Recurrent
from models.layers.size import parameters
from models.networks.language_model import LanguageModel, Shape
from models.probe import look
from models.training import seeded

CELLS = ["rnn", "lstm", "gru"]
cells = pytest.mark.parametrize("cell", CELLS)
LAYERS: dict[str, Any] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


def tokens(vocabulary: int, *shape: int) -> Tensor:
    return torch.randint(vocabulary, shape, generator=torch.Generator().manual_seed(0))


def model(**shape: Any) -> LanguageModel:
    with seeded(0):
        return LanguageModel(Shape(**shape))


class Theirs(nn.Module):
    """The same model of torch's parts, with the weights of ours."""

    def __init__(self, ours: LanguageModel) -> None:
        super().__init__()
        shape = ours.shape
        self.token = nn.Embedding(shape.vocabulary, shape.width)
        kind = LAYERS[shape.cell]
        self.layers = kind(shape.width, shape.state, shape.layers, batch_first=True)
        self.unembed = nn.Linear(shape.state, shape.vocabulary)
        self.double().load_state_dict({self.name(k): w for k, w in ours.state_dict().items()})

    @staticmethod
    def name(ours: str) -> str:
        """layers.1.cell.bias_hh -> layers.bias_hh_l1"""
        if not ours.startswith("layers."):
            return ours
        _, layer, _, weight = ours.split(".")
        return f"layers.{weight}_l{layer}"

    def forward(self, tokens: Tensor) -> Tensor:
        return self.unembed(self.layers(self.token(tokens))[0])


@cells
def test_logits_and_gradients_are_those_of_torchs_parts(cell: str) -> None:
    ours = model(vocabulary=11, width=5, state=7, layers=2, cell=cell).double()
    theirs = Theirs(ours)
    text = tokens(11, 3, 17)
    for network in (ours, theirs):
        cross_entropy(network(text[:, :-1]).flatten(0, 1), text[:, 1:].flatten()).backward()
    torch.testing.assert_close(ours(text), theirs(text), rtol=0, atol=1e-10)
    its = {name: weight.grad for name, weight in theirs.named_parameters()}
    for name, weight in ours.named_parameters():
        assert weight.grad is not None and weight.grad.any(), name
        torch.testing.assert_close(weight.grad, its[Theirs.name(name)], rtol=0, atol=1e-10)


@cells
@pytest.mark.parametrize("layers", [1, 2])
def test_the_first_guess_is_any_token_alike(cell: str, layers: int) -> None:
    text = tokens(37, 16, 18)
    network = model(vocabulary=37, layers=layers, cell=cell)
    loss = cross_entropy(network(text[:, :-1]).flatten(0, 1), text[:, 1:].flatten())
    assert loss.item() == pytest.approx(math.log(37), rel=0.02)


@cells
def test_the_logits_differ_from_the_first_step_on(cell: str) -> None:
    logits = model(vocabulary=37, cell=cell)(tokens(37, 4, 9))
    assert logits.std(-1).min() > 1e-3, "logits that are all zero would hide the layers"


@cells
@pytest.mark.parametrize("layers", [1, 2, 3])
def test_there_are_as_many_parameters_as_the_formula_says(cell: str, layers: int) -> None:
    v, c, n, maps = 11, 5, 7, {"rnn": 1, "gru": 3, "lstm": 4}[cell]
    network = model(vocabulary=v, width=c, state=n, layers=layers, cell=cell)
    each = maps * n * (2 * n + 2)
    said = v * c + maps * n * (c + n + 2) + (layers - 1) * each + v * n + v
    assert parameters(network) == said


@cells
def test_token_by_token_is_the_text_at_once(cell: str) -> None:
    network = model(vocabulary=11, width=5, state=7, layers=2, cell=cell).double()
    text = tokens(11, 3, 17)
    at_once, states = network(text), network.start(3)
    for t, token in enumerate(text.unbind(1)):
        logits, states = network.step(token, states)
        torch.testing.assert_close(logits, at_once[:, t], rtol=0, atol=1e-10)


@cells
def test_no_token_knows_what_comes_later(cell: str) -> None:
    network = model(vocabulary=11, width=5, state=7, layers=2, cell=cell)
    text = tokens(11, 3, 17)
    changed = text.clone()
    changed[:, 9] = (changed[:, 9] + 1) % 11
    before, after = network(text), network(changed)
    assert torch.equal(before[:, :9], after[:, :9])
    assert not torch.equal(before[:, 9], after[:, 9])


def test_the_stream_can_be_looked_at_before_and_after_every_layer() -> None:
    network = model(vocabulary=11, width=5, state=7, layers=2, cell="gru")
    text = tokens(11, 3, 17)
    logits, seen = look(network, text)
    assert seen["stream"].shape == (3, 17, 5)
    assert seen["layers.0.stream"].shape == (3, 17, 7)
    assert torch.equal(network.unembed(seen["layers.1.stream"]), logits)


def test_the_forget_bias_and_the_spans_reach_every_layer() -> None:
    for shape, low, high in (
        ({"forget_bias": 3.0}, 3.0, 3.0),
        ({"longest": 50}, 0.0, math.log(49) + 1e-6),
    ):
        network = model(vocabulary=11, width=5, state=7, layers=2, **shape)
        for layer in network.layers:
            assert isinstance(layer, Recurrent)
            forget = (layer.cell.bias_ih + layer.cell.bias_hh)[7:14]
            assert ((forget >= low) & (forget <= high)).all()


def test_what_a_shape_cannot_be_is_said() -> None:
    with pytest.raises(ValueError, match="there are rnn, lstm, gru"):
        LanguageModel(Shape(vocabulary=11, cell="elman"))
    for knob in ({"forget_bias": 1.0}, {"longest": 9}):
        with pytest.raises(ValueError, match="the cell is gru"):
            LanguageModel(Shape(vocabulary=11, cell="gru", **knob))
