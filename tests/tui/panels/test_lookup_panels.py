"""The views of soft lookup on a page of a lesson, driven by keys."""

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
from models import protocol
from models.lookup.curve import points
from models.specs.catalog import LABS
from progress.journal import Journal
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tui.app import GrokApp, Options
from tui.drawing.ink import Ink
from tui.panels.live_view import LiveView
from tui.views import view_fault, view_in_words
from tui.widgets.fit_view import FitView
from tui.widgets.moment_pictures import MomentPicture
from tui.widgets.vote_view import VoteView

CATALOG = read_catalog()
LESSON = CATALOG.lessons[CATALOG.order[0]]


def looks(run: str = "") -> list[protocol.Reply]:
    """A run of the lab that has learned both widths."""
    xs, ys = points(40, 1.0, 0)
    data = {"xs": xs, "ys": ys, "kernel": "gaussian"}
    return [
        protocol.Started(run, "CPU, 1 thread", 0),
        protocol.Moment(run, "left_out", 400, "fit", {**data, "width": 0.25}),
        protocol.Moment(run, "itself", 400, "fit", {**data, "width": 0.004}),
        protocol.Finished(run, 800, 1.0, 1.0, "CPU, 1 thread", {}, True, True),
    ]


@asynccontextmanager
async def page(
    home: Path, name: str, size: tuple[int, int] = (80, 24), **settings: str
) -> AsyncIterator[tuple[Pilot[Any], GrokApp]]:
    """A page of a lesson with a line of text and a view."""
    screen = replace(
        LESSON.screens[0], heading="Look", blocks=(Prose("Look."), View(name, settings))
    )
    lesson = replace(LESSON, screens=(screen, *LESSON.screens[1:]))
    catalog = replace(CATALOG, lessons={**CATALOG.lessons, LESSON.id: lesson})
    options = Options(still=True, lesson=LESSON.id, screen=1)
    link = ScriptedLink(looks(), at_once=True)
    app = GrokApp(options, catalog=catalog, journal=Journal(home), link=link)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: bool(app.screen.query(LiveView)))
        await wait_until(pilot, lambda: isinstance(app.focused, VoteView | FitView))
        yield pilot, app


async def test_what_is_added_to_all_scores_moves_the_ratio_alone(tmp_path: Path) -> None:
    async with page(tmp_path, "vote") as (pilot, app):
        await sees(pilot, "52.94 %")
        await pilot.press("a")
        await sees(pilot, "40.43 %")
        assert "88.05 %" in screen_text(app)
        await pilot.press("o", "c")
        await sees(pilot, "T = 1/2")
        assert "98.20 %" in screen_text(app) and "52.94 %" in screen_text(app)


async def test_a_score_is_changed_and_set_back(tmp_path: Path) -> None:
    async with page(tmp_path, "vote") as (pilot, app):
        view = app.screen.query_one(VoteView)
        await pilot.press("down", "right", "right")
        await wait_until(pilot, lambda: view.vote.scores == (9, 3, 7))
        assert "15.79 %" in screen_text(app)
        await pilot.press("o", "d")
        await wait_until(pilot, lambda: view.vote.scores == (-1, -9, -3))
        await sees(pilot, "88.05 %")


async def test_another_question_is_asked(tmp_path: Path) -> None:
    async with page(tmp_path, "vote", data="chatbot", question="1") as (pilot, app):
        await sees(pilot, "It says: “Hello! How can I help?”")
        await pilot.press("m")
        await sees(pilot, "Our courses begin on Monday.")
        assert "I want to learn about transformers" in screen_text(app)


async def test_the_help_has_the_numbers_of_now(tmp_path: Path) -> None:
    async with page(tmp_path, "vote") as (pilot, _):
        await pilot.press("question_mark")
        await sees(pilot, "From scores to shares")
        await sees(pilot, "Alice now:")
        await sees(pilot, "88.05 %")


async def test_the_width_is_turned_and_the_kernel_changed(tmp_path: Path) -> None:
    async with page(tmp_path, "kernel") as (pilot, app):
        view = app.screen.query_one(FitView)
        await sees(pilot, "gaussian, width 1.00")
        await pilot.press("down", "k")
        await sees(pilot, "boxcar, width 0.80")
        await pilot.press("home")
        await sees(pilot, "at x = 0.00")
        await pilot.press("v")
        await sees(pilot, "points, left to right")
        before = view.fit.xs
        await pilot.press("s")
        await wait_until(pilot, lambda: view.fit.xs != before)


async def test_the_widths_of_a_run_are_shown_in_turn(tmp_path: Path) -> None:
    async with page(tmp_path, "kernel", size=(120, 40)) as (pilot, app):
        await pilot.press("l")
        assert "gaussian, width 1.00" in screen_text(app), "there is no run yet"
        spec = LABS["kernel"]
        app.labs.start(spec, spec.settings({}), 0)
        await wait_until(pilot, lambda: app.labs.last("kernel").moments)  # type: ignore[union-attr]
        await pilot.press("l")
        await sees(pilot, "width 0.25")
        await sees(pilot, "each point left out")
        await pilot.press("l")
        await sees(pilot, "width 0.004")


async def test_a_look_of_the_lab_is_drawn(tmp_path: Path) -> None:
    picture = MomentPicture(Ink())
    async with page(tmp_path, "vote") as (pilot, app):
        await app.screen.mount(picture)
        moment = looks()[1]
        assert isinstance(moment, protocol.Moment)
        picture.show(moment, LABS["kernel"])
        await wait_until(pilot, lambda: isinstance(picture.view, FitView))
        assert picture.view is not None and "width 0.25" in picture.view.sentence


@pytest.mark.parametrize(
    ("name", "settings", "said"),
    [
        ("vote", {"data": "libary"}, "did you mean library"),
        ("vote", {"question": "9"}, "questions 1 to 2"),
        ("kernel", {"kernel": "gausian"}, "did you mean gaussian"),
        ("kernel", {"width": "wide"}, "expected a number"),
        ("kernel", {"width": "0"}, "expected a number"),
        ("kernel", {"seed": "one"}, "expected a whole number"),
        ("kernel", {"learned": "mean"}, "learned mean"),
    ],
)
def test_a_slip_in_a_lesson_is_said(name: str, settings: dict[str, str], said: str) -> None:
    assert said in view_fault(View(name, settings))


def test_the_views_have_words_for_who_cannot_see_them() -> None:
    assert not view_fault(View("vote", {})) and not view_fault(View("kernel", {}))
    told = view_in_words(View("vote", {"data": "library"}))
    assert "Space Atlas, with a score of 2, has 40.00 % by ratio" in told
    assert told.endswith("It recommends Art of Cooking or Space Atlas.")
    assert "12.59 hours, or 10.25 hours" in view_in_words(View("vote", {}))
    assert "looks up" in view_in_words(View("kernel", {"width": "0.3"}))


async def test_a_question_of_ones_own_is_answered_at_once(tmp_path: Path) -> None:
    async with page(tmp_path, "vote", data="chatbot") as (pilot, app):
        await pilot.press("e")
        await sees(pilot, "enter ask")
        await pilot.press(*("space" if key == " " else key for key in "may I see yours"), "enter")
        await sees(pilot, "“may I see yours”")
        assert "It says: “Goodbye!”" in screen_text(app)
        assert "enter next" in screen_text(app) and isinstance(app.focused, VoteView)
        await pilot.press("e", "n", "escape")
        await sees(pilot, "enter next")
        assert "Look." in screen_text(app), "escape has left the field and not the lesson"
        await pilot.press("m")
        await sees(pilot, "Is this thing a machine?")


async def test_classmates_are_asked_what_the_lesson_asks(tmp_path: Path) -> None:
    async with page(tmp_path, "vote") as (pilot, app):
        await pilot.press("e")
        assert isinstance(app.focused, VoteView) and "your question" not in screen_text(app)
