"""The lab of the looped map: what counts in a step, how ways are judged, when the claim holds."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest
import torch

from models.labs.crossings import moves_of, send
from models.labs.lab import Look
from models.labs.looper import Looper
from models.labs.map import MapLab
from models.labs.map_judged import KINDS, Exam, judged
from models.labs.map_unlearned import right_handed, straight, unlearned, wandered
from models.mazes.maze import EAST, SOUTH, WEST, Maze
from models.protocol import Report
from models.specs.map import BASELINES, FAR, LEARNERS, LENGTHS, LOOPS
from models.specs.spec import Value
from models.tasks.map import boards, opened
from tests.support import small_labs
from tests.support.small_labs import begin, judged_on_little

CORRIDOR = Maze(4, 1, (1 << EAST, 1 << EAST | 1 << WEST, 1 << EAST | 1 << WEST, 1 << WEST))


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    with judged_on_little():
        yield


def begun(**knobs: Value) -> MapLab:
    lab = begin("map", **knobs)
    assert isinstance(lab, MapLab)
    return lab


def ran() -> tuple[MapLab, list[Any]]:
    lab, units = small_labs.ran("map")
    assert isinstance(lab, MapLab)
    return lab, units


def looper(lab: MapLab, name: str = "map") -> Looper:
    racer = lab._named(name)
    assert isinstance(racer, Looper)
    return racer


def verdict(**changed: float) -> tuple[bool, bool]:
    told = {"map_accuracy": 0.995, "map_large": 0.98, "map_blind": 0.1}
    return begun().judge({k.replace("_", ".", 1): v for k, v in {**told, **changed}.items()})


def test_the_claim_holds_where_both_sizes_are_solved_and_the_controls_fail() -> None:
    assert verdict() == (True, True)
    assert verdict(map_accuracy=0.98)[0] is False
    assert verdict(map_large=0.94)[0] is False
    assert verdict(map_blind=0.31)[1] is False


def test_it_can_be_trained_alone() -> None:
    assert [racer.name for racer in begun(control=False).racers] == ["map"]


def test_all_begin_alike_and_only_the_map_makes_loops_before() -> None:
    lab = begun()
    assert [racer.name for racer in lab.racers] == list(LEARNERS)
    first, second = (looper(lab, name) for name in LEARNERS)
    weights = zip(first.network.parameters(), second.network.parameters(), strict=True)
    assert all(torch.equal(one, other) for one, other in weights)
    assert (first.burn_in, second.burn_in) == (30, 0)
    assert (first.wait, second.wait) == (60, 0)


def test_the_timetable_asks_no_cell_before_the_news_can_be_there() -> None:
    """A network that knows every way but for that of the farthest cell loses nothing for it."""
    lab = begun()
    board = boards(opened([CORRIDOR]), torch.tensor([3]), 4)
    board = dataclasses.replace(board, away=torch.tensor([[60, 2, 1, 0]]))
    racer = looper(lab)

    def gradient_reaches_far(timetable: bool) -> bool:
        racer.timetable = timetable
        wrong = dataclasses.replace(board, onward=board.onward.index_fill(1, torch.tensor([0]), 3))
        pace = (torch.Generator().manual_seed(3) for _ in range(2))
        return racer.loss(0, board, next(pace)).item() != racer.loss(0, wrong, next(pace)).item()

    racer.side = 4
    assert not gradient_reaches_far(timetable=True)
    assert gradient_reaches_far(timetable=False)


def test_right_arrows_pass_every_judgement() -> None:
    exam = Exam(dataclasses.replace(KINDS["accuracy"], count=20), "here")
    perfect = judged(exam.board.onward.clamp(min=0), exam.board)
    assert {perfect[name] for name in ("accuracy", "shortest", "whole", "legal")} == {1.0}
    assert all(perfect[f"from{low}"] == 1.0 for low, _ in LENGTHS)


def test_one_wrong_arrow_costs_all_ways_behind_it() -> None:
    board = boards(opened([CORRIDOR]), torch.tensor([3]), 4)
    found = judged(torch.tensor([[EAST, SOUTH, EAST, EAST]]), board)
    assert found["accuracy"] == pytest.approx(1 / 3)
    assert found["legal"] == pytest.approx(2 / 3) and found["whole"] == 0


def test_who_goes_straight_is_stopped_by_a_wall() -> None:
    """The cheese is to the east; the only way out of the cell beside it leads round it."""
    ring = Maze(2, 2, (1 << SOUTH, 1 << SOUTH, 1 | 1 << EAST, 1 | 1 << WEST))
    board = boards(opened([ring]), torch.tensor([1]), 2)
    assert straight(board)[0, 0] == SOUTH  # no other door
    assert judged(straight(board), board)["accuracy"] < 1


def test_the_right_hand_always_arrives_and_the_random_walk_does_not() -> None:
    found = unlearned(Exam(dataclasses.replace(KINDS["accuracy"], count=60), "walkers"))
    assert found["right.accuracy"] == 1.0 > found["random.accuracy"]
    assert found["random.shortest"] < found["right.shortest"] < 0.5
    assert found["random.from21"] < found["random.from1"]


def test_who_keeps_the_right_hand_on_the_wall_is_where_the_walker_is() -> None:
    """The walker first looks anywhere; over all four directions it is what is told."""
    exam = Exam(dataclasses.replace(KINDS["accuracy"], count=30), "walkers")
    likely, best = right_handed(exam.board)
    ways = exam.ways(0)
    shortest = torch.zeros(len(ways))
    for seed in range(40):
        (traces,) = send("right", ways, seed, 100)
        pairs = zip(traces, ways, strict=True)
        shortest += torch.tensor([moves_of(trace) == way.shortest for trace, way in pairs])
    told = torch.stack([best[n, way.start] for n, way in enumerate(ways)])
    assert (likely == 1).all()
    assert torch.equal(told > 0, shortest > 0) and torch.equal(told == 1, shortest == 40)


def test_a_random_walk_is_as_likely_to_arrive_as_it_is_counted_by_hand() -> None:
    """In a corridor of three cells it goes on or back alike; from the far end two moves are the
    shortest way, taken half of the time."""
    corridor = Maze(3, 1, (1 << EAST, 1 << EAST | 1 << WEST, 1 << WEST))
    likely, best = wandered(boards(opened([corridor]), torch.tensor([2]), 3))
    assert best.tolist() == [[0.5, 0.5, 1.0]]
    assert likely[0].tolist() == pytest.approx([1 - 0.5**6, 1 - 0.5**6, 1.0])


def test_ways_are_told_by_length_when_the_race_is_over() -> None:
    lab, units = ran()
    last = units[-1]
    assert isinstance(last, Look) and last.name == "per-length" and lab.result is not None
    everyone = [*LEARNERS, *BASELINES]
    assert list(last.data["shares"]) == everyone and last.data["lengths"][-1] == "41+"
    assert last.data["shares"]["right"] == [1.0] * len(FAR)
    assert last.data["shares"]["map"] == [
        round(lab.result.metrics[f"map.far{low}"], 4) for low, _ in FAR
    ]
    assert last.data["seen"] == sorted(last.data["seen"], reverse=True) and last.data["seen"][0]
    told = lab.probe("lengths", {"runners": ["hasty"]})[1]
    assert told["shares"] == {"hasty": last.data["shares"]["hasty"]}
    with pytest.raises(ValueError, match="when the run is over"):
        begun().probe("lengths", {})


def test_exams_are_the_same_again_and_others_for_other_uses() -> None:
    kind = dataclasses.replace(KINDS["accuracy"], count=5)
    first, again, other = Exam(kind, "a"), Exam(kind, "a"), Exam(kind, "b")
    assert first.mazes == again.mazes and not set(first.mazes) & set(other.mazes)
    assert sum(part.stop - part.start for part in first.parts()) >= 5


def test_every_baseline_is_measured() -> None:
    lab, _ = ran()
    assert lab.result is not None
    assert {f"{name}.accuracy" for name in BASELINES} <= set(lab.result.metrics)


def test_thoughts_are_the_arrows_of_all_cells_from_no_loop_on() -> None:
    lab, units = ran()
    looks = [one for one in units if isinstance(one, Look) and one.name == "thought"]
    assert [look.step for look in looks] == [0, 10, 20, 25]
    data = looks[-1].data
    assert len(data["arrows"]) == 33 and {len(row) for row in data["arrows"]} == {49}
    assert data["onward"][data["cheese"]] == -1 and data["away"][data["cheese"]] == 0
    assert len(set(data["arrows"][0])) == 1, "before the first loop no cell knows anything"
    assert {len(row) for row in data["confidence"]} == {49} and len(data["confidence"]) == 33
    larger = lab.probe("thought", {"size": 9, "loops": 3, "sample": 4})[1]
    assert larger["width"] == 9 and len(larger["arrows"]) == 4
    names = ("width", "height", "passages", "start", "cheese")
    own = {name: larger[name] for name in names}
    assert larger == lab.probe("thought", {"maze": own, "loops": 3})[1]


def test_its_heads_are_told_loop_by_loop_and_anew_after_further_steps() -> None:
    lab, _ = ran()
    arrays, values = lab.probe("maze-attention", {"sample": 1})
    assert arrays["own"].shape == (LOOPS, 4, 49) and values["mazes"] == 8
    was, told = begun().probe("maze-attention", {"sample": 1})
    before, again = lab.probe("maze-attention", {"sample": 1, "when": "before"})
    assert (before["own"] == was["own"]).all() and again["on_route"] == told["on_route"]
    assert not (before["own"] == arrays["own"]).all()


def test_heads_look_through_their_doors_as_attention_with_the_mask_does() -> None:
    lab, _ = ran()
    asked = {"sample": 1, "loops": LOOPS, "heads": True}
    doors = lab.probe("thought", asked)[0]["doors"]
    own = lab.probe("maze-attention", {"sample": 1})[0]["own"]
    assert doors.shape == (LOOPS, 49, 4)
    assert doors.transpose(0, 2, 1) == pytest.approx(1 - own, abs=1e-5)
    assert lab.probe("thought", {**asked, "loops": 0})[0]["doors"].shape == (0, 49, 4)
    assert not lab.probe("thought", {"sample": 1})[0]


def test_heads_that_see_doors_besides_look_as_attention_with_the_mask_does() -> None:
    lab = begun(sees_doors=True)
    doors = lab.probe("thought", {"sample": 1, "loops": LOOPS, "heads": True})[0]["doors"]
    own = lab.probe("maze-attention", {"sample": 1})[0]["own"]
    assert doors.transpose(0, 2, 1) == pytest.approx(1 - own, abs=1e-5)


def test_a_thought_stopped_early_is_the_beginning_of_a_longer_one() -> None:
    lab, _ = ran()
    short, long = (lab.probe("thought", {"loops": loops})[1] for loops in (2, 5))
    assert short["arrows"] == long["arrows"][:3]
    assert short["confidence"] == long["confidence"][:3]
    racer = looper(lab)
    exam = Exam(dataclasses.replace(KINDS["accuracy"], count=1), "sample 0 0")
    assert racer.arrows(exam.board.seen, 7, 5)[0].tolist() == long["arrows"][5]


def test_before_training_it_answers_as_it_did_before_its_first_step() -> None:
    lab, _ = ran()
    was = begun().probe("thought", {"loops": 3})[1]["confidence"]
    assert lab.probe("thought", {"loops": 3, "when": "before"})[1]["confidence"] == was
    assert lab.probe("thought", {"loops": 3, "when": "after"})[1]["confidence"] != was


def test_while_it_trains_it_is_watched_by_the_ways_that_arrive_as_at_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    board, racer = boards(opened([CORRIDOR]), torch.tensor([3]), 4), looper(begun())
    racer.side = 4
    monkeypatch.setattr(racer, "arrows", lambda *_: torch.tensor([[EAST, SOUTH, EAST, EAST]]))
    assert racer.accuracy(board.seen, board.onward) == pytest.approx(1 / 3)
    assert any("accuracy" in one.metrics for one in ran()[1] if isinstance(one, Report))
