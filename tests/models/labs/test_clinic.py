"""The clinic: who is treated, how it is judged, and what is found in a patient."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from models.labs.clinic import SUFFERS, ClinicLab
from models.labs.clinic_inside import code_of, findings, is_ill, said_of
from models.labs.lab import Look
from models.networks.diseases import DISEASES
from models.networks.patient import Patient
from models.protocol import Report
from models.specs.clinic import HEALTHY, PATIENTS, SPEC, patched
from models.specs.spec import Value
from models.tasks.echo import LENGTH

ILL = {
    "ada": {"accuracy": 0.35},
    "bea": {"accuracy": 0.2, "loss": 0.01},
    "cas": {"accuracy": 0.06, "lost": 1.0},
    "dot": {"accuracy": 0.06, "peak": 12.0},
    "eli": {"accuracy": 0.90, "least": 0.0},
    "fay": {"accuracy": 0.06, "last": 1.0},
}


def begun(**knobs: Value) -> ClinicLab:
    return ClinicLab(SPEC.settings({"steps": 20, **knobs}), 0)


def told(name: str, **other: float) -> dict[str, float]:
    return {f"{name}.{metric}": value for metric, value in {**ILL[name], **other}.items()}


@pytest.mark.parametrize(
    ("knobs", "names"),
    [
        ({"patient": "bea"}, [HEALTHY, "bea", "bea_patched"]),
        ({"patient": "bea", "patch": False}, [HEALTHY, "bea"]),
        ({"patch": False}, [HEALTHY, *PATIENTS]),
    ],
)
def test_the_knobs_say_who_is_treated(knobs: dict[str, Value], names: list[str]) -> None:
    assert [racer.name for racer in begun(**knobs).racers] == names


def test_a_patient_and_its_patched_self_differ_in_their_code_alone() -> None:
    lab = begun()
    networks = {racer.name: racer.network for racer in lab.racers}
    for name, suffers in SUFFERS.items():
        disease = DISEASES[suffers]
        ill, well = networks[name].state_dict(), networks[patched(name)].state_dict()
        assert all(torch.equal(ill[part], well[part]) for part in ill)
        assert type(networks[name]) is disease and type(networks[patched(name)]) is Patient
    firsts = {tuple(networks[name].place[0].tolist()) for name in PATIENTS}
    assert len(firsts) == len(PATIENTS)


@pytest.mark.parametrize("name", DISEASES)
def test_what_is_put_right_is_one_line_of_code_that_runs(name: str) -> None:
    lines = code_of(DISEASES[name])
    signs = [sign for sign, _ in lines]
    assert signs.count("-") == signs.count("+") == 1
    (method,) = (part for part in vars(DISEASES[name]) if not part.startswith("__"))
    assert lines[0] == [" ", next(line for _, line in lines if line.startswith("def"))]
    assert f"def {method}(self" in lines[0][1]


def test_the_code_of_the_added_mask_is_told_line_by_line() -> None:
    assert code_of(DISEASES["mask"])[-3:] == [
        [" ", "    ahead = j > j[:, None]"],
        ["-", "    return scores + ahead.float()"],
        ["+", "    return scores.masked_fill(ahead, -math.inf)"],
    ]


@pytest.mark.parametrize("name", PATIENTS)
def test_a_patient_that_shows_nothing_is_not_ill(name: str) -> None:
    assert is_ill(name, SUFFERS[name], told(name))
    well = {"accuracy": 1.0, "loss": 1.26, "lost": 0.0, "peak": 2.8, "least": 1.0, "last": 0.06}
    assert not is_ill(
        name, SUFFERS[name], {f"{name}.{metric}": value for metric, value in well.items()}
    )
    assert not is_ill(name, SUFFERS[name], {})


def test_what_a_text_is_examined_with_is_cut_off_before_the_letter() -> None:
    lab = begun()
    case = lab._named("bea")
    texts, answers = lab._texts(case, "found", 20)
    said = said_of(case.network, texts, 0)
    for k in range(LENGTH):
        changed = texts.clone()
        changed[:, LENGTH + k :] = 0
        assert torch.equal(said_of(case.network, changed, 0)[:, k], said[:, k])
    right = (said == answers).float().mean().item()
    assert case.accuracy(texts, answers) == pytest.approx(right)


def test_what_is_found_is_what_the_weights_say() -> None:
    lab = begun()
    case = lab._named("eli")
    texts, _ = lab._texts(case, "found", 50)
    found = findings(case.network, texts, 0)
    assert found["least"] < 1 < found["most"] and found["lost"] == 0.0
    assert found["future"] == 0.0
    mask = lab._named("bea").network
    ahead = findings(mask, texts, 0)["future"]
    # Before training all scores are small: the future has e for every 1 of the past.
    rows = [(10 - t) * math.e / ((10 - t) * math.e + t + 1) for t in range(11)]
    assert ahead == pytest.approx(sum(rows) / 11, abs=0.05)


def test_the_test_that_can_fail_finds_who_peeks_and_who_never_says_the_same_twice() -> None:
    lab = begun(patch=False)
    texts, _ = lab._texts(lab.racers[0], "found", 50)
    found = {r.name: findings(r.network, texts, 0)["peeks"] for r in lab.racers}
    assert {name for name, peeks in found.items() if peeks} == {"bea", "cas", "eli"}


def test_a_loss_that_is_no_number_is_left_out_and_the_run_goes_on() -> None:
    lab = begun(patient="cas")
    units = list(lab.train())
    reports = [one for one in units if isinstance(one, Report)]
    assert all(math.isfinite(v) for one in reports for v in one.metrics.values())
    assert "loss" not in {m for one in reports if one.runner == "cas" for m in one.metrics}
    assert {"loss"} <= {m for one in reports if one.runner == "cas_patched" for m in one.metrics}
    assert lab.result is not None and lab.result.metrics["cas.lost"] == 1.0
    assert "cas" not in {one.runner for one in units if isinstance(one, Look)}


def test_the_highest_loss_is_kept_with_the_run() -> None:
    lab = begun(patient="dot")
    list(lab.train())
    again = begun(patient="dot")
    again.restore(lab.state())
    assert again._named("dot").peak == lab._named("dot").peak > 2.8
    assert lab.result is not None and lab.result.metrics["dot.peak"] == lab._named("dot").peak


def test_who_takes_a_hundred_times_as_much_still_does_after_the_rate_is_turned() -> None:
    lab = begun(patient="dot")
    rates = {racer.name: racer.recipe.learning_rate for racer in lab.racers}
    assert rates == {HEALTHY: 0.01, "dot": 1.0, "dot_patched": 0.01}
    lab.set_knob("learning_rate", 0.005)
    rates = {racer.name: racer.recipe.learning_rate for racer in lab.racers}
    assert rates == {HEALTHY: 0.005, "dot": 0.5, "dot_patched": 0.005}


def test_the_patch_alone_is_the_healthy_code_on_the_weights_of_the_patient() -> None:
    lab = begun(patient="bea")
    list(lab.train())
    texts, answers = lab._texts(lab._named("bea"), "found", 100)
    cured = lab._build(Patient, "bea")
    cured.load_state_dict(lab._named("bea").network.state_dict())
    right = (said_of(cured, texts, 0) == answers).float().mean().item()
    assert lab.result is not None
    assert lab.result.metrics["bea.in_place"] == pytest.approx(right)


@pytest.mark.parametrize("runner", [HEALTHY, "bea", "eli", "cas"])
def test_the_weights_of_a_case_are_those_that_are_used(runner: str) -> None:
    lab = begun()
    arrays, values = lab.probe("case", {"runner": runner, "when": "before"})
    assert arrays["weights"].shape == (11, 11) and len(values["letters"]) == 11
    assert values["right"][:-1] == values["letters"][1:]
    sums = arrays["weights"].astype(np.float64).sum(-1)
    assert np.allclose(sums, values["sums"], atol=1e-6, equal_nan=True)
    if runner == "cas":
        assert np.isnan(arrays["weights"][0]).all() and np.isfinite(arrays["weights"][1:]).all()
    elif runner == "eli":
        assert min(values["sums"]) < 0.99 < 1.01 < max(values["sums"])
    else:
        assert np.allclose(sums, 1.0, atol=1e-6)
    assert ("code" in values) == (runner != HEALTHY)
    again, _ = lab.probe("case", {"runner": runner, "when": "before"})
    assert np.array_equal(again["weights"], arrays["weights"], equal_nan=True)
