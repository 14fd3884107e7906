"""What a network was: the weights of some steps, from which it thinks what it thought then."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import nn

from models.checkpoint import Checkpoint, CheckpointError, load, save
from models.labs.lab import Look
from models.labs.past import Past, remembered
from models.labs.race import Race
from tests.support.small_labs import begin, judged_on_little


@pytest.fixture(autouse=True)
def small_and_alone() -> Iterator[None]:
    with judged_on_little():
        yield


def trained(name: str) -> tuple[Race, dict[int, dict[str, Any]]]:
    """A lab after its training, and its film of one maze."""
    lab = begin(name)
    assert isinstance(lab, Race)
    seen = [one for one in lab.train() if isinstance(one, Look) and one.name == "thought"]
    return lab, {one.step: one.data for one in seen}


@pytest.mark.parametrize("name", ["map", "probe"])
def test_it_thinks_again_what_it_thought_at_that_step(name: str, tmp_path: Path) -> None:
    lab, film = trained(name)
    _, now = lab.probe("thought", {})
    assert now["steps"] == [0, 20, 25] and film[25]["arrows"] == now["arrows"]
    state = lab.state()
    assert state is not None
    save(tmp_path / "kept", state.tensors, state.about)
    again = begin(name)
    again.restore(load(tmp_path / "kept"))
    for one in (lab, again):
        for step in (0, 20, 25):
            _, then = one.probe("thought", {"step": step})
            assert (then["arrows"], then["confidence"]) == (
                film[step]["arrows"],
                film[step]["confidence"],
            )
        _, before = one.probe("thought", {"when": "before"})
        assert before["arrows"] == film[0]["arrows"]
        _, there = one.probe("thought", {"step": 20, "size": 15, "sample": 2, "loops": 40})
        assert len(there["arrows"]) == 41 and len(there["arrows"][0]) == 225


def test_a_rival_that_loops_can_be_asked_as_it_was_and_the_others_are_as_they_are() -> None:
    lab, _ = trained("rivals")
    _, now = lab.probe("thought", {"runner": "map"})
    _, then = lab.probe("thought", {"runner": "map", "step": 0})
    _, before = lab.probe("thought", {"runner": "map", "when": "before"})
    assert now["steps"] == [0, 20, 25] and then["arrows"] == before["arrows"] != now["arrows"]
    assert "steps" not in lab.probe("thought", {"runner": "plain"})[1]


def test_to_ask_as_it_was_changes_nothing() -> None:
    lab, _ = trained("map")
    racer = lab.racers[0]
    before = [weight.clone() for weight in racer.network.parameters()]
    lab.probe("thought", {"step": 0})
    assert all(map(torch.equal, before, racer.network.parameters()))
    assert all(weight.requires_grad for weight in racer.network.parameters())


def test_a_step_that_was_not_kept_is_told_in_plain_words() -> None:
    lab, _ = trained("map")
    with pytest.raises(ValueError, match=r"step 7: the weights are known after \[0, 20, 25\]"):
        lab.probe("thought", {"step": 7})


def test_a_long_training_keeps_no_more_than_a_short_one() -> None:
    for last in (20, 300, 700, 2000, 10**6):
        steps = sorted(remembered(last))
        assert steps[0] == 0 and steps[-1] == last and len(steps) <= 15
    assert len(remembered(700)) == 15


def test_what_a_checkpoint_says_of_the_past_is_looked_at() -> None:
    past = Past(nn.Linear(2, 1), 20)
    past.keep(0)
    kept = past.state()
    wider = Past(nn.Linear(3, 1), 20)
    for tensors, about in (
        ({}, kept.about),
        (kept.tensors, {}),
        (kept.tensors, {"past": [0, 20]}),
        (kept.tensors, {"past": ["0"]}),
    ):
        with pytest.raises(CheckpointError, match="does not say what the network was"):
            past.restore(Checkpoint(tensors, about))
    with pytest.raises(CheckpointError, match="does not fit"):
        wider.restore(kept)
    empty = Past(nn.Linear(2, 1), 20)
    empty.restore(Past(nn.Linear(2, 1), 20).state())
    assert empty.steps == []
    past.restore(kept)
    assert past.steps == [0]
    past.restore(Checkpoint({}, {}))
    assert past.steps == [], "a run of which no past was kept can be asked as it is"
