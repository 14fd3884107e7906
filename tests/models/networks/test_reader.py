"""A reader answers from its last state, and is torch's own parts put together."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import embedding, linear

from models.chance import seeded
from models.layers.size import parameters
from models.networks import encoder
from models.networks.reader import Looker, Rememberer, Shape
from tests.support.tensors import assert_same, drawn, texts

TORCHS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}


@pytest.mark.parametrize("cell", TORCHS)
def test_it_is_torchs_parts_put_together(cell: str) -> None:
    ours = drawn(Rememberer(Shape(vocabulary=11, answers=3, width=5, state=7, cell=cell)))
    own = dict(ours.named_parameters())

    def theirs(tokens: Tensor) -> Tensor:
        memory = {
            f"{name.removeprefix('memory.cell.')}_l0": weight
            for name, weight in own.items()
            if name.startswith("memory.cell.")
        }
        cells = TORCHS[cell](5, 7, batch_first=True).double()
        read = embedding(tokens, own["token.weight"])
        outputs, _ = torch.func.functional_call(cells, memory, (read,))
        return linear(outputs[:, -1], own["answer.weight"], own["answer.bias"])

    assert_same(ours, theirs, texts(4, 13, 11), weights=ours)


@pytest.mark.parametrize(("cell", "maps"), [("rnn", 1), ("gru", 3), ("lstm", 4)])
def test_its_size_is_the_formula(cell: str, maps: int) -> None:
    reader = Rememberer(Shape(vocabulary=11, answers=3, width=5, state=7, cell=cell))
    assert parameters(reader) == 11 * 5 + maps * 7 * (5 + 7 + 2) + 3 * 7 + 3


@pytest.mark.parametrize("cell", TORCHS)
@pytest.mark.parametrize("target", [3_000, 4_000, 20_000])
def test_it_can_be_made_as_large_as_another(cell: str, target: int) -> None:
    shape = Shape(vocabulary=7, answers=2, width=16, cell=cell)
    assert parameters(Rememberer(shape.as_large_as(target))) == pytest.approx(target, rel=0.05)


def test_a_looker_answers_at_the_last_token() -> None:
    with seeded(0):
        looker = Looker(encoder.Shape(vocabulary=11, answers=3, context=9, width=8, heads=2))
        tokens = torch.randint(11, (4, 9))
    assert torch.equal(looker(tokens), looker.answer(looker.encoder(tokens)[:, -1]))
