"""The mice of the lessons: what the text says of them holds in the very mazes it shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from course.catalog import read_catalog
from course.lesson import View
from models.mazes.walkers import WALKERS
from progress.journal import Journal
from tests.support.screens import screen_text, sees
from tests.support.scripted_worker import ScriptedLink
from tui.app import GrokApp, Options
from tui.panels.maze_panel import crossing
from tui.views import view_fault


def shown() -> list[dict[str, str]]:
    lesson = read_catalog().lessons["mouse"]
    views = [view for screen in lesson.screens for view in screen.blocks_of(View)]
    return [view.settings for view in views if view.name == "maze"]


def test_in_the_first_maze_of_the_lesson_every_mouse_arrives() -> None:
    first = shown()[0]
    assert [name for name in WALKERS if not crossing(first, name).arrived] == []


def test_all_views_of_the_lesson_show_the_same_maze() -> None:
    mazes = {crossing(settings, settings["walker"]).maze for settings in shown()}
    assert len(mazes) == 1


def test_another_maze_is_another_maze() -> None:
    first = shown()[0]
    assert crossing(first, "right").maze != crossing(first, "right", again=1).maze


def test_theseus_comes_back_as_the_same_mouse() -> None:
    first, second = (crossing(shown()[0], name) for name in ("theseus", "theseus2"))
    ways = {mark for step in first.steps for mark in step.marks}
    follows = [(step.mouse, mark) for step in second.steps for mark in step.marks]
    assert second.moves <= first.moves
    assert all(mark in ways for _, mark in follows)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_large_maze_scrolls_within_its_page(tmp_path: Path, size: tuple[int, int]) -> None:
    settings = {"walker": "bfs", "size": "41"}
    assert not view_fault(View("maze", settings))
    assert "from 2 to 41" in view_fault(View("maze", {"size": "42"}))
    catalog = read_catalog()
    lesson = catalog.lessons["mouse"]
    page = replace(lesson.screens[0], heading="Look", blocks=(View("maze", settings),))
    lesson = replace(lesson, screens=(page, *lesson.screens[1:]))
    app = GrokApp(
        Options(still=True, lesson="mouse", screen=1),
        catalog=replace(catalog, lessons={**catalog.lessons, "mouse": lesson}),
        journal=Journal(tmp_path),
        link=ScriptedLink(),
    )
    async with app.run_test(size=size) as pilot:
        await sees(pilot, "0 of 1 681 squares looked at")
        assert "Look" in screen_text(app) and "↓ more" not in screen_text(app)
        await pilot.press("e")
        await sees(pilot, "no way is shorter")
        assert "C" in screen_text(app) and "━" in screen_text(app)
