"""Predictions that are drawn: what is one, and how far it was from what was measured."""

from __future__ import annotations

from typing import Any

import pytest

from course.bets import Mark, Sketch
from course.gates import progress, route
from course.lesson import Observe, Question, RunRef
from course.lock import digest
from course.marking import mark
from course.sketches import fits, gaps, places
from course.solver import STRATEGIES, solve
from course.standing import Standing, standing
from course.variants import variant
from tests.support.lessons import BY_VALUE, CURVE, OBSERVE, OVER_PAIRS, SINGLE, SKETCH, read


def sketch(body: str = SKETCH) -> Sketch:
    [found] = read(body).questions
    assert isinstance(found, Sketch)
    return found


def test_everything_in_the_file_is_read() -> None:
    one = sketch()
    assert one.run == RunRef("recall", {"pairs": "8"})
    assert (one.runner, one.metric, one.form, one.range) == ("lstm", "accuracy", "percent", (0, 1))
    assert one.marks == (Mark(0.038, "guessing"),)
    assert one.explanation == "One state holds all pairs."
    assert places(one) == (0.0,)
    curve = sketch(CURVE)
    assert (curve.over, curve.xs, curve.range, curve.form) == (
        "step", (0, 100, 200, 1000), (0, 4), "number"
    )  # fmt: skip
    assert curve.seeds == (0, 1)
    assert sketch(OVER_PAIRS).study == "recall-pairs"


def test_one_run_may_measure_the_same_at_every_value() -> None:
    one = sketch(BY_VALUE)
    assert one.by_value and one.over == "tokens" and one.xs == (20, 80)
    assert (one.runner, one.measure_at(20)) == ("rotary", "rotary.at20")
    assert not sketch(CURVE).by_value


@pytest.mark.parametrize(
    "answer", [None, 0.5, [], [0.5, 0.5], ["0.5"], [True], [1.1], [-0.1], {}, [float("nan")]]
)
def test_what_is_no_drawing(answer: Any) -> None:
    assert not fits(sketch(), answer)
    assert fits(sketch(), [0.5]) and fits(sketch(), (1,))


def test_gaps_are_counted_where_something_was_measured() -> None:
    found = gaps(sketch(CURVE), [3, 2, 1, 0.5], {0: 3.2, 100: 1.0, 1000: 0.5, 7: 9.0})
    assert found is not None
    assert found.each == pytest.approx({0: 0.2, 100: -1.0, 1000: 0.0})
    assert found.mean == pytest.approx(0.4)
    assert found.farthest == 100
    assert gaps(sketch(CURVE), [3, 2, 1, 0.5], {}) is None
    assert gaps(sketch(CURVE), [3, 2, 1, 0.5], {0: float("nan")}) is None


def test_it_counts_for_nothing_and_never_comes_back() -> None:
    lesson = read(SKETCH + SINGLE)
    placed = [{"type": "bet", "round": 0, "answer": [0.5]}]
    assert standing(lesson.question("k-lstm"), placed) is Standing.RIGHT
    assert len(route(lesson, {"k-lstm": placed})) == 2
    assert progress(lesson, {"k-lstm": placed}).missing
    with pytest.raises(TypeError):
        mark(variant(lesson.question("k-lstm"), 0), [0.5])


@pytest.mark.parametrize("strategy", STRATEGIES)
def test_whoever_takes_the_lesson_draws_what_fits(strategy: str) -> None:
    lesson = read(SKETCH + CURVE + SINGLE)
    drawn = {e["question"]: e["answer"] for e in solve(lesson, strategy) if e["type"] == "bet"}
    for question in lesson.questions[:2]:
        assert fits(question, drawn[question.id])  # type: ignore[arg-type]


def test_an_observation_may_follow_a_drawn_bet() -> None:
    lesson = read(SKETCH + OBSERVE.replace("of p-no-mask", "of k-lstm"))
    seen: Question = lesson.questions[-1]
    assert isinstance(seen, Observe) and seen.of == "k-lstm"


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        ("lstm.accuracy", "large.accuracy", True),
        ("pairs=8", "pairs=9", True),
        (":mark:", ":range: 0 2\n:mark:", True),
        ("How often", "How very often", False),
        ("0.038 guessing", "0.04 chance", False),
        ("One state", "A state", False),
    ],
)
def test_the_lock_knows_what_is_bet_on(old: str, new: str, differs: bool) -> None:
    changed = sketch(SKETCH.replace(old, new))
    assert (digest(changed) != digest(sketch())) is differs
