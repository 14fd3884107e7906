"""The lab of heads: who is in it, how it is judged, and what is left without some heads."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch.nn.functional import cross_entropy

from models.ablation import without_heads
from models.labs.heads import HeadsLab
from models.labs.heads_inside import usual_sets
from models.probe import watching
from models.specs.heads import RUNNERS, SPEC
from models.specs.spec import Value
from models.tasks.letters import ALPHABET


def begun(**knobs: Value) -> HeadsLab:
    small: dict[str, Value] = {"steps": 20, "length": 8, "width": 8}
    return HeadsLab(SPEC.settings({**small, **knobs}), 0)


def judged(lab: HeadsLab, one: float, two: float, four: float) -> tuple[bool, bool]:
    metrics = {f"{name}.{exam}": 0.0 for name in RUNNERS for exam in ("third", "eighth")}
    shares = zip(RUNNERS, (one, two, four), strict=True)
    return lab.judge(metrics | {f"{name}.accuracy": share for name, share in shares})


def without_by_hand(lab: HeadsLab, runner: int, off: list[int]) -> tuple[float, float, list[float]]:
    """The heads' columns of the output matrix set to zero, and the network judged again."""
    racer = lab.racers[runner]
    network: Any = racer.network
    weight, heads = network.attend.out_proj.weight, network.attend.heads
    kept, wide = weight.detach().clone(), weight.shape[1] // heads
    texts, answers = lab._texts(racer, "unseen", 1000)
    with torch.no_grad():
        for head in off:
            weight[:, head * wide : (head + 1) * wide] = 0
        logits = network(texts)
        weight.copy_(kept)
    right = logits.argmax(-1) == answers
    loss = cross_entropy(logits.flatten(0, 1), answers.flatten()).item()
    return right.all(1).float().mean().item(), loss, right.float().mean(0).tolist()


def test_all_have_the_same_number_of_parameters_and_read_the_same_strings() -> None:
    lab = begun()
    texts = [lab._texts(racer, "unseen", 5)[0] for racer in lab.racers]
    assert all(torch.equal(text, texts[0]) for text in texts)
    list(lab.train())
    assert lab.result is not None
    assert len({lab.result.metrics[f"{name}.parameters"] for name in RUNNERS}) == 1


def test_what_is_asked_are_the_third_letter_and_the_eighth() -> None:
    lab = begun()
    texts, answers = lab._texts(lab.racers[0], "unseen", 5)
    assert torch.equal(answers, texts[:, [2, 7]])
    alone = lab._texts(lab.racers[0], "unseen", 5, "eighth")[1]
    assert (alone[:, 0] == -100).all() and torch.equal(alone[:, 1], texts[:, 7])


@pytest.mark.parametrize(
    ("one", "two", "four", "held", "failed"),
    [
        (0.5, 1.0, 1.0, True, True),
        (0.96, 1.0, 1.0, True, False),
        (0.5, 0.98, 1.0, False, True),
        (0.5, 1.0, 0.98, False, True),
    ],
)
def test_two_and_four_must_report_both_and_one_must_not(
    one: float, two: float, four: float, held: bool, failed: bool
) -> None:
    assert judged(begun(), one, two, four) == (held, failed)


@pytest.mark.parametrize(("runner", "off"), [(1, [0]), (1, [1]), (2, [0, 3]), (2, [0, 1, 2, 3])])
def test_a_head_that_is_off_adds_nothing(runner: int, off: list[int]) -> None:
    lab = begun()
    list(lab.train())
    sets = [[[0, head] for head in off]]
    name = lab.racers[runner].name
    _, values = lab.probe("ablate", {"runner": name, "sets": sets})
    accuracy, loss, parts = without_by_hand(lab, runner, off)
    (row,) = values["rows"]
    assert row["off"] == sets[0] and row["accuracy"] == accuracy
    assert row["loss"] == pytest.approx(loss, rel=1e-5)
    assert row["parts"] == pytest.approx(parts)
    _, seen = lab.probe("heads", {"runner": name, "off": sets[0]})
    assert seen["accuracy"] == accuracy
    texts, _ = lab._texts(lab.racers[runner], "sample 0", 1)
    with torch.no_grad(), without_heads(lab.racers[runner].network, {"attend": off}):
        said = lab.racers[runner].network(texts)[0].argmax(-1)
    assert seen["said"] == "·".join(ALPHABET[number] for number in said.tolist())


def test_every_head_is_told_of_with_its_own_weights() -> None:
    lab = begun()
    arrays, values = lab.probe("heads", {"runner": "four", "sample": 3})
    assert arrays["weights"].shape == (1, 4, 8, 8) and values["asking"] == 7
    for head in range(4):
        alone, told = lab.probe("attention", {"runner": "four", "sample": 3, "head": head})
        assert (alone["weights"] == arrays["weights"][0, head]).all()
        assert told["tokens"] == values["tokens"] and told["without"]


def test_what_a_head_adds_is_told_for_the_question_that_it_decides_most() -> None:
    lab = begun()
    list(lab.train())
    for runner, heads in (("one", 1), ("four", 4)):
        network: Any = lab._named(runner).network
        for head in range(heads):
            arrays, values = lab.probe("attention", {"runner": runner, "head": head})
            question = ("3:", "8:").index(values["logit_names"][0][:2])
            assert values["logit_names"][-1] == ("3:Z", "8:Z")[question]
            assert arrays["effects"].shape == (8, 8, 26) and arrays["logits"].shape == (26,)
            wide = 8 // heads
            columns = slice(head * wide, head * wide + wide)
            reads = network.answer.weight @ network.attend.out_proj.weight[:, columns]
            text, _ = lab._texts(lab._named(runner), "sample 0", 1)
            with torch.no_grad(), watching(network, "attend.v", "attend.weights") as seen:
                network(text)
                mixture = seen["attend.weights"][0, head, -1] @ seen["attend.v"][0, head]
                adds = (reads @ mixture).reshape(2, 26)
            spread = adds.amax(1) - adds.amin(1)
            assert int(spread.argmax()) == question
            assert torch.allclose(
                torch.tensor(arrays["effects"].sum((0, 1))), adds[question], atol=1e-4
            )


@pytest.mark.parametrize("what", ["heads", "ablate"])
def test_a_head_that_is_not_there_cannot_be_switched_off(what: str) -> None:
    wrong = {"off": [[0, 4]], "sets": [[[0, 4]]], "runner": "four"}
    with pytest.raises(ValueError, match="no head 4"):
        begun().probe(what, wrong)


def test_before_training_can_be_looked_at_later() -> None:
    lab = begun()
    before, _ = lab.probe("heads", {})
    list(lab.train())
    then, _ = lab.probe("heads", {"when": "before"})
    now, _ = lab.probe("heads", {})
    assert (then["weights"] == before["weights"]).all()
    assert (now["weights"] != before["weights"]).any()


def test_the_usual_sets_grow_with_the_heads_and_not_with_their_pairs() -> None:
    assert len(usual_sets(1, 4)) == 1 + 4 + 6 + 1
    assert len(usual_sets(2, 4)) == 1 + 8 + 1
