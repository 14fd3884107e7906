"""Towers in a lesson: switched before training, looked up after it, with the worker's numbers."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest

from course.lesson import View
from models import protocol
from models.arrays import pack
from models.specs.catalog import LABS
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import BEGUN, DONE, page, starts
from tui.demos.tower import tower_demo, tower_of_means
from tui.drawing.ink import Ink
from tui.drawing.memory.reach_axis import number_text
from tui.moments import tower_of_moment
from tui.views import VIEWS, view_fault, view_in_words
from tui.widgets.tower_view import TowerView

LAB = "tower depth=3"


@functools.cache
def lab() -> Any:
    import torch

    from models.labs.catalog import load_lab

    torch.set_num_threads(1)
    return load_lab("tower")(LABS["tower"].settings({"depth": 3}), 0, "cpu")


def inside(probe: protocol.Probe) -> protocol.Reply:
    arrays, values = lab().probe(probe.what, probe.arguments)
    packed = {name: pack(array) for name, array in arrays.items()}
    return protocol.ProbeResult(probe.run, probe.id, packed, values)


def link(*script: protocol.Reply) -> ScriptedLink:
    return ScriptedLink(script, probes={"tower": inside}, at_once=True)


async def test_numbers_on_the_screen_are_those_of_the_tower(tmp_path: Path) -> None:
    async with page(tmp_path, "tower", link(*BEGUN), lab=LAB, when="before") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        arrays, _ = lab().probe("tower", {"runner": "tower", "when": "before"})
        for block in range(3):
            await sees(pilot, f"  {number_text(arrays['gradient'].tolist()[block])}")
            alike = f"{arrays['alike'].tolist()[block + 1]:.3f}".replace("-", "−")
            await sees(pilot, alike)
            await pilot.press("right")


async def test_every_switch_asks_for_another_tower(tmp_path: Path) -> None:
    scripted = link(*BEGUN)
    async with page(tmp_path, "tower", scripted, lab=LAB, when="before") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "3 blocks, before training")
        for key, said in (
            ("r", "✗ residual"),
            ("o", "norm after each sum"),
            ("o", "✗ norm nowhere"),
            ("f", "✗ feed-forward"),
            ("a", "✗ sees others"),
            ("r", "✓ residual"),
        ):
            await pilot.press(key)
            await sees(pilot, said)
        asked = [r.arguments for r in scripted.sent if isinstance(r, protocol.Probe)]
        assert len(asked) == 7 and "runner" not in asked[-1]
        assert {**asked[-1], "when": ""} == {
            "when": "",
            "residual": True,
            "norm": "none",
            "feed_forward": False,
            "alone": True,
        }
        # What has been seen is not asked for again.
        await pilot.press("r")
        await sees(pilot, "✗ residual")
        assert len([r for r in scripted.sent if isinstance(r, protocol.Probe)]) == 7
        assert len(starts(scripted)) == 1 and panel.sentence.endswith("before training.)")


async def test_after_training_the_tower_with_these_parts_is_looked_up(tmp_path: Path) -> None:
    scripted = link(*DONE)
    settings = {"lab": LAB, "when": "after", "residual": "no"}
    async with page(tmp_path, "tower", scripted, **settings) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "3 blocks, after training")
        (asked,) = (r.arguments for r in scripted.sent if isinstance(r, protocol.Probe))
        assert asked == {"runner": "cut", "when": "after"}
        await pilot.press("f")
        await sees(pilot, "No tower like this was trained")
        assert "without feed-forward" in panel.sentence
        await pilot.press("r")
        await wait_until(pilot, lambda: "✗ feed-forward" in screen_text(pilot.app))
        last = [r.arguments for r in scripted.sent if isinstance(r, protocol.Probe)][-1]
        assert last == {"runner": "flat", "when": "after"}


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 24)])
async def test_it_fits_its_page_with_its_words(tmp_path: Path, size: tuple[int, int]) -> None:
    async with page(tmp_path, "tower", link(*BEGUN), size, lab="tower depth=3", when="before") as (
        pilot,
        panel,
    ):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await pilot.press("r")
        await sees(pilot, "nobody")


def test_what_a_lesson_sets_is_checked() -> None:
    good = {"lab": "tower depth=24", "when": "before", "residual": "no", "norm": "post"}
    assert set(good) <= VIEWS["tower"] and view_fault(View("tower", good)) == ""
    for settings, said in (
        ({"norm": "before"}, "norm before: expected pre or post or none"),
        ({"alone": "maybe"}, "alone maybe: expected yes or no"),
        ({"lab": "recall"}, "the lab recall has no towers"),
        ({"lab": "tower depth=25"}, "depth = 25"),
    ):
        assert said in view_fault(View("tower", settings))
    assert "A tower of 24 blocks, before training" in view_in_words(View("tower", good))


def test_a_look_of_a_run_is_drawn_with_its_own_numbers() -> None:
    arrays, values = lab().probe("tower", {"runner": "cut", "when": "before"})
    data = {**{name: array.tolist() for name, array in arrays.items()}, **values}
    moment = protocol.Moment("r", "cut", 40, "tower", data)
    shown = tower_of_moment(moment, LABS["tower"])
    assert shown.gradient == tuple(arrays["gradient"].tolist())
    assert shown.title == "without residuals, after 40 steps" and not shown.parts.residual


def test_the_demonstration_is_a_model_whose_slopes_can_be_worked_out() -> None:
    # Without residuals all tokens are w^L times the mean of them, and the loss its mean square.
    shown = tower_of_means(2, residual=False)
    loss = shown.size[2] ** 2 / 16
    assert shown.gradient == pytest.approx((2 * loss / 0.2,) * 2, rel=1e-4)
    assert shown.alike[1:] == pytest.approx((1.0, 1.0))
    assert tower_of_means(2, residual=True).alike[2] < 0.5


@pytest.mark.parametrize("size", [(1, 1), (20, 4), (80, 24), (200, 60)])
async def test_the_demonstration_in_any_window(size: tuple[int, int]) -> None:
    async with tower_demo(Ink("ascii", "ascii")).run_test(size=size) as pilot:
        view = pilot.app.query_one(TowerView)
        view.focus()
        await pilot.press("right")
        for y in range(view.content_size.height):
            assert view.render_line(y).cell_length == view.content_size.width
        assert view.plain.isascii() and view.sentence.startswith("Block 2 of 12")
