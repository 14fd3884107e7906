"""The recall lab: who is in it, how it is judged, and what can be seen inside."""

from __future__ import annotations

import pytest
import torch

from models.labs.recall import RecallLab
from models.specs.recall import SPEC
from models.specs.spec import Value
from models.tasks.recall import VALUES


def begun(**knobs: Value) -> RecallLab:
    small: dict[str, Value] = {"steps": 20, "pairs": 3, "state": 16}
    return RecallLab(SPEC.settings({**small, **knobs}), 0)


def judged(lab: RecallLab, attention: float, lstm: float, large: float) -> tuple[bool, bool]:
    names = ("attention.accuracy", "lstm.accuracy", "large.accuracy")
    return lab.judge(dict(zip(names, (attention, lstm, large), strict=True)))


def test_one_side_is_as_large_as_the_other() -> None:
    lab = begun(state=128)
    list(lab.train())
    assert lab.result is not None
    size = {name: lab.result.metrics[f"{name}.parameters"] for name in ("attention", "lstm")}
    assert size["lstm"] == pytest.approx(size["attention"], rel=0.05)
    assert 22_000 < size["attention"] < 24_000
    assert lab.result.metrics["large.parameters"] == pytest.approx(106_000, rel=0.01)


def test_everyone_reads_the_same_lists() -> None:
    lab = begun()
    texts = [lab._texts(racer, "unseen", 5)[0] for racer in lab.racers]
    assert all(torch.equal(text, texts[0]) for text in texts)


def test_everyone_is_asked_for_the_first_pair_and_for_the_last() -> None:
    lab = begun()
    for exam, place in (("first", 0), ("last", 2)):
        texts, _ = lab._texts(lab.racers[1], "unseen", 20, exam)
        assert torch.equal(texts[:, place] // 27, texts[:, -1] // 27)
    list(lab.train())
    assert lab.result is not None
    told = {f"{racer.name}.{what}" for racer in lab.racers for what in ("first", "last")}
    assert told <= lab.result.metrics.keys()
    assert 0.2 < lab.result.metrics["large.swapped"] <= 1


@pytest.mark.parametrize(
    ("attention", "lstm", "large", "expected"),
    [
        (1.0, 0.2, 0.7, (True, True)),
        (0.98, 0.2, 0.7, (False, True)),
        (1.0, 0.91, 0.7, (True, False)),
        (1.0, 0.2, 0.91, (True, False)),
    ],
)
def test_the_claim_and_its_control(
    attention: float, lstm: float, large: float, expected: tuple[bool, bool]
) -> None:
    assert judged(begun(), attention, lstm, large) == expected


def test_a_head_that_needs_no_choice_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RecallLab, "if_uniform", lambda self, *about: 0.7)
    assert judged(begun(), 1.0, 0.2, 0.7) == (True, False)


def test_the_head_has_learned_to_look_at_the_pair_that_is_asked_for() -> None:
    lab = begun(steps=150)
    lab.racers = lab.racers[:1]
    list(train_alone(lab))
    before, _ = lab.probe("attention", {"when": "before"})
    after, values = lab.probe("attention", {})
    tokens = values["tokens"]
    asked = next(i for i, pair in enumerate(tokens[:-1]) if pair[0] == tokens[-1][0])
    assert after["weights"].shape == (4, 4) and tokens[asked][1] == values["right"]
    assert after["weights"][-1, asked] > 0.9 > before["weights"][-1, asked]
    assert values["said"] == values["right"]
    assert values["accuracy"] > 0.95 and values["uniform_accuracy"] < 0.6


def train_alone(lab: RecallLab) -> list[float]:
    """The head's losses, as it practises without the LSTMs."""
    from models.training import train

    head = lab.racers[0]
    return [u.loss.item() for u in train(head.network, lab._loss(head), head.recipe, lab.seed)]


def test_states_are_those_of_two_lists_that_differ_in_what_is_asked() -> None:
    lab = begun()
    arrays, values = lab.probe("states", {"runner": "large"})
    assert arrays["states"].shape == (2, 4, 16)
    one, other = values["tokens"]
    assert one[1:] == other[1:] and one[0] != other[0]
    assert one[0] // 27 == other[0] // 27 == one[-1] // 27
    assert values["right"] == [one[0] % 27, other[0] % 27]


def test_the_rate_of_the_head_alone_falls() -> None:
    head, *lstms = (racer.recipe for racer in begun().racers)
    assert head.rate(19) < 0.002 and all(recipe.rate(19) == 0.01 for recipe in lstms)


def test_letters_are_what_is_said() -> None:
    _, values = begun().probe("attention", {"sample": 3})
    assert values["said"] in VALUES and values["right"] in VALUES
