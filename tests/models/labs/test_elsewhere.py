"""Heads that say in one text what they say in another, recomputed from what each of them mixes."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch import Tensor, nn

from models.labs.elsewhere import judged, like, partners, saying_of
from models.layers.loss import IGNORED
from models.networks.attention_only import AttentionOnly, Shape
from models.probe import at_rest

TEXTS, THERE = torch.randint(0, 7, (2, 3, 6), generator=torch.Generator().manual_seed(1))


@pytest.fixture
def network() -> AttentionOnly:
    torch.manual_seed(0)
    return AttentionOnly(Shape(vocabulary=7, context=6, width=8, heads=2, layers=2))


def mixtures(network: nn.Module, texts: Tensor) -> list[Tensor]:
    """What the heads of each layer say, side by side, (B, T, C)."""
    found: list[Tensor] = []
    hooks = [
        part.register_forward_pre_hook(lambda _, given: found.append(given[0].clone()))
        for name, part in network.named_modules()
        if name.endswith("out_proj")
    ]
    with at_rest(network):
        network(texts)
    for hook in hooks:
        hook.remove()
    return found


def test_the_head_says_what_it_says_there_and_its_neighbour_what_it_says_here(
    network: AttentionOnly,
) -> None:
    here, there = mixtures(network, TEXTS), mixtures(network, THERE)
    with saying_of(network, THERE, [[0, 1]]):
        mixed = mixtures(network, TEXTS)
    assert torch.equal(mixed[0][..., :4], here[0][..., :4])
    assert torch.allclose(mixed[0][..., 4:], there[0][..., 4:])
    assert not torch.allclose(mixed[1], here[1]), "the layer after it hears of that"
    assert torch.equal(mixtures(network, TEXTS)[0], here[0]), "and nothing stays"


def test_one_text_is_put_into_all_and_none_changes_nothing(network: AttentionOnly) -> None:
    (there, _), whole = mixtures(network, THERE[:1]), mixtures(network, TEXTS)
    with saying_of(network, THERE[:1], [[0, 0], [0, 1]]):
        assert torch.allclose(mixtures(network, TEXTS)[0], there.expand(3, -1, -1))
    with saying_of(network, THERE, []):
        assert all(map(torch.equal, mixtures(network, TEXTS), whole))
    with pytest.raises(ValueError, match="head 2"), saying_of(network, THERE, [[0, 2]]):
        pass


def test_a_partner_is_asked_for_the_same_tokens_and_nobody_has_two() -> None:
    asked = torch.tensor([[0, 1], [1, 1], [0, 1], [0, 1], [1, 0]]).bool()
    answers = torch.arange(10).view(5, 2).where(asked, IGNORED)
    other = partners(answers)
    assert other.tolist() == [2, 1, 3, 0, 4]
    assert like(answers[0], (torch.arange(5)[:, None], answers)).tolist() == [[2]]


def test_answers_are_held_against_those_of_the_other_text() -> None:
    """A network that says what its only head sees: the token itself."""
    texts = torch.tensor([[1], [2], [3]])
    network = AttentionOnly(Shape(vocabulary=4, context=1, width=4, heads=1, layers=1))

    def judge(cases: Any) -> dict[str, Any]:
        with at_rest(network):
            said = network(cases[0]).argmax(-1)
        return {"accuracy": (said == cases[1]).float().mean().item()}

    with at_rest(network):
        own = network(texts).argmax(-1)
    found = judged(network, (texts, own), [[0, 0]], judge)
    assert found["other_own"] == judge((texts, own[partners(own)]))["accuracy"]
    with saying_of(network, texts[[1, 2, 0]], [[0, 0]]):
        assert found["accuracy"] == judge((texts, own))["accuracy"]
        assert found["other"] == judge((texts, own[[1, 2, 0]]))["accuracy"]
    assert judged(network, (texts, own), [], judge) == {"accuracy": 1.0}
