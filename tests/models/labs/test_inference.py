"""A clue and a long story: everyone has the same size, and where the answer looks is seen."""

from __future__ import annotations

import functools

import pytest
import torch

from models.labs.inference import CHOOSING, LOOKED_INTO, LOST, WEIGHTS, InferenceLab
from models.labs.lab import Look
from models.labs.race import SOLVED, UNSEEN
from models.layers.size import parameters
from models.probe import look, replacing
from models.protocol import Report
from models.specs.inference import SPEC
from models.specs.spec import Value
from models.tasks.inference import CLUE, COLOURS


def begun(**knobs: Value) -> InferenceLab:
    return InferenceLab(SPEC.settings({"steps": 25, "words": 7, **knobs}), seed=0)


@functools.cache
def ran() -> tuple[InferenceLab, list[Report | Look]]:
    lab = begun()
    return lab, list(lab.train())


def test_everyone_is_as_large_as_the_one_that_looks() -> None:
    sizes = {racer.name: parameters(racer.network) for racer in begun(biased=True).racers}
    assert list(sizes) == ["lstm", "biased", "attention"]
    assert all(abs(size / sizes["attention"] - 1) < 0.05 for size in sizes.values())


def test_the_second_lstm_runs_only_where_it_is_asked_for() -> None:
    assert [racer.name for racer in begun().racers] == ["lstm", "attention"]


def test_the_share_of_the_clue_is_what_the_last_word_gives_the_colour() -> None:
    lab = begun()
    racer = lab.racers[-1]

    def pointed(weights: torch.Tensor) -> torch.Tensor:
        weights = torch.zeros_like(weights)
        weights[:, :, -1, CLUE] = 0.75
        weights[:, :, :-1, CLUE] = 1.0
        return weights

    with replacing(racer.network, WEIGHTS, pointed):
        assert lab._share_of_the_clue(racer) == pytest.approx(0.75)
    texts, _ = lab._texts(racer, "unseen", LOOKED_INTO)
    seen = look(racer.network, texts)[1][WEIGHTS]
    assert lab._share_of_the_clue(racer) == pytest.approx(seen[:, 0, -1, CLUE].mean().item())


def test_the_last_word_is_looked_at_early_and_at_the_end() -> None:
    lab, units = ran()
    looks = [seen for seen in units if isinstance(seen, Look)]
    assert [seen.step for seen in looks] == [0, 10, 20, 25]
    assert {seen.name for seen in looks} == {"alignment"}
    first, *_, last = (seen.data for seen in looks)
    assert first["answers"] == last["answers"] and first["weights"] != last["weights"]
    arrays, values = lab.probe("alignment", {})
    assert abs(torch.tensor(last["weights"]) - torch.tensor(arrays["weights"])).max() < 1e-4
    assert last["answers"] == values["answers"] and last["said"] == values["said"]


def test_one_row_asks_every_word_of_its_text() -> None:
    arrays, values = ran()[0].probe("alignment", {"sample": 3})
    assert values["asks"] == ["colour"] and len(values["answers"]) == 13
    assert values["right"] == [values["answers"][CLUE]] and values["right"][0] in COLOURS
    assert arrays["weights"].shape == (1, 13)
    assert arrays["weights"].sum() == pytest.approx(1.0, abs=1e-5)
    assert values["uniform"] == 1 / 13
    assert f"of {UNSEEN:,} texts; with equal shares in" in values["without"]


def test_before_is_before_the_first_step() -> None:
    fresh, _ = begun().probe("alignment", {})
    before, values = ran()[0].probe("alignment", {"when": "before"})
    assert (before["weights"] == fresh["weights"]).all()
    assert "without" not in values


@pytest.mark.parametrize(
    ("accuracy", "uniform", "held", "failed"),
    [
        ({}, 0.0, True, True),
        ({"attention.accuracy": SOLVED - 0.01}, 0.0, False, True),
        ({"lstm.accuracy": LOST}, 0.0, True, False),
        ({}, CHOOSING, True, False),
    ],
)
def test_the_claim_holds_where_attention_gives_the_colour_by_choosing_and_the_lstm_does_not(
    accuracy: dict[str, float],
    uniform: float,
    held: bool,
    failed: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lab = begun()
    monkeypatch.setattr(lab, "if_uniform", lambda *about: uniform)
    metrics = {"lstm.accuracy": 0.1, "attention.accuracy": SOLVED}
    assert lab.judge({**metrics, **accuracy}) == (held, failed)
