"""The reporter: one look a head, several answers, and as many parameters whatever the heads."""

from __future__ import annotations

import pytest
import torch

from models.layers.size import parameters
from models.networks.reporter import AtOnce, Reporter, Shape
from models.probe import look
from models.training import seeded


def reporter(heads: int = 2) -> Reporter:
    shape = Shape(vocabulary=7, length=5, questions=2, answers=7, width=12, heads=heads)
    with seeded(0):
        return Reporter(shape)


@pytest.mark.parametrize("heads", [1, 2, 3, 4, 6, 12])
def test_heads_cost_no_parameters(heads: int) -> None:
    assert parameters(reporter(heads)) == parameters(reporter(1))


def test_heads_must_share_the_width_evenly() -> None:
    with pytest.raises(ValueError, match="5 heads cannot share 12 channels"):
        reporter(5)


def test_answers_are_what_the_heads_add_up_to() -> None:
    network, text = reporter(3), torch.tensor([[1, 4, 2, 6, 3]])
    logits, seen = look(network, text)
    assert logits.shape == (1, 2, 7)
    with torch.no_grad():
        x = network.token(text)[0, -1] + network.place[-1]
        for head in range(3):
            mixture = seen["attend.weights"][0, head, -1] @ seen["attend.v"][0, head]
            x = x + mixture @ network.attend.out_proj.weight[:, 4 * head : 4 * head + 4].T
        x = x + network.attend.out_proj.bias
        by_hand = (network.answer.weight @ x + network.answer.bias).reshape(2, 7)
    assert torch.allclose(logits[0], by_hand, atol=1e-6)
    assert torch.equal(AtOnce(network)(text)[0], network(text)[0].flatten())
