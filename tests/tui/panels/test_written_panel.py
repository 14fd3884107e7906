"""What networks write, in a lesson and beside the chart: the walks are those of the worker."""

from __future__ import annotations

from pathlib import Path

from course.lesson import View
from models import protocol
from models.specs.catalog import LABS
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import DONE, page
from tui.views import VIEWS, view_fault, view_in_words
from tui.widgets.moment_pictures import PICTURED
from tui.widgets.written_view import WrittenView
from tui.written_moments import written_of_moment

BOARD = ["abc", "def", "ghi"]


def writers(walk: str, right: int) -> list[dict[str, object]]:
    legal = [[True] * (len(walk) - 1)]
    return [
        {"writer": name, "walks": [walk], "legal": legal, "right": right, "count": 100}
        for name in ("masked", "open", "added")
    ]


def told(probe: protocol.Probe) -> protocol.Reply:
    sample = probe.arguments["sample"]
    after = probe.arguments["when"] == "after"
    values = {"writers": writers("abehg" if sample == 0 else "fcbad", 98 if after else 3)}
    return protocol.ProbeResult(probe.run, probe.id, {}, {**values, "board": BOARD})


async def test_it_shows_what_the_worker_tells_and_asks_for_others(tmp_path: Path) -> None:
    scripted = ScriptedLink(DONE, probes={"written": told}, at_once=True)
    async with page(tmp_path, "written", scripted, lab="peeking") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await sees(pilot, "causal mask  98 of 100 legal")
        assert "a·b·e·h·g" in screen_text(pilot.app)
        await pilot.press("m")
        await sees(pilot, "f·c·b·a·d")
        await pilot.press("b")
        await sees(pilot, "causal mask  3 of 100 legal")


def test_a_look_of_a_run_is_drawn_by_the_same_view() -> None:
    data = {"writers": writers("abehg", 50), "board": BOARD}
    moment = protocol.Moment("run", "", 30, "written", data)
    written = written_of_moment(moment, LABS["peeking"])
    assert "written" in PICTURED and written.title == "after 30 steps"
    assert [writer.name for writer in written.writers] == [
        "causal mask",
        "no mask",
        "+1 on the future",
    ]
    assert "50 of 100 legal" in WrittenView(written).sentence


def test_only_labs_that_write_can_be_named() -> None:
    assert not view_fault(View("written", {}))
    assert "letters writes nothing" in view_fault(View("written", {"lab": "letters"}))
    assert "100 walks" in view_in_words(View("written", {"lab": "peeking"}))
    assert VIEWS["written"] == {"lab", "when"}
