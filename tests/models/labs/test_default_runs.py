"""Every lab as it is run unless something else is asked for: it reaches its goal."""

from __future__ import annotations

import time

import pytest

from models.labs.catalog import load_lab
from models.specs.catalog import LABS


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("name", LABS)
def test_the_default_run_reaches_its_goal_in_short_units(name: str, seed: int) -> None:
    lab = load_lab(name)(LABS[name].settings({}), seed, "cpu")
    units, began = [], time.process_time()
    for _ in lab.train():
        units.append(time.process_time() - began)
        began = time.process_time()
    assert lab.result is not None and lab.result.reached and lab.result.control_failed
    assert sum(units) < 60
    assert sorted(units)[int(len(units) * 0.99)] < 0.2
