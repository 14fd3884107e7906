"""A token of two parts means what its parts mean, added up."""

from __future__ import annotations

from torch import Tensor
from torch.nn.functional import one_hot

from models.layers.pairs import PairEmbedding
from tests.support.tensors import assert_same, drawn, texts


def test_it_is_the_sum_of_two_rows_of_the_table() -> None:
    ours = drawn(PairEmbedding(firsts=3, seconds=5, width=4))

    def theirs(tokens: Tensor) -> Tensor:
        chosen = one_hot(tokens // 5, 8) + one_hot(3 + tokens % 5, 8)
        return chosen.to(ours.weight) @ ours.weight

    assert_same(ours, theirs, texts(2, 9, 15), weights=ours)
