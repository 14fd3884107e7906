"""The masks of three families in a lesson, asked of the networks of the lab."""

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
from tests.tui.panels.test_inside_panels import BEGUN, page
from tui.demos.families import families_demo
from tui.drawing.ink import Ink
from tui.views import VIEWS, view_fault, view_in_words
from tui.widgets.families_view import FamiliesView


@functools.cache
def lab() -> Any:
    import torch

    from models.labs.catalog import load_lab

    torch.set_num_threads(1)
    return load_lab("families")(LABS["families"].settings({"width": 8}), 0, "cpu")


def masks(probe: protocol.Probe) -> protocol.Reply:
    return protocol.ProbeResult(probe.run, probe.id, {}, lab().probe("masks", probe.arguments)[1])


def link() -> ScriptedLink:
    return ScriptedLink(BEGUN, probes={"masks": masks}, at_once=True)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 24)])
async def test_the_row_under_the_cursor_says_what_it_may_read(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with page(tmp_path, "families", link(), size, lab="families") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: "may read all 11 tokens" in panel.sentence)
        await sees(pilot, "Encoder-decoder: row 14")
        await pilot.press("tab", *["up"] * 12)
        await wait_until(pilot, lambda: panel.sentence.startswith("Encoder: row 1,"))
        await pilot.press("tab")
        await wait_until(pilot, lambda: panel.sentence.startswith("Decoder: row 1,"))
        assert "may read the first of 11 tokens of the maze" in panel.sentence
        assert "Decoder: row 1" in panel.help_text and "cross-attention" in panel.help_text


async def test_another_maze_is_asked_for_with_as_many_moves(tmp_path: Path) -> None:
    scripted = link()
    async with page(tmp_path, "families", scripted, lab="families", moves="3") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        before = screen_text(pilot.app)
        await pilot.press("m")
        await wait_until(pilot, lambda: panel.has_picture and screen_text(pilot.app) != before)
        asked = [r.arguments for r in scripted.sent if isinstance(r, protocol.Probe)]
        assert asked == [{"sample": 0, "moves": 3}, {"sample": 1, "moves": 3}]


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"lab": "families width=8", "moves": "8"}, ""),
        ({"lab": "letters"}, "has one family only"),
        ({"moves": "9"}, "expected a whole number from 1 to 8"),
        ({"sample": "x"}, "expected a whole number"),
        ({"lab": "families width=7"}, "width = 7"),
    ],
)
def test_what_a_lesson_sets_is_checked(settings: dict[str, str], said: str) -> None:
    assert set(settings) <= VIEWS["families"]
    fault = view_fault(View("families", settings))
    assert said in fault and bool(fault) == bool(said)
    assert "three squares" in view_in_words(View("families", settings))


@pytest.mark.parametrize("kind", ["colour", "shade", "ascii"])
async def test_the_demonstration_follows_the_keys(kind: str) -> None:
    app = families_demo(Ink(kind))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(FamiliesView)
        await sees(pilot, "may read all 5 tokens of the word")
        await pilot.press("tab", "down", "right")
        await wait_until(pilot, lambda: "Decoder: row 2, “o”" in view.sentence)
