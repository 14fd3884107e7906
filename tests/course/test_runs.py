"""Bets, claims and numbers in the text, decided by what was measured."""

from __future__ import annotations

import pytest

from course.bets import Bets, Outcome, Predict
from course.lesson import Claim, RunRef
from course.placeholders import NOT_MEASURED
from course.runs import OutcomeProblem, claim_verdict, decided, fill_runs, outcome


def bet(*conditions: tuple[str, str]) -> Predict:
    outcomes = tuple(Outcome(condition, branch) for condition, branch in conditions)
    return Predict(id="p", prompt="", options=(), run=RunRef("lap"), outcomes=outcomes)


THREE = bet(
    ("loss < baseline.loss", "lower"),
    ("baseline.loss <= loss <= 2 * baseline.loss", "alike"),
    ("loss > 2 * baseline.loss", "higher"),
)


@pytest.mark.parametrize(
    ("loss", "branch"), [(0.5, "lower"), (1, "alike"), (2, "alike"), (2.5, "higher")]
)
def test_the_run_decides_a_bet(loss: float, branch: str) -> None:
    assert outcome(THREE, {"loss": loss}, {"loss": 1}) == branch


def test_metrics_may_have_dots_and_need_no_baseline() -> None:
    one = bet(("control.arrival < 0.5", "few"), ("control.arrival >= 0.5", "many"))
    assert outcome(one, {"control.arrival": 0.7}, None) == "many"


@pytest.mark.parametrize(
    ("conditions", "says"),
    [
        ([("loss > 5", "a"), ("loss < 0", "b")], "no condition holds"),
        ([("loss > 0", "a"), ("loss < 5", "b")], "“loss > 0” and “loss < 5” hold"),
        ([("gain > 0", "a")], "“gain” is no number here"),
        ([("1 / (loss - 1) > 0", "a")], "divides by zero"),
    ],
)
def test_no_branch_or_two_is_a_fault_of_the_lesson(
    conditions: list[tuple[str, str]], says: str
) -> None:
    with pytest.raises(OutcomeProblem, match="p: ") as caught:
        outcome(bet(*conditions), {"loss": 1}, None)
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("metrics", "verdict"),
    [
        ({}, "unknown"),
        ({"run.race.other": 1}, "unknown"),
        ({"run.race.ratio": 1}, "confirmed"),
        ({"run.race.ratio": 1.5}, "plausible"),
        ({"run.race.ratio": 3}, "busted"),
        ({"run.race.ratio": float("nan")}, "unknown"),
    ],
)
def test_claims(metrics: dict[str, float], verdict: str) -> None:
    claim = Claim("c", "It is.", "run.race.ratio < 1.2", "run.race.ratio > 2")
    assert claim_verdict(claim, metrics) == verdict


def test_a_claim_that_a_run_both_confirms_and_busts_is_plausible() -> None:
    claim = Claim("c", "It is.", "run.a.x > 1", "run.a.x > 2")
    assert claim_verdict(claim, {"run.a.x": 3}) == "plausible"


@pytest.mark.parametrize(
    ("form", "value", "text"),
    [
        ("percent", 0.0, "0 %"),
        ("percent", 1.0, "100 %"),
        ("percent", 0.5649, "56 %"),
        ("percent", 0.921, "92.1 %"),
        ("percent", 0.034, "3.4 %"),
        ("number", 3.14159, "3.14"),
        ("number", 12.0, "12"),
        ("number", 0.00012345, "0.000123"),
        ("ratio", 1.4, "1.40"),
        ("count", 8804.0, "8,804"),
        ("seconds", 0.82, "0.8 s"),
        ("seconds", 42.4, "42 s"),
        ("seconds", 95.0, "1 min 35 s"),
    ],
)
def test_forms(form: str, value: float, text: str) -> None:
    assert fill_runs(f"It was {{{{ run.a.b | {form} }}}}.", lambda _: value) == f"It was {text}."


def test_numbers_are_filled_in_by_their_full_name() -> None:
    measured = {"run.mouse.arrival": 0.5, "run.mouse.control.arrival": 0.25}
    text = "{{ run.mouse.arrival | percent }}, {{run.mouse.control.arrival|percent}}, {{ run.a.b }}"
    assert fill_runs(text, measured.get) == f"50 %, 25 %, {NOT_MEASURED}"


def test_other_braces_stay() -> None:
    assert fill_runs("{{d}} {{ run.a }} {}", lambda _: 1.0) == "{{d}} {{ run.a }} {}"


@pytest.mark.parametrize(
    ("metrics", "said"),
    [
        ({}, (None, None)),
        ({"run.a.x": 1.0}, (True, None)),
        ({"run.a.x": 0.0, "run.b.y": 2.0}, (False, True)),
    ],
)
def test_each_of_several_bets_waits_for_its_own_runs(
    metrics: dict[str, float], said: tuple[bool | None, ...]
) -> None:
    bets = Bets(id="b", prompt="", options=(), true_if=("run.a.x > 0.5", "run.b.y > run.a.x"))
    assert decided(bets, metrics) == said
