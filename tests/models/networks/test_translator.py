"""The translator is torch's own cells and Bahdanau's equations put together."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from models.chance import seeded
from models.layers.size import parameters
from models.networks.translator import END, Shape, Translator
from models.probe import recording
from tests.support.tensors import assert_same, close, drawn, texts

SHAPE = Shape(reads=11, writes=7, width=5, state=6, judges=4)
BOTH = pytest.mark.parametrize("judges", [0, 4])


def made(judges: int) -> Translator:
    return drawn(Translator(replace(SHAPE, judges=judges)))


def by_hand(ours: Translator, source: Tensor, target: Tensor) -> Tensor:
    """The same with torch's GRUs, and the weights of each word one by one."""
    w = dict(ours.named_parameters())

    def torchs(kind: type[nn.Module], prefix: str, ending: str, inputs: int) -> nn.Module:
        gru = kind(inputs, 6).double()
        names = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        for name in names:
            del gru._parameters[name + ending]
            setattr(gru, name + ending, w[f"{prefix}.{name}"])
        return gru

    reader = torchs(nn.GRUCell, "reader.cell", "", 5)
    writer = torchs(nn.GRUCell, "writer", "", 11)
    state, memory = torch.zeros(len(source), 6, dtype=torch.float64), []
    for s in range(source.shape[1]):
        state = reader(w["read.weight"][source[:, s]], state)
        memory.append(state)
    said, logits = torch.full((len(source),), END), []
    for t in range(target.shape[1]):
        context = memory[-1]
        if ours.attend is not None:
            scores = [
                (state @ w["attend.query.weight"].T + m @ w["attend.key.weight"].T).tanh()
                @ w["attend.judge.weight"][0]
                for m in memory
            ]
            weights = torch.stack(scores, 1).softmax(1)
            context = sum(weights[:, s, None] * m for s, m in enumerate(memory))
        state = writer(torch.cat([w["said.weight"][said], context], 1), state)
        both = torch.cat([state, context], 1)
        logits.append(both @ w["answer.weight"].T + w["answer.bias"])
        said = target[:, t]
    return torch.stack(logits, 1)


@BOTH
def test_it_is_torchs_parts_put_together(judges: int) -> None:
    ours = made(judges)
    assert_same(
        ours, lambda s, t: by_hand(ours, s, t), texts(3, 9, 11), texts(3, 5, 7), weights=ours
    )


@BOTH
def test_a_move_is_never_told_beforehand(judges: int) -> None:
    ours, source, target = made(judges), texts(2, 9, 11), texts(2, 5, 7)
    before = ours(source, target)
    for t in range(5):
        changed = target.clone()
        changed[:, t] = (changed[:, t] + 1) % 7
        after = ours(source, changed)
        assert torch.equal(after[:, : t + 1], before[:, : t + 1])
        assert (after[:, t + 1 :] != before[:, t + 1 :]).any(-1).all()


@BOTH
def test_on_its_own_it_is_told_what_it_said(judges: int) -> None:
    ours, source = made(judges), texts(8, 9, 11)
    said = ours.translate(source, 12)
    likeliest = ours(source, said).argmax(-1)
    over = ((said == END).cumsum(1) - (said == END).int()) > 0
    assert torch.equal(said, likeliest.masked_fill(over, END))


def test_nothing_follows_on_the_end() -> None:
    ours = made(4)
    with torch.no_grad():
        ours.answer.bias[END] += 0.2
    said = ours.translate(texts(40, 9, 11), 12)
    ended = (said == END).cumsum(1) > 0
    assert 0 < ended.float().mean() < 1
    assert (said[ended] == END).all()


def test_each_word_written_looks_at_every_word_read() -> None:
    ours = made(4)
    with recording(ours, "attend.weights") as seen:
        ours(texts(3, 9, 11), texts(3, 5, 7))
    weights = torch.cat(seen["attend.weights"], 1)
    assert weights.shape == (3, 5, 9)
    assert close(weights.sum(-1), torch.ones(3, 5, dtype=torch.float64))


def test_without_attention_all_goes_through_the_last_state() -> None:
    ours, source, target = made(0), texts(2, 9, 11), texts(2, 5, 7)
    memory, last = ours.reader(ours.read(source))
    other = torch.cat([torch.randn_like(memory[:, :-1]), memory[:, -1:]], 1)
    for one in (memory, other):
        logits, _ = ours.step(torch.full((2,), END), last, one)
        assert torch.equal(logits, ours(source, target)[:, 0])


@BOTH
def test_it_has_as_many_parameters_as_its_parts(judges: int) -> None:
    gru = 3 * 6 * (5 + 6 + 2) + 3 * 6 * (11 + 6 + 2)
    expected = (11 + 7) * 5 + gru + 7 * 12 + 7 + judges * (6 + 6 + 1)
    assert parameters(made(judges)) == expected


@BOTH
def test_it_learns_one_batch_by_heart(judges: int) -> None:
    with seeded(0):
        ours = Translator(replace(SHAPE, width=16, state=24, judges=judges and 24))
    source, target = texts(4, 5, 11), texts(4, 4, 7, seed=1).clamp(min=1)
    target[:, -1] = END
    adam = torch.optim.Adam(ours.parameters(), lr=2e-2)
    for _ in range(50):
        loss = cross_entropy(ours(source, target).flatten(0, 1), target.flatten())
        adam.zero_grad()
        loss.backward()
        adam.step()
    assert loss < 0.05
    assert torch.equal(ours.translate(source, 4), target)
