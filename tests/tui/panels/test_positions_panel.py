"""The panel of positions: three kinds are there at once, the learned table is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.app import App

from course.lesson import View
from models import protocol
from models.arrays import pack
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import DONE, page, starts
from tui.demos.inside import positions_demo
from tui.views import view_fault, view_in_words
from tui.widgets.positions_view import PositionsView


def places(probe: protocol.Probe) -> protocol.Reply:
    """A table of 30 places, before training all alike."""
    import numpy as np

    rows = np.linspace(-1, 1, 30 * 4, dtype=np.float32).reshape(30, 4)
    if probe.arguments["when"] == "before":
        rows = np.ones((30, 4), np.float32)
    return protocol.ProbeResult(probe.run, probe.id, {"places": pack(rows)}, {"trained": 21})


async def test_sines_need_no_run_and_the_cursor_walks(tmp_path: Path) -> None:
    link = ScriptedLink(DONE)
    async with page(tmp_path, "positions", link, lab="positions") as (pilot, panel):
        await sees(pilot, "Sines and cosines")
        assert not starts(link) and "place 8, pair 0" in screen_text(pilot.app)
        await pilot.press("down", "right", "right")
        assert panel.sentence.startswith("Place 9, pair 2: ω = 10000^(−4/16) = 0.1, p ω = 0.9")
        await pilot.press("home")
        await sees(pilot, "place 0, pair 2")
        await pilot.press("r")
        await sees(pilot, "counter-clockwise")
        await pilot.press("a")
        await sees(pilot, "left of a weight")
        await pilot.press("down", "right")
        picture = panel.picture
        assert isinstance(picture, PositionsView) and picture.cursor == (1, 3)
        assert "s sines" in screen_text(pilot.app)


async def test_the_learned_table_is_asked_of_the_run_that_is_there(tmp_path: Path) -> None:
    link = ScriptedLink(DONE, probes={"places": places}, at_once=True)
    async with page(tmp_path, "positions", link, lab="positions") as (pilot, panel):
        await pilot.press("l")
        await sees(pilot, "There are no trained networks in memory")
        await pilot.press("space")
        await sees(pilot, "The learned table after training")
        assert "channel 0" in screen_text(pilot.app)
        await pilot.press("end")
        await sees(pilot, "place 29")
        assert "untrained" in screen_text(pilot.app)
        await pilot.press("b")
        await sees(pilot, "The learned table before training")
        await pilot.press("s")
        await sees(pilot, "Sines and cosines")
        assert panel.help_text.startswith("Place 23, pair 0")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"kind": "rotery"}, "did you mean rotary"),
        ({"places": "1"}, "from 2 to 200"),
        ({"channels": "7"}, "come in pairs"),
        ({"lab": "position"}, "did you mean positions"),
        ({"kind": "alibi", "places": "30"}, ""),
    ],
)
def test_settings_that_make_no_sense_are_named(settings: dict[str, str], told: str) -> None:
    fault = view_fault(View("positions", settings))
    assert told in fault and bool(fault) == bool(told)
    assert "ALiBi" in view_in_words(View("positions", {"kind": "alibi"}))


async def test_the_demonstration_draws_and_turns() -> None:
    app: App[Any] = positions_demo()
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(PositionsView)
        await wait_until(pilot, lambda: "sin, fast" in view.plain)
        view.focus()
        await pilot.press("r")
        await wait_until(pilot, lambda: "pair 3" in view.plain)
