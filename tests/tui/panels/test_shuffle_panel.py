"""The panel of the shuffle test: each setting is asked of the worker once."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.lesson import View
from models import protocol
from tests.support.lab_link import sentences
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import BEGUN, page, starts
from tui.demos.inside import shuffle_demo
from tui.views import view_fault, view_in_words
from tui.widgets.shuffle_view import ShuffleView


async def test_mask_positions_and_sentences_can_be_changed(tmp_path: Path) -> None:
    link = ScriptedLink(BEGUN, probes={"sentences": sentences}, at_once=True)
    async with page(tmp_path, "shuffle", link) as (pilot, panel):
        await sees(pilot, "Nothing has been computed yet")
        await pilot.press("space")
        await sees(pilot, "goes with its word (equivariant)")
        assert starts(link)[0].keep is False
        await pilot.press("c")
        await sees(pilot, "can tell A from B")
        await pilot.press("o")
        await sees(pilot, "Sines and cosines, each word sees itself and those before")
        await pilot.press("m")
        await sees(pilot, "the man said the boy did it")
        await pilot.press("down", "down")
        assert "said" in screen_text(pilot.app) and " did: place 3 in A" in panel.sentence
        asked = [r.arguments for r in link.sent if isinstance(r, protocol.Probe)]
        await pilot.press("m")
        await sees(pilot, "man bites dog")
        again = [r.arguments for r in link.sent if isinstance(r, protocol.Probe)]
        assert again == asked and [one["positions"] for one in asked] == [
            "none", "none", "sinusoidal", "sinusoidal"
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("settings", "told"),
    [({"pair": "cat"}, "pair cat"), ({"kind": "sines"}, "kind sines"), ({"causal": "yes"}, "")],
)
def test_settings_that_make_no_sense_are_named(settings: dict[str, str], told: str) -> None:
    fault = view_fault(View("shuffle", settings))
    assert told in fault and bool(fault) == bool(told)
    assert "dog bites man" in view_in_words(View("shuffle", {}))


async def test_the_demonstration_is_worked_by_hand() -> None:
    app = shuffle_demo()
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(ShuffleView)
        # The last word has heard all three in both sentences.
        await wait_until(pilot, lambda: "mean of all" in view.plain)
        assert view.shown.place[2] == 0 and view.shown.word[0] > 0.5
