"""The widget of a study: a cursor, any window, every ink, and a demonstration."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.screens import screen_text, sees, wait_until
from tui.demos.inside import study_demo
from tui.drawing.ink import KINDS, Ink
from tui.widgets.study_view import StudyView


@pytest.mark.parametrize("kind", KINDS)
async def test_the_demonstration_shows_the_numbers_under_the_cursor(kind: str) -> None:
    ink = Ink(kind, "ascii" if kind == "ascii" else "braille")
    app = study_demo(ink)
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(StudyView)
        view.focus()
        await sees(pilot, "5 steps")
        await pilot.press("right", "right")
        await wait_until(pilot, lambda: view.cursor == 2)
        await sees(pilot, "20 steps")
        assert kind != "ascii" or view.plain.isascii()
        numbers = view.picture.lines[0].at(2)
        assert all(f"{100 * number:.1f} %" in screen_text(app) for number in numbers)
        assert view.sentence.startswith("From 5 to 100 steps: keeps 0.8 falls")


@pytest.mark.parametrize("size", [(1, 1), (8, 4), (40, 5), (40, 12), (200, 60)])
async def test_a_study_in_any_window(size: tuple[int, int]) -> None:
    async with study_demo(Ink()).run_test(size=size) as pilot:
        view = pilot.app.query_one(StudyView)
        view.move_to(4)
        await pilot.pause()
        for y in range(view.content_size.height):
            assert view.render_line(y).cell_length == view.content_size.width


async def test_the_larger_the_window_the_higher_the_plot() -> None:
    heights = []
    for size in ((80, 24), (120, 40), (200, 60)):
        async with study_demo(Ink()).run_test(size=size) as pilot:
            view = pilot.app.query_one(StudyView)
            await sees(pilot, "5 steps")
            heights.append(sum("│" in line or "┤" in line for line in view.plain.split("\n")))
    assert heights == sorted(set(heights))


async def test_a_study_that_fills_in_keeps_the_cursor_where_it_is() -> None:
    app = study_demo(Ink())
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(StudyView)
        view.move_to(3)
        first = view.picture.lines[0]
        more = replace(first, values=(*first.values[:-1], (None, None, None)))
        view.show(replace(view.picture, lines=(more, *view.picture.lines[1:])))
        await pilot.pause()
        assert view.cursor == 3
