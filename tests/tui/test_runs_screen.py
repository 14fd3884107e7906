"""The list of kept runs: chosen from, compared, folded by study, gone on from, deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from models import protocol
from models.kept import Curve, Kept, Turned
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tui.app import GrokApp, Options
from tui.screens.film import FilmScreen
from tui.screens.home import HomeScreen
from tui.screens.runs import RunsScreen


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))


def opened(run: str, fall: float = 0.9, **fields: object) -> protocol.Opened:
    """A kept run whose loss falls by a factor a step."""
    said = {
        "lab": run.rpartition("-")[0],
        "knobs": {},
        "seed": 0,
        "device": "CPU, 1 thread",
        "began": "2026-01-01T12:00:00+00:00",
        "state": "finished",
        "fraction": 1.0,
        "steps": 40,
        "metrics": {"arrival": 0.95, "ratio": 1.2},
        "reached": True,
    } | fields
    kept = Kept(id=run, **said)  # type: ignore[arg-type]
    steps = list(range(40))
    curve = Curve("mouse", "loss", steps, [2 * fall**step for step in steps])
    return protocol.Opened(0, kept, [curve], [])


RUNS = {
    run.kept.id: run
    for run in (
        opened("mouse-3", knobs={"hidden": 32}, seed=7, turned=[Turned(5, "learning_rate", 0.01)]),
        opened("mice-1"),
        opened("mouse-2", 0.8, state="cut short", fraction=0.4, metrics={}),
        opened("weather-1", state="failed", why="RuntimeError: it rained", fraction=0.2),
    )
}


def new_app(runs: dict[str, protocol.Opened] = RUNS, **options: object) -> GrokApp:
    return GrokApp(Options(**options), link=ScriptedLink(kept=runs))  # type: ignore[arg-type]


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (200, 60)])
@pytest.mark.parametrize("ink", ["colour", "ascii"])
async def test_the_list_says_what_each_run_was(size: tuple[int, int], ink: str) -> None:
    app = new_app(ink=ink)
    async with app.run_test(size=size) as pilot:
        await pilot.press("r")
        await sees(pilot, "mouse-3")
        shown = screen_text(app)
        assert "hidden = 32" in shown
        assert "cut short at 40 %" in shown
        assert "failed at 20 %" in shown
        assert "delete" in shown
        assert shown.isascii() or ink != "ascii"
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_enter_shows_the_chosen_run_and_escape_goes_back() -> None:
    app = new_app()
    async with app.run_test(size=(100, 32)) as pilot:
        await pilot.press("r")
        await sees(pilot, "mouse-3")
        await pilot.press("enter")
        await sees(pilot, "Step 39 of 39: loss, practice 0.033.")
        await sees(pilot, "95.0 %")
        shown = screen_text(app)
        assert "seed 7" in shown and "hidden = 32" in shown
        assert "learning_rate" in shown and "step 5" in shown
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, RunsScreen))
        await pilot.press("down", "down", "enter")
        await sees(pilot, "Cut short at 40 %")


async def test_a_run_without_curves_of_its_lab_or_without_its_lab_is_shown_too() -> None:
    app = new_app()
    async with app.run_test(size=(100, 32)) as pilot:
        await pilot.press("r")
        await sees(pilot, "mouse-3")
        await pilot.press("down", "enter")
        await wait_until(pilot, lambda: isinstance(app.screen, FilmScreen))
        await sees(pilot, "Reached: 40 crossings")
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, RunsScreen))
        await pilot.press("down", "down", "down", "down", "enter")
        await sees(pilot, "it rained")
        await sees(pilot, "mouse loss")


async def test_a_marked_run_lies_behind_the_others_of_its_lab() -> None:
    app = new_app()
    async with app.run_test(size=(100, 32)) as pilot:
        await pilot.press("r")
        await sees(pilot, "mouse-3")
        await pilot.press("g")
        await sees(pilot, "g mouse-3")
        await pilot.press("down", "down", "enter")
        await sees(pilot, "∙∙ mouse-3")  # the legend of a ghost
        await sees(pilot, "Behind it, faintly: mouse-3.")
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, RunsScreen))
        await pilot.press("up", "up", "enter")
        await sees(pilot, "Step 39 of 39")
        assert "∙∙" not in screen_text(app)


async def test_deleting_asks_and_takes_the_run_off_the_list() -> None:
    app = new_app()
    async with app.run_test(size=(100, 32)) as pilot:
        await pilot.press("r")
        await sees(pilot, "mouse-3")
        await pilot.press("down", "d")
        await sees(pilot, "Delete mice-1 for good?")
        await pilot.press("n")
        await wait_until(pilot, lambda: isinstance(app.screen, RunsScreen))
        assert "mice-1" in screen_text(app)
        await pilot.press("d")
        await sees(pilot, "Delete mice-1 for good?")
        await pilot.press("y")
        await wait_until(pilot, lambda: "mice-1" not in screen_text(app))
        assert "mouse-2" in screen_text(app)


STUDY = {
    run.kept.id: run
    for run in (
        opened("mouse-9"),
        *(opened(f"mouse-{n}", study="hidden", seed=n) for n in (8, 7)),
        opened("mouse-6", study="hidden", state="going", fraction=0.5),
        opened("mouse-5"),
    )
}


async def test_the_runs_of_a_study_are_one_line_that_opens() -> None:
    app = new_app(STUDY)
    async with app.run_test() as pilot:
        await pilot.press("r")
        await sees(pilot, "+ study hidden")
        shown = screen_text(app)
        assert "3 runs of mouse, 2 finished" in shown
        assert "mouse-7" not in shown and "mouse-5" in shown
        await pilot.press("down", "enter")
        await sees(pilot, "mouse-7")
        await pilot.press("down", "down", "enter")
        await sees(pilot, "Step 39 of 39")
        assert "mouse-7" in screen_text(app)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, RunsScreen))
        await pilot.press("up", "up", "enter")
        await wait_until(pilot, lambda: "mouse-7" not in screen_text(app))


async def test_a_study_is_deleted_as_a_whole_after_asking() -> None:
    app = new_app(STUDY)
    async with app.run_test() as pilot:
        await pilot.press("r")
        await sees(pilot, "+ study hidden")
        await pilot.press("down", "d")
        await sees(pilot, "Delete all 3 runs of the study hidden")
        await pilot.press("y")
        await wait_until(pilot, lambda: "study" not in screen_text(app))
        assert "mouse-9" in screen_text(app) and "mouse-5" in screen_text(app)


async def test_p_plays_a_run_from_its_beginning() -> None:
    app = new_app()
    async with app.run_test() as pilot:
        await pilot.press("r")
        await sees(pilot, "mouse-3")
        await pilot.press("p")
        await sees(pilot, "playing 8 a second")
        film = app.screen
        assert isinstance(film, FilmScreen)
        await wait_until(pilot, lambda: film.scrub.step > 0)
        await pilot.press("space")
        await wait_until(pilot, lambda: "playing" not in screen_text(app))


async def test_r_says_why_a_run_cannot_go_on() -> None:
    app = new_app()
    async with app.run_test(size=(100, 32), notifications=True) as pilot:
        await pilot.press("r")
        await sees(pilot, "mouse-3")
        await pilot.press("r")
        await sees(pilot, "mouse-3 cannot go on: it has come to its end.")
        assert isinstance(app.screen, RunsScreen)


async def test_nothing_kept_says_so_and_every_key_is_harmless() -> None:
    app = new_app({})
    async with app.run_test() as pilot:
        await pilot.press("r")
        await sees(pilot, "No run is kept yet")
        await pilot.press("down", "up", "enter", "g", "d", "question_mark")
        await sees(pilot, "Every run of a lab is kept")


async def test_a_worker_that_is_gone_is_a_sentence() -> None:
    app = new_app()
    async with app.run_test() as pilot:
        link = app.link
        assert isinstance(link, ScriptedLink)
        await wait_until(pilot, lambda: link.state == "ready")
        link._slow = True
        link.die()
        await pilot.press("r")
        await sees(pilot, "Asking the worker")
        link.die("The worker was killed (SIGKILL).")
        await sees(pilot, "The worker was killed")


async def test_a_long_list_scrolls_with_the_choice() -> None:
    runs = {f"mouse-{n}": opened(f"mouse-{n}") for n in range(60, 0, -1)}
    app = new_app(runs)
    async with app.run_test() as pilot:
        await pilot.press("r")
        await sees(pilot, "mouse-60")
        await pilot.press(*["down"] * 59)
        await wait_until(pilot, lambda: "mouse-1 " in screen_text(app))
        await pilot.press(*["up"] * 59)
        await wait_until(pilot, lambda: "mouse-60" in screen_text(app))
