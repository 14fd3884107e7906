"""A head of the learner's network on a page: keys, what is asked of the worker, long texts."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from models import protocol
from tests.support.probed import NAMES, answering, by_hand, network
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import DONE, page
from tui.drawing.attention.cell_numbers import exact
from tui.panels.dot_product_panel import DotProductPanel
from tui.widgets.attention_grid import AttentionGrid
from tui.widgets.head_inspector import HeadInspector
from tui.widgets.minimap import MiniMap

MODEL = network()
LONG = "".join(random.Random(0).choices(NAMES, k=200))


def link(model: Any = MODEL, **how: Any) -> ScriptedLink:
    return ScriptedLink(DONE, probes={"attention": answering(model, **how)}, at_once=True)


def asked(link: ScriptedLink) -> list[dict[str, Any]]:
    return [dict(one.arguments) for one in link.sent if isinstance(one, protocol.Probe)]


async def test_a_cell_opens_beside_the_grid_and_follows_the_cursor(tmp_path: Path) -> None:
    async with page(tmp_path, "attention-grid", link(), lab="letters") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "The last letter, h, takes")
        await pilot.press("i")
        await sees(pilot, "1 q · k   6 products, largest first")
        assert isinstance(panel, DotProductPanel)
        assert panel.inspector.region.x >= panel.grid.region.right
        # The baseline, how the case was come by and what happens without stay in sight.
        shown = " ".join(screen_text(pilot.app).split())
        assert "letters ask ↓ letters answer →" in shown and "Drawn at random. Right in" in shown
        panel.grid.move_to(9, 0)
        weights = by_hand(MODEL).weights
        for column in (1, 2, 3):
            await pilot.press("right")
            await sees(pilot, f"= {exact(weights[9, column])}")
        await pilot.press("up")
        await sees(pilot, "The ninth letter, a, asks")
        assert panel.sentence.startswith("The ninth letter, a, asks d, the fourth letter: q · k")
        await pilot.press("escape")
        await sees(pilot, "The ninth letter, a, takes")
        assert not panel.opened


async def test_stages_open_with_tab_and_a_lesson_can_begin_with_the_first(tmp_path: Path) -> None:
    settings = {"lab": "letters", "inspect": "stages"}
    async with page(tmp_path, "attention-grid", link(), **settings) as (pilot, _):
        await pilot.press("space")
        await sees(pilot, "tab  2 scale")
        for named in ("3 mask", "4 softmax", "5 change in the logits"):
            await pilot.press("tab")
            await sees(pilot, f"tab  {named}")
        await pilot.press("tab")
        await sees(pilot, "5 × v → W_O → change in the logits")
        await pilot.press("tab")
        await sees(pilot, "tab  2 scale")
        assert isinstance(pilot.app.focused, AttentionGrid)


async def test_a_pinned_cell_is_marked_and_held_against_others(tmp_path: Path) -> None:
    async with page(tmp_path, "attention-grid", link(), lab="letters") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "The last letter, h, takes")
        assert isinstance(panel, DotProductPanel)
        panel.grid.move_to(9, 3)
        await pilot.press("i", "c", "right", "right")
        await sees(pilot, "pinned: The last letter, h, asks d")
        row = next(line for line in screen_text(pilot.app).split("\n") if "►10 h" in line)
        assert row.index("(") < row.index(")") < row.index("[") < row.index("]")
        hand = by_hand(MODEL)
        scores = hand.scores[9]
        factor = float(np.exp(abs(scores[5] - scores[3])))
        await sees(pilot, "here")
        assert f"= {factor:.3g} times" in " ".join(panel.sentence.split())
        assert "c unpin" in screen_text(pilot.app)
        await pilot.press("c")
        await sees(pilot, "1 q · k")
        assert panel.grid.pinned is None
        # Another text has other cells.
        await pilot.press("c", "m")
        await wait_until(pilot, lambda: panel.grid.pinned is None)


async def test_the_mask_can_be_lifted(tmp_path: Path) -> None:
    async with page(tmp_path, "attention-grid", link(), lab="letters") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "The last letter, h, takes")
        assert isinstance(panel, DotProductPanel)
        panel.grid.move_to(3, 7)
        await pilot.press("i")
        await sees(pilot, "× may not look: −∞")
        assert "u mask" in screen_text(pilot.app)
        await pilot.press("u")
        free = np.exp(by_hand(MODEL).scores[3])
        await sees(pilot, f"= {exact(free[7] / free.sum())}, masked 0")
        await pilot.press("u")
        await sees(pilot, "u lifts the mask")


async def test_a_token_is_found_by_typing_it(tmp_path: Path) -> None:
    async with page(tmp_path, "attention-grid", link(), lab="letters") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "The last letter, h, takes")
        assert isinstance(panel, DotProductPanel)
        panel.grid.move_to(9, 2)
        await pilot.press("slash")
        await sees(pilot, "Go to the next")
        await pilot.press("a", "enter")
        # hagdbefcah: the next a after the third letter is the ninth.
        await wait_until(pilot, lambda: panel.grid.cursor == (9, 8))
        await pilot.press("slash")
        await sees(pilot, "Go to the next")
        await pilot.press("x", "enter")
        await wait_until(pilot, lambda: "Go to the next" not in screen_text(pilot.app))
        assert panel.grid.cursor == (9, 8)


async def test_heads_are_walked_through(tmp_path: Path) -> None:
    worker = link()
    settings = {"lab": "letters", "head": "2"}
    async with page(tmp_path, "attention-grid", worker, (100, 30), **settings) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "after training, head 2 of 2")
        assert isinstance(panel, DotProductPanel)
        row, column = panel.grid.cursor
        for head in (0, 1):
            await pilot.press("h")
            await sees(pilot, f"head {head + 1} of 2")
            share = by_hand(MODEL, head).weights[row, column]
            await sees(pilot, f"takes {100 * share:.1f} %")
        assert [told.get("head", 0) for told in asked(worker)] == [1, 0]
        assert "h H head" in screen_text(pilot.app) and "l L" not in screen_text(pilot.app)


async def test_of_a_long_text_only_what_is_in_sight_is_asked_for(tmp_path: Path) -> None:
    model = network(context=200)
    worker = link(model, text=LONG)
    settings = {"lab": "letters"}
    async with page(tmp_path, "attention-grid", worker, (80, 24), **settings) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "The last letter")
        assert isinstance(panel, DotProductPanel)
        weights = by_hand(model, text=LONG).weights
        assert panel.query_one(MiniMap).display
        await sees(pilot, "all 200 × 200")
        panel.grid.move_to(150, 20)
        await wait_until(pilot, lambda: panel.weights.weight(150, 20) is not None)
        await sees(pilot, f"takes {100 * weights[150, 20]:.1f} %")
        assert panel.weights.total(150) == pytest.approx(1)
        assert panel.weights.may_see(150) == 151
        for told in asked(worker)[1:]:
            for size in (told["rows"], told["columns"]):
                assert 0 < size[1] - size[0] <= 64
        await pilot.press("i")
        await sees(pilot, "5 × v")
        rank = 1 + (weights[150] > weights[150, 20]).sum()
        await sees(pilot, f"= {exact(weights[150, 20])}   rank {rank} of 151")
        assert isinstance(panel.inspector, HeadInspector) and not panel.query_one(MiniMap).display
        # Another row of the same part: its effects are told then.
        before = len(asked(worker))
        await pilot.press("down")
        await wait_until(pilot, lambda: panel.parts.told(151, 20))
        assert len(asked(worker)) == before + 1


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with page(tmp_path, "attention-grid", link(), size, lab="letters") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await pilot.press("i")
        await sees(pilot, "5 × v")
        assert isinstance(panel, DotProductPanel)
        for view in (panel.grid, panel.inspector):
            for y in range(view.content_size.height if view.display else 0):
                assert view.render_line(y).cell_length == view.content_size.width


async def test_grid_and_cell_are_taken_away_together(tmp_path: Path) -> None:
    async with page(tmp_path, "attention-grid", link(), lab="letters") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "The last letter, h, takes")
        await pilot.press("i", "y")
        await wait_until(pilot, lambda: "5 × v" in pilot.app.clipboard)
        assert "letters ask" in pilot.app.clipboard and panel.sentence in pilot.app.clipboard


async def test_help_has_the_formula_with_its_numbers(tmp_path: Path) -> None:
    async with page(tmp_path, "attention-grid", link(), lab="letters") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "The last letter, h, takes")
        assert isinstance(panel, DotProductPanel)
        row, column = panel.grid.cursor
        share = exact(by_hand(MODEL).weights[row, column])
        assert f"= {share}`" in panel.help_text and "score = q · k / √6" in panel.help_text
