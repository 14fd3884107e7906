"""The editor by its keys, with a flood in place of a network."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from models.mazes.maze import EAST, NORTH, SOUTH, WEST
from models.mazes.scene import Scene
from tests.support.screens import screen_text, wait_until
from tui.demos.mazes import editor_demo
from tui.drawing.ink import Ink
from tui.widgets.maze_editor import MazeEditor


@asynccontextmanager
async def editing(
    size: tuple[int, int] = (80, 24), cells: int = 7
) -> AsyncIterator[tuple[Pilot[Any], MazeEditor]]:
    app = editor_demo(Ink(), cells)
    async with app.run_test(size=size) as pilot:
        editor = app.query_one(MazeEditor)
        editor.focus()
        await to_corner(pilot, cells)
        yield pilot, editor


async def to_corner(pilot: Pilot[Any], cells: int = 7) -> None:
    """The cursor into the second cell of the second row."""
    await pilot.press(*["up"] * cells, *["left"] * cells, "down", "right")


async def test_walls_open_and_close_on_the_side_of_their_key() -> None:
    async with editing() as (pilot, editor):
        cursor = editor.edited.cursor
        assert cursor == 8
        for key, side, word in (
            ("i", NORTH, "above"),
            ("j", WEST, "on the left"),
            ("k", SOUTH, "below"),
            ("l", EAST, "on the right"),
        ):
            was = editor.scene.maze.is_open(cursor, side)
            await pilot.press(key)
            assert editor.scene.maze.is_open(cursor, side) != was
            assert f"wall {word} is {'closed' if was else 'open'}" in editor.sentence


async def test_outer_walls_stay_and_that_is_said() -> None:
    async with editing() as (pilot, editor):
        before = editor.scene
        await pilot.press("up", "left", "i", "j")
        assert editor.scene == before and "The outer walls stay." in screen_text(pilot.app)
        await pilot.press("right")
        assert "The outer walls stay." not in screen_text(pilot.app)


async def test_the_first_maze_comes_back_and_that_can_be_taken_back() -> None:
    async with editing() as (pilot, editor):
        first = editor.scene
        await pilot.press("0")
        assert "It is as it was at first." in screen_text(pilot.app)
        await pilot.press("i", "o")
        other = editor.scene
        assert "Another maze." in screen_text(pilot.app)
        await pilot.press("0")
        assert editor.scene == first and editor.edited.cursor == first.mouse
        await pilot.press("u")
        assert editor.scene == other


async def test_undo_and_redo_go_through_all_changes() -> None:
    async with editing() as (pilot, editor):
        scenes = [editor.scene]
        for key in ("i", "m", "right", "c", "o"):
            await pilot.press(key)
            if key != "right":
                scenes.append(editor.scene)
        assert len({scene.written for scene in scenes}) == 5
        for scene in reversed(scenes[:-1]):
            await pilot.press("u")
            assert editor.scene == scene
        await pilot.press("u")
        assert "nothing to take back" in editor.sentence
        for scene in scenes[1:]:
            await pilot.press("r")
            assert editor.scene == scene
        await to_corner(pilot)
        await pilot.press("u", "i", "r")
        assert "Nothing was taken back" in editor.sentence


async def test_mouse_and_cheese_go_to_the_cursor() -> None:
    async with editing() as (pilot, editor):
        await pilot.press("m")
        assert editor.scene.mouse == 8
        await pilot.press("m")
        assert "The mouse is here already." in editor.sentence
        await pilot.press("right", "c")
        assert (editor.scene.mouse, editor.scene.cheese) == (8, 9)
        await pilot.press("m")
        assert (editor.scene.mouse, editor.scene.cheese) == (9, 8)
        assert "have changed places" in editor.sentence


async def test_loops_one_by_one_to_those_it_needs_and_to_the_end() -> None:
    async with editing() as (pilot, editor):
        await pilot.press("a", "a", "s")
        assert editor.edited.loop == 47
        await pilot.press("t")
        assert editor.edited.loop == editor.edited.needs
        await pilot.press("e", "s")
        assert editor.edited.loop == 48
        await pilot.press("space")
        assert editor.playing and editor.edited.loop < 48
        await wait_until(pilot, lambda: editor.edited.loop >= 2)
        await pilot.press("space")
        assert not editor.playing


async def test_what_is_copied_makes_the_same_maze_again() -> None:
    async with editing() as (pilot, editor):
        await pilot.press("i", "l")
        assert Scene.read(editor.copied.splitlines()[-1]) == editor.scene
        assert editor.sentence in editor.copied


async def test_a_click_puts_the_cursor_there() -> None:
    async with editing() as (pilot, editor):
        await pilot.click(MazeEditor, offset=(4 * 3 + 2, 2 * 2 + 1))
        assert editor.edited.cursor == 17


async def test_in_a_large_maze_the_cursor_stays_in_sight() -> None:
    async with editing((60, 20), 15) as (pilot, editor):
        for key in ("down", "right") * 13:
            await pilot.press(key)
            turned = [
                text
                for line in editor.lines[2:]
                for text, style, _ in line
                if style and style.reverse
            ]
            assert turned, editor.edited.cursor


@pytest.mark.parametrize("size", [(10, 3), (24, 8), (40, 12), (200, 60)])
async def test_in_any_window(size: tuple[int, int]) -> None:
    async with editing(size, 5) as (pilot, editor):
        await pilot.press("l", "down", "m")
        for y in range(editor.content_size.height):
            assert editor.render_line(y).cell_length == editor.content_size.width
