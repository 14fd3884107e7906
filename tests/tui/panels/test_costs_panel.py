"""The four quantities on a page of a lesson, driven by keys."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from course.catalog import read_catalog
from course.lesson import Prose, View
from progress.journal import Journal
from tests.support.lab_link import LabLink
from tests.support.screens import screen_text, sees, wait_until
from tui.app import GrokApp, Options
from tui.views import view_fault, view_in_words
from tui.widgets.costs_view import CostsView

CATALOG = read_catalog()
LESSON = CATALOG.lessons[CATALOG.order[0]]


@asynccontextmanager
async def page(
    home: Path, size: tuple[int, int] = (80, 24), ink: str = "colour", **settings: str
) -> AsyncIterator[tuple[Pilot[Any], GrokApp]]:
    """A page of a lesson with a line of text and the table."""
    blocks = (Prose("Look."), View("costs", settings))
    screen = replace(LESSON.screens[0], heading="Four", blocks=blocks)
    lesson = replace(LESSON, screens=(screen, *LESSON.screens[1:]))
    catalog = replace(CATALOG, lessons={**CATALOG.lessons, LESSON.id: lesson})
    options = Options(still=True, lesson=LESSON.id, screen=1, ink=ink)
    app = GrokApp(options, catalog=catalog, journal=Journal(home), link=LabLink())
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: isinstance(app.focused, CostsView))
        yield pilot, app


async def test_keys_turn_n_and_c_and_choose_what_is_explained(tmp_path: Path) -> None:
    async with page(tmp_path, n="32", c="64") as (pilot, _):
        await sees(pilot, "n = 32 tokens, C = 64 numbers")
        await sees(pilot, "A path of 1 is")
        await pilot.press("up", "plus")
        await sees(pilot, "n = 64 tokens, C = 128 numbers")
        await pilot.press("right", "right")
        await sees(pilot, "►work")
        await sees(pilot, "for attention 2.5 times that of the RNN")
        await pilot.press("minus", "down")
        await sees(pilot, "n = 32 tokens, C = 64 numbers")
        await pilot.press("left", "left", "left")
        await sees(pilot, "►memory")
        await pilot.press("question_mark")
        await sees(pilot, "Four quantities, not one")


async def test_it_stops_at_both_ends(tmp_path: Path) -> None:
    async with page(tmp_path, n="1", c="65536") as (pilot, app):
        view = app.screen.query_one(CostsView)
        await pilot.press("down", "plus", "up")
        await wait_until(pilot, lambda: view.table.n == 2)
        assert view.table.c == 65_536


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (60, 20)])
@pytest.mark.parametrize("ink", ["colour", "ascii"])
async def test_it_fits(tmp_path: Path, size: tuple[int, int], ink: str) -> None:
    async with page(tmp_path, size, ink, show="memory") as (pilot, app):
        await sees(pilot, "FlashAttention")
        assert ink != "ascii" or screen_text(app).isascii()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"n": "many"}, "n many: expected a whole number from 1"),
        ({"c": "0"}, "c 0: expected a whole number"),
        ({"show": "time"}, "there is path, steps, work, memory"),
        ({"n": "64", "show": "work"}, ""),
    ],
)
def test_bad_settings_are_named(settings: dict[str, str], said: str) -> None:
    assert said in view_fault(View("costs", settings))
    assert bool(view_fault(View("costs", settings))) is bool(said)


def test_it_can_be_read_without_a_picture() -> None:
    assert "attention: path 1, steps 1, work 1,024, memory 128" in view_in_words(
        View("costs", {"n": "8", "c": "4"})
    )
