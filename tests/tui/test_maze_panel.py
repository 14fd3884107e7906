"""The mice of the lessons: what the text says of them holds in the very mazes it shows."""

from __future__ import annotations

from course.catalog import read_catalog
from course.lesson import View
from models.mazes.walkers import WALKERS
from tui.panels.maze_panel import crossing


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
