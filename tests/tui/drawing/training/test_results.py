"""What a run came to, as a table on a page of 80 columns."""

from __future__ import annotations

import pytest

from models.specs.catalog import SPECS
from models.specs.spec import LabSpec
from tui.drawing.training.results import columns, fitting, results

PAGE, KEYS = 74, 2
"""Columns of a lab on a lesson page at 80x24, and those of the mark before each runner."""
LARGEST = {"percent": 1.0, "count": 150_000.0}
"""What of each form is as long as in any run of ours."""


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_the_table_of_every_lab_is_seen_whole_at_80_columns(spec: LabSpec) -> None:
    measured = {metric.name: LARGEST.get(metric.form, 0.5) for metric in spec.metrics}
    table = columns(results(spec, measured))
    assert KEYS + max(map(len, table)) <= PAGE, table[0]


def test_where_a_table_does_not_fit_its_last_columns_are_left_out_whole() -> None:
    rows = [["", "random", "at 15"], ["two layers", "98.8 %", "98.8 %"], ["one", "", "13.3 %"]]
    assert fitting(rows, 26) == rows
    assert columns(fitting(rows, 25)) == ["            random", "two layers  98.8 %"]
    assert fitting(rows, 5) == fitting(rows, 25), "one number is always told"
