"""A walk through the learner's own block, and how a weight spreads over seeds, on a page."""

from __future__ import annotations

import functools
import math
from pathlib import Path
from typing import Any

import pytest

from course.lesson import View
from models import protocol
from models.arrays import pack
from models.specs.sentence import SPEC
from tests.support.lab_link import spread, walk
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import BEGUN, DONE, page, starts
from tui.demos.walk import spread_demo, walk_demo
from tui.drawing.ink import Ink
from tui.drawing.layers.walk_made import number
from tui.views import VIEWS, view_fault, view_in_words
from tui.widgets.spread_view import SpreadView
from tui.widgets.walk_view import WalkView

LAB = {"lab": "sentence"}


@functools.cache
def lab() -> Any:
    from models.labs.sentence import SentenceLab

    return SentenceLab(SPEC.settings({"steps": 20, "reseeds": 60}), 0)


def inside(probe: protocol.Probe) -> protocol.Reply:
    arrays, values = lab().probe(probe.what, probe.arguments)
    packed = {name: pack(array) for name, array in arrays.items()}
    return protocol.ProbeResult(probe.run, probe.id, packed, values)


async def test_a_walk_goes_on_and_back_and_shows_the_block_s_own_numbers(tmp_path: Path) -> None:
    link = ScriptedLink(BEGUN, probes={"walk": inside}, at_once=True)
    given = {**LAB, "when": "before", "step": "weights", "row": "1", "column": "5"}
    async with page(tmp_path, "walk", link, **given) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "9/20 the weights")
        weights = lab().probe("attention", {"when": "before"})[0]["weights"].tolist()
        row = next(line for line in screen_text(pilot.app).split("\n") if "►propose" in line)
        assert row.split()[1:] == [*map(number, weights[1]), "1.00"]
        await sees(pilot, "propose, network:  e^")
        assert f"= {weights[1][5]:.3f}" in panel.sentence
        await pilot.press("a")
        await sees(pilot, "8/20 the scores")
        await pilot.press("tab", "s")
        await sees(pilot, "10/20 the mixtures")
        await pilot.press("down", "left")
        view = panel.picture
        assert isinstance(view, WalkView) and (view.place.row, view.place.column) == (2, 4)
        values = lab().probe("walk", {"when": "before"})[0]
        mixed = math.fsum(w * v[4] for w, v in zip(values["weights"][2], values["v"], strict=True))
        await sees(pilot, f"= {mixed:.3f}".replace("-", "−"))
        await pilot.press(*"sssssssssssss")
        await sees(pilot, "20/20 the answer")
        assert "Transformer" in screen_text(pilot.app)
        await pilot.press(*"a" * 25)
        await sees(pilot, "1/20 the words")


async def test_before_and_after_training_and_another_sentence(tmp_path: Path) -> None:
    link = ScriptedLink(DONE, probes={"walk": walk}, at_once=True)
    async with page(tmp_path, "walk", link, **LAB) as (pilot, panel):
        await sees(pilot, "There are no trained networks in memory")
        await pilot.press("space")
        await sees(pilot, "after training")
        assert "A row for each word." in screen_text(pilot.app)
        await pilot.press("s", "right")
        await sees(pilot, "We, 2:  e^1.10 / sum of the row = 3.000 / 4.000 = 0.750")
        await pilot.press("b")
        await sees(pilot, "before training")
        # The step and the cursor stay where they were.
        assert "3.000 / 4.000" in screen_text(pilot.app)
        await pilot.press("m")
        await wait_until(pilot, lambda: panel.has_picture)
        asked = [r.arguments for r in link.sent if isinstance(r, protocol.Probe)]
        assert asked == [
            {"when": "after", "sample": 0},
            {"when": "before", "sample": 0},
            {"when": "before", "sample": 1},
        ]
        assert len(starts(link)) == 1


async def test_the_weight_of_many_seeds_with_one_s_own_among_them(tmp_path: Path) -> None:
    link = ScriptedLink(BEGUN, probes={"spread": spread}, at_once=True)
    async with page(tmp_path, "spread", link, **LAB) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "A weight: 5 seeds")
        text = screen_text(pilot.app)
        assert "← yours, equal shares" in text and "Yours: 0.110." in text
        before = panel.sentence
        await pilot.press("up")
        assert panel.sentence != before
        # There is no other time of what chance has given.
        await pilot.press("b")
        assert "← yours" in screen_text(pilot.app)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
@pytest.mark.parametrize("name", ["walk", "spread"])
async def test_every_size(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    link = ScriptedLink(BEGUN, probes={"walk": inside, "spread": inside}, at_once=True)
    async with page(tmp_path, name, link, size, **{**LAB, "when": "before"}) as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        picture = panel.picture
        for _ in range(20):
            await pilot.press("s", "right", "down")
            for y in range(picture.content_size.height):
                assert picture.render_line(y).cell_length == picture.content_size.width


@pytest.mark.parametrize(
    ("name", "settings", "said"),
    [
        ("walk", {"step": "q", "row": "1", "column": "5", "when": "before"}, ""),
        ("walk", {"lab": "recall"}, "nobody can walk through the lab recall"),
        ("walk", {"row": "-1"}, "row -1: expected a whole number from 0 up"),
        ("spread", {}, ""),
        ("spread", {"lab": "letters"}, "the lab letters has no spread"),
        ("spread", {"when": "now"}, "when now: there is: after, before"),
    ],
)
def test_what_a_lesson_sets_is_checked(name: str, settings: dict[str, str], said: str) -> None:
    assert set(settings) <= VIEWS[name]
    found = view_fault(View(name, settings))
    assert said in found and bool(said) == bool(found)


def test_a_lesson_that_is_read_says_what_would_be_seen() -> None:
    assert "before training, matrix by matrix" in view_in_words(View("walk", {"when": "before"}))
    assert "where that of your own run lies" in view_in_words(View("spread", {}))


async def test_the_demonstrations_show_something_and_take_keys() -> None:
    async with walk_demo(Ink("ascii", "ascii")).run_test(size=(80, 24)) as pilot:
        view = pilot.app.query_one(WalkView)
        view.focus()
        await pilot.press("s", "s", "down")
        await wait_until(pilot, lambda: view.place.stage == 2)
        assert view.plain.isascii() and "3/20" in view.plain
    async with spread_demo(Ink()).run_test(size=(80, 24)) as pilot:
        histogram = pilot.app.query_one(SpreadView)
        assert "200 seeds" in histogram.plain and "← yours" in histogram.plain


@pytest.mark.parametrize("size", [(1, 1), (8, 4), (40, 5), (200, 60)])
async def test_a_view_alone_in_any_window(size: tuple[int, int]) -> None:
    for demo in (walk_demo, spread_demo):
        async with demo(Ink()).run_test(size=size) as pilot:
            view = pilot.app.query(WalkView).first() if demo is walk_demo else None
            shown = view or pilot.app.query_one(SpreadView)
            for y in range(shown.content_size.height):
                assert shown.render_line(y).cell_length == shown.content_size.width
