"""A silent head is as if nobody read it; what is patched in is what was seen elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
import torch
from torch import Tensor, nn

from models.ablation import (
    averaged,
    equal_shares,
    patched,
    with_equal_shares,
    without_heads,
)
from models.layers.multi_head import MultiHeadAttention
from models.networks.encoder_decoder import EncoderDecoder
from models.networks.encoder_decoder import Shape as BothShape
from models.networks.gpt import GPT, Shape
from models.probe import at_rest, look, places, watching
from models.training import seeded

ATTEND = "blocks.0.attend"


def tokens(seed: int, batch: int = 2, length: int = 5) -> Tensor:
    return torch.randint(7, (batch, length), generator=torch.Generator().manual_seed(seed))


def gpt(fused: bool = False, width: int = 12) -> GPT:
    """Weights are large, so that every head is heard."""
    shape = Shape(vocabulary=7, context=6, width=width, heads=3, layers=2, fused=fused)
    with seeded(0):
        model = GPT(shape).double()
        for weight in model.parameters():
            nn.init.normal_(weight, std=0.5)
    return model.eval()


@pytest.fixture
def model() -> GPT:
    return gpt()


def without_columns(model: GPT, heads: list[int]) -> Tensor:
    """The logits if the columns of `out_proj` that read these heads were zero, done by hand."""
    weight = model.blocks[0].attend.out_proj.weight
    before = weight.detach().clone()
    try:
        for head in heads:
            weight.data[:, 4 * head : 4 * head + 4] = 0
        return look(model, tokens(1))[0]
    finally:
        weight.data = before


@pytest.mark.parametrize("fused", [False, True])
@pytest.mark.parametrize("heads", [[0], [1, 2]])
def test_a_silent_head_is_as_if_nothing_read_it(fused: bool, heads: list[int]) -> None:
    model = gpt(fused)
    expected = without_columns(model, heads)
    with at_rest(model):
        before = model(tokens(1))
        with without_heads(model, {ATTEND: heads}):
            silent = model(tokens(1))
        assert torch.equal(model(tokens(1)), before)
    assert (silent - expected).abs().max() < 1e-12
    assert (silent - before).abs().max() > 1e-2


def test_a_silent_head_is_silent_in_training_too(model: GPT) -> None:
    for part in (p for p in model.modules() if isinstance(p, nn.Dropout)):
        part.p = 0.5
    attend = model.blocks[0].attend.train()
    with torch.no_grad(), without_heads(model, {ATTEND: [0, 1, 2]}):
        out = attend(torch.ones(2, 5, 12).double())
    assert torch.equal(out, attend.out_proj.bias.expand_as(out))


def test_without_any_head_attention_says_its_bias_alone(model: GPT) -> None:
    attend = model.blocks[0].attend
    x = torch.randn(2, 5, 12, generator=torch.Generator().manual_seed(0)).double()
    with at_rest(attend), without_heads(attend, {"": range(3)}):
        assert torch.equal(attend(x), attend.out_proj.bias.expand(2, 5, 12))


def test_heads_of_several_layers_are_silenced_together(model: GPT) -> None:
    with at_rest(model):
        with without_heads(model, {ATTEND: [0]}), without_heads(model, {"blocks.1.attend": [2]}):
            nested = model(tokens(1))
        with without_heads(model, {ATTEND: [0], "blocks.1.attend": [2]}):
            assert torch.equal(model(tokens(1)), nested)


def test_cross_attention_can_be_silenced() -> None:
    model = EncoderDecoder(BothShape(vocabulary=7, context=6, width=8, heads=2))
    target = tokens(2, length=3)
    with at_rest(model), without_heads(model, {"blocks.0.read": [0, 1]}):
        assert torch.equal(model(tokens(0), target), model(tokens(1), target)), "cannot read it"


def test_silence_leaves_the_gradient_of_what_is_still_heard(model: GPT) -> None:
    with without_heads(model, {ATTEND: [1]}):
        model(tokens(1)).square().sum().backward()
    gradient = model.blocks[0].attend.in_proj_weight.grad
    assert gradient is not None
    by_head = gradient.unflatten(0, (3, 3, 4)).abs().sum((0, 2, 3))  # of q, k and v together
    assert by_head[1] == 0 and by_head[0] > 0 and by_head[2] > 0


@pytest.mark.parametrize("fused", [False, True])
def test_patching_from_a_run_on_itself_changes_nothing(fused: bool) -> None:
    model = gpt(fused)
    out, seen = look(model, tokens(1))
    for name in places(model):
        with at_rest(model), patched(model, seen, name):
            assert (model(tokens(1)) - out).abs().max() < 1e-12, name


def test_patching_all_of_a_layer_gives_the_output_of_the_other_run(model: GPT) -> None:
    other, seen = look(model, tokens(2))
    with at_rest(model), patched(model, seen, "blocks.0.stream"):
        assert torch.equal(model(tokens(1)), other)
    with at_rest(model), patched(model, seen, f"{ATTEND}.weights"):
        between = model(tokens(1))
    assert not torch.allclose(between, other) and not torch.allclose(between, model(tokens(1)))


def test_a_patched_token_reaches_itself_and_those_after_it(model: GPT) -> None:
    out = look(model, tokens(1))[0]
    _, seen = look(model, (tokens(1) + 1) % 7)
    with at_rest(model), patched(model, seen, "stream", tokens=[2]):
        changed = (model(tokens(1)) - out).abs().amax((0, 2)) > 0
    assert changed.tolist() == [False, False, True, True, True]


def test_only_the_chosen_heads_and_tokens_are_patched(model: GPT) -> None:
    own, other = look(model, tokens(1))[1], look(model, tokens(2))[1]
    for what in ("q", "k", "v", "scores", "weights"):
        name = f"{ATTEND}.{what}"
        patch = patched(model, other, name, heads=[0, 2], tokens=[1, 4])
        with at_rest(model), patch, watching(model, name) as now:
            model(tokens(1))
        expected = own[name].clone()
        for head in (0, 2):
            for token in (1, 4):
                expected[:, head, token] = other[name][:, head, token]
        assert torch.equal(now[name], expected), what


def test_one_text_is_patched_into_each_of_several(model: GPT) -> None:
    other, seen = look(model, tokens(2, batch=1))
    with at_rest(model), patched(model, seen, "blocks.1.stream"):
        assert torch.allclose(model(tokens(1, batch=4)), other.expand(4, -1, -1))


def test_nothing_is_patched_where_nobody_is_chosen(model: GPT) -> None:
    out = look(model, tokens(1))[0]
    _, seen = look(model, tokens(2))
    with at_rest(model), patched(model, seen, f"{ATTEND}.v", heads=[]):
        assert torch.equal(model(tokens(1)), out)


SEEN = {"stream": torch.zeros(2, 5, 12), f"{ATTEND}.v": torch.zeros(2, 3, 5, 4)}


@pytest.mark.parametrize(
    ("reach_in", "sentence"),
    [
        (lambda m: without_heads(m, {ATTEND: [3]}), "no head 3: there are 3, counted from 0"),
        (lambda m: without_heads(m, {ATTEND: [-1]}), "no head -1: there are 3"),
        (lambda m: without_heads(m, {"attend": [0]}), r"is called attend: there are blocks\.0"),
        (lambda m: patched(m, SEEN, "blocks.1.stream"), r"nothing was seen at blocks\.1\.stream"),
        (lambda m: patched(m, SEEN, "stream", heads=[0]), "no head 0: there are 0"),
        (lambda m: patched(m, SEEN, "stream", tokens=[5]), "no token 5: there are 5"),
        (lambda m: patched(m, SEEN | {"x": SEEN["stream"]}, "x"), "no place called x"),
    ],
)
def test_what_is_not_there_is_said(
    model: GPT, reach_in: Callable[[GPT], AbstractContextManager[None]], sentence: str
) -> None:
    with pytest.raises(LookupError, match=sentence), reach_in(model):
        pass
    assert not any(part._forward_hooks for part in model.modules())


def test_what_does_not_fit_is_said(model: GPT) -> None:
    _, seen = look(model, tokens(2))
    sentence = r"\(2, 5, 12\) does not fit .* stream: \(2, 4, 12\)"
    with patched(model, seen, "stream"), pytest.raises(ValueError, match=sentence):
        model(tokens(1, length=4))
    assert not any(part._forward_hooks for part in model.modules())


def test_attention_without_a_model_around_it() -> None:
    attend = MultiHeadAttention(4, 2)
    x = torch.randn(1, 3, 4, generator=torch.Generator().manual_seed(0))
    with at_rest(attend), without_heads(attend, {"": [0, 1]}):
        assert torch.equal(attend(x), attend.out_proj.bias.expand(1, 3, 4))


def test_with_equal_shares_everyone_gets_the_mean_of_all_values() -> None:
    with seeded(0):
        attend = MultiHeadAttention(width=6, heads=2).double()
        x = torch.randn(2, 5, 6, dtype=torch.float64)
    values = (x @ attend.in_proj_weight[12:].mT + attend.in_proj_bias[12:]).mean(1, keepdim=True)
    with torch.no_grad(), equal_shares(attend, "weights"):
        assert torch.allclose(attend(x), attend.out_proj(values).expand(2, 5, 6), atol=1e-12)


def test_averaged_heads_all_look_where_they_look_on_the_average() -> None:
    with seeded(0):
        attend = MultiHeadAttention(width=6, heads=2).double()
        x = torch.randn(2, 5, 6, dtype=torch.float64)
    _, seen = look(attend, x)
    mean = seen["weights"].mean(1)
    mixtures = torch.cat([mean @ seen["v"][:, head] for head in (0, 1)], -1)
    with torch.no_grad(), averaged(attend, "weights"):
        assert torch.allclose(attend(x), attend.out_proj(mixtures), atol=1e-12)


def test_a_head_with_equal_shares_shares_out_what_it_may_see_and_leaves_the_others_alone() -> None:
    with seeded(0):
        attend = MultiHeadAttention(width=6, heads=2).double()
        x = torch.randn(1, 4, 6, dtype=torch.float64)
    allowed = torch.ones(4, 4, dtype=torch.bool).tril()
    with at_rest(attend), watching(attend, "weights") as before:
        attend(x, None, allowed)
    with at_rest(attend), with_equal_shares(attend, {"": [1]}), watching(attend, "weights") as seen:
        attend(x, None, allowed)
    expected = allowed / allowed.sum(-1, keepdim=True)
    assert torch.allclose(seen["weights"][0, 1], expected.double())
    assert torch.equal(seen["weights"][0, 0], before["weights"][0, 0])
    with pytest.raises(LookupError, match="no head 2"), with_equal_shares(attend, {"": [2]}):
        attend(x)
