"""What labs there are, and that their specs say what they must."""

from __future__ import annotations

import pytest

from models.mazes.walkers import WALKERS
from models.specs.catalog import LABS, find_lab
from models.specs.mice import MICE
from models.specs.spec import LabSpec


@pytest.mark.parametrize("spec", LABS.values(), ids=LABS)
def test_a_spec_is_whole(spec: LabSpec) -> None:
    assert spec.summary.endswith(".") and spec.goal.endswith(".") and spec.control.endswith(".")
    for knob in spec.knobs:
        assert knob.means
        assert knob.check(knob.default) == knob.default
        if not isinstance(knob.default, bool):
            assert knob.because, f"{knob.name} does not say why its range ends where it does"
            assert knob.choices or (knob.low is not None and knob.high is not None)
    names = [metric.name for metric in spec.metrics]
    assert len(names) == len(set(names))
    assert {metric.form for metric in spec.metrics} <= {"percent", "number", "ratio", "count"}


def test_a_lab_is_found_by_name() -> None:
    assert find_lab("mouse").name == "mouse"


def test_a_slip_of_the_keyboard_is_understood() -> None:
    with pytest.raises(LookupError, match="did you mean letters"):
        find_lab("leters")
    with pytest.raises(LookupError, match=r"there are mouse, mice, .*, letters"):
        find_lab("xylophone")


def test_every_mouse_is_in_the_table_of_walkers() -> None:
    assert set(MICE) == set(WALKERS)
