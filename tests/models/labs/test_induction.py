"""The lab of induction: who learns from what, what is judged, and the scores of the heads."""

from __future__ import annotations

import functools
from typing import Any

import pytest
import torch

from models.chance import chance
from models.head_scores import scores
from models.labs.induction import InductionLab
from models.labs.lab import Look
from models.layers.loss import IGNORED, cross_entropy
from models.layers.size import parameters
from models.probe import look
from models.protocol import Report
from models.specs.induction import FIXED, LENGTH, NEVER, ONCE_ROUND, PERIODS, SPEC
from models.tasks.letters import encode
from models.tasks.repeats import once_round


def begun(**knobs: Any) -> InductionLab:
    return InductionLab(SPEC.settings({"steps": 30, **knobs}), 0)


@functools.cache
def ran() -> tuple[InductionLab, list[Report | Look]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("models.labs.race.UNSEEN", 40)
        lab = begun()
        return lab, list(lab.train())


def period_of(text: list[int]) -> int:
    """The shortest after which all letters of a text come again."""
    return next(p for p in range(1, len(text)) if text[p:] == text[:-p])


def test_one_layer_is_as_large_as_two_whatever_the_heads_and_places() -> None:
    for knobs in ({}, {"heads": 1}, {"positions": "learned"}):
        two, one, fixed = (parameters(racer.network) for racer in begun(**knobs).racers)
        assert one == fixed and abs(one / two - 1) < 0.025


def test_nobody_learns_from_the_period_that_nobody_met_and_one_from_one_period_alone() -> None:
    met: dict[str, set[int]] = {}
    for racer in begun().racers:
        texts, answers = (racer.practice or racer.draw)(400, chance(0, 0))
        assert texts.shape == answers.shape == (400, LENGTH)
        met[racer.name] = {period_of(text) for text in texts.tolist()}
    assert met["two"] == met["one"] == set(PERIODS) and NEVER not in PERIODS
    assert met["fixed"] == {FIXED}


def test_all_are_judged_on_the_same_texts_at_random_periods_and_at_three_others() -> None:
    lab = begun()
    for exam, periods in (
        ("accuracy", set(PERIODS)),
        ("never", {15}),
        ("longer", {24}),
        ("at16", {16}),
    ):
        sat = [lab._texts(racer, "unseen", 300, exam) for racer in lab.racers]
        assert all(torch.equal(texts, sat[0][0]) for texts, _ in sat)
        assert {period_of(text) for text in sat[0][0].tolist()} == periods
    assert not torch.equal(
        lab._texts(lab.racers[0], "watched", 300)[0], lab._texts(lab.racers[0], "unseen", 300)[0]
    )


def test_accuracy_counts_what_can_be_foreseen_and_the_loss_all_letters() -> None:
    lab, racer = begun(), begun().racers[0]
    texts, answers = lab._texts(racer, "unseen", 20)
    with torch.no_grad():
        logits = racer.network.eval()(texts)
    rights = [
        logits[b, t].argmax().item() == answers[b, t].item()
        for b in range(20)
        for t in range(LENGTH)
        if t >= period_of(texts[b].tolist())
    ]
    assert racer.accuracy(texts, answers) == pytest.approx(sum(rights) / len(rights))
    assert len(rights) == (answers != IGNORED).sum()

    drawn, known = racer.draw(32, chance(0, 0))
    whole = torch.cat([drawn, known[:, -1:]], 1)
    loss = cross_entropy(lab.racers[0].network(drawn), whole[:, 1:])
    assert lab._loss(lab.racers[0])(0).item() == pytest.approx(loss.item(), rel=1e-5)


def test_the_level_on_the_chart_is_what_guessing_the_first_block_costs() -> None:
    assert pytest.approx(once_round(PERIODS, LENGTH), abs=1e-4) == ONCE_ROUND


def test_the_scores_of_two_layers_are_told_at_every_step() -> None:
    lab, seen = ran()
    told: dict[str, list[Report]] = {}
    for one in seen:
        if isinstance(one, Report) and "prev" in one.metrics:
            told.setdefault(one.runner, []).append(one)
    assert [one.step for one in told["two"]] == list(range(1, 31))
    assert [one.step for one in told["one"]] == [one.step for one in told["fixed"]] == [25, 30]
    word = encode("labyrinthlabyrint")
    for racer in lab.racers:
        _, inside = look(racer.network, word)
        layers = [weights for name, weights in inside.items() if name.endswith(".weights")]
        first, last = scores(layers[0], word)["prev"], scores(layers[-1], word)["same"]
        metrics = told[racer.name][-1].metrics
        assert metrics["prev"] == pytest.approx(first.max().item(), rel=1e-5)
        assert metrics["same"] == pytest.approx(last.max().item(), rel=1e-5)


def test_heads_are_shown_every_fourth_step_and_at_last_as_the_probe_has_them() -> None:
    lab, seen = ran()
    shown = [one for one in seen if isinstance(one, Look) and one.runner == "two"]
    assert [one.step for one in shown] == [0, 4, 8, 10, 12, 16, 20, 24, 25, 28, 30]
    others = [one.step for one in seen if isinstance(one, Look) and one.runner == "one"]
    assert others == [0, 10, 20, 25, 30]
    arrays, values = lab.probe("heads", {"runner": "two"})
    last = shown[-1].data
    assert torch.allclose(torch.tensor(last["weights"]), torch.tensor(arrays["weights"]), atol=6e-4)
    assert last["tokens"] == values["tokens"] == list("LABYRINTHLABYRINT")
    assert last["equal"] == values["equal"]
    for name, layers in values["scores"].items():
        assert torch.allclose(torch.tensor(last["scores"][name]), torch.tensor(layers))
        assert torch.tensor(layers).shape == (2, 4)


def test_a_head_that_is_off_changes_where_the_next_layer_looks_and_not_its_own() -> None:
    lab, _ = ran()
    _, whole = lab.probe("heads", {})
    _, without = lab.probe("heads", {"off": [[0, 1]]})
    _, patched = lab.probe("heads", {"elsewhere": [[1, 0]]})
    assert patched["loss"] != whole["loss"] and patched["other_own"] < 0.5
    assert len(patched["there"]) == 9 and "other" not in whole, "a block as long as labyrinth"
    assert whole["donors"] == [] and lab.probe("heads", {"runner": "one"})[1]["donors"] == ["fixed"]
    assert without["scores"]["same"][0] == pytest.approx(whole["scores"]["same"][0])
    assert without["scores"]["same"][1] != pytest.approx(whole["scores"]["same"][1])


def test_one_head_can_be_taken_apart_and_every_letter_that_can_be_foreseen_is_judged() -> None:
    lab, _ = ran()
    arrays, values = lab.probe("attention", {"runner": "two", "layer": 1, "head": 3})
    assert arrays["weights"].shape == (17, 17) and values["layers"] == 2 and values["heads"] == 4
    assert values["right"] == [""] * 9 + list("ABYRINTH")
    assert values["selected"] == "chosen by us" and len(values["said"]) == 17
    _, board = lab.probe("ablate", {"runner": "one"})
    assert len(board["rows"]) == 12  # none, each of four, each pair of them, all
    _, other = lab.probe("attention", {"sample": 2, "when": "before"})
    assert other["tokens"] != values["tokens"] and "without" not in other


GOOD = {
    "two.accuracy": 0.95,
    "two.never": 0.95,
    "one.accuracy": 0.3,
    "fixed.accuracy": 0.3,
    "fixed.at16": 0.95,
}


@pytest.mark.parametrize(
    ("changed", "held", "failed"),
    [
        ({}, True, True),
        ({"two.accuracy": 0.94}, False, True),
        ({"two.never": 0.94}, False, True),
        ({"one.accuracy": 0.31}, True, False),
        ({"fixed.accuracy": 0.31}, True, False),
        ({"fixed.at16": 0.94}, True, False),
    ],
)
def test_the_claim_needs_both_and_the_controls_must_fail(
    changed: dict[str, float], held: bool, failed: bool
) -> None:
    assert begun().judge({**GOOD, **changed}) == (held, failed)
