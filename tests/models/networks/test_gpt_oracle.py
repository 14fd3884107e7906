"""Our GPT is Hugging Face's GPT-2: logits, weights, gradients, loss, and the text it writes.

Where transformers is absent, the numbers that it made are still there (see `make_golden`).
"""

from __future__ import annotations

import pytest
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from models.networks.gpt import GPT
from models.probe import look
from tests.support.make_golden import MAKERS, SHAPE, WRITTEN, kept, our_gpt, our_text
from tests.support.oracles import gpt2, gpt2_continues, gpt2_sees, gpt2_weights, needs_transformers
from tests.support.tensors import assert_same, close, drawn, texts


def seeing(ours: GPT, tokens: Tensor) -> tuple[Tensor, ...]:
    """Our logits, and the attention weights of each layer, with their gradients."""
    seen: list[Tensor] = []
    hooks = [
        block.attend.weights.register_forward_hook(
            lambda part, given, weights: seen.append(weights)
        )
        for block in ours.blocks
    ]
    logits = ours(tokens)
    for hook in hooks:
        hook.remove()
    return logits, *seen


def written(ours: GPT, tokens: Tensor, count: int) -> Tensor:
    """The likeliest tokens that follow, each asked for alone: the rest is in the caches."""
    caches = ours.start()
    logits, said = ours(tokens, caches)[:, -1], []
    for _ in range(count):
        said.append(logits.argmax(-1))
        if len(said) < count:
            logits = ours.step(said[-1], caches)
    return torch.stack(said, 1)


def test_it_makes_the_numbers_that_gpt2_made_once() -> None:
    ours, tokens, golden = our_gpt(), our_text(), kept("gpt2")
    logits, seen = look(ours, tokens)
    assert close(logits, golden.pop("logits"))
    for layer, weights in enumerate(golden.pop("weights")):
        assert close(seen[f"blocks.{layer}.attend.weights"], weights)
    assert torch.equal(written(ours, tokens, WRITTEN), golden.pop("continued"))

    loss = cross_entropy(ours(tokens)[:, :-1].flatten(0, 1), tokens[:, 1:].flatten())
    loss.backward()
    assert close(loss, golden.pop("loss"))
    assert golden.keys() == ours.state_dict().keys()
    for name, gradient in golden.items():
        assert close(ours.get_parameter(name).grad, gradient), name


@needs_transformers
@pytest.mark.parametrize("name", MAKERS)
def test_what_is_kept_is_what_they_make_today(name: str) -> None:
    golden, made = kept(name), MAKERS[name]()
    assert golden.keys() == made.keys()
    for key, array in made.items():
        assert close(array, golden[key], 1e-12), key


@needs_transformers
@pytest.mark.parametrize(("batch", "tokens"), [(1, 1), (3, 17), (2, 37)])
def test_logits_weights_and_gradients_are_gpt2s(batch: int, tokens: int) -> None:
    ours, theirs = our_gpt(), gpt2(SHAPE)
    text = texts(batch, tokens, SHAPE.vocabulary, seed=1)
    used = dict(ours.named_parameters())
    assert_same(
        lambda text: seeing(ours, text),
        lambda text: gpt2_sees(theirs, gpt2_weights(ours), text),
        text,
        weights=used,
    )


@needs_transformers
def test_in_float32_it_is_gpt2_to_five_digits() -> None:
    ours = drawn(GPT(SHAPE), scale=0.1).float()
    assert_same(
        lambda text: seeing(ours, text),
        lambda text: gpt2_sees(gpt2(SHAPE).float(), gpt2_weights(ours), text),
        our_text(),
        weights=ours,
        tolerance=1e-5,
    )


@needs_transformers
def test_its_loss_is_gpt2s() -> None:
    """Theirs is computed in float32, whatever the model has."""
    ours, theirs, tokens = our_gpt(), gpt2(SHAPE), our_text()
    theirs.load_state_dict(gpt2_weights(ours))
    mine = cross_entropy(ours(tokens)[:, :-1].flatten(0, 1), tokens[:, 1:].flatten())
    assert mine.item() == pytest.approx(theirs(tokens, labels=tokens).loss.item(), rel=1e-6)


@needs_transformers
@pytest.mark.parametrize("prompt", [1, 17])
def test_it_writes_what_gpt2_writes(prompt: int) -> None:
    ours, tokens = our_gpt(), texts(3, prompt, SHAPE.vocabulary, seed=2)
    theirs = gpt2_continues(gpt2(SHAPE), gpt2_weights(ours), tokens, 20)
    assert torch.equal(written(ours, tokens, 20), theirs)


@needs_transformers
def test_with_the_other_gelu_gpt2_is_another_network() -> None:
    ours, tokens = our_gpt(), our_text()
    other = gpt2_sees(gpt2(SHAPE, "gelu_new"), gpt2_weights(ours), tokens)[0]
    assert not close(ours(tokens), other, 1e-6)
