"""Two networks that are told a maze as numbers: one looks at all cells, one reads them in a row."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import layer_norm, linear

from models.layers.size import parameters
from models.networks.lstm_map import LSTMMap
from models.networks.plain_map import PlainMap, Shape
from models.probe import watching
from tests.support.tensors import assert_same, close, drawn, numbers

SHAPE = Shape(side=3, width=12, heads=3, layers=2)


def told(mazes: int = 2, cells: int = 9) -> Tensor:
    return (numbers(mazes, cells, 5) > 0).double()


def test_the_plain_map_is_torchs_encoder_told_rows_and_columns() -> None:
    ours = drawn(PlainMap(SHAPE))
    layer = nn.TransformerEncoderLayer(
        12, 3, 48, 0.0, "gelu", batch_first=True, norm_first=True
    ).double()
    names = {"attend": "self_attn", "norm_attend": "norm1", "norm_think": "norm2"}

    def plain(seen: Tensor) -> Tensor:
        x = ours.see(seen)
        x = x + ours.rows.repeat_interleave(3, 0) + ours.columns.repeat(3, 1)
        for block in ours.blocks:
            weights = {}
            for name, weight in block.state_dict(keep_vars=True).items():
                part, _, rest = name.partition(".")
                weights[rest if part == "think" else f"{names[part]}.{rest}"] = weight
            x = torch.func.functional_call(layer, weights, x)
        x = layer_norm(x, (12,), ours.norm.weight, ours.norm.bias)
        return linear(x, ours.point.weight, ours.point.bias)

    assert_same(ours, plain, told(), weights=ours)


def test_without_rows_and_columns_it_would_not_know_who_is_beside_whom() -> None:
    ours, seen = drawn(PlainMap(SHAPE)), told()
    order = torch.randperm(9, generator=torch.Generator().manual_seed(0))
    assert not close(ours(seen[:, order]), ours(seen)[:, order])
    with torch.no_grad():
        ours.rows.zero_(), ours.columns.zero_()
    assert close(ours(seen[:, order]), ours(seen)[:, order])


def test_its_places_end_where_the_mazes_of_its_training_end() -> None:
    with pytest.raises(ValueError, match="places for 3 rows of 3 cells"):
        PlainMap(SHAPE)(torch.zeros(1, 16, 5))
    with pytest.raises(ValueError, match="and the maze has 1 rows of 9"):
        PlainMap(SHAPE).check(9, 1)


def test_every_cell_looks_at_all_cells_in_every_layer() -> None:
    ours = drawn(PlainMap(SHAPE))
    with watching(ours, "blocks.0.attend.weights", "blocks.1.attend.weights") as seen:
        ours(told())
    for weights in seen.values():
        assert weights.shape == (2, 3, 9, 9) and (weights > 0).all()


def test_the_streams_end_in_the_answer() -> None:
    ours, seen = drawn(PlainMap(SHAPE)), told()
    streams = list(ours.streams(seen))
    assert len(streams) == 3 and torch.equal(ours.answered(streams[-1]), ours(seen))


def test_the_lstm_is_torchs_of_two_layers_that_read_both_ways() -> None:
    ours = drawn(LSTMMap(4))
    theirs = nn.LSTM(5, 4, num_layers=2, batch_first=True, bidirectional=True).double()
    weights = {}
    for number, layer in enumerate(ours.layers):
        for way, end in (("onward", ""), ("back", "_reverse")):
            for name, weight in getattr(layer, way).cell.state_dict().items():
                weights[f"{name}_l{number}{end}"] = weight
    theirs.load_state_dict(weights)
    assert_same(ours, lambda seen: ours.point(theirs(seen)[0]), told())


def test_the_lstm_answers_in_mazes_of_any_size() -> None:
    assert drawn(LSTMMap(4))(told(cells=30)).shape == (2, 30, 4)


def test_a_rival_for_a_rival_has_as_many_parameters_to_five_in_a_hundred() -> None:
    from models.labs.rivals import STATE, WIDTH
    from models.specs.rivals import SIZE

    plain = parameters(PlainMap(Shape(side=SIZE, width=WIDTH)))
    assert parameters(LSTMMap(STATE)) == pytest.approx(plain, rel=0.05)
