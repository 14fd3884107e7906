"""What a speaker says, its lens and its gradient, in a lesson: the numbers are the worker's."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.lesson import View
from models import protocol
from models.specs.catalog import LABS
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import DONE, page
from tui.demos import inside_speakers
from tui.speech_moments import speech_of_moment
from tui.views import VIEWS, view_fault, view_in_words
from tui.widgets.lens_view import LensView
from tui.widgets.moment_pictures import PICTURED


def speech(word: str) -> dict[str, object]:
    one = {"words": ["the", word], "said": ["the", "hen"], "marks": ["right", "possible"]}
    said = {"words": ["a", word, "."], "grammatical": True, "recited": False}
    return {"sentences": [one], "said": [said]}


def told(probe: protocol.Probe) -> protocol.Reply:
    word = "cat" if probe.arguments["sample"] == 0 else "fox"
    return protocol.ProbeResult(probe.run, probe.id, {}, speech(word))


def really(probe: protocol.Probe) -> protocol.Reply:
    arguments = {**probe.arguments}
    arguments.pop("when", None)
    seen = inside_speakers.told(probe.what, **arguments)
    return protocol.ProbeResult(probe.run, probe.id, seen.arrays, seen.values)


async def test_it_shows_what_is_predicted_and_asks_for_other_sentences(tmp_path: Path) -> None:
    scripted = ScriptedLink(DONE, probes={"speech": told}, at_once=True)
    async with page(tmp_path, "speech", scripted, lab="speak") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await sees(pilot, "✓the ·cat")
        assert "a cat .  new" in screen_text(pilot.app)
        await pilot.press("m")
        await sees(pilot, "✓the ·fox")


@pytest.mark.parametrize("view", ["speech", "lens", "gradients"])
async def test_the_help_says_how_each_picture_is_read(tmp_path: Path, view: str) -> None:
    async with page(tmp_path, view, ScriptedLink(DONE), lab="speak") as (_, panel):
        told = panel.picture.HELP
        assert told and told in panel.help_text


async def test_the_lens_is_walked_through_cell_by_cell(tmp_path: Path) -> None:
    scripted = ScriptedLink(DONE, probes={"lens": really}, at_once=True)
    text = "the cats run to the milk ."
    async with page(tmp_path, "lens", scripted, lab="speak", text=text) as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await sees(pilot, "From the embedding alone, having read")
        await pilot.press("down", "right")
        await sees(pilot, "After block 1, having read “the”")
        view = panel.query_one(LensView)
        assert view.cursor == (1, 1)


async def test_a_gradient_is_clipped_to_less_and_less(tmp_path: Path) -> None:
    scripted = ScriptedLink(DONE, probes={"gradient": really}, at_once=True)
    async with page(tmp_path, "gradients", scripted, lab="speak", at="0.05") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await sees(pilot, "clipped to 0.050")
        await pilot.press("left")
        await sees(pilot, "clipped to 0.020")
        await sees(pilot, "by norm")


def test_a_look_of_a_run_is_drawn_by_the_same_view() -> None:
    moment = protocol.Moment("run", "lstm", 30, "speech", speech("cat"))
    seen = speech_of_moment(moment, LABS["speak"])
    assert "speech" in PICTURED and seen.who == "LSTM" and seen.title == "after 30 steps"


def test_only_labs_and_runners_that_speak_can_be_named() -> None:
    assert not view_fault(View("speech", {"runner": "lstm"}))
    assert "no network speaks in the lab letters" in view_fault(View("speech", {"lab": "letters"}))
    assert "no runner hen" in view_fault(View("speech", {"runner": "hen"}))
    assert "one of 0.001" in view_fault(View("gradients", {"at": "7"}))
    for name in ("speech", "lens", "gradients"):
        assert "speak" in view_in_words(View(name, {})) and name in VIEWS
