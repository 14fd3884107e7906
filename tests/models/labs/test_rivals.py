"""The lab of those who are told mazes: the same for all of them, judged alike, and fairly asked."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
import torch

from models.labs.lab import Look
from models.labs.map_judged import Exam
from models.labs.map_readers import AtOnce, Looped, reader
from models.labs.mouse_racer import MouseRacer
from models.labs.rivals import RivalsLab
from models.labs.rivals_judged import EXAMS, Sitting, exams_of, of_ways
from models.specs.rivals import BASELINES, LEARNERS, LENGTHS, LOOPS, READERS
from models.specs.spec import Value
from tests.support import small_labs
from tests.support.small_labs import begin, judged_on_little


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    with judged_on_little():
        yield


def begun(**knobs: Value) -> RivalsLab:
    lab = begin("rivals", **knobs)
    assert isinstance(lab, RivalsLab)
    return lab


def ran() -> RivalsLab:
    lab, _ = small_labs.ran("rivals")
    assert isinstance(lab, RivalsLab)
    return lab


def verdict(**changed: float) -> tuple[bool, bool]:
    told = {"map.accuracy": 0.99, "lstm.accuracy": 0.9, "plain.accuracy": 0.6}
    told |= {f"{name}.blind": 0.1 for name in READERS}
    return begun().judge(told | {k.replace("_", "."): v for k, v in changed.items()})


def test_the_claim_is_about_who_is_ahead_and_the_control_about_the_wrong_maze() -> None:
    assert verdict() == (True, True)
    assert verdict(map_accuracy=0.97)[0] is False
    assert verdict(lstm_accuracy=0.84)[0] is False
    assert verdict(plain_accuracy=0.8)[0] is False
    assert verdict(lstm_blind=0.21) == (True, False)


def test_those_who_are_told_mazes_are_told_the_same_ones_in_every_step() -> None:
    """The looped map draws more chance than the others, but after the mazes."""
    lab, seen = begun(mouse=False), dict[str, list[torch.Tensor]]()
    for racer in lab.racers:
        loss = reader(racer).loss

        def spied(
            step: int, board: Any, pace: Any, name: str = racer.name, loss: Any = loss
        ) -> Any:
            seen.setdefault(name, []).append(board.seen)
            return loss(step, board, pace)

        racer.loss = spied  # type: ignore[attr-defined]
    for _, unit in zip(range(20), lab.train(), strict=False):
        assert unit
    first, *others = seen.values()
    assert len(seen) == 3 and len(first) >= 3
    for other in others:
        assert all(torch.equal(a, b) for a, b in zip(first, other, strict=False))


def test_the_knob_is_the_rate_of_the_plain_transformer_and_turns_all() -> None:
    lab = begun(learning_rate=0.001)
    rates = {racer.name: racer.recipe.learning_rate for racer in lab.racers}
    assert rates == {"map": 0.001, "lstm": 0.004, "plain": 0.001, "mouse": 0.001}
    lab.set_knob("learning_rate", 0.002)
    assert {racer.recipe.learning_rate for racer in lab.racers} == {0.002, 0.008}


def test_without_the_mouse_the_others_do_the_same() -> None:
    alone = begun(mouse=False)
    assert [racer.name for racer in alone.racers] == list(READERS)
    list(alone.train())
    for racer in alone.racers:
        same = zip(
            racer.network.parameters(),
            ran()._named(racer.name).network.parameters(),
            strict=True,
        )
        assert all(torch.equal(one, other) for one, other in same)


def test_a_mouse_cannot_be_shown_another_maze_and_a_table_of_places_ends() -> None:
    names = {racer.name: [name for name, _ in exams_of(racer)] for racer in ran().racers}
    assert names["mouse"] == ["accuracy", "large"] and names["plain"] == ["accuracy", "blind"]
    assert names["map"] == names["lstm"] == ["accuracy", "blind", "large"]


def test_a_perfect_map_reader_passes_and_one_shown_another_maze_fails() -> None:
    lab = begun()
    racer = lab._named("plain")
    assert isinstance(racer, AtOnce)
    exam = Exam(dataclasses.replace(EXAMS["accuracy"], count=40), "here")
    at_once = iter(range(9))

    def perfect(told: torch.Tensor, width: int) -> torch.Tensor:
        part = list(exam.parts())[next(at_once)]
        return exam.board.onward[part].clamp(min=0)

    racer.arrows = perfect  # type: ignore[method-assign]
    sitting = Sitting("accuracy", exam, 0, {})
    assert list(sitting.sit(racer))[-1] == 1.0
    assert sitting.metrics("plain")["plain.accuracy"] == 1.0
    assert sitting.metrics("plain")["plain.right"] == 1.0


def test_who_walks_is_judged_by_the_length_of_the_shortest_way() -> None:
    found = of_ways([2, None, 9], [2, 5, 5])
    assert found["accuracy"] == pytest.approx(2 / 3)
    assert found["shortest"] == pytest.approx(1 / 3)
    assert found["from1"] == 1.0 and found["from4"] == 0.5 and found["from13"] == 0.0
    assert set(found) == {"accuracy", "shortest", *(f"from{low}" for low, _ in LENGTHS)}


def test_ways_are_told_by_length_of_all_who_learn_and_all_who_do_not() -> None:
    lab, units = small_labs.ran("rivals")
    last = units[-1]
    assert isinstance(last, Look) and last.name == "per-length" and lab.result is not None
    assert list(last.data["shares"]) == [*LEARNERS, *BASELINES]
    for who, shares in last.data["shares"].items():
        assert shares == [round(lab.result.metrics[f"{who}.from{low}"], 4) for low, _ in LENGTHS]
    assert last.data["seen"] == [True] * len(LENGTHS)
    assert lab.probe("lengths", {"runners": ["mouse"]})[1]["shares"].keys() == {"mouse"}


def test_thoughts_are_told_loop_by_loop_layer_by_layer_or_once() -> None:
    lab = ran()
    counts = {"map": 25, "plain": 5, "lstm": 1}
    for runner, count in counts.items():
        values = lab.probe("thought", {"runner": runner})[1]
        assert values["width"] == 5 and len(values["arrows"]) == count
        told = lab._named(runner)
        assert isinstance(told, AtOnce | Looped)
    larger = lab.probe("thought", {"size": 9, "loops": 3})[1]
    assert larger["width"] == 9 and len(larger["arrows"]) == 4


def test_what_one_cannot_say_is_said_in_words() -> None:
    lab = ran()
    with pytest.raises(ValueError, match="told one cell at a time"):
        lab.probe("thought", {"runner": "mouse"})
    with pytest.raises(ValueError, match="places for 5 rows of 5 cells, and the maze has 7"):
        lab.probe("thought", {"runner": "plain", "size": 7})
    with pytest.raises(ValueError, match="places for 5 rows of 5 cells, and the maze has 7"):
        lab.probe("maze-attention", {"size": 7})
    with pytest.raises(ValueError, match="lstm has no heads that look into a maze"):
        lab.probe("maze-attention", {"runner": "lstm"})


def test_attention_of_the_looped_map_is_told_loop_by_loop() -> None:
    lab = ran()
    arrays, values = lab.probe("maze-attention", {"runner": "map"})
    assert arrays["own"].shape == (LOOPS, 4, 25) and values["heads"] == 4


def test_attention_of_the_plain_transformer_before_and_after() -> None:
    lab = ran()
    after, values = lab.probe("maze-attention", {"sample": 2})
    before, _ = lab.probe("maze-attention", {"sample": 2, "when": "before"})
    assert after["weights"].shape == (4, 4, 25, 25)
    assert (after["weights"] != before["weights"]).any()
    assert len(values["without"]) == 4 and len(values["on_route"][0]) == 4
    assert values["route"][0] == values["start"] and values["route"][-1] == values["cheese"]


def test_the_mouse_is_where_it_was_when_it_is_restored() -> None:
    lab, again = begun(), begun()
    units = lab.train()
    for _ in range(30):
        next(units)
    again.restore(lab.state())
    mouse, same = (one._named("mouse") for one in (lab, again))
    assert isinstance(mouse, MouseRacer) and isinstance(same, MouseRacer)
    same.begin("cpu")
    there = mouse.learner.state().tensors
    for name, tensor in same.learner.state().tensors.items():
        assert torch.equal(tensor, there[name]), name
