"""The walk of shapes in a lesson, with the numbers of a real pass."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest

from course.lesson import View
from models import protocol
from models.specs.catalog import LABS
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import BEGUN, page, starts
from tui.demos.tower import shapes_demo, widened
from tui.drawing.ink import Ink
from tui.views import VIEWS, view_fault, view_in_words
from tui.widgets.shapes_view import ShapesView

LAB = "tower depth=1 controls=no"


@functools.cache
def lab() -> Any:
    import torch

    from models.labs.catalog import load_lab

    torch.set_num_threads(1)
    return load_lab("tower")(LABS["tower"].settings({"depth": 1, "controls": False}), 0, "cpu")


def inside(probe: protocol.Probe) -> protocol.Reply:
    _, values = lab().probe(probe.what, probe.arguments)
    return protocol.ProbeResult(probe.run, probe.id, {}, values)


async def test_the_walk_goes_through_the_code_that_runs(tmp_path: Path) -> None:
    link = ScriptedLink(BEGUN, probes={"shapes": inside}, at_once=True)
    async with page(tmp_path, "shapes", link, lab=LAB) as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        network = lab().racers[0].network
        whole = sum(weight.numel() for weight in network.parameters())
        await sees(pilot, f"in all {whole:,} = sum(p.numel()) ✓")
        _, values = lab().probe("shapes", {"when": "before"})
        for number, step in enumerate(values["steps"]):
            shown = screen_text(pilot.app)
            assert f"►{number + 1:>2} " in shown and f"models/{step['file']}  " in shown
            assert f"►{step['line']:>4} " in shown
            await pilot.press("down")
        await pilot.press("home", "v")
        await sees(pilot, "feed-forward has 66.4 %")
        await sees(pilot, "feed-forward    8,352")
        assert "Step 1 of " in panel.sentence and len(starts(link)) == 1


def test_what_a_lesson_sets_is_checked() -> None:
    assert VIEWS["shapes"] == {"lab", "when"}
    assert view_fault(View("shapes", {"lab": LAB})) == ""
    assert "the lab recall shows no shapes" in view_fault(View("shapes", {"lab": "recall"}))
    assert "add up" in view_in_words(View("shapes", {}))


def test_the_demonstration_reads_its_shapes_from_what_it_made() -> None:
    shown = widened(6, 4)
    assert [step.shape for step in shown.steps] == ["6 × 16", "6 × 4", "6 × 4"]
    assert shown.adds_up and shown.parameters == 2 * 4 * 16


@pytest.mark.parametrize("size", [(1, 1), (20, 4), (80, 24), (200, 60)])
async def test_the_demonstration_in_any_window(size: tuple[int, int]) -> None:
    async with shapes_demo(Ink("ascii", "ascii")).run_test(size=size) as pilot:
        view = pilot.app.query_one(ShapesView)
        view.focus()
        await pilot.press("down", "down", "down", "v")
        for y in range(view.content_size.height):
            assert view.render_line(y).cell_length == view.content_size.width
        assert view.plain.isascii() and view.cursor == 2
