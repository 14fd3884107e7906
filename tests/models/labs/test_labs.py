"""Every lab at its smallest: it runs to its end, says what its spec says, and says it again."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterable, Iterator

import pytest
import torch
from msgspec.structs import replace

from models.labs.lab import Look, Plan
from models.labs.mouse import MouseLab
from models.mazes.maze import Maze
from models.protocol import Report
from models.specs.catalog import LABS
from models.specs.spec import Value
from tests.support.small_labs import begin, judged_on_little, ran


@pytest.fixture(autouse=True, scope="module")
def small_and_alone() -> Iterator[None]:
    with judged_on_little():
        yield


def untimed(units: Iterable[Report | Look]) -> Iterator[Report | Look]:
    """What there was to see, but for how long it took."""
    for seen in units:
        if isinstance(seen, Report):
            metrics = {name: value for name, value in seen.metrics.items() if name != "seconds"}
            seen = replace(seen, metrics=metrics)
        yield seen


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
    straight = list(untimed(ran(name)[1]))
    torch_before, python_before = torch.get_rng_state(), random.getstate()
    assert list(untimed(begin(name, 0).train())) == straight
    assert torch.equal(torch.get_rng_state(), torch_before), "the common chance is left alone"
    assert random.getstate() == python_before
    other = untimed(begin(name, 1).train())
    assert any(one != another for one, another in zip(other, straight, strict=False))


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
    assert list(untimed(seen)) == list(untimed(ran(name)[1]))


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
