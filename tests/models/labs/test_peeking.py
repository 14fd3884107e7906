"""The lab of masks: who may look where, how peeking is measured, and when the claim holds."""

from __future__ import annotations

import functools

import pytest
import torch

from models.labs.lab import Look
from models.labs.peeking import PeekingLab
from models.labs.peeking_inside import add_mask, ahead, masked, moved
from models.layers.masks import causal, mask
from models.networks.encoder import Shape, Tagger
from models.networks.writing import written
from models.probe import at_rest
from models.specs.peeking import RUNNERS, SPEC
from models.specs.spec import Value
from models.tasks.rooms import floor, legal
from tests.support.small_races import run_through

SHAPE = Shape(vocabulary=9, answers=9, context=8, width=8, heads=2, layers=2)


def begun(**knobs: Value) -> PeekingLab:
    small: dict[str, Value] = {"steps": 20, "length": 6}
    return PeekingLab(SPEC.settings({**small, **knobs}), 0)


@functools.cache
def ran() -> tuple[PeekingLab, list[object]]:
    return run_through(begun)


def judged(**changed: float) -> tuple[bool, bool]:
    lab = begun()
    losses, _ = floor(6)
    low = sum(losses) / len(losses)
    metrics = {"masked.loss": low, "masked.walks": 0.98, "masked.moved": 0.0}
    for name in ("open", "added"):
        metrics |= {f"{name}.loss": 0.1, f"{name}.walks": 0.0, f"{name}.moved": 9.0}
    lab._judged = lambda name, racer, causal: {f"{name}.loss": 2.0}  # type: ignore[method-assign]
    if "late_loss" in changed:
        late = changed.pop("late_loss")
        lab._judged = lambda name, racer, causal: {f"{name}.loss": late}  # type: ignore[method-assign]
    return lab.judge({**metrics, **{name.replace("_", "."): v for name, v in changed.items()}})


def tagger(**changed: object) -> Tagger:
    torch.manual_seed(0)
    return Tagger(Shape(**{**SHAPE.__dict__, **changed}))  # type: ignore[arg-type]


def texts(count: int = 4, length: int = 6) -> torch.Tensor:
    return torch.randint(9, (count, length), generator=torch.Generator().manual_seed(1))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, (True, True)),
        ({"masked_walks": 0.8}, (False, True)),
        ({"masked_loss": 0.9}, (False, True)),
        ({"open_loss": 0.4}, (False, True)),
        ({"added_walks": 0.2}, (False, True)),
        ({"late_loss": 0.7}, (True, False)),
        ({"masked_moved": 1e-9}, (True, False)),
        ({"added_moved": 0.0}, (True, False)),
    ],
)
def test_the_claim_and_its_control(changed: dict[str, float], expected: tuple[bool, bool]) -> None:
    assert judged(**changed) == expected


def test_all_have_the_same_first_weights_and_differ_in_who_may_look_where() -> None:
    lab = begun()
    assert [racer.name for racer in lab.racers] == list(RUNNERS)
    first = lab.racers[0].network.state_dict()
    for racer in lab.racers[1:]:
        state = racer.network.state_dict()
        assert all(torch.equal(first[name], state[name]) for name in first)
    batch = texts()
    logits = [racer.network(batch) for racer in lab.racers]
    assert not any(torch.equal(logits[0], other) for other in logits[1:])
    assert not torch.equal(logits[1], logits[2])


def test_with_a_causal_mask_no_earlier_logit_moves_at_all_and_without_one_some_do() -> None:
    assert moved(tagger(causal=True), texts()) == 0.0
    assert moved(tagger(), texts()) > 1e-4
    assert moved(add_mask(tagger()), texts()) > 1e-4


def test_the_added_mask_makes_the_future_e_times_as_likely_and_hides_nothing() -> None:
    network = tagger(layers=1)
    with torch.no_grad():  # all scores are 0, so all shares would be equal
        network.encoder.blocks[0].attend.in_proj_weight.zero_()  # type: ignore[union-attr,operator]
    four = texts(3, 4)
    assert ahead(network, four) == pytest.approx((3 + 2 + 1 + 0) / 16)
    e = torch.e
    rows = [3 * e / (1 + 3 * e), 2 * e / (2 + 2 * e), e / (3 + e), 0]
    assert ahead(add_mask(network), four) == pytest.approx(sum(rows) / 4)
    assert ahead(tagger(causal=True), four) == 0.0


def test_a_mask_can_be_put_on_and_is_as_it_was_afterwards() -> None:
    network = tagger()
    with masked(network, True), at_rest(network):
        seen = network(texts())
    other = tagger(causal=True)
    with at_rest(other):
        assert torch.equal(seen, other(texts()))
    assert not network.encoder.causal
    assert torch.equal(network.encoder.allowed(texts(), None) or mask(causal, 6), mask(causal, 6))


def test_what_is_written_is_drawn_token_by_token_from_the_last_place() -> None:
    network = tagger(causal=True)
    with torch.no_grad():  # always the same token, whatever came before
        network.answer.weight.zero_()
        network.answer.bias.copy_(torch.eye(9)[5] * 100)
    walks = written(network, texts(3, 2), 6, torch.Generator().manual_seed(0))
    assert torch.equal(walks[:, :2], texts(3, 2)) and (walks[:, 2:] == 5).all()


def test_looks_and_probes_tell_what_each_writes_and_how_much_of_it_is_legal() -> None:
    lab, units = ran()
    looks = [unit for unit in units if isinstance(unit, Look)]
    assert [(look.name, look.step) for look in looks][:2] == [("written", 0), ("written", 10)]
    _, values = lab.probe("written", {"when": "after"})
    for told in (looks[-1].data["writers"], values["writers"]):
        assert [one["writer"] for one in told] == list(RUNNERS)
        for one in told:
            assert one["count"] == 100 and 0 <= one["right"] <= 100
            walks = torch.tensor([["abcdefghi".index(room) for room in w] for w in one["walks"]])
            assert walks.shape == (3, 6) and legal(walks).tolist() == one["legal"]


def test_the_weights_of_each_can_be_looked_at() -> None:
    lab, _ = ran()
    for name in RUNNERS:
        arrays, values = lab.probe("attention", {"runner": name})
        assert arrays["weights"].shape == (5, 5) and len(values["said"]) == 5
        future = arrays["weights"][0, 1:].sum()
        assert (future == 0) == (name == "masked")
        assert ("bias" in arrays) == (name == "added")
    assert arrays["bias"][0].tolist() == [0, 1, 1, 1, 1]
