"""A GPT sees the past alone, remembers it in caches, begins by guessing, and can be taught."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from models.layers.positions import POSITIONS
from models.layers.size import parameters
from models.networks.gpt import GPT, Shape
from models.probe import look, watching
from models.training import seeded
from tests.support.oracles import ENCODER, given, renamed
from tests.support.tensors import assert_same, close, drawn, texts

SHAPE = Shape(vocabulary=97, context=37, width=16, heads=4, layers=3)


def model(positions: str = "learned", fused: bool = False) -> GPT:
    return drawn(GPT(replace(SHAPE, positions=positions, fused=fused)))


def fresh(**sizes) -> GPT:
    with seeded(0):
        return GPT(replace(SHAPE, **sizes))


def test_it_is_torchs_stack_of_layers_under_a_causal_mask() -> None:
    """Between the embeddings and the unembedding, that is; with PyTorch's own mask."""
    ours = model()
    layer = nn.TransformerEncoderLayer(
        16, 4, 64, dropout=0.0, activation="gelu", norm_first=True, batch_first=True
    )
    theirs = nn.TransformerEncoder(layer, 3, nn.LayerNorm(16), enable_nested_tensor=False).double()
    weights = dict(ours.named_parameters())
    stack = {n: w for n, w in weights.items() if n.startswith(("blocks", "norm"))}
    run = given(theirs, renamed(stack, {**ENCODER, "blocks": "layers"}))
    later = nn.Transformer.generate_square_subsequent_mask(37, dtype=torch.float64)
    assert_same(
        ours,
        lambda tokens: (
            run(weights["token.weight"][tokens] + weights["place.weight"], mask=later)
            @ weights["unembed.weight"].mT
        ),
        texts(3, 37, 97),
        weights=weights,
    )


@pytest.mark.parametrize("positions", POSITIONS)
def test_the_fused_switch_changes_no_number(positions: str) -> None:
    ours, fused = model(positions), GPT(replace(SHAPE, positions=positions, fused=True))
    run = given(fused, dict(ours.named_parameters()))
    assert_same(ours, run, texts(3, 17, 97), weights=ours)


@pytest.mark.parametrize("fused", [False, True])
def test_what_is_fused_writes_no_weights_down(fused: bool) -> None:
    ours, written = model(fused=fused), []
    for block in ours.blocks:
        block.attend.weights.register_forward_hook(lambda part, given, w: written.append(w))
    ours(texts(1, 5, 97))
    assert len(written) == (0 if fused else 3)


@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize("positions", POSITIONS)
def test_nothing_of_the_future_is_seen_to_the_last_bit(positions: str, fused: bool) -> None:
    ours, tokens = model(positions, fused), texts(2, 37, 97)
    before = ours(tokens)
    for j in (1, 17, 36):
        changed = tokens.clone()
        changed[:, j] = (changed[:, j] + 1) % 97
        after = ours(changed)
        assert torch.equal(after[:, :j], before[:, :j])
        assert (after[:, j:] != before[:, j:]).any(-1).all()


@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("chunk", [1, 3, 17])
def test_what_is_cached_need_not_be_read_again(positions: str, fused: bool, chunk: int) -> None:
    ours, tokens = model(positions, fused), texts(2, 17, 97)
    caches = ours.start()
    parts = [ours(part, caches) for part in tokens.split(chunk, 1)]
    assert close(torch.cat(parts, 1), ours(tokens))
    assert [cache.tokens for cache in caches] == [17] * 3


@pytest.mark.parametrize("positions", POSITIONS)
def test_step_by_step_is_all_at_once_up_to_the_last_place(positions: str) -> None:
    ours, tokens = model(positions), texts(2, 37, 97)
    caches = ours.start()
    steps = [ours.step(token, caches) for token in tokens.unbind(1)]
    assert close(torch.stack(steps, 1), ours(tokens))


def test_texts_in_one_batch_do_not_meet() -> None:
    ours, tokens = model(), texts(3, 17, 97)
    assert close(ours(tokens)[1:2], ours(tokens[1:2]))


@pytest.mark.parametrize("positions", POSITIONS)
def test_order_is_seen_through_the_mask_and_the_positions(positions: str) -> None:
    """One layer without positions takes the past for a bag; that it has a past, it knows."""
    with seeded(0):
        ours = drawn(GPT(replace(SHAPE, positions=positions, layers=1)))
    tokens = texts(2, 17, 97)
    swapped = tokens[:, [1, 0, *range(2, 17)]]
    same = close(ours(tokens)[:, 2:], ours(swapped)[:, 2:])
    assert same == (positions == "none")


def test_dropout_falls_on_the_tokens_and_on_what_each_layer_says_in_training_alone() -> None:
    ours, tokens = drawn(GPT(replace(SHAPE, dropout=1.0))), texts(2, 17, 97)
    with watching(ours) as seen:
        ours.train()(tokens)
    assert all((seen[name] == 0).all() for name in seen if name.endswith("stream"))
    assert torch.equal(ours.eval()(tokens), model()(tokens))


def test_a_text_longer_than_the_context_is_refused() -> None:
    ours = model()
    with pytest.raises(ValueError, match="there are 37 learned places, and 38 tokens"):
        ours(texts(1, 38, 97))


@pytest.mark.parametrize("positions", POSITIONS)
def test_a_text_longer_than_its_caches_is_refused_and_they_stay_as_they_were(
    positions: str,
) -> None:
    ours, tokens = model(positions), texts(1, 37, 97)
    caches = ours.start()
    ours(tokens[:, :30], caches)
    with pytest.raises(ValueError, match=r"37 .*38"):
        ours(tokens[:, :8], caches)
    assert close(ours(tokens[:, 30:], caches), ours(tokens)[:, 30:])


@pytest.mark.parametrize("positions", POSITIONS)
@pytest.mark.parametrize("vocabulary", [11, 97, 1009])
def test_at_first_it_guesses(positions: str, vocabulary: int) -> None:
    ours = fresh(vocabulary=vocabulary, positions=positions, width=64, layers=2)
    tokens = texts(16, 37, vocabulary)
    loss = cross_entropy(ours(tokens)[:, :-1].flatten(0, 1), tokens[:, 1:].flatten())
    assert loss.item() == pytest.approx(math.log(vocabulary), rel=0.05)


def test_first_weights_are_drawn_as_it_says() -> None:
    ours = fresh(width=128, layers=8)
    for name, weight in ours.named_parameters():
        if name.endswith("bias"):
            assert (weight == 0).all(), name
        elif "norm" in name:
            assert (weight == 1).all(), name
        else:
            writes = "out_proj" in name or "linear2" in name
            assert weight.std().item() == pytest.approx(0.02 / (4 if writes else 1), rel=0.05), name


def test_at_first_the_stream_grows_no_more_in_a_deep_network_than_in_a_flat_one() -> None:
    grown = []
    for layers in (1, 16):
        _, seen = look(fresh(width=64, layers=layers), texts(4, 37, 97))
        last = seen[f"blocks.{layers - 1}.stream"]
        grown.append((last - seen["stream"]).std().item())
    assert grown[1] == pytest.approx(grown[0], rel=0.5)


@pytest.mark.parametrize(
    "sizes",
    [
        {},
        {"width": 4, "heads": 2, "layers": 1, "vocabulary": 10, "context": 3},
        {"width": 64, "layers": 5},
        {"heads": 1, "layers": 0},
    ],
)
@pytest.mark.parametrize("positions", POSITIONS)
def test_it_has_as_many_parameters_as_its_formula_says(sizes: dict, positions: str) -> None:
    ours = fresh(**sizes, positions=positions)
    shape, c = ours.shape, ours.shape.width
    blocks = shape.layers * (12 * c**2 + 13 * c)
    places = shape.context * c if positions == "learned" else 0
    assert parameters(ours) == 2 * shape.vocabulary * c + places + blocks + 2 * c


def test_its_weights_have_these_names() -> None:
    block = [
        *(f"{norm}.{w}" for norm in ("norm_attend", "norm_think") for w in ("weight", "bias")),
        *(f"attend.{w}" for w in ("in_proj_weight", "in_proj_bias", "out_proj.weight")),
        "attend.out_proj.bias",
        *(f"think.{n}.{w}" for n in ("linear1", "linear2") for w in ("weight", "bias")),
    ]
    expected = {f"blocks.{i}.{name}" for i in range(3) for name in block}
    expected |= {"token.weight", "place.weight", "norm.weight", "norm.bias", "unembed.weight"}
    assert fresh().state_dict().keys() == expected


def test_observing_it_changes_nothing() -> None:
    ours, tokens = model(), texts(2, 17, 97)
    logits, seen = look(ours, tokens)
    assert torch.equal(logits, ours(tokens))
    assert torch.equal(seen["stream"], ours.token(tokens) + ours.place.weight[:17])
    assert torch.equal(ours.unembed(ours.norm(seen["blocks.2.stream"])), logits)


@pytest.mark.parametrize("fused", [False, True])
def test_it_learns_one_batch_by_heart(fused: bool) -> None:
    ours, tokens = fresh(vocabulary=11, context=9, width=32, fused=fused), texts(4, 9, 11)
    tokens[:, 0] = torch.arange(4)  # so that the first token tells the texts apart
    adam = torch.optim.Adam(ours.parameters(), lr=1e-2)
    losses: list[Tensor] = []
    for _ in range(80):
        losses.append(cross_entropy(ours(tokens)[:, :-1].flatten(0, 1), tokens[:, 1:].flatten()))
        adam.zero_grad()
        losses[-1].backward()
        adam.step()
    assert losses[0] > 2 and losses[-1] < 0.01
