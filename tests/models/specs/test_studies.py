"""What studies there are, and that their labs can do what they ask."""

from __future__ import annotations

import pytest

from models.specs.studies import STUDIES, find_study
from models.specs.study import Study, full_name

LONGEST = 200
"""CPU-seconds beyond which nobody waits for a study, even in the background."""


@pytest.mark.parametrize("study", STUDIES.values(), ids=STUDIES)
def test_a_study_asks_its_lab_for_what_there_is(study: Study) -> None:
    assert study.summary.endswith((".", "?")) and study.title
    assert len(study.costs) == len(study.values) == len(set(study.values))
    points = study.points()
    assert len(points) == len(set(points))
    for point in points:
        assert point.knobs == study.spec.settings(dict(point.knobs))
    for runner in study.runners:
        assert study.who(runner)
    forms = {study.metric(r, m).form for r in study.runners for m in study.metrics}
    assert len(forms) == 1, "all numbers of a study stand on one axis"
    assert study.over_seeds or study.x, "an axis has a name"
    assert study.seconds <= LONGEST


def test_the_points_turn_one_knob_and_hold_the_others() -> None:
    study = STUDIES["recall-pairs"]
    first, *others = study.points()
    assert [point.knobs["pairs"] for point in study.points()] == list(study.values)
    for point in others:
        turned = {name for name, value in point.knobs.items() if value != first.knobs[name]}
        assert turned == {"pairs"}


def test_a_study_over_seeds_holds_every_knob() -> None:
    points = STUDIES["amnesia-seeds"].points()
    assert [point.seed for point in points] == [0, 1, 2, 3, 4]
    assert all(point.knobs == points[0].knobs for point in points)


def test_other_seeds_than_its_own_can_be_asked_for() -> None:
    study = STUDIES["recall-budget"]
    assert {point.seed for point in study.points((7, 8))} == {7, 8}
    assert len(study.points((7, 8))) == 2 * len(study.values)
    assert [point.seed for point in STUDIES["amnesia-seeds"].points((9,))] == [9]


def test_a_lab_without_runners_names_its_metrics_alone() -> None:
    assert full_name("", "arrival") == "arrival"
    assert full_name("control", "arrival") == "control.arrival"


def test_a_slip_of_the_keyboard_is_understood() -> None:
    assert find_study("recall-pairs").lab == "recall"
    with pytest.raises(LookupError, match="did you mean recall-pairs"):
        find_study("recal-pairs")
    with pytest.raises(LookupError, match=r"there are .*recall-pairs"):
        find_study("xylophone")
