"""The amnesia test: everyone has the same strings and size, and is asked at every length."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch

from models.chance import chance
from models.labs.amnesia import AmnesiaLab
from models.labs.race import BATCH, SOLVED
from models.layers.lstm import FORGET
from models.layers.size import parameters
from models.protocol import Report
from models.specs.amnesia import FIXED, LENGTHS, RUNNERS, SPEC
from models.specs.spec import Value


@pytest.fixture(autouse=True, scope="module")
def small_and_alone() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("models.labs.race.UNSEEN", 20)
        yield


def lab(**knobs: Value) -> AmnesiaLab:
    return AmnesiaLab(SPEC.settings({"steps": 20, "length": 5, **knobs}), seed=0)


def test_everyone_is_as_large_as_the_one_that_looks() -> None:
    sizes = {racer.name: parameters(racer.network) for racer in lab().racers}
    assert list(sizes) == list(RUNNERS)
    assert all(abs(size / sizes["attention"] - 1) < 0.05 for size in sizes.values())


def test_the_two_lstms_differ_in_the_first_bias_of_their_forget_gates_alone() -> None:
    plain, biased = (dict(racer.network.named_parameters()) for racer in lab().racers[:2])
    other = {name for name in plain if not torch.equal(plain[name], biased[name])}
    assert other == {"memory.cell.bias_ih", "memory.cell.bias_hh"}
    gates = [biased[f"memory.cell.bias_{side}"].view(4, -1) for side in ("ih", "hh")]
    assert (gates[0][FORGET] + gates[1][FORGET] == 5.0).all()
    rest = [gate for gate in range(4) if gate != FORGET]
    assert torch.equal(gates[0][rest], plain["memory.cell.bias_ih"].view(4, -1)[rest])


def test_everyone_is_asked_for_the_first_letter_of_the_same_strings() -> None:
    drawn = [racer.draw(8, chance(0, 3)) for racer in lab(length=12).racers]
    for texts, answers in drawn:
        assert texts.shape == (8, 12) and torch.equal(answers, texts[:, 0])
        assert torch.equal(texts, drawn[0][0])


def test_fixed_strings_come_again_and_fresh_ones_do_not() -> None:
    fixed, fresh = lab(strings="fixed").racers[0], lab().racers[0]
    assert fixed.practice is not None and fresh.practice is None

    def kinds(draw: object) -> int:
        assert callable(draw)
        texts = torch.cat([draw(BATCH, chance(0, step))[0] for step in range(400)])
        return len(texts.unique(dim=0))

    # Of 25,600 strings all but 30 or so differ, where there are 26⁵ of them to draw from.
    assert 4900 < kinds(fixed.practice) <= FIXED
    assert kinds(fresh.draw) > 25_000 and kinds(fixed.draw) > 25_000


def test_what_it_trains_on_is_asked_before_it_learns_from_it() -> None:
    running = lab(strings="fixed")
    racer = running.racers[0]
    assert racer.practice is not None
    next(unit for unit in running.train() if isinstance(unit, Report))
    texts, answers = racer.practice(BATCH, chance(0, 0))
    said = racer.untrained(texts).argmax(-1)
    assert racer.right[0].item() == pytest.approx((said == answers).float().mean().item())


def test_it_is_asked_at_lengths_that_it_never_saw() -> None:
    running = lab(gru=False)
    list(running.train())
    assert running.result is not None
    metrics = running.result.metrics
    assert {"lstm.at5", "biased.at50", "attention.at200"} <= set(metrics)
    assert not any(name.startswith("gru") for name in metrics)
    for racer in running.racers:
        assert metrics[f"{racer.name}.at5"] == metrics[f"{racer.name}.accuracy"]
        for length in LENGTHS:
            texts, answers = running._texts(racer, "unseen", 20, f"at{length}")
            assert texts.shape == (20, length)
            assert metrics[f"{racer.name}.at{length}"] == racer.accuracy(texts, answers)


@pytest.mark.parametrize(
    ("changed", "held", "failed"),
    [
        ({}, True, True),
        ({"biased.accuracy": 0.98}, False, True),
        ({"attention.accuracy": 0.98}, False, True),
        ({"biased.at200": 0.89}, False, True),
        ({"attention.at200": 0.9}, False, True),
        ({"lstm.accuracy": 0.1}, True, False),
    ],
)
def test_the_claim_holds_when_the_winner_changes(
    changed: dict[str, float], held: bool, failed: bool
) -> None:
    running = lab()
    for racer in running.racers:
        racer.right.append(torch.tensor(0.0))
    metrics = {
        "lstm.accuracy": 0.04,
        "biased.accuracy": SOLVED,
        "attention.accuracy": SOLVED,
        "biased.at200": 0.9,
        "attention.at200": 0.89,
    }
    assert running.judge({**metrics, **changed}) == (held, failed)
