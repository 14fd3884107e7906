"""What is seen inside a racer equals what its network computes, step by step and by autograd."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn
from torch.autograd.functional import jacobian

from models.chance import seeded
from models.labs.lab import Look
from models.labs.race_inside import reach_of_answer, states_of
from models.labs.recurrence import RecurrenceLab
from models.layers.lstm import LSTMCell
from models.networks import encoder
from models.networks.reader import Looker, Rememberer, Shape
from models.specs.catalog import LABS

TWINS = torch.tensor([[0, 3, 4, 2, 6], [1, 3, 4, 2, 6]])


def rememberer(cell: str) -> Rememberer:
    with seeded(3):
        return Rememberer(Shape(vocabulary=7, answers=2, width=4, state=5, cell=cell))


def looker() -> Looker:
    shape = encoder.Shape(vocabulary=7, answers=2, context=5, width=4, heads=1, layers=1)
    with seeded(3):
        return Looker(shape)


def by_jacobian(network: nn.Module, embedding: nn.Embedding, texts: Tensor) -> list[float]:
    """The reach of each text from its whole Jacobian, one text and one token after the other."""
    sizes = []
    for text in texts:

        def answer(x: Tensor) -> Tensor:
            hook = embedding.register_forward_hook(lambda part, given, passing: x[None])
            try:
                return network(text[None])[0]  # noqa: B023 - called before the next round
            finally:
                hook.remove()

        whole = jacobian(answer, embedding(text).detach())  # (A, T, C)
        sizes.append([float((whole[:, t] ** 2).sum()) ** 0.5 for t in range(len(text))])
    return torch.tensor(sizes).mean(0).flip(0).tolist()


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_the_reach_of_an_answer_is_the_size_of_its_jacobian(cell: str) -> None:
    network = rememberer(cell)
    expected = by_jacobian(network, network.token, TWINS)
    assert reach_of_answer(network, TWINS).tolist() == pytest.approx(expected, rel=1e-4)


def test_so_is_that_of_a_network_that_looks() -> None:
    network = looker()
    expected = by_jacobian(network, network.encoder.token, TWINS)
    assert reach_of_answer(network, TWINS).tolist() == pytest.approx(expected, rel=1e-4)


def test_what_has_all_but_faded_is_still_a_number() -> None:
    network = rememberer("rnn")
    with torch.no_grad():
        network.memory.cell.weight_hh.mul_(0.01)
    far = reach_of_answer(network, torch.zeros(1, 40, dtype=torch.long))
    assert 0 < far[-1] < 1e-60
    assert network.answer.weight.dtype is torch.float32 and network.answer.weight.grad is None


@pytest.mark.parametrize("cell", ["rnn", "gru", "lstm"])
def test_states_are_those_of_the_cell_taken_step_by_step(cell: str) -> None:
    network = rememberer(cell)
    arrays, values = states_of(network, TWINS)
    state = network.memory.cell.start(2)
    for t in range(5):
        with torch.no_grad():
            state = network.memory.cell(network.token(TWINS[:, t]), state)
        shown = network.memory.cell.output(state)
        assert torch.allclose(torch.tensor(arrays["states"][:, t]), shown, atol=1e-6)
        apart = float(((shown[0] - shown[1]) ** 2).sum()) ** 0.5
        assert arrays["distance"][t] == pytest.approx(apart, rel=1e-4, abs=1e-6)
    assert values["said"] == network.answer(shown).argmax(-1).tolist()
    assert values["tokens"] == TWINS.tolist()


def test_the_forget_gate_is_its_mean_over_the_numbers() -> None:
    network = rememberer("lstm")
    cell = network.memory.cell
    assert isinstance(cell, LSTMCell)
    arrays, _ = states_of(network, TWINS)
    h = torch.zeros(2, 5)
    c = torch.zeros(2, 5)
    with torch.no_grad():
        for t in range(5):
            x = network.token(TWINS[:, t])
            sums = x @ cell.weight_ih.T + cell.bias_ih + h @ cell.weight_hh.T + cell.bias_hh
            i, f, g, o = sums.reshape(2, 4, 5).unbind(1)
            c = f.sigmoid() * c + i.sigmoid() * g.tanh()
            h = o.sigmoid() * c.tanh()
            assert arrays["forget"][:, t] == pytest.approx(f.sigmoid().mean(1).numpy(), rel=1e-5)
    assert "forget" not in states_of(rememberer("gru"), TWINS)[0]


def test_looking_leaves_the_network_as_it_was() -> None:
    network = rememberer("lstm").train()
    before = [weight.clone() for weight in network.parameters()]
    states_of(network, TWINS)
    reach_of_answer(network, TWINS)
    assert network.training and not network.memory.stream._forward_hooks
    assert all(map(torch.equal, before, network.parameters()))
    assert all(weight.grad is None for weight in network.parameters())


def test_a_network_that_remembers_nothing_has_no_states() -> None:
    with pytest.raises(ValueError, match="remembers nothing"):
        states_of(looker(), TWINS)


def test_the_corridor_shows_how_far_back_everyone_reaches_while_they_learn() -> None:
    settings = LABS["recurrence"].settings({"steps": 60, "corridor": 5})
    lab = RecurrenceLab(settings, 0)
    shown = [one for one in lab.train() if isinstance(one, Look) and one.name == "reach"]
    assert [one.step for one in shown] == [0, 30, 50, 60]
    assert all(one.runner == "" and one.data["texts"] == 16 for one in shown)
    now = shown[-1].data["reach"]
    assert set(now) == {racer.name for racer in lab.racers}
    for name, values in now.items():
        arrays, _ = lab.probe("reach", {"runner": name})
        assert values == pytest.approx(arrays["reach"].tolist(), rel=5e-3)
        assert values[0] == 1
