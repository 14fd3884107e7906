"""Multi-head attention is PyTorch's, weights of every head and gradients of every matrix too."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from models.layers.cache import Cache
from models.layers.masks import causal, mask, padding, sources
from models.layers.multi_head import MultiHeadAttention, merge, project, split
from models.layers.relative import ALiBi, Relative, Rotary
from models.probe import watching
from tests.support.oracles import given
from tests.support.tensors import assert_same, close, drawn, numbers

SIZES = [(1, 4, 1), (17, 12, 3), (37, 10, 5)]


def layer(
    width: int, heads: int, relative: Relative | None = None, **options
) -> MultiHeadAttention:
    return drawn(MultiHeadAttention(width, heads, relative=relative, **options))


def seeing(ours: MultiHeadAttention, allowed: Tensor | None) -> Callable[..., tuple[Tensor, ...]]:
    """Ours, and the weights that passed its place `weights`, with their gradients."""

    def output_and_weights(x: Tensor, source: Tensor | None = None) -> tuple[Tensor, ...]:
        seen: list[Tensor] = []
        hook = ours.weights.register_forward_hook(lambda part, given, weights: seen.append(weights))
        out = ours(x, source, allowed)
        hook.remove()
        return out, *seen

    return output_and_weights


def torchs(ours: MultiHeadAttention, allowed: Tensor | None) -> Callable[..., tuple[Tensor, ...]]:
    """PyTorch's, whose mask says where looking is forbidden and has batch and heads in one axis."""
    width, heads = ours.out_proj.in_features, ours.heads
    theirs = nn.MultiheadAttention(width, heads, batch_first=True)

    def output_and_weights(x: Tensor, source: Tensor | None = None) -> tuple[Tensor, ...]:
        source = x if source is None else source
        forbidden = allowed
        if allowed is not None:
            whole = (len(x), heads, x.shape[1], source.shape[1])
            forbidden = ~allowed.expand(whole).flatten(0, 1)
        return given(theirs, dict(ours.named_parameters()))(
            x, source, source, attn_mask=forbidden, average_attn_weights=False
        )

    return output_and_weights


@pytest.mark.parametrize(("tokens", "width", "heads"), SIZES)
@pytest.mark.parametrize("masked", [False, True])
def test_a_text_that_asks_itself(tokens: int, width: int, heads: int, masked: bool) -> None:
    ours = layer(width, heads)
    allowed = mask(causal, tokens) if masked else None
    assert_same(
        seeing(ours, allowed), torchs(ours, allowed), numbers(3, tokens, width), weights=ours
    )


@pytest.mark.parametrize(("tokens", "answers"), [(17, 37), (37, 17), (1, 17), (17, 1)])
@pytest.mark.parametrize("masked", [False, True])
def test_a_text_that_asks_one_of_another_length(tokens: int, answers: int, masked: bool) -> None:
    ours = layer(12, 3)
    allowed = sources(torch.tensor([answers, 1, -(-answers // 2)]), answers) if masked else None
    assert_same(
        seeing(ours, allowed),
        torchs(ours, allowed),
        numbers(3, tokens, 12),
        numbers(3, answers, 12, seed=1),
        weights=ours,
    )


def test_a_mask_for_each_text_and_each_head() -> None:
    ours = layer(12, 3)
    allowed = (numbers(2, 3, 17, 17, seed=5) > 0) | torch.eye(17, dtype=torch.bool)
    assert_same(seeing(ours, allowed), torchs(ours, allowed), numbers(2, 17, 12), weights=ours)


def test_in_float32_it_is_torchs_to_five_digits() -> None:
    ours = layer(12, 3).float()
    x = numbers(3, 17, 12).float()
    assert_same(seeing(ours, None), torchs(ours, None), x, weights=ours, tolerance=1e-5)


@pytest.mark.parametrize("relative", [Relative, Rotary, ALiBi])
@pytest.mark.parametrize("masked", [False, True])
def test_the_fused_switch_changes_no_number(relative: type[Relative], masked: bool) -> None:
    ours = layer(12, 3, relative())
    fused = MultiHeadAttention(12, 3, relative=relative(), fused=True)
    allowed = padding(torch.tensor([17, 1, 9]), 17) & mask(causal, 17) if masked else None
    assert_same(
        lambda x: ours(x, allowed=allowed),
        lambda x: given(fused, dict(ours.named_parameters()))(x, allowed=allowed),
        numbers(3, 17, 12),
        weights=ours,
    )


def test_rotary_positions_inside_are_turns_of_complex_numbers() -> None:
    ours = layer(12, 3, Rotary())

    def by_turns(x: Tensor) -> tuple[Tensor, Tensor]:
        q, k, v = (split(y, 3) for y in project(x, None, ours.in_proj_weight, ours.in_proj_bias))
        rate = 10_000.0 ** -(torch.arange(2).double() / 2)
        turn = torch.polar(torch.ones(17, 2).double(), torch.arange(17)[:, None] * rate)
        q, k = (torch.complex(*y.chunk(2, -1)) * turn for y in (q, k))
        weights = ((q @ k.mH).real / math.sqrt(4)).softmax(-1)
        return ours.out_proj(merge(weights @ v)), weights

    assert_same(seeing(ours, None), by_turns, numbers(2, 17, 12), weights=ours)


def test_alibi_inside_is_torchs_attention_with_the_distances_as_its_mask() -> None:
    ours = layer(16, 8, ALiBi())
    theirs = nn.MultiheadAttention(16, 8, batch_first=True)
    loss = [
        [[-abs(i - j) * 0.5 ** (h + 1) for j in range(17)] for i in range(17)] for h in range(8)
    ]
    added = torch.tensor(loss).double().masked_fill(~mask(causal, 17), -math.inf)
    assert_same(
        seeing(ours, mask(causal, 17)),
        lambda x: given(theirs, dict(ours.named_parameters()))(
            x, x, x, attn_mask=added.repeat(2, 1, 1), average_attn_weights=False
        ),
        numbers(2, 17, 16),
        weights=ours,
    )


def test_rotary_positions_reach_across_as_well() -> None:
    ours = layer(8, 2, Rotary())
    x, source = numbers(1, 5, 8), numbers(1, 9, 8, seed=1)
    moved = ours(x, source)
    assert not close(moved, ours(x, source.flip(1)))
    assert close(layer(8, 2)(x, source), layer(8, 2)(x, source.flip(1)))


def test_weights_are_seen_before_dropout_and_their_rows_sum_to_one() -> None:
    ours = layer(12, 3, dropout=0.5).train()
    x = numbers(2, 17, 12)
    with watching(ours, "weights", "scores") as seen:
        dropped = ours(x)
    assert close(seen["weights"].sum(-1), torch.ones(2, 3, 17).double())
    assert torch.equal(seen["weights"], seen["scores"].softmax(-1))
    assert not close(dropped, ours.eval()(x))


@pytest.mark.parametrize("fused", [False, True])
def test_dropout_takes_away_its_share_of_the_weights_in_training_alone(fused: bool) -> None:
    ours = layer(8, 1, dropout=0.25, fused=fused)
    with torch.no_grad():  # every token passes on the same 1, so the output says what was kept
        ours.in_proj_weight[16:], ours.in_proj_bias[16:] = 0.0, 1.0
        ours.out_proj.weight.copy_(torch.eye(8)), ours.out_proj.bias.zero_()
    x = numbers(50, 37, 8)
    torch.manual_seed(0)
    kept = ours.train()(x)
    assert kept.mean().item() == pytest.approx(1, abs=0.02)
    assert kept.std() > 0.05
    assert close(ours.eval()(x), torch.ones_like(x))


@pytest.mark.parametrize("fused", [False, True])
def test_nothing_of_the_future_is_seen_to_the_last_bit(fused: bool) -> None:
    ours = layer(8, 2, fused=fused)
    x, allowed = numbers(3, 37, 8), mask(causal, 37)
    before = ours(x, allowed=allowed)
    for j in (1, 17, 36):
        changed = x.clone()
        changed[:, j] += 1
        after = ours(changed, allowed=allowed)
        assert torch.equal(after[:, :j], before[:, :j])
        assert (after[:, j:] != before[:, j:]).any(-1).all()


def test_nothing_flows_back_from_the_future() -> None:
    x = numbers(1, 6, 8).requires_grad_()
    layer(8, 2)(x, allowed=mask(causal, 6))[0, 2].sum().backward()
    assert (x.grad[0, 3:] == 0).all() and (x.grad[0, :3] != 0).any(-1).all()


def test_without_positions_a_text_is_a_bag() -> None:
    ours, x = layer(12, 3), numbers(2, 17, 12)
    order = torch.randperm(17, generator=torch.Generator().manual_seed(0))
    assert close(ours(x[:, order]), ours(x)[:, order])


@pytest.mark.parametrize("relative", [Relative, Rotary, ALiBi])
@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize("chunk", [1, 3, 17])
def test_what_is_cached_need_not_be_read_again(
    relative: type[Relative], fused: bool, chunk: int
) -> None:
    ours, x = layer(12, 3, relative(), fused=fused), numbers(2, 17, 12)
    cache, parts = Cache(17), []
    for part in x.split(chunk, 1):
        so_far = cache.tokens + part.shape[1]
        parts.append(ours(part, allowed=mask(causal, part.shape[1], so_far), cache=cache))
    assert close(torch.cat(parts, 1), ours(x, allowed=mask(causal, 17)))


def test_its_weights_have_torchs_names_and_shapes() -> None:
    ours, theirs = MultiHeadAttention(12, 3), nn.MultiheadAttention(12, 3)
    assert {n: w.shape for n, w in ours.state_dict().items()} == {
        n: w.shape for n, w in theirs.state_dict().items()
    }


def test_its_first_weights_are_drawn_as_torchs_are() -> None:
    ours, theirs = MultiHeadAttention(128), nn.MultiheadAttention(128, 1)
    for name, its in theirs.named_parameters():
        mine = ours.get_parameter(name)
        assert mine.std().item() == pytest.approx(its.std().item(), rel=0.05), name
        assert mine.abs().max().item() == pytest.approx(its.abs().max().item(), rel=0.05), name


def test_heads_are_split_and_merged() -> None:
    x = numbers(2, 5, 12)
    assert torch.equal(split(x, 3)[1, 2, 4], x[1, 4, 8:])
    assert torch.equal(merge(split(x, 3)), x)


def test_heads_that_cannot_share_are_refused() -> None:
    with pytest.raises(ValueError, match="5 heads cannot share 12 channels evenly"):
        MultiHeadAttention(12, 5)


@pytest.mark.parametrize(
    ("allowed", "error"),
    [
        (torch.ones(5, 5), TypeError),
        (torch.ones(2, 5, 5, dtype=torch.bool), ValueError),
        (torch.eye(5).bool() & False, ValueError),
    ],
)
@pytest.mark.parametrize("fused", [False, True])
def test_a_mask_that_says_nothing_clear_is_refused(
    allowed: Tensor, error: type[Exception], fused: bool
) -> None:
    with pytest.raises(error, match=r"a mask|the mask"):
        layer(8, 2, fused=fused)(numbers(2, 5, 8), allowed=allowed)
