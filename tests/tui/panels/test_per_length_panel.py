"""The bars by length in a lesson: the learner's own run, asked of the worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.lesson import View
from models import protocol
from models.specs.reversal import LENGTHS, practised
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import DONE, page
from tui.demos.per_length import per_length_demo
from tui.drawing.ink import Ink
from tui.views import VIEWS, view_fault, view_in_words
from tui.widgets.per_length_view import PerLengthView

SHARES = {
    "encoder": [1.0 if n in practised(6) else 0.0 for n in LENGTHS],
    "writer": [0.997 if n in practised(6) else 0.012 for n in LENGTHS],
}


def lengths(probe: protocol.Probe) -> protocol.Reply:
    asked = probe.arguments.get("runners") or list(SHARES)
    values = {
        "lengths": list(LENGTHS),
        "seen": [n in practised(6) for n in LENGTHS],
        "called": "digits",
        "count": 1000,
        "shares": {name: SHARES[name] for name in asked},
    }
    return protocol.ProbeResult(probe.run, probe.id, {}, values)


def link() -> ScriptedLink:
    return ScriptedLink(DONE, probes={"lengths": lengths}, at_once=True)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 24)])
async def test_the_bars_of_the_own_run_are_told_one_by_one(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with page(tmp_path, "per-length", link(), size, lab="reversal") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "99.7")
        assert "encoder, 1 digit," in panel.sentence.replace("\n", " ")
        await pilot.press(*["down"] * 5, "right")
        await sees(pilot, "12 of 1,000")
        assert "encoder-decoder, 6 digits, a length never met" in panel.sentence
        assert "12 of 1,000" in panel.help_text and "√(p (1 − p) / n)" in panel.help_text


async def test_ways_through_mazes_are_told_beside_those_who_learn_nothing(tmp_path: Path) -> None:
    values = {
        "lengths": ["1–10", "11–20", "41+"],
        "seen": [True, True, False],
        "called": "moves",
        "count": 0,
        "about": "Ways in 50 new mazes.",
        "shares": {"map": [1.0, 1.0, 0.987], "right": [1.0, 1.0, 1.0]},
    }
    scripted = ScriptedLink(
        DONE,
        probes={"lengths": lambda probe: protocol.ProbeResult(probe.run, probe.id, {}, values)},
        at_once=True,
    )
    async with page(tmp_path, "per-length", scripted, lab="map") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "98.7")
        await sees(pilot, "Ways in 50 new mazes.")
        await pilot.press("down", "down")
        assert "looped map, 41+ moves, a length never met in training: 98.7 %" in panel.sentence
        await sees(pilot, "right-hand rule")


async def test_only_those_who_are_named_are_asked_for(tmp_path: Path) -> None:
    scripted = link()
    settings = {"lab": "reversal", "runners": "writer"}
    async with page(tmp_path, "per-length", scripted, **settings) as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        (asked,) = (r.arguments for r in scripted.sent if isinstance(r, protocol.Probe))
        assert asked == {"runners": ["writer"]}
        await sees(pilot, "encoder-decoder")
        assert "100.0" not in screen_text(pilot.app)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"lab": "reversal missing=0", "runners": "encoder writer"}, ""),
        ({"lab": "letters"}, "judges nothing by length"),
        ({"lab": "reversal missing=12"}, "missing = 12"),
        ({"lab": "reversal", "runners": "mouse"}, "no runner mouse"),
    ],
)
def test_what_a_lesson_sets_is_checked(settings: dict[str, str], said: str) -> None:
    assert set(settings) <= VIEWS["per-length"]
    fault = view_fault(View("per-length", settings))
    assert said in fault and bool(fault) == bool(said)
    assert "reversal" in view_in_words(View("per-length", {"lab": "reversal"}))


@pytest.mark.parametrize("kind", ["colour", "shade", "ascii"])
async def test_the_demonstration_follows_the_arrows(kind: str) -> None:
    app = per_length_demo(Ink(kind))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(PerLengthView)
        await sees(pilot, "by table")
        await pilot.press(*["down"] * 5, "right")
        await wait_until(pilot, lambda: view.cursor == (5, 1))
        assert "digit by digit, 6 digits" in view.sentence
        await pilot.press(*["up"] * 9, "right")
        await wait_until(pilot, lambda: view.cursor == (0, 1))
