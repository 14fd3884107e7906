"""Well-known mistakes, each made here on purpose: the check that ours passes catches it.

A check that cannot fail proves nothing. So every one is given our version, which passes, and the
version that is often written instead, which does not.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TypeVar

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.functional import scaled_dot_product_attention

from models.layers.attention import attention, fused_attention
from models.layers.blocks import Block, BlockShape, DecoderBlock
from models.layers.cache import Cache
from models.layers.feed_forward import gelu
from models.layers.masks import both, causal, mask, padding, window
from models.layers.multi_head import MultiHeadAttention, merge, split
from models.layers.norm import LayerNorm, layer_norm, rms_norm
from models.layers.positions import sinusoid
from models.layers.relative import ALiBi, Relative, Rotary, rotate
from models.networks.encoder import mean_of_real
from models.probe import watching
from tests.support.make_golden import kept
from tests.support.oracles import ENCODER, given, renamed
from tests.support.tensors import close, drawn, numbers

Version = TypeVar("Version")
Attend = Callable[[Tensor, Tensor, Tensor, Tensor], Tensor]


def told_apart(check: Callable[[Version], bool], ours: Version, *wrong: Version) -> None:
    """Assert that a check passes ours and no other version."""
    assert check(ours)
    for number, version in enumerate(wrong):
        assert not check(version), f"wrong version {number} is not caught"


def qkv(tokens: int, answers: int) -> tuple[Tensor, Tensor, Tensor]:
    """Two texts and two heads."""
    q, k, v = (numbers(2, 2, n, 4, seed=i) for i, n in enumerate((tokens, answers, answers)))
    return q, k, v


def ours_of(q: Tensor, k: Tensor, v: Tensor, allowed: Tensor) -> Tensor:
    return attention(q, k, v, allowed)[0]


def filled(scores: Tensor, forbidden: Tensor, number: float = -math.inf) -> Tensor:
    return scores.masked_fill(forbidden, number).softmax(-1)


def scores_of(q: Tensor, k: Tensor) -> Tensor:
    return q @ k.mT / math.sqrt(q.shape[-1])


# Masks.


def test_true_means_may_look() -> None:
    """In SDPA as well; in `nn.MultiheadAttention` it means the opposite."""
    q, k, v = qkv(17, 17)
    allowed = mask(both(causal, window(5)), 17)

    def check(attend: Attend) -> bool:
        far = v.index_add(2, torch.tensor([0]), torch.ones(2, 2, 1, 4).double())
        before, after = attend(q, k, v, allowed), attend(q, k, far, allowed)
        return torch.equal(before[:, :, 5:], after[:, :, 5:]) and not torch.equal(before, after)

    told_apart(check, ours_of, lambda q, k, v, allowed: filled(scores_of(q, k), allowed) @ v)
    layer, theirs = drawn(MultiHeadAttention(4)), nn.MultiheadAttention(4, 1, batch_first=True)
    run = given(theirs, dict(layer.named_parameters()))
    told_apart(
        lambda mask: close(run(q[0], q[0], q[0], attn_mask=mask)[0], layer(q[0], allowed=allowed)),
        ~allowed,
        allowed,
    )


def test_a_row_that_allows_nothing_is_refused() -> None:
    """Three ways to go on without a word: a mixture of what is forbidden, zeros, and NaN."""
    allowed = mask(causal, 5)
    allowed[2] = False
    layer, x = drawn(MultiHeadAttention(8, 2)), numbers(2, 5, 8)

    def check(attend: Attend) -> bool:
        try:
            attend(*(split(y, 2) for y in (x, x, x)), allowed)
        except ValueError:
            return True
        return False

    def uniform(q: Tensor, k: Tensor, v: Tensor, allowed: Tensor) -> Tensor:
        return filled(scores_of(q, k), ~allowed, -1e9) @ v

    def zeros(q: Tensor, k: Tensor, v: Tensor, allowed: Tensor) -> Tensor:
        return scaled_dot_product_attention(q, k, v, attn_mask=allowed)

    def nan(q: Tensor, k: Tensor, v: Tensor, allowed: Tensor) -> Tensor:
        return filled(scores_of(q, k), ~allowed) @ v

    told_apart(
        check, lambda q, k, v, allowed: layer(merge(q), allowed=allowed), uniform, zeros, nan
    )
    row = [attend(*qkv(5, 5), allowed)[:, :, 2] for attend in (uniform, zeros, nan)]
    assert close(row[0], qkv(5, 5)[2].mean(2))
    assert (row[1] == 0).all() and row[2].isnan().all()


def test_forbidden_is_worse_than_any_number() -> None:
    q, k = torch.tensor([[[[1.0]]]]), torch.tensor([[[[0.0], [-1e12]]]])
    told_apart(
        lambda attend: attend(q, k, k, torch.tensor([[False, True]])).item() == k[..., 1, :].item(),
        ours_of,
        lambda q, k, v, allowed: filled(scores_of(q, k), ~allowed, -1e9) @ v,
    )


def test_a_mask_of_numbers_is_refused_and_not_added() -> None:
    """SDPA adds a float mask of 0 and 1 to the scores, which forbids nothing."""
    x, allowed = numbers(2, 5, 8), mask(causal, 5).double()

    def check(attend: Callable[[Tensor, Tensor], Tensor]) -> bool:
        try:
            before, after = (
                attend(y, allowed) for y in (x, x.index_add(1, torch.tensor([4]), x[:, :1]))
            )
        except TypeError:
            return True
        return torch.equal(before[:, :4], after[:, :4])

    def sdpa(x: Tensor, allowed: Tensor) -> Tensor:
        return scaled_dot_product_attention(x, x, x, attn_mask=allowed)

    for fused in (False, True):
        layer = drawn(MultiHeadAttention(8, 2, fused=fused))
        told_apart(check, lambda x, allowed, layer=layer: layer(x, allowed=allowed), sdpa)


def test_a_mask_for_each_text_is_not_taken_for_one_for_each_head() -> None:
    """(B, T, S) meets (B, H, T, S) from the right, so with as many texts as heads it fits."""
    lengths, x = torch.tensor([5, 2]), numbers(2, 5, 8)
    layer = drawn(MultiHeadAttention(8, 2))

    def unchecked(x: Tensor, allowed: Tensor) -> Tensor:
        three = functional.linear(x, layer.in_proj_weight, layer.in_proj_bias).chunk(3, -1)
        return layer.out_proj(merge(ours_of(*(split(y, 2) for y in three), allowed)))

    def check(version: tuple[Callable[[Tensor, Tensor], Tensor], Tensor]) -> bool:
        attend, allowed = version
        other = x.clone()
        other[1, 2:] = 7.0
        try:
            return torch.equal(attend(x, allowed)[1, :2], attend(other, allowed)[1, :2])
        except ValueError:
            return False

    good, too_few = padding(lengths, 5), padding(lengths, 5)[:, 0]

    def checked(x: Tensor, allowed: Tensor) -> Tensor:
        return layer(x, allowed=allowed)

    told_apart(check, (checked, good), (unchecked, too_few))
    for wrong in (too_few, good[:, None]):  # an axis too few, an axis too many
        with pytest.raises(ValueError, match="2 axes, or the 4 of the scores"):
            layer(x, allowed=wrong)


def test_a_causal_mask_for_the_last_tokens_is_aligned_with_the_last() -> None:
    """`is_causal=True` aligns the first question with the first key; a cache needs the last."""
    q, k, v = qkv(17, 17)
    whole = ours_of(q, k, v, mask(causal, 17))

    def check(attend: Callable[[Tensor, Tensor, Tensor], Tensor]) -> bool:
        return close(attend(q[:, :, -3:], k, v), whole[:, :, -3:])

    told_apart(
        check,
        lambda q, k, v: ours_of(q, k, v, mask(causal, 3, 17)),
        lambda q, k, v: scaled_dot_product_attention(q, k, v, is_causal=True),
        lambda q, k, v: ours_of(q, k, v, torch.ones(3, 17, dtype=torch.bool)),
    )
    assert close(fused_attention(q[:, :, -3:], k, v, mask(causal, 3, 17)), whole[:, :, -3:])


def test_a_decoder_is_given_a_mask() -> None:
    """Without one every token sees what it has to foretell."""
    block = drawn(DecoderBlock(BlockShape(width=8, heads=2)))
    x, memory = numbers(1, 5, 8), numbers(1, 7, 8, seed=1)
    later = x.index_add(1, torch.tensor([4]), x[:, :1])

    def check(allowed: Tensor | None) -> bool:
        outs = [block(y, memory, allowed) for y in (x, later)]
        return torch.equal(outs[0][:, :4], outs[1][:, :4])

    told_apart(check, mask(causal, 5), None)


def test_the_mean_of_a_text_leaves_its_filling_out() -> None:
    lengths, x = torch.tensor([5, 2]), numbers(2, 5, 8)

    def check(mean: Callable[[Tensor, Tensor], Tensor]) -> bool:
        return close(mean(x, lengths)[1], (x[1, 0] + x[1, 1]) / 2)

    told_apart(
        check,
        mean_of_real,
        lambda x, lengths: x.mean(1),
        lambda x, lengths: (x * (torch.arange(5) < lengths[:, None])[..., None]).mean(1),
    )


# Heads.


def torchs_heads(
    layer: MultiHeadAttention, x: Tensor, source: Tensor
) -> Callable[[Callable[[Tensor, Tensor], Tensor]], bool]:
    """Whether a version is `nn.MultiheadAttention`, and does not break at other lengths."""
    theirs = nn.MultiheadAttention(layer.out_proj.in_features, layer.heads, batch_first=True)
    expected, _ = given(theirs, dict(layer.named_parameters()))(x, source, source)

    def check(version: Callable[[Tensor, Tensor], Tensor]) -> bool:
        try:
            return close(version(x, source), expected)
        except RuntimeError:
            return False

    return check


def test_heads_are_split_scaled_and_merged_right() -> None:
    """Wrong: as many keys as questions; √C for √D; heads not brought back; a softmax of columns."""
    layer = drawn(MultiHeadAttention(12, 3))

    def version(
        split_as: Callable[[Tensor, Tensor], Tensor] = lambda y, x: split(y, 3),
        scale: float = math.sqrt(4),
        merge_as: Callable[[Tensor], Tensor] = merge,
        axis: int = -1,
    ) -> Callable[[Tensor, Tensor], Tensor]:
        def attend(x: Tensor, source: Tensor) -> Tensor:
            w, b = layer.in_proj_weight.chunk(3), layer.in_proj_bias.chunk(3)
            q, k, v = (
                split_as(functional.linear(y, w[i], b[i]), x)
                for i, y in enumerate((x, source, source))
            )
            return layer.out_proj(merge_as((q @ k.mT / scale).softmax(axis) @ v))

        return attend

    wrong = {
        "length of q": version(lambda y, x: y.view(len(y), x.shape[1], 3, -1).transpose(1, 2)),
        "scale": version(scale=math.sqrt(12)),
        "merge": version(merge_as=lambda y: y.reshape(2, -1, 12)),
        "columns": version(axis=-2),
    }
    check = torchs_heads(layer, numbers(2, 17, 12), numbers(2, 37, 12, seed=1))
    told_apart(check, layer, *wrong.values())
    told_apart(check, version())


def test_weights_are_seen_before_dropout() -> None:
    class SeenAfterDropout(MultiHeadAttention):
        def mix(self, q: Tensor, k: Tensor, v: Tensor, allowed: Tensor | None) -> Tensor:
            return self.weights(self.drop(scores_of(q, k).softmax(-1))) @ v

    def check(kind: type[MultiHeadAttention]) -> bool:
        layer = drawn(kind(8, 2, dropout=0.3)).train()
        torch.manual_seed(0)
        with watching(layer, "weights") as seen:
            layer(numbers(2, 17, 8))
        return close(seen["weights"].sum(-1), torch.ones(2, 2, 17).double())

    told_apart(check, MultiHeadAttention, SeenAfterDropout)


# Norms, blocks and bends.


def test_the_variance_is_divided_by_all_and_epsilon_is_under_the_root() -> None:
    x, gain, bias = 0.1 * numbers(3, 12), numbers(12, seed=1), numbers(12, seed=2)

    def check(norm: Callable[[Tensor, Tensor, Tensor], Tensor]) -> bool:
        return close(norm(x, gain, bias), functional.layer_norm(x, (12,), gain, bias))

    def with_std(correction: int, inside: float, outside: float):
        def norm(x: Tensor, gain: Tensor, bias: Tensor) -> Tensor:
            variance = x.var(-1, correction=correction, keepdim=True)
            return (
                gain * (x - x.mean(-1, keepdim=True)) / ((variance + inside).sqrt() + outside)
                + bias
            )

        return norm

    told_apart(
        check,
        layer_norm,
        with_std(correction=1, inside=1e-5, outside=0.0),
        with_std(correction=0, inside=0.0, outside=1e-5),
        with_std(correction=1, inside=0.0, outside=1e-6),
    )
    told_apart(check, with_std(correction=0, inside=1e-5, outside=0.0))


def test_the_root_mean_square_leaves_the_mean_and_has_epsilon_under_the_root() -> None:
    x, gain = 0.1 * numbers(3, 12) + 1, numbers(12, seed=1)
    told_apart(
        lambda norm: close(norm(x, gain), functional.rms_norm(x, (12,), gain, 1e-5)),
        rms_norm,
        lambda x, gain: rms_norm(x - x.mean(-1, keepdim=True), gain),
        lambda x, gain: gain * x / (x.square().mean(-1, keepdim=True).sqrt() + 1e-5),
        lambda x, gain: rms_norm(x, gain, torch.finfo(x.dtype).eps),
    )


def test_each_change_is_normed_once() -> None:
    """Wrong: once more after the sum; once more inside the layer; and the stream itself."""

    class Twice(Block):
        def change(self, x: Tensor, norm: nn.Module, layer: Callable[[Tensor], Tensor]) -> Tensor:
            return norm(super().change(x, norm, layer))

    class Inside(Block):
        def change(self, x: Tensor, norm: nn.Module, layer: Callable[[Tensor], Tensor]) -> Tensor:
            return super().change(x, norm, lambda y: norm(layer(y)))

    class OnTheStream(Block):
        def change(self, x: Tensor, norm: nn.Module, layer: Callable[[Tensor], Tensor]) -> Tensor:
            return norm(x) + layer(norm(x))

    def check(kind: type[Block]) -> bool:
        return all(
            is_torchs(drawn(kind(BlockShape(width=8, heads=2, order=order))))
            for order in ("pre", "post")
        )

    told_apart(check, Block, Twice, Inside, OnTheStream)


def is_torchs(block: Block) -> bool:
    layer = nn.TransformerEncoderLayer(
        8, 2, 32, 0.0, "gelu", norm_first=block.shape.order == "pre", batch_first=True
    ).double()
    x = numbers(2, 17, 8)
    return close(block(x), given(layer, renamed(block, ENCODER))(x))


def test_a_bend_of_another_form_is_caught_in_float64() -> None:
    """The two GELUs are less than 1e-3 apart, and what they make of small numbers far less."""

    def check(bend: Callable[[Tensor], Tensor]) -> bool:
        block = drawn(Block(BlockShape(width=8, heads=2)), scale=0.1)
        block.think.bend = bend
        return is_torchs(block)

    other = nn.GELU(approximate="tanh")
    told_apart(check, gelu, other, nn.SiLU(), nn.ReLU())
    x = torch.linspace(-6, 6, 1000).double()
    assert 1e-4 < (gelu(x) - other(x)).abs().max() < 1e-3


# Positions.


def test_pairs_are_halves_apart_and_turn_counter_clockwise() -> None:
    """A turn the other way obeys the law of distances too: only another's numbers tell."""
    x, expected = numbers(1, 2, 37, 8), kept("llama_rotary")["turned"]

    class Backwards(Rotary):
        def turn(self, x: Tensor, before: int = 0) -> Tensor:
            return super().turn(x.flip(-1), before).flip(-1)

    class Reversed(Rotary):
        def turn(self, x: Tensor, before: int = 0) -> Tensor:
            a, b = super().turn(torch.cat(x.chunk(2, -1)[::-1], -1), before).chunk(2, -1)
            return torch.cat([b, a], -1)

    class Neighbours(Rotary):
        def turn(self, x: Tensor, before: int = 0) -> Tensor:
            order = [0, 2, 4, 6, 1, 3, 5, 7]
            return super().turn(x[..., order], before)[..., torch.tensor(order).argsort()]

    told_apart(
        lambda kind: close(kind().turn(x), expected), Rotary, Reversed, Neighbours, Backwards
    )
    for kind in (Rotary, Reversed, Neighbours):
        q, k = (kind().turn(numbers(17, 8, seed=i), 7) for i in range(2))
        here = kind().turn(numbers(17, 8)) @ kind().turn(numbers(17, 8, seed=1)).mT
        assert close(q @ k.mT, here)


def test_positions_go_on_after_what_was_cached() -> None:
    class FromZero(Rotary):
        def turn(self, x: Tensor, before: int = 0) -> Tensor:
            return super().turn(x)

    class FromTheFirstKey(ALiBi):
        def bias(self, q: Tensor, k: Tensor) -> Tensor:
            return super().bias(k, k)[:, : q.shape[-2]]

    def check(relative: Relative) -> bool:
        layer, x, cache = (
            drawn(MultiHeadAttention(8, 2, relative=relative)),
            numbers(2, 7, 8),
            Cache(7),
        )
        parts = [
            layer(part, allowed=mask(causal, 1, cache.tokens + 1), cache=cache)
            for part in x.split(1, 1)
        ]
        return close(torch.cat(parts, 1), layer(x, allowed=mask(causal, 7)))

    told_apart(check, Rotary(), FromZero())
    told_apart(check, ALiBi(), FromTheFirstKey())


def test_angles_are_made_in_at_least_single_precision() -> None:
    x = torch.ones(1, 1, 1, 8, dtype=torch.bfloat16)
    exact = Rotary().turn(x.double(), before=4001)

    def in_half_precision(x: Tensor, before: int) -> Tensor:
        place = torch.tensor([before], dtype=x.dtype)
        return rotate(x, torch.outer(place, (10_000.0 ** (-torch.arange(4) / 4)).to(x.dtype)))

    told_apart(
        lambda turn: close(turn(x, 4001).double(), exact, 2**-6),
        lambda x, before: Rotary().turn(x, before),
        in_half_precision,
    )


def test_sines_and_cosines_alternate() -> None:
    """In halves they are another order of the channels; with 2i for i they turn too slowly."""
    place = torch.arange(17).double()
    rate = 10_000 ** (-torch.arange(0, 8, 2).double() / 8)
    rows = [[f(p * w) for w in rate.tolist() for f in (math.sin, math.cos)] for p in range(17)]
    expected = torch.tensor(rows, dtype=torch.float64)
    told_apart(
        lambda waves: close(waves(place, 8), expected),
        sinusoid,
        lambda place, width: torch.cat([(a := torch.outer(place, rate)).sin(), a.cos()], -1),
        lambda place, width: torch.stack(
            [(a := torch.outer(place, rate**2)).sin(), a.cos()], -1
        ).flatten(1),
    )


def test_a_layer_norm_norms_channels_and_not_tokens_or_texts() -> None:
    x = numbers(3, 12, 12)

    def check(norm: Callable[[Tensor], Tensor]) -> bool:
        return close(norm(x)[1, 2], norm(x[1:2, 2:3])[0, 0])

    def over(*axes: int) -> Callable[[Tensor], Tensor]:
        return lambda x: (
            (x - x.mean(axes, keepdim=True))
            / (x.var(axes, keepdim=True, correction=0) + 1e-5).sqrt()
        )

    told_apart(check, LayerNorm(12).double(), over(1, 2), over(0), over(1))
    told_apart(check, over(-1))
