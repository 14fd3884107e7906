"""Blocks are PyTorch's layers, pre-norm and post-norm; every switch is three lines written out."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import layer_norm, linear, rms_norm, scaled_dot_product_attention

from models.layers.blocks import Block, BlockShape, DecoderBlock, Stream
from models.layers.cache import Cache
from models.layers.feed_forward import gelu
from models.layers.masks import causal, mask, padding, sources
from models.layers.multi_head import merge, split
from models.layers.relative import ALiBi, Relative, Rotary
from models.layers.size import parameters
from models.probe import watching
from tests.support.oracles import DECODER, ENCODER, given, renamed, torch_layer
from tests.support.tensors import assert_same, close, drawn, numbers

SHAPE = BlockShape(width=12, heads=3, hidden=20)


def torchs(block: Stream, kind: type[nn.Module], names: dict[str, str]):
    """PyTorch's layer, called with our weights."""
    dtype = next(block.parameters()).dtype
    return given(torch_layer(kind, block.shape, dtype).train(block.training), renamed(block, names))


@pytest.mark.parametrize("order", ["pre", "post"])
@pytest.mark.parametrize("activation", ["gelu", "relu"])
@pytest.mark.parametrize("training", [False, True])
@pytest.mark.parametrize("masked", [False, True])
def test_a_block_is_torchs_layer_of_an_encoder(
    order: str, activation: str, training: bool, masked: bool
) -> None:
    block = drawn(Block(replace(SHAPE, order=order, activation=activation))).train(training)
    theirs = torchs(block, nn.TransformerEncoderLayer, ENCODER)
    allowed = mask(causal, 17) if masked else None
    forbidden = ~allowed if masked else None
    assert_same(
        lambda x: block(x, allowed),
        lambda x: theirs(x, src_mask=forbidden),
        numbers(3, 17, 12),
        weights=block,
    )


@pytest.mark.parametrize("order", ["pre", "post"])
def test_a_block_is_torchs_layer_at_rest_which_takes_a_faster_way(order: str) -> None:
    block = drawn(Block(replace(SHAPE, order=order, activation="relu", heads=2))).eval()
    theirs = torch_layer(nn.TransformerEncoderLayer, block.shape, torch.float64).eval()
    theirs.load_state_dict(renamed(block, ENCODER))
    for parameter in theirs.parameters():
        parameter.requires_grad_(False)
    with torch.no_grad():
        assert close(block(numbers(3, 37, 12)), theirs(numbers(3, 37, 12)))


@pytest.mark.parametrize("order", ["pre", "post"])
def test_filling_is_torchs_where_there_is_text(order: str) -> None:
    block = drawn(Block(replace(SHAPE, order=order)))
    theirs = torchs(block, nn.TransformerEncoderLayer, ENCODER)
    lengths = torch.tensor([17, 1, 9])
    real = torch.arange(17) < lengths[:, None]
    assert_same(
        lambda x: block(x, padding(lengths, 17))[real],
        lambda x: theirs(x, src_key_padding_mask=~real)[real],
        numbers(3, 17, 12),
        weights=block,
    )


@pytest.mark.parametrize("order", ["pre", "post"])
@pytest.mark.parametrize(("tokens", "answers"), [(17, 37), (37, 17), (1, 5)])
def test_a_decoder_block_is_torchs_layer_of_a_decoder(
    order: str, tokens: int, answers: int
) -> None:
    block = drawn(DecoderBlock(replace(SHAPE, order=order)))
    theirs = torchs(block, nn.TransformerDecoderLayer, DECODER)
    lengths = torch.tensor([answers, 1, 3])
    unreadable = torch.arange(answers) >= lengths[:, None]
    allowed, readable = mask(causal, tokens), sources(lengths, answers)
    assert_same(
        lambda x, memory: block(x, memory, allowed, readable),
        lambda x, memory: theirs(x, memory, tgt_mask=~allowed, memory_key_padding_mask=unreadable),
        numbers(3, tokens, 12),
        numbers(3, answers, 12, seed=1),
        weights=block,
    )


def test_in_float32_blocks_are_torchs_to_five_digits() -> None:
    for kind, torch_kind, names in (
        (Block, nn.TransformerEncoderLayer, ENCODER),
        (DecoderBlock, nn.TransformerDecoderLayer, DECODER),
    ):
        block = drawn(kind(SHAPE), scale=0.1).float()
        memory = [numbers(2, 5, 12, seed=1).float()] if kind is DecoderBlock else []
        assert_same(
            block,
            torchs(block, torch_kind, names),
            numbers(2, 17, 12).float(),
            *memory,
            weights=block,
            tolerance=1e-5,
        )


def three_lines(block: Block, x: Tensor) -> Tensor:
    """A block with any switches, out of PyTorch's functions and the weights alone."""
    shape, w = block.shape, dict(block.named_parameters())

    def normed(x: Tensor, name: str) -> Tensor:
        if shape.norm == "layer":
            return layer_norm(x, (shape.width,), w[f"{name}.weight"], w[f"{name}.bias"])
        return rms_norm(x, (shape.width,), w[f"{name}.weight"], 1e-5) if shape.norm == "rms" else x

    def attend(x: Tensor) -> Tensor:
        qkv = linear(x, w["attend.in_proj_weight"], w["attend.in_proj_bias"]).chunk(3, -1)
        mixture = scaled_dot_product_attention(*(split(y, shape.heads) for y in qkv))
        return linear(merge(mixture), w["attend.out_proj.weight"], w["attend.out_proj.bias"])

    def think(x: Tensor) -> Tensor:
        hidden = linear(x, w["think.linear1.weight"], w["think.linear1.bias"])
        bent = gelu(hidden) if shape.activation == "gelu" else hidden.clamp(min=0)
        return linear(bent, w["think.linear2.weight"], w["think.linear2.bias"])

    for name, layer in (("norm_attend", attend), ("norm_think", think)):
        if layer is think and shape.hidden == 0:
            break
        if shape.order == "pre":
            x = x * shape.residual + layer(normed(x, name))
        else:
            x = normed(x * shape.residual + layer(x), name)
    return x


@pytest.mark.parametrize("residual", [True, False])
@pytest.mark.parametrize("norm", ["layer", "rms", "none"])
@pytest.mark.parametrize("order", ["pre", "post"])
@pytest.mark.parametrize("hidden", [0, None, 5])
def test_every_switch_is_three_lines(
    residual: bool, norm: str, order: str, hidden: int | None
) -> None:
    shape = BlockShape(width=6, heads=2, hidden=hidden, norm=norm, order=order, residual=residual)
    block = drawn(Block(shape))
    assert_same(block, lambda x: three_lines(block, x), numbers(2, 17, 6), weights=block)


def test_dropout_falls_on_what_a_layer_says_and_never_on_the_stream() -> None:
    block = drawn(Block(replace(SHAPE, dropout=1.0))).train()
    x = numbers(2, 17, 12)
    assert torch.equal(block(x), x)
    assert torch.equal(block.eval()(x), drawn(Block(SHAPE))(x))


def test_dropout_falls_on_the_weights_of_attention_too() -> None:
    block = DecoderBlock(replace(SHAPE, dropout=0.25))
    assert [part.p for part in block.modules() if isinstance(part, nn.Dropout)] == [0.25] * 3


@pytest.mark.parametrize("fused", [False, True])
def test_what_is_fused_writes_no_weights_down(fused: bool) -> None:
    block, written = drawn(DecoderBlock(SHAPE, fused=fused)), []
    for layer in (block.attend, block.read):
        layer.weights.register_forward_hook(lambda part, given, weights: written.append(weights))
    block(numbers(2, 5, 12), numbers(2, 3, 12))
    assert len(written) == (0 if fused else 2)


@pytest.mark.parametrize("relative", [Relative, Rotary, ALiBi])
@pytest.mark.parametrize("kind", [Block, DecoderBlock])
def test_the_fused_switch_changes_no_number(
    kind: type[Block] | type[DecoderBlock], relative: type[Relative]
) -> None:
    ours, fused = drawn(kind(SHAPE, relative())), kind(SHAPE, relative(), fused=True)
    memory = [numbers(2, 37, 12, seed=1)] if kind is DecoderBlock else []
    assert_same(
        lambda x, *source: ours(x, *source, allowed=mask(causal, 17)),
        lambda x, *source: given(fused, dict(ours.named_parameters()))(
            x, *source, allowed=mask(causal, 17)
        ),
        numbers(2, 17, 12),
        *memory,
        weights=ours,
    )


@pytest.mark.parametrize("fused", [False, True])
def test_a_decoder_sees_nothing_of_the_future_to_the_last_bit(fused: bool) -> None:
    block = drawn(DecoderBlock(SHAPE, fused=fused))
    x, memory, allowed = numbers(2, 37, 12), numbers(2, 17, 12, seed=1), mask(causal, 37)
    before = block(x, memory, allowed)
    for j in (1, 17, 36):
        after = block(
            x.index_add(1, torch.tensor([j]), torch.ones(2, 1, 12).double()), memory, allowed
        )
        assert torch.equal(after[:, :j], before[:, :j])
        assert not torch.equal(after[:, j:], before[:, j:])


def test_a_block_without_positions_sees_a_bag() -> None:
    block, x = drawn(Block(SHAPE)), numbers(2, 17, 12)
    order = torch.randperm(17, generator=torch.Generator().manual_seed(0))
    assert close(block(x[:, order]), block(x)[:, order])


@pytest.mark.parametrize("chunk", [1, 3])
def test_what_is_cached_need_not_be_read_again(chunk: int) -> None:
    block, x, cache = drawn(DecoderBlock(SHAPE, Rotary())), numbers(2, 17, 12), Cache(17)
    memory, parts = numbers(2, 5, 12, seed=1), []
    for part in x.split(chunk, 1):
        allowed = mask(causal, part.shape[1], cache.tokens + part.shape[1])
        parts.append(block(part, memory, allowed, cache=cache))
    assert close(torch.cat(parts, 1), block(x, memory, mask(causal, 17)))


def test_the_stream_is_seen_as_it_leaves_a_block() -> None:
    block, x = drawn(Block(SHAPE)), numbers(2, 17, 12)
    with watching(block, "stream") as seen:
        assert torch.equal(block(x), seen["stream"])


@pytest.mark.parametrize(("width", "heads"), [(4, 2), (6, 3), (32, 4)])
def test_a_block_has_twelve_squares_and_thirteen_rows(width: int, heads: int) -> None:
    shape = BlockShape(width=width, heads=heads)
    assert parameters(Block(shape)) == 12 * width**2 + 13 * width
    assert parameters(DecoderBlock(shape)) == 16 * width**2 + 19 * width
    assert parameters(Block(replace(shape, hidden=0, norm="none"))) == 4 * width**2 + 4 * width
    assert parameters(Block(replace(shape, norm="rms"))) == 12 * width**2 + 11 * width


@pytest.mark.parametrize("wrong", [{"norm": "batch"}, {"order": "both"}, {"activation": "tanh"}])
def test_words_that_mean_nothing_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=f"there is no {next(iter(wrong.values()))!r}: choose"):
        Block(replace(SHAPE, **wrong))
