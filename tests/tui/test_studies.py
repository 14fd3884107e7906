"""A study in a lesson: begun, left alone, followed on other pages, found again; two workers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from textual.pilot import Pilot

from course.catalog import read_catalog
from course.lesson import Lab, Prose, RunRef, Study
from models import protocol
from models.kept import Kept
from models.specs.studies import STUDIES
from models.specs.study import Point
from progress.journal import Journal
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import READY, ScriptedLink
from tests.support.study_link import FIVE, TINY, StudyLink, arrivals
from tui.app import GrokApp, Options
from tui.lab_run import Phase
from tui.pages.study_page import StudyPage
from tui.screens.lesson import LessonScreen
from tui.widgets.study_view import StudyView

CATALOG = read_catalog()
LESSON = CATALOG.lessons[CATALOG.order[0]]
ONE = 3
"""Replies that bring a point from its beginning to its end."""


@pytest.fixture(autouse=True)
def small_studies(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for study in (TINY, FIVE):
        monkeypatch.setitem(STUDIES, study.name, study)
    yield


@asynccontextmanager
async def at_the_study(
    home: Path,
    study: ScriptedLink,
    lesson: ScriptedLink | None = None,
    *,
    screen: int = 1,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[tuple[GrokApp, Pilot[Any]]]:
    """A lesson of a study, a page, another study, and a lab."""
    blocks = (
        Study("tiny", "How wide may it be?"),
        Prose("Something else."),
        Study("five"),
        Lab(RunRef("mice", {"mazes": "60"})),
    )
    screens = tuple(
        replace(LESSON.screens[0], key=f"s{n}", heading="", blocks=(block,))
        for n, block in enumerate(blocks)
    )
    catalog = replace(
        CATALOG, lessons={**CATALOG.lessons, LESSON.id: replace(LESSON, screens=screens)}
    )
    options = Options(still=True, lesson=LESSON.id, screen=screen)
    app = GrokApp(
        options,
        catalog=catalog,
        journal=Journal(home),
        link=lesson or ScriptedLink(),  # type: ignore[arg-type]
        study_link=study,  # type: ignore[arg-type]
    )
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: page_of(app) is not None)
        yield app, pilot


def page_of(app: GrokApp) -> object:
    return app.screen.page if isinstance(app.screen, LessonScreen) else None


def shelf(points: tuple[Point, ...], name: str = "tiny") -> dict[str, protocol.Opened]:
    """Points as runs that are kept."""
    found = {}
    for number, point in enumerate(points, 1):
        kept = Kept(
            id=f"mice-{number}",
            lab="mice",
            knobs=dict(point.knobs),
            seed=point.seed,
            device="CPU",
            began="2026-01-01T00:00:00+00:00",
            state="finished",
            metrics=dict(arrivals(dict(point.knobs), point.seed)),
            study=name,
        )
        found[kept.id] = protocol.Opened(0, kept, [], [])
    return found


async def begin(pilot: Pilot[Any], link: StudyLink) -> None:
    await sees(pilot, "enter start")
    await pilot.press("enter")
    await wait_until(pilot, lambda: link.started)


async def test_a_study_from_its_beginning_to_its_end(tmp_path: Path) -> None:
    link, lesson = StudyLink(), ScriptedLink()
    async with at_the_study(tmp_path, link, lesson) as (app, pilot):
        await sees(pilot, "How wide may it be?")
        assert (
            "3 runs of the lab mice: size = 3, 4, 6, from seed 0, with mazes = 50"
            in screen_text(app)
        )
        assert "About 8 s of one core, in the background" in screen_text(app)
        await begin(pilot, link)
        first = link.started[0]
        assert (first.lab, first.seed, first.study, first.keep) == ("mice", 0, "tiny", True)
        assert first.knobs == dict(TINY.points()[0].knobs)
        await sees(pilot, "Nothing is measured yet.")
        link.play(2)
        await sees(pilot, "0 / 3")
        link.play()
        await sees(pilot, "1 / 3")
        await sees(pilot, "2 of 3 still to come.")
        await wait_until(pilot, lambda: len(link.started) == 2)
        link.play()
        await wait_until(pilot, lambda: len(link.started) == 3)
        link.play()
        await sees(pilot, "From 3 to 6 cells: a random walk falls from 66.7 % to 33.3 %")
        await sees(pilot, "enter next")
        await wait_until(pilot, lambda: link.closed)
        # The lessons' own worker was only asked what is kept.
        assert {type(request) for request in lesson.sent} == {protocol.Runs}
        assert not app.session.runs.all_measured()


async def test_the_cursor_reads_the_numbers_under_it(tmp_path: Path) -> None:
    lesson = ScriptedLink(kept=shelf(TINY.points()))
    async with at_the_study(tmp_path, StudyLink(), lesson) as (app, pilot):
        await sees(pilot, "3 cells")
        await wait_until(pilot, lambda: isinstance(app.focused, StudyView))
        await pilot.press("right")
        await sees(pilot, "4 cells   ")
        assert "● a random walk" in screen_text(app)
        assert "50.0 %" in screen_text(app)
        await pilot.press("end")
        await sees(pilot, "6 cells   ")
        assert "33.3 %" in screen_text(app)
        assert isinstance(page_of(app), StudyPage), "the arrows move the cursor, not the page"
        await pilot.press("enter")
        await sees(pilot, "Something else.")


async def test_the_learner_reads_on_and_sees_how_far_it_is(tmp_path: Path) -> None:
    link = StudyLink()
    async with at_the_study(tmp_path, link) as (app, pilot):
        await begin(pilot, link)
        await pilot.press("n")
        await sees(pilot, "Something else.")
        await sees(pilot, "study 0/3")
        link.play()
        await sees(pilot, "study 1/3")
        await pilot.press("escape")
        await sees(pilot, "study 1/3")
        for count in (2, 3):
            await wait_until(pilot, lambda count=count: len(link.started) == count)
            link.play()
        await sees(pilot, "study ready")
        await pilot.press("enter")
        await sees(pilot, "study ready")
        await pilot.press("p")
        await sees(pilot, "From 3 to 6 cells")
        await pilot.press("n")
        await sees(pilot, "Something else.")
        assert "study" not in screen_text(app).split("\n")[0]


async def test_the_page_of_another_study_says_how_far_the_first_is(tmp_path: Path) -> None:
    link = StudyLink()
    async with at_the_study(tmp_path, link) as (app, pilot):
        await begin(pilot, link)
        assert "study" not in screen_text(app).split("\n")[0]
        await pilot.press("n", "n")
        await sees(pilot, "Two mice, five times")
        assert "study 0/3" in screen_text(app).split("\n")[0]


async def test_what_is_left_to_do_is_told_once_it_can_be_known(tmp_path: Path) -> None:
    link = StudyLink()
    async with at_the_study(tmp_path, link) as (_, pilot):
        await begin(pilot, link)
        await pilot.press("n")
        await sees(pilot, "study 0/3  ")
        link.play()
        # The first point took 4 s and is an eighth of the work: 28 s are left.
        await sees(pilot, "study 1/3, ~30 s")


async def test_kept_runs_are_points_that_are_done(tmp_path: Path) -> None:
    link = StudyLink()
    lesson = ScriptedLink(kept=shelf(TINY.points()[:2]))
    async with at_the_study(tmp_path, link, lesson) as (app, pilot):
        await sees(pilot, "2 of 3 runs are there.")
        assert "66.7 %" in screen_text(app)
        await sees(pilot, "enter go on")
        await pilot.press("enter")
        await wait_until(pilot, lambda: link.started)
        assert link.started[0].knobs["size"] == 6
        link.play()
        await sees(pilot, "From 3 to 6 cells")


async def test_what_was_kept_does_not_count_as_work_of_this_time(tmp_path: Path) -> None:
    link = StudyLink()
    lesson = ScriptedLink(slow=True, kept=shelf(TINY.points()[:2]))
    async with at_the_study(tmp_path, link, lesson) as (app, pilot):
        await sees(pilot, "enter start")
        await pilot.press("enter")
        await sees(pilot, "waiting")
        lesson.get_ready()
        await wait_until(pilot, lambda: link.started)
        one = app.studies.of(TINY)
        assert len(one.results) == 2 and one.share == 0


async def test_stopped_and_begun_anew_at_once_it_is_started_once(tmp_path: Path) -> None:
    link, lesson = StudyLink(), ScriptedLink(slow=True)
    async with at_the_study(tmp_path, link, lesson) as (_, pilot):
        await sees(pilot, "enter start")
        await pilot.press("enter", "x", "enter")
        await sees(pilot, "waiting")
        lesson.get_ready()
        await wait_until(pilot, lambda: link.started)
        link.play()
        await wait_until(pilot, lambda: len(link.started) > 1)
        assert [start.knobs["size"] for start in link.started] == [3, 4]


async def test_a_study_that_is_all_kept_is_there_at_once_and_starts_no_worker(
    tmp_path: Path,
) -> None:
    link = StudyLink()
    async with at_the_study(tmp_path, link, ScriptedLink(kept=shelf(TINY.points()))) as (_, pilot):
        await sees(pilot, "From 3 to 6 cells")
        await sees(pilot, "enter next")
        assert not link.sent and link.state == "down"


async def test_pause_and_go_on(tmp_path: Path) -> None:
    link = StudyLink()
    async with at_the_study(tmp_path, link) as (app, pilot):
        await begin(pilot, link)
        link.play(2)
        await wait_until(pilot, lambda: app.studies.going.phase is Phase.TRAINING)  # type: ignore[union-attr]
        await pilot.press("space")
        await sees(pilot, "paused: 3 cells")
        assert link.sent[-1] == protocol.Pause(link.started[0].run)
        await pilot.press("n")
        await sees(pilot, "study 0/3 paused")
        await pilot.press("p", "space")
        await wait_until(pilot, lambda: link.sent[-1] == protocol.Resume(link.started[0].run))


async def test_stopped_it_keeps_what_is_done_and_goes_on_another_time(tmp_path: Path) -> None:
    link = StudyLink()
    async with at_the_study(tmp_path, link) as (app, pilot):
        await begin(pilot, link)
        link.play()
        await wait_until(pilot, lambda: len(link.started) == 2)
        await pilot.press("x")
        await sees(pilot, "1 of 3 runs are there.")
        await wait_until(pilot, lambda: link.closed)
        assert app.studies.going is None
        await pilot.press("enter")
        await wait_until(pilot, lambda: len(link.started) == 3)
        assert link.started[-1].knobs["size"] == 4


async def test_a_point_that_fails_is_said_and_the_rest_goes_on(tmp_path: Path) -> None:
    link = StudyLink()
    async with at_the_study(tmp_path, link) as (_, pilot):
        await begin(pilot, link)
        run = link.started[0].run
        link.say(protocol.Failed(run, "memory", "It needs more memory: turn mazes down."))
        await wait_until(pilot, lambda: len(link.started) == 2)
        link.play()
        await wait_until(pilot, lambda: len(link.started) == 3)
        link.play()
        await sees(pilot, "3 cells, seed 0 did not come to its end: It needs more memory")
        await sees(pilot, "From 4 to 6 cells")
        await sees(pilot, "1 of 3 failed.")
        await sees(pilot, "enter try again")
        await pilot.press("enter")
        await wait_until(pilot, lambda: len(link.started) == 4)
        link.play()
        await sees(pilot, "From 3 to 6 cells")


async def test_a_loss_that_is_no_number_ends_the_point_and_not_the_study(tmp_path: Path) -> None:
    link = StudyLink()
    async with at_the_study(tmp_path, link) as (_, pilot):
        await begin(pilot, link)
        run = link.started[0].run
        link.say(protocol.Failed(run, "diverged", "The loss is not finite.", False))
        await wait_until(pilot, lambda: len(link.started) == 2)
        assert link.started[1].knobs["size"] == 4


async def test_a_worker_that_dies_takes_one_point_with_it(tmp_path: Path) -> None:
    link = StudyLink()
    async with at_the_study(tmp_path, link) as (_, pilot):
        await begin(pilot, link)
        link.play(2)
        await sees(pilot, "CPU, 1 thread")
        link.die()
        await wait_until(pilot, lambda: len(link.started) == 2)
        link.play()
        await wait_until(pilot, lambda: len(link.started) == 3)
        link.play()
        await sees(pilot, "3 cells, seed 0 did not come to its end: The worker was killed")


async def test_a_worker_that_dies_twice_in_a_row_ends_the_study_in_words(tmp_path: Path) -> None:
    link = StudyLink()
    async with at_the_study(tmp_path, link) as (app, pilot):
        await begin(pilot, link)
        for count in (1, 2):
            await wait_until(pilot, lambda count=count: len(link.started) == count)
            link.play(2)
            await wait_until(pilot, lambda: app.studies.going.phase is Phase.TRAINING)  # type: ignore[union-attr]
            link.die()
        await sees(pilot, "The worker was killed (SIGKILL). enter tries again.")
        assert len(link.started) == 2
        await pilot.press("enter")
        await wait_until(pilot, lambda: len(link.started) == 3)


async def test_a_worker_that_never_comes_up_ends_the_study(tmp_path: Path) -> None:
    link = StudyLink(slow=True)
    async with at_the_study(tmp_path, link) as (_, pilot):
        await begin(pilot, link)
        link.die("The worker cannot be started: there is no command here.")
        await sees(pilot, "The worker cannot be started")
        assert len(link.started) == 1


async def test_without_torch_a_study_that_needs_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(STUDIES, "tiny", STUDIES["recall-pairs"])
    missing = "torch is not installed here."
    lesson = ScriptedLink(ready=protocol.Ready(READY.protocol, "CPU", 1, "3.11", "", missing))
    async with at_the_study(tmp_path, StudyLink(), lesson) as (_, pilot):
        await sees(pilot, missing)


async def test_a_study_begun_while_another_goes_waits_for_it(tmp_path: Path) -> None:
    link = StudyLink()
    async with at_the_study(tmp_path, link) as (app, pilot):
        await begin(pilot, link)
        await pilot.press("n", "n")
        await sees(pilot, "Two mice, five times")
        await pilot.press("enter")
        await sees(pilot, "It begins when the study “How wide may a maze be?” is done.")
        assert [start.study for start in link.started] == ["tiny"]
        for count in (1, 2, 3):
            await wait_until(pilot, lambda count=count: len(link.started) == count)
            link.play()
        await wait_until(pilot, lambda: len(link.started) == 4)
        assert link.started[-1].study == "five"
        assert app.studies.going is app.studies.of(FIVE)


async def test_seeds_stand_side_by_side_and_another_number_is_a_key_away(tmp_path: Path) -> None:
    lesson = ScriptedLink(kept=shelf(FIVE.points(), "five"))
    async with at_the_study(tmp_path, StudyLink(), lesson, screen=3) as (app, pilot):
        await sees(pilot, "seed 0  seed 1  seed 2  seed 3  seed 4")
        await sees(pilot, "5 runs that differ in nothing but the seed")
        assert re.search(r"a random walk +40.0 %  41.0 %  42.0 %", screen_text(app))
        await pilot.press("m")
        await wait_until(
            pilot, lambda: re.search(r"the right-hand rule +20.0 %", screen_text(app)) is not None
        )


async def test_what_the_learner_drew_stands_beside_what_was_measured(tmp_path: Path) -> None:
    drawn = SimpleNamespace(
        runner="random", metric="arrival", points=((3.0, 0.9), (4.0, 0.5), (6.0, 0.2))
    )
    link, lesson = StudyLink(), ScriptedLink()
    async with at_the_study(tmp_path, link, lesson, size=(100, 40)) as (app, pilot):
        app.session.sketches = lambda name, knobs=None: [drawn]  # type: ignore[method-assign,list-item,return-value]
        await begin(pilot, link)
        await sees(pilot, "◇ 90.0 %")
        link.play()
        await sees(pilot, "Your drawing is off by 23 points for a random walk")


async def test_a_lab_of_the_lesson_runs_beside_a_study(tmp_path: Path) -> None:
    link = StudyLink()
    numbers = {"random.arrival": 0.6, "right.arrival": 1.0}
    lab = ScriptedLink(
        [
            protocol.Started("", "CPU", 0),
            protocol.Finished("", 60, 1.0, 1.0, "CPU", numbers, True, True),
        ]
    )
    async with at_the_study(tmp_path, link, lab) as (app, pilot):
        await begin(pilot, link)
        link.play(2)
        await pilot.press("n", "n", "n")
        await sees(pilot, "Mice that learn nothing")
        await pilot.press("enter")
        await wait_until(pilot, lambda: any(isinstance(r, protocol.Start) for r in lab.sent))
        lab.play()
        await sees(pilot, "60.0 %")
        going = app.studies.going
        assert going is not None and going.phase is Phase.TRAINING
        link.play()
        await wait_until(pilot, lambda: len(link.started) == 2)


async def test_leaving_the_course_ends_the_workers(tmp_path: Path) -> None:
    link, lesson = StudyLink(), ScriptedLink()
    async with at_the_study(tmp_path, link, lesson) as (_, pilot):
        await begin(pilot, link)
    assert link.closed and lesson.closed


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
@pytest.mark.parametrize("screen", [1, 3])
async def test_the_page_fits(tmp_path: Path, size: tuple[int, int], screen: int) -> None:
    lesson = ScriptedLink(kept={**shelf(TINY.points()), **shelf(FIVE.points())})
    study = TINY if screen == 1 else FIVE
    lesson = ScriptedLink(kept=shelf(study.points(), study.name))
    async with at_the_study(tmp_path, StudyLink(), lesson, screen=screen, size=size) as (
        app,
        pilot,
    ):
        await wait_until(pilot, lambda: isinstance(app.focused, StudyView))
        page = page_of(app)
        assert isinstance(page, StudyPage)
        await wait_until(pilot, lambda: page.max_scroll_y == 0)
        assert "random walk" in screen_text(app)


async def test_the_help_explains_the_picture_and_the_point_under_the_cursor(tmp_path: Path) -> None:
    lesson = ScriptedLink(kept=shelf(TINY.points()))
    async with at_the_study(tmp_path, StudyLink(), lesson, size=(100, 60)) as (app, pilot):
        await wait_until(pilot, lambda: isinstance(app.focused, StudyView))
        await pilot.press("right", "question_mark")
        await sees(pilot, "What a study measured")
        await sees(
            pilot,
            "grok-tui lab mice --set mazes=50 --seed 0".replace(" --seed", " --set size=4 --seed"),
        )
