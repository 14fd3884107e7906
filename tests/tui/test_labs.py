"""A lab in the app: started, followed, held, lost and found again, with a scripted worker."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from course.catalog import read_catalog
from models import protocol
from models.kept import Curve, Kept
from models.specs.mouse import SPEC
from progress.journal import Journal
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tui.app import GrokApp, Options
from tui.lab_run import Phase
from tui.pages.lab_page import LabPage
from tui.screens.lesson import LessonScreen

METRICS = {"arrival": 0.95, "ratio": 1.2, "shortest": 0.5, "control.arrival": 0.7}
MAZE = {"width": 2, "height": 1, "passages": [2, 8], "start": 0, "cheese": 1, "path": [0, 1]}


def report(step: int, loss: float, fraction: float) -> protocol.Report:
    return protocol.Report("mouse", "training the mouse", step, 500, fraction, {"loss": loss})


def trial(arrival: float) -> protocol.Report:
    metrics = {"arrival": arrival, "validation": 0.1}
    return protocol.Report("mouse", "training the mouse", 249, 500, 0.5, metrics)


def finished(**changes: object) -> protocol.Finished:
    values: dict[str, object] = {
        "steps": 500,
        "seconds": 3.0,
        "cpu_seconds": 3.0,
        "device": "CPU",
        "metrics": METRICS,
        "reached": True,
        "control_failed": True,
    }
    return protocol.Finished("", **(values | changes))  # type: ignore[arg-type]


STARTED = protocol.Started("", "CPU", 0)
SCRIPT = (
    STARTED,
    protocol.Moment("", "mouse", 0, "walk", MAZE),
    protocol.Advanced("", [report(i, 2 / (i + 1), i / 500) for i in range(1, 250)]),
    finished(),
)


@pytest.fixture
def lab_screen() -> int:
    """The number of the screen of the lesson on which the mouse is trained."""
    lesson = read_catalog().lessons["mouse"]
    stops = [s.key for s in lesson.screens if any(b for b in s.blocks if _is_mouse(b))]
    return [s.key for s in lesson.screens].index(stops[0]) + 1


def _is_mouse(block: object) -> bool:
    run = getattr(block, "run", None)
    return type(block).__name__ == "Lab" and run is not None and run.lab == "mouse"


@asynccontextmanager
async def at_the_lab(
    link: ScriptedLink, folder: Path, screen: int
) -> AsyncIterator[tuple[GrokApp, Pilot[None], LabPage]]:
    options = Options(lesson="mouse", screen=screen, still=True)
    app = GrokApp(options, journal=Journal(folder), link=link)  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: isinstance(_page(app), LabPage))
        page = _page(app)
        assert isinstance(page, LabPage)
        yield app, pilot, page


def _page(app: GrokApp) -> object:
    return app.screen.page if isinstance(app.screen, LessonScreen) else None


async def test_a_run_from_start_to_verdict(tmp_path: Path, lab_screen: int) -> None:
    link = ScriptedLink(SCRIPT)
    async with at_the_lab(link, tmp_path, lab_screen) as (app, pilot, page):
        await sees(pilot, "enter start")
        await pilot.press("enter")
        await wait_until(pilot, lambda: link.sent)
        start = link.sent[0]
        assert isinstance(start, protocol.Start)
        assert (start.lab, start.seed) == ("mouse", 0)
        assert start.knobs == SPEC.settings({})
        link.play(3)
        await sees(pilot, "training the mouse")
        await sees(pilot, "● the trained mouse")
        assert "249 / 500" in screen_text(app)
        assert "arrives" not in screen_text(app)
        link.say(protocol.Advanced(page.run_shown.run, [trial(0.625)]))  # type: ignore[union-attr]
        await sees(pilot, "arrives")
        await sees(pilot, "62.5 %")
        link.play()
        await sees(pilot, "It held, and the control failed")
        assert "95.0 %" in screen_text(app)
        assert app.session.runs.metrics(page._ref) == METRICS
    kept = Journal(tmp_path)
    kept.open()
    run = kept.record.latest_run("mouse")
    kept.close()
    assert run is not None and run["metrics"] == METRICS


async def test_enter_turns_the_page_once_the_lab_has_run(tmp_path: Path, lab_screen: int) -> None:
    link = ScriptedLink(SCRIPT, at_once=True)
    async with at_the_lab(link, tmp_path, lab_screen) as (app, pilot, _):
        await pilot.press("enter")
        await sees(pilot, "It held")
        await pilot.press("enter")
        await wait_until(pilot, lambda: not isinstance(_page(app), LabPage))
        assert len(link.sent) == 1


async def test_pause_step_and_stop(tmp_path: Path, lab_screen: int) -> None:
    link = ScriptedLink((STARTED, SCRIPT[2], SCRIPT[2], finished()))
    async with at_the_lab(link, tmp_path, lab_screen) as (_, pilot, page):
        await pilot.press("enter")
        await wait_until(pilot, lambda: link.sent)
        link.play(2)
        await pilot.press("space")
        await sees(pilot, "paused: training the mouse")
        await pilot.press("s")
        await pilot.press("space")
        await pilot.press("x")
        await wait_until(pilot, lambda: len(link.sent) == 5)
        kinds = [type(request).__name__ for request in link.sent]
        assert kinds == ["Start", "Pause", "StepOnce", "Resume", "Stop"]
        await wait_until(pilot, lambda: page.phase is Phase.STOPPED)
        await sees(pilot, "enter start")


async def test_a_worker_that_dies_says_so_and_the_way_on_is_there(
    tmp_path: Path, lab_screen: int
) -> None:
    link = ScriptedLink(SCRIPT)
    async with at_the_lab(link, tmp_path, lab_screen) as (app, pilot, page):
        await pilot.press("enter")
        await wait_until(pilot, lambda: link.sent)
        link.play(1)
        link.die("The worker was killed: there was too little memory.")
        await sees(pilot, "too little memory")
        await sees(pilot, "enter start")
        assert screen_text(app).count("too little memory") == 1, "and says it once"
        assert not app.labs.cannot_run("mouse"), "for the next run starts another worker"
        await pilot.press("enter")
        await wait_until(pilot, lambda: len(link.sent) == 2)
        link.play()
        await wait_until(pilot, lambda: page.phase is Phase.FINISHED)


async def test_a_worker_that_rests_is_no_trouble(tmp_path: Path, lab_screen: int) -> None:
    link = ScriptedLink(SCRIPT)
    async with at_the_lab(link, tmp_path, lab_screen) as (app, pilot, _):
        await sees(pilot, "It runs on")
        link.die("It had nothing to do for ten minutes.")
        await wait_until(pilot, lambda: app.labs.told_worker == "the worker rests")
        assert "nothing to do" not in screen_text(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: link.sent)


async def test_a_worker_that_never_came_up_says_why(tmp_path: Path, lab_screen: int) -> None:
    link = ScriptedLink(SCRIPT, slow=True)
    async with at_the_lab(link, tmp_path, lab_screen) as (_, pilot, _page_shown):
        link.die("ssh: could not resolve gpu1.")
        await sees(pilot, "could not resolve gpu1")


async def test_without_torch_the_page_says_how_to_get_it(tmp_path: Path, lab_screen: int) -> None:
    ready = protocol.Ready(protocol.PROTOCOL, "CPU", 1, "3.11", "", "No torch here: install it.")
    link = ScriptedLink(SCRIPT, ready=ready)
    async with at_the_lab(link, tmp_path, lab_screen) as (_, pilot, _):
        await sees(pilot, "No torch here: install it.")


async def test_the_run_goes_on_when_the_page_is_left(tmp_path: Path, lab_screen: int) -> None:
    link = ScriptedLink(SCRIPT)
    async with at_the_lab(link, tmp_path, lab_screen) as (app, pilot, _):
        await pilot.press("enter")
        await wait_until(pilot, lambda: link.sent)
        link.play(3)
        await pilot.press("n")
        await sees(pilot, "mouse training 50%")
        link.play()
        await pilot.press("p")
        await sees(pilot, "It held, and the control failed")
        assert isinstance(_page(app), LabPage)


async def test_a_kept_run_that_is_looked_into_is_not_said_to_train(
    tmp_path: Path, lab_screen: int
) -> None:
    link = ScriptedLink(SCRIPT)
    async with at_the_lab(link, tmp_path, lab_screen) as (app, pilot, _):
        app.labs.start(SPEC, SPEC.settings({}), 0, keep=False, resume="mouse-7")
        await wait_until(pilot, lambda: link.sent)
        link.play(3)
        await pilot.press("n")
        await sees(pilot, "mouse being opened")
        assert "mouse training" not in screen_text(app)


async def test_a_knob_out_of_range_is_explained_and_not_taken(
    tmp_path: Path, lab_screen: int
) -> None:
    link = ScriptedLink(SCRIPT)
    async with at_the_lab(link, tmp_path, lab_screen) as (_, pilot, _):
        await pilot.press("k")
        await sees(pilot, "Knobs of mouse")
        await pilot.press("enter")
        await sees(pilot, "how many times the weights are changed")
        await pilot.press(*["backspace"] * 3, "1", "enter")
        await sees(pilot, "must be a whole number from 10 to 2000")
        await pilot.press("backspace", "5", "0", "enter")
        await sees(pilot, "updates         50")
        await pilot.press("d")
        await sees(pilot, "Turned: updates = 50.")
        await pilot.press("enter")
        await wait_until(pilot, lambda: link.sent)
        start = link.sent[0]
        assert isinstance(start, protocol.Start) and start.knobs["updates"] == 50


async def test_the_same_seed_again_leaves_the_run_before_as_a_ghost(
    tmp_path: Path, lab_screen: int
) -> None:
    link = ScriptedLink(SCRIPT, at_once=True)
    async with at_the_lab(link, tmp_path, lab_screen) as (_, pilot, page):
        await pilot.press("enter")
        await sees(pilot, "It held")
        await pilot.press("a")
        await wait_until(pilot, lambda: len(link.sent) == 2)
        await wait_until(pilot, lambda: page.phase is Phase.FINISHED)
        assert page.query_one("LossChart")._ghosts  # type: ignore[attr-defined]


async def test_the_film_of_a_run_opens_from_its_page_while_it_goes_and_after(
    tmp_path: Path, lab_screen: int
) -> None:
    link = ScriptedLink(SCRIPT)
    async with at_the_lab(link, tmp_path, lab_screen) as (app, pilot, _):
        await pilot.press("enter")
        await wait_until(pilot, lambda: link.sent)
        link.play(3)
        await sees(pilot, "249 / 500")
        await pilot.press("f")
        await sees(pilot, "Step 249 of 500")
        await sees(pilot, "space pause")
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, LessonScreen))
        link.play()
        await sees(pilot, "f film")
        await pilot.press("f", "home")
        await sees(pilot, "Step 0 of 249")


async def test_a_run_that_goes_on_begins_with_what_the_kept_one_reported() -> None:
    curves = [Curve("mouse", "loss", [1, 2, 3], [2.0, 1.5, 1.2])]
    kept = Kept(id="mouse-7", lab="mouse", knobs=SPEC.settings({}), seed=4, device="CPU", began="")
    link = ScriptedLink([STARTED])
    app = GrokApp(Options(still=True), link=link)  # type: ignore[arg-type]
    async with app.run_test() as pilot:
        run = app.desk.labs.go_on(protocol.Opened(0, kept, curves, []))
        assert run.curves[("mouse", "loss")] == [(1, 2.0), (2, 1.5), (3, 1.2)]
        await wait_until(pilot, lambda: link.sent)
        start = link.sent[-1]
        assert isinstance(start, protocol.Start)
        assert (start.resume, start.seed, start.knobs) == ("mouse-7", 4, kept.knobs)
        earlier = [Curve("mouse", "loss", [1, 2], [2.0, 1.5])]
        run.receive(protocol.Started(run.run, "CPU", 4, 2, earlier))
        run.receive(protocol.Advanced(run.run, [report(3, 1.1, 0.1)]))
        assert run.curves[("mouse", "loss")] == [(1, 2.0), (2, 1.5), (3, 1.1)]
