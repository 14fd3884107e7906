"""The editor on a page: what is asked of the worker after a change, and what stays meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from course.lesson import View
from models import protocol
from models.mazes.maze import EAST, Maze
from progress.events import Drew
from progress.journal import Journal
from tests.support.lab_link import maze_attention
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import READY, ScriptedLink
from tests.tui.panels.test_inside_panels import DONE, page
from tui.demos.thoughts import flood
from tui.pages.prose_page import ProsePage
from tui.panels.inside_panel import InsidePanel
from tui.panels.maze_editor_panel import MazeEditorPanel
from tui.views import VIEWS, view_fault, view_in_words


def thought(probe: protocol.Probe) -> protocol.ProbeResult:
    """A flood in the maze that the probe brings."""
    told = probe.arguments["maze"]
    maze = Maze(told["width"], told["height"], tuple(told["passages"]))
    found = flood(maze, told["cheese"], probe.arguments["loops"])
    values = {**told, "away": list(found.away), "arrows": [list(row) for row in found.arrows]}
    return protocol.ProbeResult(probe.run, probe.id, {}, values)


def asked(link: ScriptedLink) -> list[dict[str, Any]]:
    return [request.arguments for request in link.sent if isinstance(request, protocol.Probe)]


def worker(**probes: Any) -> ScriptedLink:
    return ScriptedLink(DONE, probes={"thought": thought, **probes}, at_once=True)


def panel_of(panel: InsidePanel) -> MazeEditorPanel:
    assert isinstance(panel, MazeEditorPanel)
    return panel


DOORS = "6eeeeec" + "7fffffd" * 5 + "3bbbbb9"
"""Cells without a wall between them."""
SET = {"lab": "map", "drawn": f"7x7 mouse 0 cheese 48 doors {DOORS}"}


async def test_each_change_is_asked_anew_and_a_move_of_the_mouse_is_not(tmp_path: Path) -> None:
    link = worker()
    async with page(tmp_path, "maze-editor", link, **SET) as (pilot, panel):
        await sees(pilot, "There are no trained networks in memory")
        await pilot.press("space")
        await sees(pilot, "48 of 48 arrows right")
        assert "with 36 rings" in panel.sentence and "one of 924 shortest ways" in panel.sentence
        editor = panel_of(panel).editor
        await pilot.press("l")
        await wait_until(pilot, lambda: panel.has_picture and len(asked(link)) == 2)
        told = asked(link)[-1]
        assert told["maze"] == editor.scene.told and told["when"] == "after"
        assert told["runner"] == "map" and told["loops"] == 64
        await pilot.press("right", "m")
        assert panel.has_picture and len(asked(link)) == 2
        await pilot.press("u", "u")
        assert panel.has_picture and len(asked(link)) == 2


async def test_while_an_answer_is_on_its_way_keys_are_taken_and_the_last_change_wins(
    tmp_path: Path,
) -> None:
    link = worker()
    async with page(tmp_path, "maze-editor", link, **SET) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "48 of 48 arrows right")
        editor = panel_of(panel).editor
        link._probes["thought"] = lambda probe: READY
        await pilot.press("l", "down", "l", "down", "l")
        await sees(pilot, "asking the network…")
        assert "48 of 48 arrows right" in screen_text(pilot.app), "what was answered stays"
        assert not editor.scene.maze.is_open(14, EAST), "the walls follow at once"
        assert len(asked(link)) == 2
        link._probes["thought"] = thought
        waiting = [one for one in link.sent if isinstance(one, protocol.Probe)][-1]
        link.say(thought(waiting))
        await wait_until(pilot, lambda: panel.has_picture)
        assert len(asked(link)) == 3 and asked(link)[-1]["maze"] == editor.scene.told
        await sees(pilot, "after training")
        assert "asking" not in screen_text(pilot.app)


async def test_what_was_drawn_is_there_again_after_the_page_was_left(tmp_path: Path) -> None:
    link = worker()
    async with page(tmp_path, "maze-editor", link, **SET) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "48 of 48 arrows right")
        await pilot.press("l", "down", "l")
        drawn = panel_of(panel).editor.scene
        await pilot.press("n")
        await wait_until(pilot, lambda: not pilot.app.screen.query(MazeEditorPanel))
        await pilot.press("escape", "p")
        await wait_until(pilot, lambda: bool(pilot.app.screen.query(MazeEditorPanel)))
        back = pilot.app.screen.query_one(MazeEditorPanel)
        await wait_until(pilot, lambda: back.has_picture)
        assert back.editor.scene == drawn
        await pilot.press("u")
        assert back.editor.scene != drawn


async def test_what_was_drawn_is_there_again_at_another_time(tmp_path: Path) -> None:
    async with page(tmp_path, "maze-editor", worker(), **SET) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "48 of 48 arrows right")
        await pilot.press("l", "down", "l", "right", "c")
        drawn = panel_of(panel).editor.scene
    async with page(tmp_path, "maze-editor", worker(), **SET) as (pilot, panel):
        editor = panel_of(panel).editor
        assert editor.scene == drawn
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await pilot.press("0")
        await sees(pilot, "The maze that was there at first.")
        assert editor.scene.written == SET["drawn"]
        await pilot.press("u")
        assert editor.scene == drawn
    async with page(tmp_path, "maze-editor", worker(), lab="map") as (_, panel):
        assert panel_of(panel).editor.scene != drawn, "each maze that one begins with has its own"


@pytest.mark.parametrize("kept", ["nothing", "2x1 mouse 0 cheese 1 doors 28"])
async def test_what_cannot_be_the_maze_is_passed_over(tmp_path: Path, kept: str) -> None:
    journal = Journal(tmp_path)
    with journal:
        journal.append(Drew(f"maze-editor {SET['drawn']}", kept))
    async with page(tmp_path, "maze-editor", worker(), **SET) as (_, panel):
        assert panel_of(panel).editor.scene.written == SET["drawn"]


async def test_an_unreachable_cheese_is_pointed_out_and_the_answer_shown(tmp_path: Path) -> None:
    settings = {"lab": "map", "drawn": "2x1 mouse 0 cheese 1 doors 28"}
    async with page(tmp_path, "maze-editor", worker(), **settings) as (pilot, _):
        await pilot.press("space")
        await sees(pilot, "arrives in 1 move")
        await pilot.press("l")
        await sees(pilot, "cannot reach the cheese")
        await sees(pilot, "its cell has no door")
        mouse = next(line for line in screen_text(pilot.app).split("\n") if "░M" in line)
        assert mouse.count("░") == 2 and "C" in mouse


async def test_attention_in_the_very_maze_is_a_key_away_and_so_is_the_way_back(
    tmp_path: Path,
) -> None:
    link = worker(**{"maze-attention": maze_attention})
    settings = {"lab": "rivals", "runner": "plain"}
    async with page(tmp_path, "maze-editor", link, **settings) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "a s layers")
        await pilot.press("i", "l", "down", "k")
        scene = panel_of(panel).editor.scene
        await wait_until(pilot, lambda: panel.has_picture)
        await pilot.press("v")
        await sees(pilot, "on the route")
        assert "The maze was drawn by you." in panel.sentence
        assert asked(link)[-1]["maze"] == scene.told and "v editor" in screen_text(pilot.app)
        listed = [told for _, told in pilot.app.screen.query_one(ProsePage).help_keys]
        assert len(set(listed)) == len(listed), "the view within the view is not told twice"
        await pilot.press("down", "f")
        assert "each cell reads" in screen_text(pilot.app)
        await pilot.press("v")
        await sees(pilot, "a s layers")
        await wait_until(pilot, lambda: pilot.app.focused is panel_of(panel).editor)
        assert panel_of(panel).editor.scene == scene
        await pilot.press("v")
        await sees(pilot, "on the route")
        await pilot.press("escape")
        await sees(pilot, "a s layers")


async def test_in_a_maze_of_another_size_there_is_no_attention_to_be_seen(tmp_path: Path) -> None:
    settings = {"lab": "map", "drawn": "2x1 mouse 0 cheese 1 doors 28"}
    async with page(tmp_path, "maze-editor", worker(), **settings) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "arrives in 1 move")
        await pilot.press("v")
        assert "heads look" not in "".join(words for _, words in panel.help_keys)
        await sees(pilot, "arrives in 1 move")


async def test_before_training_is_another_question(tmp_path: Path) -> None:
    link = worker()
    async with page(tmp_path, "maze-editor", link, **SET) as (pilot, _):
        await pilot.press("space")
        await sees(pilot, "after training")
        await pilot.press("b")
        await sees(pilot, "before training")
        assert [one["when"] for one in asked(link)] == ["after", "before"]


async def test_a_network_with_layers_is_asked_about_the_mazes_that_it_has_places_for(
    tmp_path: Path,
) -> None:
    settings = {"lab": "rivals", "runner": "plain"}
    link = worker()
    async with page(tmp_path, "maze-editor", link, **settings) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "a s layers")
        assert "A perfect maze of 5x5" in panel.sentence and " layers the mouse" in panel.sentence
        told = asked(link)[-1]
        assert told["runner"] == "plain" and told["maze"]["width"] == 5


def test_what_a_lesson_sets_is_checked() -> None:
    good = {"lab": "map", "size": "9", "seed": "3", "loops": "40", "runner": "hasty"}
    assert set(good) <= VIEWS["maze-editor"] and view_fault(View("maze-editor", good)) == ""
    assert view_fault(View("maze-editor", SET)) == ""
    for settings, said in (
        ({"lab": "recall"}, "the lab recall has no arrows to show"),
        ({"size": "16"}, "size 16: expected a whole number from 3 to 15"),
        ({"loops": "many"}, "loops many: expected"),
        ({"drawn": "7x7"}, "drawn: expected: 7x7 mouse"),
        ({"runner": "nobody"}, "no runner nobody"),
        ({"lab": "rivals", "runner": "lstm"}, "runner lstm does not think aloud"),
        ({"lab": "rivals", "runner": "plain", "size": "6"}, "mazes of 5x5 alone"),
    ):
        assert said in view_fault(View("maze-editor", settings))
    assert "A maze of 9x9 cells" in view_in_words(View("maze-editor", good))


@pytest.mark.parametrize("size", [(60, 24), (80, 24), (120, 40)])
async def test_it_fits_its_page(tmp_path: Path, size: tuple[int, int]) -> None:
    async with page(tmp_path, "maze-editor", worker(), size, **SET) as (pilot, _):
        await pilot.press("space")
        await sees(pilot, "48 of 48 arrows right")
