"""The lab of the maze as one stream: who is asked what, how ways are judged, what is claimed."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import pytest
import torch

from models.labs.lab import Look
from models.labs.mapsequence import MapsequenceLab
from models.labs.stream_writers import VOCABULARY, GoesOn, gpt, lstm
from models.layers.loss import IGNORED, cross_entropy
from models.layers.size import parameters
from models.specs.mapsequence import LARGE_MOVES, MOVES, RUNNERS, SPEC
from models.specs.spec import Value
from models.tasks.maze_stream import EDGE, ways


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("EACH", "FEW", "WATCHED"):
        monkeypatch.setattr(f"models.labs.mapsequence.{name}", 6)
    yield


def begun(**knobs: Value) -> MapsequenceLab:
    return MapsequenceLab(SPEC.settings({"steps": 20, "width": 16, **knobs}), 0)


@functools.cache
def ran() -> tuple[MapsequenceLab, list[Any]]:
    lab = begun()
    return lab, list(lab.train())


def writer(lab: MapsequenceLab, name: str) -> GoesOn:
    racer = lab._named(name)
    assert isinstance(racer, GoesOn)
    return racer


def some(count: int = 12) -> tuple[torch.Tensor, torch.Tensor]:
    return ways(count, "unseen", MOVES, torch.Generator().manual_seed(0))


def verdict(**changed: float) -> tuple[bool, bool]:
    lab = begun()
    told = {"gpt_accuracy": 0.6, "gptahead_accuracy": 0.3, "lstm_accuracy": 0.3}
    told |= {"lstmahead_accuracy": 0.2, "random_large": 0.25}
    told |= {f"{n}_{k}": 0.0 for n in RUNNERS for k in ("large", "far", "blind")}
    lab._walker = dict  # type: ignore[method-assign]
    return lab.judge({k.replace("_", "."): v for k, v in {**told, **changed}.items()})


def test_the_claim_holds_where_the_transformer_leads_and_all_fail_in_larger_mazes() -> None:
    assert verdict() == (True, True)
    assert verdict(gpt_accuracy=0.39)[0] is False
    assert verdict(lstm_accuracy=0.55)[0] is False
    assert verdict(gptahead_accuracy=0.7)[0] is False
    assert verdict(gpt_large=0.3)[0] is False
    assert verdict(lstm_far=0.06)[0] is False
    assert verdict(gpt_blind=0.3)[1] is False


@pytest.mark.parametrize("ahead", [1, 4])
def test_both_kinds_are_of_one_size(ahead: int) -> None:
    sizes = parameters(gpt(64, ahead)), parameters(lstm(64, ahead))
    assert abs(sizes[0] - sizes[1]) < 0.05 * min(sizes)


def test_the_targets_are_the_moves_that_come_next_one_after_another() -> None:
    lab = begun(ahead=3)
    racer, (texts, answers) = writer(lab, "gptahead"), some()
    before = racer.after_edge(answers)
    heads = racer._all(texts, before).chunk(3, -1)
    wanted = [*answers.unbind(1)]
    ends = torch.cat([answers, torch.full_like(answers, EDGE)], 1)
    losses = []
    for later, logits in enumerate(heads):
        right = torch.full(logits.shape[:2], IGNORED)
        for row in range(len(answers)):
            length = int((answers[row] != EDGE).sum())
            for place in range(length + 1 - later):
                right[row, place] = ends[row, place + later]
        losses.append(cross_entropy(logits, right))
    assert len(wanted) == MOVES[-1]
    told = racer.loss(texts, answers)
    torch.testing.assert_close(told, losses[0])
    grad = torch.autograd.grad(told, racer.network.unembed.weight)[0]  # type: ignore[arg-type,union-attr]
    all_of_it = torch.autograd.grad(sum(losses), racer.network.unembed.weight)[0]  # type: ignore[arg-type,union-attr]
    torch.testing.assert_close(grad, all_of_it)
    assert bool((grad[VOCABULARY:] != 0).any())


@pytest.mark.parametrize("name", RUNNERS)
def test_by_itself_it_says_what_it_would_say_to_its_own_words(name: str) -> None:
    racer, (texts, _) = writer(begun(), name), some()
    free = racer.spoken(texts, 5)
    told = racer.told(texts, racer.after_edge(free))[:, :5].argmax(-1)
    until = (free == EDGE).cumsum(1) - (free == EDGE).int() == 0
    assert torch.equal(free[until], told[until])
    assert told.max() < VOCABULARY


def test_every_length_is_judged_and_asked_for_afterwards() -> None:
    lab, units = ran()
    assert lab.result is not None
    metrics = lab.result.metrics
    shares = lab.probe("lengths", {"runners": ["gpt"]})[1]["shares"]
    assert shares == {"gpt": [metrics[f"gpt.large{n}"] for n in LARGE_MOVES]}
    by_hand = sum(metrics[f"gpt.at{n}"] for n in MOVES) / len(MOVES)
    assert metrics["gpt.accuracy"] == pytest.approx(by_hand)
    looks = [unit for unit in units if isinstance(unit, Look)]
    assert {look.name for look in looks} == {"per-length"}
    assert [look.step for look in looks] == [0, lab.whole("steps")]
    assert set(looks[0].data["shares"]) == set(RUNNERS)
    assert looks[0].data["seen"] == [n <= MOVES[-1] for n in LARGE_MOVES]
    last = [round(metrics[f"gpt.large{n}"], 4) for n in LARGE_MOVES]
    assert "mazes of 4x4" in looks[-1].data["about"], "what the bars are about is not the practice"
    assert looks[-1].data["shares"]["gpt"] == last, "what is seen at the end is what was judged"


def test_large_mazes_are_looked_at_all_along_the_training() -> None:
    lab = begun()
    assert [step for step in range(701) if lab.is_due(step, 700)] == [0, 200, 400, 600]


def test_a_mouse_that_never_turns_back_is_judged_on_the_same_lengths() -> None:
    found = begun()._walker()
    assert set(found) == {f"random.{name}" for name in ("accuracy", "large", "near", "far")}
    assert found["random.accuracy"] > found["random.far"]
