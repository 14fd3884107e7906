"""The tables that a page of questions has at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.lesson import RunRef
from models.specs.catalog import SPECS
from models.specs.spec import LabSpec
from progress.journal import Journal
from tests.support.screens import screen_text
from tui.app import GrokApp, Options
from tui.drawing.training.results import columns, results
from tui.screens.results import ResultsScreen


def table(spec: LabSpec) -> list[str]:
    """The table of a lab in which everything is right."""
    return columns(results(spec, {metric.name: 1.0 for metric in spec.metrics}))


WIDEST = sorted(SPECS, key=lambda spec: max(map(len, table(spec))))[-3:]


@pytest.mark.parametrize("spec", WIDEST, ids=lambda spec: spec.name)
async def test_the_widest_tables_are_seen_whole_at_80_columns(
    spec: LabSpec, tmp_path: Path
) -> None:
    metrics = {metric.name: 1.0 for metric in spec.metrics}
    app = GrokApp(Options(), journal=Journal(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.push_screen(ResultsScreen([(RunRef(spec.name), metrics)] * 4))
        await pilot.pause()
        shown = screen_text(app)
    for row in table(spec)[:3]:
        assert row.strip() in shown
