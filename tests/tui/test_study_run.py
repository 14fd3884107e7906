"""Which kept runs count as points of a study, and how far a study is."""

from __future__ import annotations

from typing import Any

import pytest

from models.kept import Kept, Turned
from models.specs.study import Point
from tests.support.study_link import TINY
from tui.lab_run import LabRun, Phase
from tui.study_run import StudyRun, counts_as
from tui.study_words import command, picture_of, progress_of, value_text, where

POINTS = TINY.points()


def kept(point: Point = POINTS[0], **changes: Any) -> Kept:
    values: dict[str, Any] = {
        "id": "mice-1",
        "lab": "mice",
        "knobs": dict(point.knobs),
        "seed": point.seed,
        "device": "CPU",
        "began": "2026-01-01T00:00:00+00:00",
        "state": "finished",
        "metrics": {"random.arrival": 0.6, "right.arrival": 1.0},
    }
    return Kept(**(values | changes))


def test_the_same_lab_knobs_and_seed_to_its_end_count() -> None:
    assert counts_as(kept(), POINTS[0], TINY)
    assert not counts_as(kept(), POINTS[1], TINY)


@pytest.mark.parametrize(
    "changes",
    [
        {"lab": "mouse"},
        {"seed": 1},
        {"state": "stopped"},
        {"state": "cut short"},
        {"knobs": {**POINTS[0].knobs, "mazes": 60}},
        {"turned": [Turned(3, "mazes", 60)]},
    ],
)
def test_anything_else_does_not(changes: dict[str, Any]) -> None:
    assert not counts_as(kept(**changes), POINTS[0], TINY)


def test_a_knob_that_a_run_of_long_ago_did_not_have_stood_at_its_default() -> None:
    older = {name: value for name, value in POINTS[0].knobs.items() if name != "loops"}
    assert counts_as(kept(knobs=older), POINTS[0], TINY)


def test_the_newest_of_several_runs_is_taken() -> None:
    one = StudyRun.of(TINY)
    newer = {"random.arrival": 0.7}
    one.take([kept(id="mice-2", metrics=newer), kept()])
    assert one.results[POINTS[0]]["random.arrival"] == 0.7


def test_a_study_whose_points_are_all_kept_is_finished() -> None:
    one = StudyRun.of(TINY)
    one.take([kept(point) for point in POINTS])
    assert one.complete and one.phase is Phase.FINISHED and one.next_point is None


def test_how_far_it_is_goes_by_what_the_points_cost() -> None:
    one = StudyRun.of(TINY)
    one.take([kept(POINTS[0])])
    one.begin()
    assert one.share == 0
    run = LabRun(TINY.spec, dict(POINTS[1].knobs), 0, "r")
    one.train(POINTS[1], run)
    one.done({"random.arrival": 0.5})
    # Of what was missing, 2 + 5, the first is done.
    assert one.share == pytest.approx(2 / 7)
    assert progress_of(one).step == 2


def test_no_time_left_is_told_before_anything_is_known() -> None:
    one = StudyRun.of(TINY)
    one.begin()
    assert progress_of(one).left is None


def test_a_point_that_failed_is_tried_again_when_the_study_is_begun_again() -> None:
    one = StudyRun.of(TINY)
    one.begin()
    one.train(POINTS[0], LabRun(TINY.spec, dict(POINTS[0].knobs), 0, "r"))
    one.failed("It broke.")
    assert one.next_point == POINTS[1]
    assert picture_of(one).states == ("failed", "open", "open")
    one.begin()
    assert one.next_point == POINTS[0] and not one.troubles


def test_points_in_words_and_as_a_command() -> None:
    assert where(TINY, POINTS[0]) == "3 cells, seed 0"
    assert command(TINY, POINTS[0]) == "grok-tui lab mice --set mazes=50 --set size=3 --seed 0"
    assert [value_text(v) for v in (4000, 2.0, 0.5, True, "fixed")] == [
        "4,000",
        "2",
        "0.5",
        "yes",
        "fixed",
    ]


def test_a_drawing_belongs_to_the_values_it_was_drawn_for() -> None:
    picture = picture_of(StudyRun.of(TINY), sketches={"random": {3.0: 0.9, 6.0: 0.2, 7.0: 0.1}})
    assert picture.lines[0].sketch == (0.9, None, 0.2)
    assert picture.lines[1].sketch == ()
