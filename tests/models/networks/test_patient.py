"""The patient in good health computes what it says, and each disease does what it is known for."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy, gelu, layer_norm, linear

from models.chance import seeded
from models.networks.diseases import (
    DISEASES,
    EmptyRow,
    MaskAdded,
    StillTraining,
    UngradedCounted,
    WithoutPlaces,
)
from models.networks.patient import UNGRADED, Patient
from models.probe import look, watching


def drawn(kind: type[Patient], dropout: float = 0.0) -> Patient:
    with seeded(3):
        return kind(letters=9, context=7, width=8, dropout=dropout).double()


def texts(count: int = 4) -> Tensor:
    return torch.randint(9, (count, 7), generator=torch.Generator().manual_seed(1))


def by_hand(net: Patient, tokens: Tensor, mask: Tensor | None) -> Tensor:
    """The same block by torch's own attention and functions."""

    def normed(x: Tensor, norm: nn.Module) -> Tensor:
        return layer_norm(x, (8,), norm.weight, norm.bias)

    theirs = nn.MultiheadAttention(8, 1, batch_first=True).double()
    theirs.in_proj_weight.data, theirs.in_proj_bias.data = net.in_proj.weight, net.in_proj.bias
    theirs.out_proj.load_state_dict(net.out_proj.state_dict())
    x = net.token.weight[tokens] + net.place[: tokens.shape[1]]
    y = normed(x, net.norm_attend)
    x = x + theirs(y, y, y, attn_mask=mask)[0]
    one, two = net.think.linear1, net.think.linear2
    wide = gelu(linear(normed(x, net.norm_think), one.weight, one.bias))
    x = x + linear(wide, two.weight, two.bias)
    return linear(normed(x, net.norm), net.unembed.weight, net.unembed.bias)


def test_in_good_health_it_is_a_block_under_a_causal_mask() -> None:
    net, ahead = drawn(Patient), torch.ones(7, 7).triu(1).bool()
    assert torch.allclose(net(texts()), by_hand(net, texts(), ahead), atol=1e-10)


def test_the_future_may_change_and_the_past_does_not_notice() -> None:
    net, other = drawn(Patient), texts()
    other[:, 5] = (other[:, 5] + 1) % 9
    assert torch.equal(net(texts())[:, :5], net(other)[:, :5])
    assert not torch.equal(net(texts())[:, 5:], net(other)[:, 5:])


def test_a_mask_of_numbers_is_added_as_torch_adds_it_and_lets_the_future_in() -> None:
    net, ahead = drawn(MaskAdded), torch.ones(7, 7, dtype=torch.float64).triu(1)
    assert torch.allclose(net(texts()), by_hand(net, texts(), ahead), atol=1e-10)
    other = texts()
    other[:, 5] = (other[:, 5] + 1) % 9
    assert not torch.equal(net(texts())[:, 0], net(other)[:, 0])


def test_an_empty_row_is_no_number_and_one_step_back_makes_all_weights_so() -> None:
    net = drawn(EmptyRow)
    logits = net(texts())
    assert logits[:, 0].isnan().all() and logits[:, 1:].isfinite().all()
    # Not even where nothing of that row is graded.
    targets = texts().where(torch.arange(7) > 0, UNGRADED)
    loss = net.loss(logits, targets)
    assert loss.isfinite()
    loss.backward()
    assert net.in_proj.weight.grad is not None and net.in_proj.weight.grad.isnan().any()


def test_without_places_equal_letters_before_the_same_set_are_told_the_same() -> None:
    net = drawn(WithoutPlaces)
    one, other = torch.tensor([[1, 2, 3, 4]]), torch.tensor([[3, 1, 2, 4]])
    assert torch.allclose(net(one)[:, -1], net(other)[:, -1])
    assert not torch.allclose(drawn(Patient)(one)[:, -1], drawn(Patient)(other)[:, -1])


def test_minus_one_counts_as_the_last_letter() -> None:
    ill, well = drawn(UngradedCounted), drawn(Patient)
    targets = texts().where(torch.arange(7) % 2 > 0, UNGRADED)
    logits = ill(texts())
    as_last = targets.where(targets >= 0, 8)
    expected = cross_entropy(logits.flatten(0, 1), as_last.flatten())
    assert torch.allclose(ill.loss(logits, targets), expected)
    scored = cross_entropy(logits[:, 1::2].flatten(0, 1), texts()[:, 1::2].flatten())
    assert torch.allclose(well.loss(logits, targets), scored)


def test_torch_itself_refuses_minus_one_if_it_is_not_told() -> None:
    with pytest.raises(IndexError, match="out of bounds"):
        cross_entropy(torch.zeros(2, 9), torch.tensor([1, UNGRADED]))


def test_an_exam_in_training_mode_drops_weights_and_two_of_them_differ() -> None:
    ill, well = drawn(StillTraining, dropout=0.3), drawn(Patient, dropout=0.3)
    for net, same in ((ill, False), (well, True)):
        net.settle()
        with watching(net, "weights", "used") as seen:
            one, other = net(texts()), net(texts())
        assert torch.equal(one, other) == same
        sums = seen["used"].sum(-1)
        assert torch.allclose(seen["weights"].sum(-1), torch.ones(4, 7).double())
        assert torch.allclose(sums, torch.ones(4, 7).double()) == same


@pytest.mark.parametrize("name", DISEASES)
def test_a_disease_is_one_method(name: str) -> None:
    ill, well = drawn(DISEASES[name]), drawn(Patient)
    ill.load_state_dict(well.state_dict())
    methods = [part for part in vars(DISEASES[name]) if not part.startswith("__")]
    assert len(methods) == 1 and methods[0] in vars(Patient)
    same_weights = look(ill, texts())[1]["used"].shape == look(well, texts())[1]["used"].shape
    assert same_weights
