"""Every lab at its smallest: it runs to its end, says what its spec says, and says it again."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import json
import random
import time
from collections.abc import Iterable, Iterator

import pytest
import torch
from msgspec.structs import replace

from models.labs.catalog import load_lab
from models.labs.lab import Lab, Look, Plan
from models.labs.map_judged import KINDS
from models.labs.mouse import MouseLab
from models.labs.rivals_judged import EXAMS
from models.mazes.maze import Maze
from models.protocol import Report
from models.specs.catalog import LABS
from models.specs.spec import Value

SMALL: dict[str, dict[str, Value]] = {
    "mouse": {"updates": 10, "hidden": 8, "mice": 8, "mazes": 20, "size": 4},
    "mice": {"mazes": 50, "size": 4},
    "kernel": {"steps": 25, "points": 12},
    "letters": {"steps": 20, "width": 8, "length": 5},
    "recurrence": {"steps": 25, "corridor": 4},
    "amnesia": {"steps": 25, "length": 5},
    "inference": {"steps": 25, "words": 7, "biased": True},
    "positions": {"steps": 20, "length": 10},
    "recall": {"steps": 25, "pairs": 3, "state": 16},
    "alignment": {"steps": 25, "turns": 3, "state": 16},
    "scale": {"width": 8, "draws": 200},
    "sentence": {"steps": 25, "reseeds": 50},
    "heads": {"steps": 25, "length": 8, "width": 8},
    "tower": {"steps": 25, "depth": 1},
    "roles": {"steps": 25, "width": 8},
    "speak": {"steps": 25, "layers": 1, "sentences": 100},
    "peeking": {"steps": 25, "length": 6},
    "clinic": {"steps": 20},
    "reversal": {"steps": 25, "width": 8},
    "families": {"steps": 25, "width": 8},
    "map": {"steps": 25, "mazes": 20},
    "lap": {"steps": 25, "width": 16},
    "probe": {"steps": 25, "mazes": 20},
    "mapsequence": {"steps": 25, "width": 16},
    "rivals": {"steps": 25, "mazes": 20},
    "induction": {"steps": 25, "heads": 1},
}


JUDGED_BY = (KINDS, EXAMS)
FULL = [dict(exams) for exams in JUDGED_BY]
"""What map readers are judged by at its full size."""


@pytest.fixture(autouse=True, scope="module")
def small_and_alone() -> Iterator[None]:
    """One thread, and the mouse judged in few mazes."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("models.labs.mouse.UNSEEN", 40)
        patch.setattr("models.labs.mouse.HELD_OUT", 20)
        patch.setattr("models.labs.race.UNSEEN", 40)
        for name in ("EACH", "FEW", "WATCHED"):
            patch.setattr(f"models.labs.mapsequence.{name}", 8)
        for name in ("PRACTISED", "UNSEEN", "GLANCED"):
            patch.setattr(f"models.labs.probe.{name}", 8)
        for exams in JUDGED_BY:
            for exam, kind in exams.items():
                patch.setitem(exams, exam, dataclasses.replace(kind, count=4, loops=4))
        yield
    torch.set_num_threads(threads)


def begin(name: str, seed: int = 0, **knobs: Value) -> Lab:
    return load_lab(name)(LABS[name].settings({**SMALL[name], **knobs}), seed, "cpu")


@functools.cache
def ran(name: str) -> tuple[Lab, list[Report | Look]]:
    """A run to its end that several tests look at."""
    lab = begin(name)
    return lab, list(lab.train())


def untimed(units: Iterable[Report | Look]) -> list[Report | Look]:
    """What there was to see, but for how long it took."""
    return [
        replace(seen, metrics={k: v for k, v in seen.metrics.items() if k != "seconds"})
        if isinstance(seen, Report)
        else seen
        for seen in units
    ]


@pytest.fixture(params=LABS)
def name(request: pytest.FixtureRequest) -> str:
    return request.param


def test_it_measures_what_its_spec_promises(name: str) -> None:
    lab, _ = ran(name)
    assert lab.result is not None
    spec = LABS[name]
    promised = {metric.name for metric in spec.metrics}
    # The median path of a mouse that never arrives, and the step at which a racer that never
    # learns would have done so, are not numbers and are left out.
    maybe = ("ratio", "solved")
    missing = {m for m in promised - set(lab.result.metrics) if not m.endswith(maybe)}
    assert not missing and set(lab.result.metrics) <= promised
    assert all(isinstance(value, int | float) for value in lab.result.metrics.values())


def test_reports_and_looks_are_plain_and_the_share_done_grows_to_one(name: str) -> None:
    done, curves = 0.0, set()
    for seen in ran(name)[1]:
        if isinstance(seen, Look):
            json.dumps(seen.data)
            continue
        assert isinstance(seen, Report) and seen.phase
        assert done <= seen.fraction <= 1 and 0 <= seen.step <= seen.steps
        done = seen.fraction
        curves |= {(seen.runner, metric) for metric in seen.metrics}
    assert done == 1.0
    assert {(series.runner, series.metric) for series in LABS[name].series} <= curves


def test_the_same_seed_gives_the_same_curve(name: str) -> None:
    straight = untimed(ran(name)[1])
    assert untimed(begin(name, 0).train()) == straight
    other = untimed(begin(name, 1).train())
    assert any(one != another for one, another in zip(other, straight, strict=False))


def test_the_common_chance_is_left_alone(name: str) -> None:
    torch_before, python_before = torch.get_rng_state(), random.getstate()
    list(begin(name).train())
    assert torch.equal(torch.get_rng_state(), torch_before)
    assert random.getstate() == python_before


@pytest.mark.parametrize(
    ("name", "what", "arguments"),
    [
        ("mouse", "walk", {"seed": 1}),
        ("mouse", "walk", {"seed": 1, "runner": "control"}),
        ("letters", "attention", {"sample": 2}),
        ("letters", "attention", {"string": "HELLO", "when": "before"}),
    ],
    indirect=["name"],
)
def test_looking_inside_changes_nothing(name: str, what: str, arguments: dict[str, object]) -> None:
    lab, seen = begin(name), []
    for unit in lab.train():
        seen.append(unit)
        if len(seen) % 7 == 0:
            assert lab.probe(what, arguments)[1] == lab.probe(what, arguments)[1]
    assert untimed(seen) == untimed(ran(name)[1])


def test_there_is_nothing_else_to_look_at(name: str) -> None:
    with pytest.raises(LookupError, match="to look at"):
        begin(name).probe("dreams", {})


@pytest.mark.parametrize("name", ["mouse", "letters"], indirect=True)
def test_the_learning_rate_turns_while_it_trains(name: str) -> None:
    def losses(units: Iterable[Report | Look]) -> Iterator[float]:
        for seen in units:
            if isinstance(seen, Report) and seen.runner == name and "loss" in seen.metrics:
                yield seen.metrics["loss"]

    lab, straight = begin(name), list(losses(ran(name)[1]))
    turned = losses(lab.train())
    assert [next(turned) for _ in range(5)] == straight[:5]
    lab.set_knob("learning_rate", 0.00001)
    # The sixth loss is measured before the sixth step; the seventh after it.
    assert next(turned) == straight[5] and next(turned) != straight[6]


@pytest.mark.parametrize("name", ["mouse", "letters"], indirect=True)
def test_other_knobs_are_fixed_once_it_has_begun(name: str) -> None:
    fixed = next(knob for knob in LABS[name].knobs if not knob.live)
    with pytest.raises(ValueError, match="fixed once"):
        begin(name).set_knob(fixed.name, fixed.default)
    with pytest.raises(ValueError, match="learning_rate"):
        begin(name).set_knob("learning_rate", 7.0)
    with pytest.raises(KeyError):
        begin(name).set_knob("colour", 1)


@pytest.mark.parametrize(
    ("name", "knobs"),
    [
        ("mouse", {"memory": False}),
        ("mouse", {"control": False}),
        ("letters", {"positions": False}),
        ("letters", {"control": False}),
    ],
    indirect=["name"],
)
def test_without_its_control_a_claim_is_not_reached(name: str, knobs: dict[str, Value]) -> None:
    lab = begin(name, **knobs)
    reports = [seen for seen in lab.train() if isinstance(seen, Report)]
    assert {name} <= {report.runner for report in reports}
    assert "control" not in {report.runner for report in reports}
    assert reports[-1].fraction == 1.0
    assert lab.result is not None
    assert not lab.result.reached and not lab.result.control_failed


def test_the_mouse_is_shown_early_and_at_the_end() -> None:
    looks = [seen for seen in ran("mouse")[1] if isinstance(seen, Look)]
    assert [look.step for look in looks if look.runner == "mouse"] == [0, 10]
    first = looks[0].data
    assert all(look.data | {"path": []} == first | {"path": []} for look in looks)
    maze = Maze(first["width"], first["height"], tuple(first["passages"]))
    for path in (look.data["path"] for look in looks):
        assert path[0] == first["start"] and first["cheese"] not in path[:-1]
        assert all(b in maze.neighbours(a) for a, b in itertools.pairwise(path))


def test_the_exam_of_the_mouse_stands_at_its_last_update() -> None:
    lab, said = ran("mouse")
    reports = [one for one in said if isinstance(one, Report) and one.metrics]
    assert {one.step for one in reports if "arrival" in one.metrics} == {0, 10}
    assert max(one.step for one in reports) == 10
    assert lab.result is not None
    exam = [one for one in reports if "ratio" in one.metrics and one.runner == "mouse"]
    assert [one.metrics["arrival"] for one in exam] == [lab.result.metrics["arrival"]]


def test_nobody_practises_where_the_mice_are_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    # There are 100,352 mazes of this size: by chance alone, some would come twice.
    monkeypatch.setattr("models.labs.mouse.UNSEEN", 1000)
    lab = begin("mouse", mazes=3000)
    assert isinstance(lab, MouseLab)
    units = lab.train()
    while len(lab.practice) < 3000:
        next(units)
    practised, watched, judged = (
        {crossing.maze.passages for crossing in crossings}
        for crossings in (lab.practice, lab.held_out, lab.unseen)
    )
    assert len(practised) > 2900 and len(judged) > 900 and len(watched) == 20
    assert not practised & (watched | judged)


def test_the_grid_is_what_the_layer_computes() -> None:
    lab, _ = ran("letters")
    arrays, values = lab.probe("attention", {"string": "hello"})
    assert values["tokens"] == list("HELLO") and values["selected"] == "given"
    weights, scores = arrays["weights"], arrays["scores"]
    assert weights.dtype == scores.dtype == "float32" and weights.shape == (5, 5)
    expected = torch.tensor(scores).double().softmax(-1).numpy()
    assert abs(weights - expected).max() < 1e-6
    assert values["sums"] == pytest.approx([1.0] * 5, abs=1e-6)
    assert values["uniform"] == 0.2


def test_before_training_is_kept_to_be_looked_at() -> None:
    lab = begin("letters")
    fresh, _ = lab.probe("attention", {"sample": 0})
    list(lab.train())
    before, said = lab.probe("attention", {"sample": 0, "when": "before"})
    after, says = lab.probe("attention", {"sample": 0})
    assert (before["weights"] == fresh["weights"]).all()
    assert (after["weights"] != fresh["weights"]).any()
    assert said["tokens"] == says["tokens"]


@pytest.mark.parametrize("string", ["HELL", "HELLOO", "12345", ""])
def test_a_string_that_the_layer_cannot_read(string: str) -> None:
    with pytest.raises(ValueError, match=r"letters"):
        begin("letters").probe("attention", {"string": string})


def test_shares_of_a_plan_add_up() -> None:
    plan = Plan(first=1.0, second=3.0, none=0.0)
    assert plan.fraction("first", 0.5) == pytest.approx(0.125)
    assert plan.fraction("second", 0.0) == pytest.approx(0.25)
    assert plan.fraction("none", 0.0) == pytest.approx(1.0)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_the_default_run_reaches_its_goal_in_short_units(
    name: str, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.labs.mouse.UNSEEN", 1000)
    monkeypatch.setattr("models.labs.mouse.HELD_OUT", 100)
    monkeypatch.setattr("models.labs.race.UNSEEN", 1000)
    for exams, full in zip(JUDGED_BY, FULL, strict=True):
        for exam, kind in full.items():
            monkeypatch.setitem(exams, exam, kind)
    lab = load_lab(name)(LABS[name].settings({}), seed, "cpu")
    units, began = [], time.process_time()
    for _ in lab.train():
        units.append(time.process_time() - began)
        began = time.process_time()
    assert lab.result is not None and lab.result.reached and lab.result.control_failed
    assert sum(units) < 60
    assert sorted(units)[int(len(units) * 0.99)] < 0.2
