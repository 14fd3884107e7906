"""The map on the home screen: arrows look, enter opens."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.screens import screen_text
from tests.support.terminal import Stage
from tui.drawing.course.course_plan import Course, MapPart
from tui.widgets.course_map import CourseMap

COURSE = Course(
    (MapPart("The mouse", ("one", "two", "three")), MapPart("The map", ("four", "five"))),
    {"one": "passed", "two": "open", "three": "locked", "four": "planned", "five": "planned"},
    {"two": "A pocket"},
    current="two",
)


class Listening(Stage):
    """Remembers what the map says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.heard: list[tuple[str, str]] = []

    def on_course_map_chosen(self, event: CourseMap.Chosen) -> None:
        """Remember."""
        self.heard.append(("chosen", event.lesson_id))

    def on_course_map_highlighted(self, event: CourseMap.Highlighted) -> None:
        """Remember."""
        self.heard.append(("highlighted", event.lesson_id))


async def test_keys() -> None:
    view = CourseMap(COURSE)
    app = Listening(view)
    async with app.run_test(size=(80, 24)) as pilot:
        view.focus()
        assert view.selected == "two"
        await pilot.press("enter", "right", "right", "enter", "right", "enter", "up")
        assert app.heard == [
            ("chosen", "two"),
            ("highlighted", "three"),
            ("highlighted", "four"),
            ("highlighted", "three"),
            ("chosen", "three"),
        ]


async def test_the_mouse_highlights_and_opens() -> None:
    view = CourseMap(COURSE)
    app = Listening(view)
    async with app.run_test(size=(80, 24)) as pilot:
        stop = next(s for s in view._picture(*view.content_size).stops if s.lesson == "one")
        await pilot.click(CourseMap, offset=(stop.x, stop.y))
        await pilot.click(CourseMap, offset=(stop.x, stop.y))
        assert app.heard == [("highlighted", "one"), ("chosen", "one")]


async def test_another_state_of_the_course_is_shown() -> None:
    view = CourseMap()
    app = Stage(view)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "M" not in screen_text(app)
        view.show(COURSE)
        await pilot.pause()
        assert "●" in screen_text(app) and "[M]" in screen_text(app)
        assert view.sentence == "1 of 5 lessons passed; you are at 2, A pocket."
        assert "to come" in view.legend


@pytest.mark.parametrize("size", [(1, 1), (10, 4), (30, 8), (60, 20), (80, 24), (200, 60)])
async def test_every_size(size: tuple[int, int]) -> None:
    view = CourseMap(COURSE)
    app = Stage(view)
    async with app.run_test(size=size) as pilot:
        view.focus()
        await pilot.press("down", "right")
        for y in range(view.content_size.height):
            assert view.render_line(y).cell_length == view.content_size.width
        assert view.content_size.height <= 20
