"""What an alignment is made of gives the weights again, by arithmetic that is not the network's."""

from __future__ import annotations

import math

import pytest
import torch

from models.labs.alignment_inside import alignment_of
from models.networks.translator import END, Shape, Translator

T, S, N = 5, 7, 6


@pytest.fixture(scope="module")
def translator() -> Translator:
    torch.manual_seed(3)
    network = Translator(Shape(reads=8, writes=5, width=4, state=N, judges=3))
    for weights in network.parameters():
        torch.nn.init.normal_(weights, std=0.7)
    return network


@pytest.fixture(scope="module")
def texts() -> tuple[torch.Tensor, torch.Tensor]:
    chance = torch.Generator().manual_seed(1)
    source = torch.randint(8, (1, S), generator=chance)
    return source, torch.randint(1, 5, (1, T), generator=chance)


def test_scores_and_weights_follow_from_the_parts(
    translator: Translator, texts: tuple[torch.Tensor, torch.Tensor]
) -> None:
    found = alignment_of(translator, *texts)
    for row in range(T):
        scores = [
            math.fsum(
                v * math.tanh(w + u)
                for v, w, u in zip(
                    found["judge"], found["asked"][row], found["offered"][column], strict=True
                )
            )
            for column in range(S)
        ]
        assert found["scores"][row] == pytest.approx(scores, abs=1e-5)
        powers = [math.exp(score) for score in scores]
        assert found["weights"][row] == pytest.approx([p / sum(powers) for p in powers], abs=1e-5)


def test_the_parts_are_those_of_the_states_that_ask(
    translator: Translator, texts: tuple[torch.Tensor, torch.Tensor]
) -> None:
    source, target = texts
    found = alignment_of(translator, source, target)
    assert translator.attend is not None
    with torch.no_grad():
        memory, state = translator.reader(translator.read(source))
        offered = memory[0] @ translator.attend.key.weight.mT
        assert torch.allclose(torch.tensor(found["offered"]), offered, atol=1e-6)
        before = [END, *target[0, :-1].tolist()]
        for row, said in enumerate(before):
            asked = translator.attend.query.weight @ state[0]
            assert torch.allclose(torch.tensor(found["asked"][row]), asked, atol=1e-5)
            _, state = translator.step(torch.tensor([said]), state, memory)


def test_what_a_word_speaks_for_is_what_the_logits_lose_without_it(
    translator: Translator, texts: tuple[torch.Tensor, torch.Tensor]
) -> None:
    source, target = texts
    found = alignment_of(translator, source, target)
    with torch.no_grad():
        memory, _ = translator.reader(translator.read(source))
        state = torch.randn(1, N)
        with_it = translator.answer(torch.cat([state, memory[:, 3]], -1))
        without = translator.answer(torch.cat([state, 0 * memory[:, 3]], -1))
    assert torch.allclose(torch.tensor(found["speaks"][3]), (with_it - without)[0], atol=1e-5)


def test_looking_changes_nothing(
    translator: Translator, texts: tuple[torch.Tensor, torch.Tensor]
) -> None:
    before = [weights.clone() for weights in translator.parameters()]
    first, again = alignment_of(translator, *texts), alignment_of(translator, *texts)
    assert all((first[name] == again[name]).all() for name in first)
    assert all(
        torch.equal(a, b) and b.grad is None
        for a, b in zip(before, translator.parameters(), strict=True)
    )
