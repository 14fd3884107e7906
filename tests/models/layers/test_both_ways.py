"""Two recurrent networks that read from both ends: PyTorch's bidirectional layers."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from models.layers.both_ways import BothWays
from models.layers.gru import GRUCell
from models.layers.lstm import LSTMCell
from models.layers.recurrent import Cell
from tests.support.tensors import assert_same, drawn, numbers


@pytest.mark.parametrize(("cell", "layer"), [(LSTMCell, nn.LSTM), (GRUCell, nn.GRU)])
def test_it_is_torchs_bidirectional_layer(cell: type[Cell], layer: type[nn.Module]) -> None:
    ours = drawn(BothWays(cell(5, 4), cell(5, 4)))
    theirs = layer(5, 4, batch_first=True, bidirectional=True).double()
    own = ours.onward.cell.state_dict()
    back = ours.back.cell.state_dict()
    weights = {f"{name}_l0": weight for name, weight in own.items()}
    weights |= {f"{name}_l0_reverse": weight for name, weight in back.items()}
    theirs.load_state_dict(weights)
    assert_same(ours, lambda x: theirs(x)[0], numbers(3, 6, 5))


def test_a_token_is_known_before_it_by_one_half_and_after_it_by_the_other() -> None:
    ours, x = drawn(BothWays(LSTMCell(5, 4), LSTMCell(5, 4))), numbers(1, 6, 5)
    changed = x.clone()
    changed[0, 2] += 1
    differs = (ours(x) != ours(changed))[0]  # (T, 2N)
    onward, back = differs[:, :4].any(1), differs[:, 4:].any(1)
    assert onward.tolist() == [False, False, True, True, True, True]
    assert back.tolist() == [True, True, True, False, False, False]
    assert torch.equal(ours(x), ours(x))
