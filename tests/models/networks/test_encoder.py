"""An encoder is PyTorch's stack; filling changes nothing, and a text without places is a bag."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from models.layers.positions import POSITIONS
from models.layers.size import parameters
from models.networks.encoder import Classifier, Encoder, Shape, Tagger, mean_of_real
from models.training import seeded
from tests.support.oracles import ENCODER, given, renamed
from tests.support.tensors import assert_same, close, drawn, numbers, texts

SHAPE = Shape(vocabulary=11, answers=5, context=37, width=12, heads=3, layers=2)
LENGTHS = torch.tensor([17, 1, 9])


def torchs(ours: Encoder, tokens: Tensor, lengths: Tensor | None = None) -> Tensor:
    """PyTorch's stack with our weights, told by its own means which tokens are filling."""
    layer = nn.TransformerEncoderLayer(
        12, 3, 48, dropout=0.0, activation="gelu", norm_first=True, batch_first=True
    )
    theirs = nn.TransformerEncoder(layer, 2, nn.LayerNorm(12), enable_nested_tensor=False).double()
    weights = dict(ours.named_parameters())
    stack = {n: w for n, w in weights.items() if n.startswith(("blocks", "norm"))}
    x = weights["token.weight"][tokens] + weights["place.weight"][: tokens.shape[1]]
    filling = None
    if lengths is not None:
        filling = torch.arange(tokens.shape[1]) >= lengths[:, None]
    run = given(theirs, renamed(stack, {**ENCODER, "blocks": "layers"}))
    return run(x, src_key_padding_mask=filling)


@pytest.mark.parametrize("tokens", [1, 17, 37])
def test_it_is_torchs_stack_of_layers(tokens: int) -> None:
    ours = drawn(Encoder(SHAPE))
    assert_same(ours, lambda x: torchs(ours, x), texts(3, tokens, 11), weights=ours)


def test_with_filling_it_is_torchs_where_there_is_text() -> None:
    ours, real = drawn(Encoder(SHAPE)), torch.arange(17) < LENGTHS[:, None]
    assert_same(
        lambda x: ours(x, LENGTHS)[real],
        lambda x: torchs(ours, x, LENGTHS)[real],
        texts(3, 17, 11),
        weights=ours,
    )


def test_in_float32_it_is_torchs_to_five_digits() -> None:
    ours, exact = drawn(Encoder(SHAPE), scale=0.1), drawn(Encoder(SHAPE), scale=0.1)
    assert close(ours.float()(texts(3, 17, 11)).double(), torchs(exact, texts(3, 17, 11)), 1e-5)


def test_tags_and_classes_are_read_from_it_in_one_line() -> None:
    tagger, classifier, tokens = drawn(Tagger(SHAPE)), drawn(Classifier(SHAPE)), texts(3, 17, 11)
    real = torch.arange(17) < LENGTHS[:, None]
    assert_same(
        lambda x: tagger(x, LENGTHS)[real],
        lambda x: (
            torchs(tagger.encoder, x, LENGTHS)[real] @ tagger.answer.weight.mT + tagger.answer.bias
        ),
        tokens,
        weights=tagger,
    )

    def one_by_one(tokens: Tensor) -> Tensor:
        whole = torchs(classifier.encoder, tokens, LENGTHS)
        means = [text[:length].mean(0) for text, length in zip(whole, LENGTHS, strict=True)]
        return torch.stack(means) @ classifier.answer.weight.mT + classifier.answer.bias

    assert_same(lambda x: classifier(x, LENGTHS), one_by_one, tokens, weights=classifier)


@pytest.mark.parametrize("kind", [Tagger, Classifier])
@pytest.mark.parametrize("positions", POSITIONS)
def test_what_stands_in_the_filling_changes_nothing(
    kind: type[Tagger] | type[Classifier], positions: str
) -> None:
    ours, tokens = drawn(kind(replace(SHAPE, positions=positions))), texts(3, 17, 11)
    real = torch.arange(17) < LENGTHS[:, None]
    other = torch.where(real, tokens, texts(3, 17, 11, seed=1))
    before, after = ours(tokens, LENGTHS), ours(other, LENGTHS)
    if kind is Tagger:
        before, after = before[real], after[real]
    assert torch.equal(before, after)


@pytest.mark.parametrize("kind", [Tagger, Classifier])
@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("filling", [0, 1, 20])
def test_how_much_filling_there_is_changes_nothing(
    kind: type[Tagger] | type[Classifier], positions: str, filling: int
) -> None:
    ours, tokens = drawn(kind(replace(SHAPE, positions=positions))), texts(3, 17, 11)
    longer = torch.cat([tokens, texts(3, filling, 11, seed=1)], 1)
    full = torch.full((3,), 17)
    after = ours(longer, full)
    assert close(after[:, :17] if kind is Tagger else after, ours(tokens))


@pytest.mark.parametrize("positions", POSITIONS)
def test_without_positions_a_text_is_a_bag_and_with_them_it_is_not(positions: str) -> None:
    shape = replace(SHAPE, positions=positions)
    tagger, classifier, tokens = drawn(Tagger(shape)), drawn(Classifier(shape)), texts(3, 17, 11)
    order = torch.randperm(17, generator=torch.Generator().manual_seed(0))
    bag = positions == "none"
    assert close(tagger(tokens[:, order]), tagger(tokens)[:, order]) == bag
    assert close(classifier(tokens[:, order]), classifier(tokens)) == bag


def test_alibi_cannot_tell_a_text_from_its_mirror_image() -> None:
    """Its loss is the same to the left and to the right, as its docstring says."""
    ours, tokens = drawn(Tagger(replace(SHAPE, positions="alibi"))), texts(3, 17, 11)
    assert close(ours(tokens.flip(1)), ours(tokens).flip(1))
    turned = drawn(Tagger(replace(SHAPE, positions="rotary")))
    assert not close(turned(tokens.flip(1)), turned(tokens).flip(1), 1e-3)


def test_the_mean_is_of_the_real_tokens() -> None:
    assert_same(
        lambda x: mean_of_real(x, LENGTHS),
        lambda x: torch.stack([x[i, :n].mean(0) for i, n in enumerate(LENGTHS.tolist())]),
        numbers(3, 17, 4),
    )


@pytest.mark.parametrize("positions", POSITIONS)
def test_a_text_longer_than_the_context_has_no_learned_places(positions: str) -> None:
    ours = Encoder(replace(SHAPE, positions=positions))
    if positions == "learned":
        with pytest.raises(ValueError, match="there are 37 learned places, and 38 tokens"):
            ours(texts(1, 38, 11))
    else:
        assert ours(texts(1, 38, 11)).isfinite().all()


@pytest.mark.parametrize("kind", [Tagger, Classifier])
def test_at_first_it_guesses(kind: type[Tagger] | type[Classifier]) -> None:
    with seeded(0):
        ours = kind(replace(SHAPE, answers=97, width=64, heads=4))
    logits = ours(texts(64, 17, 11)).flatten(0, -2)
    answers = texts(len(logits), 1, 97, seed=1)[:, 0]
    assert cross_entropy(logits, answers).item() == pytest.approx(math.log(97), rel=0.05)


def test_its_first_tokens_and_places_are_as_large_as_asked() -> None:
    with seeded(0):
        ours = Encoder(replace(SHAPE, vocabulary=500, context=500, std=0.7))
    assert ours.token.weight.std().item() == pytest.approx(0.7, rel=0.05)
    assert ours.place.weight.std().item() == pytest.approx(0.7, rel=0.05)


@pytest.mark.parametrize("layers", [0, 1, 3])
def test_it_has_as_many_parameters_as_its_parts(layers: int) -> None:
    shape = replace(SHAPE, layers=layers)
    encoder = 11 * 12 + 37 * 12 + layers * (12 * 12**2 + 13 * 12) + 2 * 12
    assert parameters(Encoder(shape)) == encoder
    assert parameters(Tagger(shape)) == parameters(Classifier(shape)) == encoder + 12 * 5 + 5


def test_where_nobody_looks_ahead_what_comes_later_changes_nothing() -> None:
    past, texts_of = drawn(Encoder(replace(SHAPE, causal=True))), texts(3, 17, 11)
    other = texts_of.clone()
    other[:, 9:] = (other[:, 9:] + 1) % 11
    assert torch.equal(past(texts_of)[:, :9], past(other)[:, :9])
    assert not close(past(texts_of)[:, 9:], past(other)[:, 9:])
    lengths = torch.tensor([17, 9, 12])
    assert torch.equal(past(texts_of, lengths)[1, :9], past(other, lengths)[1, :9])
