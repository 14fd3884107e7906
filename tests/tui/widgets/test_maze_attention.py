"""Attention on the maze by its keys, on four heads made by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.support.screens import screen_text
from tui.demos.mazes import attention_demo
from tui.drawing.ink import Ink
from tui.drawing.mazes.attention import by_route
from tui.widgets.maze_attention import MazeAttentionView


@asynccontextmanager
async def gazing(
    size: tuple[int, int] = (80, 24), ink: str = "colour"
) -> AsyncIterator[tuple[Pilot[Any], MazeAttentionView]]:
    app = attention_demo(Ink(ink))
    async with app.run_test(size=size) as pilot:
        view = app.query_one(MazeAttentionView)
        view.focus()
        yield pilot, view


async def test_the_mouse_goes_by_arrows_and_the_shading_follows() -> None:
    async with gazing() as (pilot, view):
        await pilot.press("h", *["up"] * 5, *["left"] * 5)
        assert view.gaze.mouse == 0
        before = view.plain
        await pilot.press("down", "right")
        assert view.gaze.mouse == 6 and view.plain != before
        assert view.sentence.startswith("Head 2") and "row 2, column 2" in view.sentence
        await pilot.press(*["down"] * 9)
        assert view.gaze.mouse == 21


async def test_heads_go_round_the_mean_is_all_of_them_and_flipped_it_is_a_column() -> None:
    async with gazing() as (pilot, view):
        await pilot.press("H")
        assert view.gaze.head == 3
        await pilot.press("h", "h")
        assert view.gaze.head == 1
        await pilot.press("a")
        assert view.gaze.head is None and "mean of 4 heads" in view.sentence
        await pilot.press("x")
        assert view.seen is not None and not view.seen.off
        await pilot.press("a", "f")
        assert view.gaze.flipped and "each cell reads of the mouse's" in screen_text(pilot.app)


async def test_the_prettiest_head_is_found_and_told_to_be_picked() -> None:
    async with gazing() as (pilot, view):
        await pilot.press("s")
        assert view.seen is not None
        assert (view.gaze.layer, view.gaze.head) == by_route(view.seen, view.gaze)[0]
        assert "Picked: of 4 heads" in screen_text(pilot.app)
        await pilot.press("h")
        assert "Picked" not in screen_text(pilot.app)


async def test_the_head_that_matters_is_not_the_prettiest() -> None:
    async with gazing() as (pilot, view):
        assert view.seen is not None
        matters = next(
            place
            for place in view.seen.places
            if view.seen.without[0][place[1]].here < view.seen.whole.here
        )
        assert matters == (0, 0) != by_route(view.seen, view.gaze)[0]
        await pilot.press("x")
        assert view.seen.off == frozenset({(0, 0)})
        assert "off: head 1" in screen_text(pilot.app) and "!" in view.plain
        await pilot.press("x")
        assert not view.seen.off and "!" not in view.plain


@pytest.mark.parametrize("ink", ["colour", "shade", "ascii"])
@pytest.mark.parametrize("size", [(10, 4), (40, 16), (80, 24), (120, 40)])
async def test_in_any_window(size: tuple[int, int], ink: str) -> None:
    async with gazing(size, ink) as (pilot, view):
        await pilot.press("down", "l", "d")
        for y in range(view.content_size.height):
            assert view.render_line(y).cell_length == view.content_size.width
