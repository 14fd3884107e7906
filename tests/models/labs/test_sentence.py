"""The lab of the hidden word: its claim, what chance gives, and the walk against the network."""

from __future__ import annotations

import math

import pytest
import torch

from models.labs.sentence import GAPPED, SentenceLab
from models.labs.walk_steps import STEPS
from models.networks.hidden_word import HiddenWord
from models.probe import look
from models.specs.sentence import SPEC
from models.specs.spec import Value
from models.tasks.sentence import NAME, THING, VERB, WORDS


def begun(seed: int = 0, **knobs: Value) -> SentenceLab:
    return SentenceLab(SPEC.settings({"steps": 20, "reseeds": 60, **knobs}), seed)


@pytest.mark.parametrize(
    ("attention", "equal", "expected"),
    [(1.0, 0.43, (True, True)), (0.98, 0.43, (False, True)), (1.0, 0.61, (True, False))],
)
def test_the_claim_and_its_control(
    attention: float, equal: float, expected: tuple[bool, bool]
) -> None:
    metrics = {"attention.accuracy": attention, "equal.accuracy": equal}
    assert begun().judge(metrics) == expected


def test_the_weight_of_a_seed_is_that_of_the_block_that_the_seed_begins_with() -> None:
    lab = begun(seed=7)
    arrays, values = lab.probe("spread", {})
    spread = arrays["values"]
    assert spread.shape == (60,) and spread[7] == pytest.approx(values["own"], abs=1e-7)
    before, _ = lab.probe("attention", {"when": "before"})
    assert before["weights"][VERB, THING] == pytest.approx(values["own"], abs=1e-6)
    other = begun(seed=8).probe("spread", {})[0]["values"]
    assert (other == spread).all()


def test_chance_spreads_the_untrained_weight_round_an_equal_share() -> None:
    told = begun(reseeds=400).reseeds.told()
    assert told["mean"] == pytest.approx(1 / 9, abs=0.005)
    assert told["smallest"] < 0.06 < 0.2 < told["largest"] and told["sd"] > 0.02


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("sample", [0, 2])
def test_every_matrix_of_the_walk_is_the_network_s_own(when: str, sample: int) -> None:
    lab = begun()
    list(lab.train())
    arrays, values = lab.probe("walk", {"when": when, "sample": sample})
    racer = lab.racers[0]
    network = racer.untrained if when == "before" else racer.network
    assert isinstance(network, HiddenWord)
    words = torch.tensor([[WORDS.index(word) for word in values["tokens"]]])
    if sample == 0:
        assert torch.equal(words, GAPPED)
    logits, seen = look(network, words)
    places = {
        "q": "block.attend.q",
        "k": "block.attend.k",
        "v": "block.attend.v",
        "scores": "block.attend.scores",
        "weights": "block.attend.weights",
    }
    for name, place in places.items():
        assert torch.allclose(torch.tensor(arrays[name]), seen[place][0, 0], atol=1e-5), name
    assert torch.allclose(torch.tensor(arrays["bent"]), seen["block.think.hidden"][0], atol=1e-5)
    assert torch.allclose(torch.tensor(arrays["out"]), seen["block.stream"][0], atol=1e-5)
    assert torch.allclose(torch.tensor(arrays["logits"][NAME]), logits[0], atol=1e-4)
    assert values["gap"] == NAME and values["divisor"] == pytest.approx(math.sqrt(6))


def test_every_step_of_the_walk_has_its_columns_named() -> None:
    arrays, values = begun().probe("walk", {"when": "before"})
    assert [step["name"] for step in values["steps"]] == [step.name for step in STEPS]
    for step in values["steps"]:
        matrix = arrays[step["name"]]
        assert matrix.shape == (9, len(values["labels"][step["columns"]])), step["name"]
        assert all(name in arrays for name in step["of"])


def test_it_learns_to_look_at_the_noun_that_the_name_hangs_on() -> None:
    lab = begun(seed=2, steps=400, reseeds=50)
    list(lab.train())
    assert lab.result is not None
    metrics = lab.result.metrics
    assert metrics["attention.accuracy"] > 0.9 > metrics["equal.accuracy"] + 0.2
    assert metrics["attention.noun"] > 3 * metrics["equal.noun"]
    arrays, values = lab.probe("attention", {})
    assert values["said"] == values["right"] == "Transformer"
    assert arrays["weights"][NAME].sum() == pytest.approx(1, abs=1e-5)
