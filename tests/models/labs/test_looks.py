"""What labs show for the film and report beside the loss, against what their networks compute."""

from __future__ import annotations

import functools

import pytest
import torch

from models.labs.catalog import load_lab
from models.labs.lab import Lab, Look
from models.labs.race import EVERY, Race
from models.labs.team import TeamRace
from models.layers.size import parameters
from models.protocol import Report
from models.specs.catalog import LABS
from models.specs.spec import Value
from tests.support.small_labs import SMALL

STEPS = 60
RACES = ("recurrence", "amnesia", "recall", "alignment")


@functools.cache
def trained(name: str) -> tuple[Lab, list[Report | Look]]:
    """A lab whose first racers have just made their last step, before anybody is judged."""
    settings: dict[str, Value] = {**SMALL[name], "steps": STEPS}
    lab, seen = load_lab(name)(LABS[name].settings(settings), 0, "cpu"), []
    for unit in lab.train():
        if isinstance(unit, Report) and "unseen" in unit.phase:
            break
        seen.append(unit)
    return lab, seen


def looks(name: str, kind: str) -> list[Look]:
    return [seen for seen in trained(name)[1] if isinstance(seen, Look) and seen.name == kind]


def reports(name: str) -> dict[str, list[Report]]:
    found: dict[str, list[Report]] = {}
    for seen in trained(name)[1]:
        if isinstance(seen, Report):
            found.setdefault(seen.runner, []).append(seen)
    return found


@pytest.mark.parametrize("name", ["recall", "amnesia", "letters", "alignment"])
def test_the_alignment_is_shown_early_and_its_shares_add_up(name: str) -> None:
    runner = "letters" if name == "letters" else "attention"
    shown = [look for look in looks(name, "alignment") if look.runner == runner]
    assert [look.step for look in shown] == [0, 10, 20, 30, 40, 50, 60]
    for look in shown:
        weights, asks, answers = (look.data[key] for key in ("weights", "asks", "answers"))
        assert len(weights) == len(asks) == len(look.data["said"])
        assert all(len(row) == len(answers) for row in weights)
        assert [sum(row) for row in weights] == pytest.approx([1.0] * len(asks), abs=0.002)
        assert f"after {look.step} steps" in look.data["title"]
        assert (asks, answers) == (shown[0].data["asks"], shown[0].data["answers"])
    assert shown[0].data["weights"] != shown[-1].data["weights"]


@pytest.mark.parametrize(("name", "runner"), [("recall", "attention"), ("letters", "letters")])
def test_one_row_asks_where_one_token_answers_and_it_is_the_last_row_of_the_probe(
    name: str, runner: str
) -> None:
    last = [look for look in looks(name, "alignment") if look.runner == runner][-1]
    arrays, values = trained(name)[0].probe("attention", {})
    assert last.data["weights"][0] == pytest.approx(arrays["weights"][-1].tolist(), abs=1e-4)
    assert last.data["answers"] == values["tokens"]
    assert last.data["asks"] == values["tokens"][-1:]
    assert last.data["said"] == [values["said"]]


@pytest.mark.parametrize(("name", "runner"), [("heads", "four"), ("roles", "four")])
def test_all_heads_are_shown_often_while_they_form_and_at_last_as_the_probe_has_them(
    name: str, runner: str
) -> None:
    lab, _ = trained(name)
    assert isinstance(lab, TeamRace)
    shown = [look for look in looks(name, "heads") if look.runner == runner]
    assert [look.step for look in shown] == [0, 10, 20, 25, 30, 40, 50, 60]
    arrays, values = lab.probe("heads", {"runner": runner})
    last = shown[-1].data
    assert torch.allclose(torch.tensor(last["weights"]), torch.tensor(arrays["weights"]), atol=6e-4)
    assert last["tokens"] == values["tokens"] and last["asking"] == values["asking"]
    assert (last["said"], last["right"]) == (values["said"], values["right"])
    assert shown[0].data["weights"] != last["weights"]
    # After a while looks are as far apart as everywhere.
    assert [step for step in range(450, 1200) if lab.is_due(step, 1200)] == [450, 475, 500, 1000]


def test_the_row_of_the_amnesia_test_is_the_mean_of_its_heads() -> None:
    lab, _ = trained("amnesia")
    assert isinstance(lab, Race)
    last = looks("amnesia", "alignment")[-1]
    racer = next(racer for racer in lab.racers if racer.name == "attention")
    texts, _ = lab._texts(racer, "sample 0", 1)
    block = racer.network.encoder.blocks[0]
    seen = []
    block.attend.weights.register_forward_hook(lambda part, given, passing: seen.append(passing))
    with torch.no_grad():
        racer.network.eval()(texts)
    heads = seen[0][0, :, -1]  # (H, T)
    assert len(heads) == 2 and "the mean of 2 heads" in last.data["title"]
    assert last.data["weights"][0] == pytest.approx(heads.mean(0).tolist(), abs=1e-4)
    assert last.data["right"] == [last.data["answers"][0]]


def test_the_states_of_all_who_remember_are_those_of_the_probe() -> None:
    lab, _ = trained("recurrence")
    shown = looks("recurrence", "states")
    assert {look.runner for look in shown} == {"near", "rnn"} | {
        racer.name for racer in lab.racers if racer.name in ("lstm", "gru")
    }
    assert [look.step for look in shown if look.runner == "rnn"] == [0, 10, 20, 30, 40, 50, 60]
    last = next(look for look in reversed(shown) if look.runner == "rnn")
    arrays, values = lab.probe("states", {"runner": "rnn"})
    assert torch.allclose(
        torch.tensor(last.data["states"]), torch.tensor(arrays["states"]), atol=1e-4
    )
    assert last.data["distance"] == pytest.approx(arrays["distance"].tolist(), abs=1e-4)
    assert (last.data["tokens"], last.data["said"]) == (values["tokens"], values["said"])
    assert last.data["tokens"][0][1:] == last.data["tokens"][1][1:]


@pytest.mark.parametrize("name", RACES)
def test_every_racer_says_what_it_costs(name: str) -> None:
    lab, _ = trained(name)
    assert isinstance(lab, Race)
    for racer in lab.racers:
        own = reports(name)[racer.name]
        assert own[0].metrics["parameters"] == parameters(racer.network)
        assert not any("parameters" in report.metrics for report in own[1:])
        timed = [report for report in own if "seconds" in report.metrics]
        assert [report.step for report in timed] == [EVERY, 2 * EVERY, STEPS]
        seconds = [report.metrics["seconds"] for report in timed]
        assert 0 < seconds[0] < seconds[1] < seconds[2] == racer.pupil.seconds


@pytest.mark.parametrize("name", ["letters", *RACES])
def test_rate_and_gradient_are_told_with_the_loss(name: str) -> None:
    lab, _ = trained(name)
    for own in reports(name).values():
        assert [set(report.metrics) >= {"loss", "rate", "gradient"} for report in own] == [
            "loss" in report.metrics for report in own
        ]
        told = [report for report in own if "loss" in report.metrics]
        assert [report.step for report in told] == list(range(1, STEPS + 1))
        assert all(report.metrics["gradient"] > 0 for report in told)
        rates = [report.metrics["rate"] for report in told]
        assert rates[0] < rates[19] and max(rates) <= lab.number("learning_rate")
