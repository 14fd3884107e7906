"""Encoder and decoder are PyTorch's transformer; the target sees its past and all of the source."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from models.layers.positions import POSITIONS
from models.layers.size import parameters
from models.networks.encoder_decoder import EncoderDecoder, Shape
from models.training import seeded
from tests.support.oracles import DECODER, ENCODER, given, renamed
from tests.support.tensors import assert_same, close, drawn, texts

pytestmark = pytest.mark.filterwarnings("ignore:enable_nested_tensor is True")

SHAPE = Shape(vocabulary=11, context=37, width=12, heads=3, layers=2)


def torchs(ours: EncoderDecoder, source: Tensor, target: Tensor, lengths: Tensor | None) -> Tensor:
    """PyTorch's whole transformer, with our weights and its own masks."""
    theirs = nn.Transformer(
        12, 3, 2, 2, 48, dropout=0.0, activation="gelu", norm_first=True, batch_first=True
    ).double()
    weights = dict(ours.named_parameters())

    def stack(prefix: str, names: dict[str, str]) -> dict[str, Tensor]:
        parts = (f"{prefix}blocks", f"{prefix}norm")
        return renamed({n: w for n, w in weights.items() if n.startswith(parts)}, names)

    decoder = stack("", {**DECODER, "blocks": "decoder.layers", "norm": "decoder.norm"})
    run = given(theirs, {**stack("encoder.", {**ENCODER, "blocks": "layers"}), **decoder})

    def embedded(tokens: Tensor, prefix: str = "") -> Tensor:
        places = weights[f"{prefix}place.weight"][: tokens.shape[1]]
        return weights[f"{prefix}token.weight"][tokens] + places

    filling = None
    if lengths is not None:
        filling = torch.arange(source.shape[1]) >= lengths[:, None]
    later = torch.ones(target.shape[1], target.shape[1], dtype=torch.bool).triu(1)
    x = run(
        embedded(source, "encoder."),
        embedded(target),
        tgt_mask=later,
        src_key_padding_mask=filling,
        memory_key_padding_mask=filling,
    )
    return x @ weights["unembed.weight"].mT + weights["unembed.bias"]


@pytest.mark.parametrize(("read", "written"), [(17, 37), (37, 17), (1, 5), (5, 1)])
@pytest.mark.parametrize("filled", [False, True])
def test_it_is_torchs_transformer(read: int, written: int, filled: bool) -> None:
    ours = drawn(EncoderDecoder(SHAPE))
    lengths = torch.tensor([read, 1, -(-read // 2)]) if filled else None
    assert_same(
        lambda source, target: ours(source, target, lengths),
        lambda source, target: torchs(ours, source, target, lengths),
        texts(3, read, 11),
        texts(3, written, 11, seed=1),
        weights=ours,
    )


def test_in_float32_it_is_torchs_to_five_digits() -> None:
    ours, exact = (drawn(EncoderDecoder(SHAPE), scale=0.1) for _ in range(2))
    source, target = texts(3, 17, 11), texts(3, 7, 11, seed=1)
    expected = torchs(exact, source, target, None)
    assert close(ours.float()(source, target).double(), expected, 1e-5)


@pytest.mark.parametrize("positions", POSITIONS)
def test_the_target_sees_nothing_of_its_future_to_the_last_bit(positions: str) -> None:
    ours = drawn(EncoderDecoder(replace(SHAPE, positions=positions)))
    source, target = texts(2, 17, 11), texts(2, 37, 11, seed=1)
    before = ours(source, target)
    for j in (1, 17, 36):
        changed = target.clone()
        changed[:, j] = (changed[:, j] + 1) % 11
        after = ours(source, changed)
        assert torch.equal(after[:, :j], before[:, :j])
        assert (after[:, j:] != before[:, j:]).any(-1).all()


@pytest.mark.parametrize("positions", POSITIONS)
def test_every_target_token_sees_all_of_the_source(positions: str) -> None:
    ours = drawn(EncoderDecoder(replace(SHAPE, positions=positions)))
    source, target = texts(1, 17, 11), texts(1, 5, 11, seed=1)
    before = ours(source, target)
    for j in (0, 8, 16):
        changed = source.clone()
        changed[:, j] = (changed[:, j] + 1) % 11
        assert (ours(changed, target) != before).any(-1).all()


@pytest.mark.parametrize("positions", POSITIONS)
def test_what_fills_the_source_up_changes_nothing(positions: str) -> None:
    ours = drawn(EncoderDecoder(replace(SHAPE, positions=positions)))
    source, target = texts(3, 17, 11), texts(3, 5, 11, seed=1)
    lengths = torch.tensor([17, 1, 9])
    real = torch.arange(17) < lengths[:, None]
    other = torch.where(real, source, texts(3, 17, 11, seed=2))
    before = ours(source, target, lengths)
    assert torch.equal(ours(other, target, lengths), before)
    longer = torch.cat([other, texts(3, 20, 11, seed=3)], 1)
    assert close(ours(longer, target, lengths), before)
    assert close(ours(source[2:, :9], target[2:]), before[2:])


@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("chunk", [1, 3, 17])
def test_what_is_cached_need_not_be_read_again(positions: str, chunk: int) -> None:
    ours = drawn(EncoderDecoder(replace(SHAPE, positions=positions)))
    source, target, lengths = texts(3, 9, 11), texts(3, 17, 11, seed=1), torch.tensor([9, 1, 4])
    caches, memory = ours.start(), ours.encoder(source, lengths)
    parts = [ours.decode(part, memory, lengths, caches) for part in target.split(chunk, 1)]
    assert close(torch.cat(parts, 1), ours(source, target, lengths))


def test_step_by_step_is_all_at_once() -> None:
    ours, lengths = drawn(EncoderDecoder(SHAPE)), torch.tensor([9, 4])
    source, target = texts(2, 9, 11), texts(2, 37, 11, seed=1)
    caches, memory = ours.start(), ours.encoder(source, lengths)
    steps = [ours.step(token, memory, caches, lengths) for token in target.unbind(1)]
    assert close(torch.stack(steps, 1), ours(source, target, lengths))


@pytest.mark.parametrize("positions", POSITIONS)
def test_a_source_without_positions_is_a_bag_and_with_them_it_is_not(positions: str) -> None:
    ours = drawn(EncoderDecoder(replace(SHAPE, positions=positions)))
    source, target = texts(3, 17, 11), texts(3, 5, 11, seed=1)
    order = torch.randperm(17, generator=torch.Generator().manual_seed(0))
    assert close(ours(source[:, order], target), ours(source, target)) == (positions == "none")


@pytest.mark.parametrize(("read", "written"), [(38, 5), (5, 38)])
def test_texts_longer_than_the_context_are_refused(read: int, written: int) -> None:
    ours = EncoderDecoder(SHAPE)
    with pytest.raises(ValueError, match="there are 37 learned places, and 38 tokens"):
        ours(texts(1, read, 11), texts(1, written, 11))


def test_a_source_of_which_nothing_is_real_is_refused() -> None:
    ours, lengths = EncoderDecoder(SHAPE), torch.tensor([3, 0])
    with pytest.raises(ValueError, match="allows nothing to look at"):
        ours(texts(2, 3, 11), texts(2, 5, 11), lengths)


def test_at_first_it_guesses() -> None:
    with seeded(0):
        ours = EncoderDecoder(replace(SHAPE, vocabulary=97, width=64, heads=4))
    source, target = texts(16, 17, 97), texts(16, 37, 97, seed=1)
    loss = cross_entropy(ours(source, target)[:, :-1].flatten(0, 1), target[:, 1:].flatten())
    assert loss.item() == pytest.approx(math.log(97), rel=0.05)


def test_its_first_tokens_and_places_are_as_large_as_asked() -> None:
    with seeded(0):
        ours = EncoderDecoder(replace(SHAPE, vocabulary=500, context=500, std=0.7))
    for side in (ours, ours.encoder):
        for table in (side.token.weight, side.place.weight):
            assert table.std().item() == pytest.approx(0.7, rel=0.05)


@pytest.mark.parametrize(("width", "layers"), [(12, 2), (32, 1), (4, 3)])
def test_it_has_as_many_parameters_as_its_parts(width: int, layers: int) -> None:
    ours = EncoderDecoder(replace(SHAPE, width=width, heads=2, layers=layers))
    embedded, norm = (11 + 37) * width, 2 * width
    encoder = embedded + layers * (12 * width**2 + 13 * width) + norm
    decoder = embedded + layers * (16 * width**2 + 19 * width) + norm
    assert parameters(ours) == encoder + decoder + 11 * width + 11


def test_it_learns_one_batch_by_heart() -> None:
    with seeded(0):
        ours = EncoderDecoder(replace(SHAPE, width=32, heads=4, layers=1))
    source = texts(4, 9, 11)
    target = torch.cat([torch.zeros(4, 1, dtype=torch.int64), source.flip(1)], 1)
    adam = torch.optim.Adam(ours.parameters(), lr=1e-2)
    losses: list[Tensor] = []
    for _ in range(60):
        logits = ours(source, target[:, :-1])
        losses.append(cross_entropy(logits.flatten(0, 1), target[:, 1:].flatten()))
        adam.zero_grad()
        losses[-1].backward()
        adam.step()
    assert losses[0] > 2 and losses[-1] < 0.01
