"""Heads of another network: all that makes them comes over, and nothing else does."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from models.layers.multi_head import MultiHeadAttention
from models.networks.attention_only import AttentionOnly, Shape
from models.probe import look
from models.transplant import with_heads_of

TEXT = torch.tensor([[1, 4, 2, 0]])


def network(seed: int, heads: int = 2) -> AttentionOnly:
    torch.manual_seed(seed)
    made = AttentionOnly(Shape(vocabulary=5, context=4, width=8, heads=heads))
    for part in made.modules():
        if isinstance(part, MultiHeadAttention):
            nn.init.normal_(part.in_proj_bias)
            nn.init.normal_(part.out_proj.bias)
    return made


def says(of: AttentionOnly, path: str, head: int, x: torch.Tensor) -> torch.Tensor:
    """What a head adds to the stream for x, by hand: its mixture through its columns of Wo."""
    attend = of.get_submodule(path)
    assert isinstance(attend, MultiHeadAttention)
    with torch.no_grad():
        alone = nn.functional.pad(torch.zeros(1, x.shape[1], 0), (0, 8))
        q, k, v = (
            part.unflatten(-1, (2, 4))[:, :, head]
            for part in (x @ attend.in_proj_weight.mT + attend.in_proj_bias).chunk(3, -1)
        )
        alone[..., head * 4 : head * 4 + 4] = (q @ k.mT / 2).softmax(-1) @ v
        return alone @ attend.out_proj.weight.mT


def test_a_head_speaks_as_it_did_at_home() -> None:
    one, other = network(0), network(1)
    mixed = with_heads_of(one, other, {"blocks.0.attend": [1]})
    x = torch.randn(1, 4, 8)
    for head, owner in ((0, one), (1, other)):
        found, expected = (says(net, "blocks.0.attend", head, x) for net in (mixed, owner))
        assert torch.allclose(found, expected, atol=1e-6)


def test_everything_else_is_as_it_was_and_so_is_the_network_itself() -> None:
    one, other = network(0), network(1)
    before = {name: weight.clone() for name, weight in one.state_dict().items()}
    mixed = with_heads_of(one, other, {"blocks.1.attend": [0]})
    assert all(torch.equal(weight, before[name]) for name, weight in one.state_dict().items())
    changed = [n for n, w in mixed.state_dict().items() if not torch.equal(w, before[n])]
    assert changed == [
        f"blocks.1.attend.{part}" for part in ("in_proj_weight", "in_proj_bias", "out_proj.weight")
    ]


def test_all_heads_of_both_layers_are_most_of_the_other_network() -> None:
    one, other = network(0), network(1)
    paths = ("blocks.0.attend", "blocks.1.attend")
    mixed = with_heads_of(one, other, {path: [0, 1] for path in paths})
    _, seen = look(mixed, TEXT)
    for path in paths:
        theirs, there = other.get_submodule(path), mixed.get_submodule(path)
        assert torch.equal(there.in_proj_weight, theirs.in_proj_weight)
        assert torch.equal(there.out_proj.weight, theirs.out_proj.weight)
    assert seen["blocks.1.attend.weights"].shape == (1, 2, 4, 4)


def test_what_does_not_fit_is_said() -> None:
    with pytest.raises(ValueError, match="of another size"):
        with_heads_of(network(0), network(1, heads=4), {"blocks.0.attend": [0]})
    with pytest.raises(ValueError, match="no head 2: there are 2"):
        with_heads_of(network(0), network(1), {"blocks.0.attend": [2]})
    with pytest.raises(ValueError, match="norm has no heads"):
        with_heads_of(network(0), network(1), {"norm": [0]})
