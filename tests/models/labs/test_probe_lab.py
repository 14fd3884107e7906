"""The lab of probes: what is fitted where, what is erased when, and when the claim holds."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
import torch

from models.labs.lab import Look
from models.labs.probe import ProbeLab
from models.labs.readings import Erasing, ErasingAtRandom, Mazes, streams
from models.linear_probe import changed, explained, probe
from models.networks.map import MapSolver
from models.specs.map import LOOPS, SIZE
from models.specs.map import SPEC as MAP
from models.specs.probe import AT, SPEC

CELLS = SIZE * SIZE


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("PRACTISED", "UNSEEN", "GLANCED"):
        monkeypatch.setattr(f"models.labs.probe.{name}", 8)
    yield


def begun() -> ProbeLab:
    return ProbeLab(SPEC.settings({"steps": 20, "mazes": 20}), 0)


@functools.cache
def mazes() -> Mazes:
    return Mazes(12, 10, 0, "cpu")


def verdict(**changed: float) -> tuple[bool, bool]:
    told = {"map_best": 0.82, "map_left": 0.3, "map_right": 1.0, "last_right": 1.0}
    told |= {"every_right": 0.5, "random_right": 0.88, "control_best": 0.1}
    told |= {"untrained_best": 0.2, "manhattan_best": 0.28}
    return begun().judge({k.replace("_", ".", 1): v for k, v in {**told, **changed}.items()})


def test_the_claim_holds_where_the_distance_is_read_and_fades_and_is_needed_only_on_the_way() -> (
    None
):
    assert verdict() == (True, True)
    assert verdict(map_best=0.69)[0] is False
    assert verdict(last_right=0.97)[0] is False
    assert verdict(every_right=0.85)[0] is False
    assert verdict(map_left=0.6)[0] is False


def test_a_control_that_is_read_as_well_is_no_control() -> None:
    assert verdict(control_best=0.45) == (True, False)
    assert verdict(untrained_best=0.4) == (True, False)
    assert verdict(manhattan_best=0.5) == (True, False)


def test_it_trains_as_the_map_does() -> None:
    ours = {knob.name: knob.default for knob in SPEC.knobs}
    assert ours == {k.name: k.default for k in MAP.knobs if k.name != "control"}


def test_a_control_task_is_one_number_for_each_kind_of_cell_wherever_it_is() -> None:
    there = mazes()
    kinds: dict[tuple[float, ...], set[float]] = {}
    for told, number in zip(
        there.told.flatten(0, 1).tolist(), there.controls[0].flatten().tolist(), strict=True
    ):
        kinds.setdefault(tuple(told), set()).add(number)
    assert all(len(numbers) == 1 for numbers in kinds.values())
    assert len({min(numbers) for numbers in kinds.values()}) > 5
    assert not torch.equal(there.controls[0], there.controls[1])
    other = Mazes(12, 10, 1, "cpu")
    assert not torch.equal(there.controls[0], other.controls[0])


def test_no_news_is_farther_than_a_cell_a_loop() -> None:
    """What can be known grows from nothing to everything."""
    known = [mazes().arrived(loop) for loop in range(1, LOOPS + 20)]
    assert known[0] < 0.3 and known[-1] == 1.0
    assert all(after >= before - 0.02 for before, after in itertools.pairwise(known))


def test_cells_that_no_news_has_come_to_are_all_alike() -> None:
    there = mazes()
    for loop, stream in enumerate(streams(MapSolver(), there), 1):
        far = stream[there.away > loop]
        assert len(far) < 2 or far.std(0).max() < 1e-5


def test_a_probe_is_tried_on_mazes_that_it_was_not_fitted_to() -> None:
    there = mazes()
    exact = there.away[..., None]
    assert there.explained(exact, there.away) == pytest.approx(1.0)
    wrong = exact.clone()
    wrong[there.practised :] = 0
    assert there.explained(wrong, there.away) < 0.01


def test_erased_in_every_loop_nothing_can_be_read_after_any() -> None:
    there, solver = mazes(), MapSolver()
    wanted = there.away[: there.practised].flatten()
    for stream in streams(solver, there, Erasing(there)):
        left = stream[: there.practised].flatten(0, 1)
        assert explained(probe(left, wanted)(left), wanted) < 0.01


def test_what_the_next_loop_finds_is_what_was_left() -> None:
    there, solver = mazes(), MapSolver()
    plain = [stream.clone() for stream in streams(solver, there)]
    left = [stream.clone() for stream in streams(solver, there, lambda loop, x: 0 * x)]
    assert torch.equal(left[5], torch.zeros_like(left[5]))
    after = [s.clone() for s in streams(solver, there, lambda n, x: 0 * x if n == 1 else x)]
    torch.testing.assert_close(after[1], plain[0])


def test_a_random_sum_changes_the_stream_as_much_as_the_distance_did() -> None:
    there, solver = mazes(), MapSolver()
    erasing = Erasing(there)
    for _ in streams(solver, there, erasing):
        pass
    random = ErasingAtRandom(there, erasing.sizes, 0)
    for _ in streams(solver, there, random):
        pass
    assert set(random.sizes) == set(erasing.sizes) == set(range(1, LOOPS + 1))
    first = next(iter(streams(solver, there)))
    assert changed(first, Erasing(there)(1, first)) == pytest.approx(erasing.sizes[1], rel=1e-3)


def test_a_film_shows_what_can_be_read_after_each_loop() -> None:
    lab = begun()
    seen: list[Any] = [unit for unit in lab.train() if isinstance(unit, Look)]
    looks = [look for look in seen if look.name == "lengths"]
    assert [look.step for look in looks] == [0, 10, 20]
    assert set(looks[0].data["curves"]) == {"map", "control", "arrived"}
    for look in looks:
        assert look.data["lengths"] == list(AT) and look.data["called"] == ["R²", "loops"]
        assert all(0 <= value <= 1 for curve in look.data["curves"].values() for value in curve)
