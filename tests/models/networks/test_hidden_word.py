"""One small block that says which word is hidden."""

from __future__ import annotations

import pytest
import torch

from models.layers.size import parameters
from models.networks.hidden_word import HiddenWord, Shape
from models.probe import look


def network(**given: object) -> HiddenWord:
    torch.manual_seed(0)
    return HiddenWord(Shape(vocabulary=7, **given))  # type: ignore[arg-type]


@pytest.mark.parametrize(("width", "hidden"), [(6, 12), (4, 8)])
def test_the_formula_counts_the_parameters(width: int, hidden: int) -> None:
    v, t, c, f = 7, 9, width, hidden
    formula = v * c + t * c + 4 * c**2 + 4 * c + 2 * c * f + f + c + 4 * c
    assert parameters(network(width=width, hidden=hidden)) == formula


def test_the_answer_is_read_at_the_gap_from_the_table_of_words() -> None:
    block, words = (
        network(),
        torch.tensor([[1, 2, 3, 4, 5, 6, 1, 2, 0], [1, 0, 3, 4, 5, 6, 1, 2, 3]]),
    )
    logits, seen = look(block, words)
    for text, place in ((0, 8), (1, 1)):
        stream = seen["block.stream"][text, place]
        assert torch.allclose(logits[text], block.word.weight.detach() @ stream, atol=1e-6)


def test_equal_shares_see_the_words_and_not_who_asks() -> None:
    block, words = network(equal=True), torch.tensor([[1, 2, 3, 4, 5, 6, 1, 2, 0]])
    _, seen = look(block, words)
    assert torch.allclose(seen["block.attend.weights"], torch.full((1, 1, 9, 9), 1 / 9))
    assert seen["block.attend.scores"].std() > 0
    block(words).sum().backward()
    assert block.block.attend.in_proj_weight.grad is not None
    w_q, w_k, w_v = block.block.attend.in_proj_weight.grad.chunk(3)
    assert not w_q.any() and not w_k.any() and w_v.any()
