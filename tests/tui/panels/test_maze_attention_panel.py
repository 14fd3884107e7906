"""Attention on the maze on a page: what is asked of the worker, and that numbers are those of the
tensors."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest

from course.catalog import read_catalog
from course.lesson import View
from models import protocol
from models.arrays import pack
from models.labs.map_asked import asked as map_asked
from models.labs.maze_attention import weights_of
from models.mazes.solvers import shortest_path
from models.specs.catalog import LABS
from models.specs.rivals import LOOPS
from models.tasks.map import Boards
from progress.journal import Journal
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import BEGUN, page, starts
from tui.app import GrokApp, Options
from tui.drawing.attention.weights import number_text
from tui.panels.inside_panel import InsidePanel
from tui.panels.maze_attention_panel import MazeAttentionPanel
from tui.views import VIEWS, view_fault, view_in_words
from tui.widgets.maze_attention import MazeAttentionView

SETTINGS = {"lab": "rivals", "when": "before"}


@functools.cache
def lab() -> Any:
    import torch

    from models.labs.catalog import load_lab

    torch.set_num_threads(1)
    return load_lab("rivals")(LABS["rivals"].settings({"mazes": 20}), 0, "cpu")


def asked_board(told: dict[str, Any]) -> Boards:
    return map_asked({"maze": told}, 0).board


def inside(probe: protocol.Probe) -> protocol.Reply:
    arrays, values = lab().probe(probe.what, probe.arguments)
    packed = {name: pack(array) for name, array in arrays.items()}
    return protocol.ProbeResult(probe.run, probe.id, packed, values)


def worker() -> ScriptedLink:
    return ScriptedLink(BEGUN, probes={"maze-attention": inside}, at_once=True)


def asked(link: ScriptedLink) -> list[dict[str, Any]]:
    return [request.arguments for request in link.sent if isinstance(request, protocol.Probe)]


def view_of(panel: InsidePanel) -> MazeAttentionView:
    assert isinstance(panel, MazeAttentionPanel)
    picture = panel.picture
    assert isinstance(picture, MazeAttentionView)
    return picture


async def test_moving_the_mouse_asks_nobody_and_shows_the_row_of_its_cell(tmp_path: Path) -> None:
    link = worker()
    async with page(tmp_path, "maze-attention", link, **SETTINGS) as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        view = view_of(panel)
        arrays, values = lab().probe("maze-attention", asked(link)[0])
        await pilot.press("l", "h")
        for key in ("up", "left", "up"):
            await pilot.press(key)
            mouse, seen = view.gaze.mouse, view.seen
            assert seen is not None
            way = shortest_path(seen.scene.maze, mouse, seen.scene.cheese)
            share = float(arrays["weights"][1, 1, mouse, way].sum())
            await sees(pilot, number_text(share))
        assert len(asked(link)) == 1 and len(starts(link)) == 1
        many = f"{100 * values['many_without'][1][1]:.1f} %"
        here = f"{values['without'][1][1]}/{values['asked']}"
        assert f"{here}" in screen_text(pilot.app) and many in screen_text(pilot.app)


async def test_a_head_that_is_switched_off_is_asked_for_and_stays_off(tmp_path: Path) -> None:
    link = worker()
    async with page(tmp_path, "maze-attention", link, **SETTINGS) as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await pilot.press("h", "x")
        await wait_until(pilot, lambda: panel.has_picture)
        assert asked(link)[-1]["off"] == [[0, 1]]
        await sees(pilot, "off: L1·H2")
        await pilot.press("l", "x")
        await wait_until(pilot, lambda: panel.has_picture)
        assert asked(link)[-1]["off"] == [[0, 1], [1, 1]]
        now = lab().probe("maze-attention", asked(link)[-1])[1]
        await sees(pilot, "2 heads off")
        assert f"{100 * now['many_now']:.1f} %" in screen_text(pilot.app)
        assert f"With L1·H2 L2·H2 off {now['now']} of 24" in panel.sentence
        await pilot.press("m")
        await wait_until(pilot, lambda: panel.has_picture)
        assert asked(link)[-1]["off"] == [[0, 1], [1, 1]]
        assert asked(link)[-1]["maze"] != asked(link)[0]["maze"]


async def test_the_looped_map_looks_through_doors_and_a_head_is_off_in_every_loop(
    tmp_path: Path,
) -> None:
    link = worker()
    async with page(tmp_path, "maze-attention", link, (100, 30), **SETTINGS) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "plain transformer, before training")
        await pilot.press("r")
        await sees(pilot, "looped map, before training")
        view, told = view_of(panel), asked(link)[-1]
        assert told["runner"] == "map" and view.seen is not None and view.seen.looped
        dense = lab()._named("map").untrained
        board = asked_board(told["maze"])
        weights = weights_of(dense, board.seen, 5, LOOPS)[:, 0]
        for place in ((0, 0), (3, 1), (LOOPS - 1, 3)):
            for cell in (0, 7, 24):
                assert view.seen.row(place, cell) == pytest.approx(weights[*place, cell].tolist())
        await pilot.press("l", "l", "h", "x")
        await sees(pilot, "off: east")
        assert "Loop 3, the head that looks east (off)" in screen_text(pilot.app)
        assert asked(link)[-1]["off"] == [[0, 1]]
        await pilot.press("L", "x")
        await wait_until(pilot, lambda: panel.has_picture)
        await wait_until(pilot, lambda: "off" not in view.sentence)


async def test_a_maze_that_a_page_brings_is_told_to_be_chosen(tmp_path: Path) -> None:
    room = "6eeec" + "7fffd" * 3 + "3bbb9"
    settings = {**SETTINGS, "drawn": f"5x5 mouse 0 cheese 24 doors {room}"}
    async with page(tmp_path, "maze-attention", worker(), **settings) as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert "The maze was chosen for this page." in panel.sentence
        assert "row 1, column 1" in panel.sentence
        await pilot.press("m")
        await wait_until(pilot, lambda: panel.has_picture)
        await wait_until(pilot, lambda: "drawn at random" in panel.sentence)


@pytest.mark.parametrize("size", [(60, 24), (80, 24), (120, 40)])
async def test_it_fits_its_page(tmp_path: Path, size: tuple[int, int]) -> None:
    async with page(tmp_path, "maze-attention", worker(), size, **SETTINGS) as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await sees(pilot, "without it")
        assert size == (60, 24) or "►L1·H1" in screen_text(pilot.app)
        assert size == (60, 24) or "L4·H4" in screen_text(pilot.app)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_on_its_lesson_s_page_all_of_it_is_in_sight(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    catalog = read_catalog()
    lesson = catalog.lessons["reading-minds"]
    shown = [any(v.name == "maze-attention" for v in s.blocks_of(View)) for s in lesson.screens]
    options = Options(still=True, open_all=True, lesson=lesson.id, screen=shown.index(True) + 1)
    app = GrokApp(options, catalog=catalog, journal=Journal(tmp_path), link=worker())
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: bool(app.screen.query(MazeAttentionPanel)))
        panel = app.screen.query_one(MazeAttentionPanel)
        await pilot.press("b")
        await sees(pilot, "before their first step")
        await pilot.press("space")
        await sees(pilot, "without it")
        picture = view_of(panel)
        for line in picture.plain.splitlines():
            assert line.strip() in screen_text(app)
        assert "L4·H4" in picture.plain


def test_what_a_lesson_sets_is_checked() -> None:
    good = {"lab": "rivals", "runner": "plain", "seed": "4"}
    assert set(good) <= VIEWS["maze-attention"] and view_fault(View("maze-attention", good)) == ""
    for settings, said in (
        ({"lab": "recall"}, "the lab recall has no heads in a maze"),
        ({"runner": "lstm"}, "runner lstm has no heads in a maze"),
        ({"drawn": "2x1 mouse 0 cheese 1 doors 28"}, "the lab rivals has mazes of 5x5"),
        ({"drawn": "nothing"}, "drawn: expected"),
    ):
        assert said in view_fault(View("maze-attention", settings))
    assert "Where the heads of a network" in view_in_words(View("maze-attention", good))
