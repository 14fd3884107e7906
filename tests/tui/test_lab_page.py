"""The page of a lab while it trains: what is to be seen, and the keys that change it."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from course.catalog import read_catalog
from course.lesson import Lab
from models import protocol
from models.specs.recurrence import SPEC
from progress.journal import Journal
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tui.app import GrokApp, Options
from tui.drawing.training.chart import mark
from tui.lab_bets import bets_on
from tui.lab_run import Phase
from tui.pages.lab_controls import LabControls
from tui.pages.lab_page import LabPage
from tui.screens.breaks import BreakScreen
from tui.screens.film import FilmScreen
from tui.screens.lesson import LessonScreen

LESSON = read_catalog().lessons["one-step"]
NUMBER = next(n for n, one in enumerate(LESSON.screens, 1) if one.blocks_of(Lab))
"""The screen on which five mice race."""
RUNNERS = ("near", "rnn", "lstm", "gru", "attention")
NAMES = ("RNN, 8 cells", "RNN", "LSTM", "GRU", "attention")
MARKS = "●×+◆▲"
SOLVED_AT = {"near": 100, "attention": 50}
"""After how many steps these are always right; the others never are."""
SLOW = {"attention": 0.04}
"""Seconds that a step of attention takes; 0.01 for the others."""
STARTED = protocol.Started("", "CPU, 1 thread", 0)


def report(runner: str, step: int, *, strips: bool = True) -> protocol.Report:
    """How a runner is doing after a step, as the worker says it."""
    solved = step >= SOLVED_AT.get(runner, 10_000)
    metrics = {"loss": 0.01 if solved else 0.7}
    if strips:
        metrics |= {"rate": 0.003, "gradient": 0.25}
    if step == 1:
        metrics["parameters"] = 1000.0
    if step % 25 == 0:
        metrics["accuracy"] = 1.0 if solved else 0.5
        metrics["seconds"] = step * SLOW.get(runner, 0.01)
    return protocol.Report(runner, f"training {runner}", step, 400, step / 400, metrics)


def steps(first: int, last: int, *, strips: bool = True) -> protocol.Advanced:
    """Everybody's reports of these steps."""
    return protocol.Advanced(
        "",
        [report(one, n, strips=strips) for n in range(first, last + 1) for one in RUNNERS],
    )


def states(runner: str, step: int) -> protocol.Moment:
    """What a memory holds of two corridors that differ in the sign."""
    walks = [[[sign * 0.5**n, 0.1] for n in range(22)] for sign in (1, -1)]
    data = {
        "tokens": [[0] * 22] * 2,
        "states": walks,
        "distance": [2 * 0.5**n for n in range(22)],
        "said": [0, 0],
        "right": [0, 1],
    }
    return protocol.Moment("", runner, step, "states", data)


def finished(**changes: object) -> protocol.Finished:
    metrics = {f"{runner}.accuracy": 1.0 if runner in SOLVED_AT else 0.5 for runner in RUNNERS}
    values: dict[str, object] = {
        "steps": 2000,
        "seconds": 13.0,
        "cpu_seconds": 13.0,
        "device": "CPU, 1 thread",
        "metrics": metrics,
        "reached": True,
        "control_failed": True,
    }
    return protocol.Finished("", **(values | changes))  # type: ignore[arg-type]


@asynccontextmanager
async def at_the_race(
    link: ScriptedLink,
    folder: Path,
    size: tuple[int, int] = (80, 24),
    *,
    ink: str = "colour",
    number: int = NUMBER,
) -> AsyncIterator[tuple[GrokApp, Pilot[None], LabPage]]:
    options = Options(lesson=LESSON.id, screen=number, still=True, ink=ink)
    app = GrokApp(options, journal=Journal(folder), link=link)  # type: ignore[arg-type]
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: isinstance(app.screen, LessonScreen) and app.screen.page)
        assert isinstance(app.screen, LessonScreen)
        page = app.screen.page
        assert isinstance(page, LabPage)
        yield app, pilot, page


async def start(pilot: Pilot[None], link: ScriptedLink, count: int | None = None) -> None:
    """Start the lab and let the worker say the first `count` things of its script."""
    await pilot.press("enter")
    await wait_until(pilot, lambda: link.sent and link._run)
    link.play(count)


def sent(link: ScriptedLink, kind: type[protocol.Request]) -> list[protocol.Request]:
    return [request for request in link.sent if isinstance(request, kind)]


def rows_of(app: GrokApp) -> list[str]:
    return screen_text(app).split("\n")


def row_with(app: GrokApp, text: str) -> str:
    """The first row with this text, or nothing."""
    return next((row for row in rows_of(app) if text in row), "")


def racer(app: GrokApp, number: int) -> str:
    """The row of the racer with this number in the standings."""
    return next((row for row in rows_of(app) if f"{number} {MARKS[number - 1]} " in row), "")


# What is to be seen


@pytest.mark.parametrize("ink", ["colour", "shade", "ascii"])
async def test_five_racers_and_all_about_them_fit_the_smallest_window(
    tmp_path: Path, ink: str
) -> None:
    link = ScriptedLink((STARTED, steps(1, 212)))
    async with at_the_race(link, tmp_path, ink=ink) as (app, pilot, page):
        await start(pilot, link)
        await sees(pilot, "Not there: RNN, LSTM, GRU.")
        await sees(pilot, "  240  ")
        text = screen_text(app)
        for number, name in enumerate(NAMES, 1):
            row = row_with(app, f"{number} {mark(number - 1, page._desk.ink)} {name} ")
            assert "M" in row and row.index("M") < row.index("C ") < row.index("%")
        assert "400" in row_with(app, "  240  "), "the axis ends with the run"
        assert "guessing 0.693" in text and "212 / 400" in text
        assert "learning rate" in text and "0.250" in text
        assert "…" not in text.replace("break when…", "")
        assert page.max_scroll_y == 0 and "more" not in rows_of(app)[-1]
        assert ink != "ascii" or text.isascii()


async def test_a_race_does_not_change_its_name_with_every_turn(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED, steps(1, 60)))
    async with at_the_race(link, tmp_path) as (_, pilot, page):
        await start(pilot, link)
        await sees(pilot, "training all")
        run = page.run_shown
        assert run is not None
        before = run.first
        link.say(protocol.Advanced(run.run, [report("lstm", 61)]))
        await wait_until(pilot, lambda: run.report and run.report.step == 61)
        assert run.first == before, "the clock of the race goes on"


async def test_all_of_a_finished_race_fits_the_smallest_window(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED, steps(1, 400), finished()), at_once=True)
    async with at_the_race(link, tmp_path) as (app, pilot, page):
        await pilot.press("enter")
        await sees(pilot, "Not there: RNN, LSTM, GRU.")
        await sees(pilot, "  240  ")
        assert "2,000 steps, 13 s on CPU" in screen_text(app) and page.max_scroll_y == 0


async def test_what_the_worker_does_not_report_is_not_drawn(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED, steps(1, 60, strips=False)))
    async with at_the_race(link, tmp_path) as (app, pilot, _):
        await start(pilot, link)
        await sees(pilot, "5 ▲ attention")
        assert "learning rate" not in screen_text(app) and "gradient" not in screen_text(app)


async def test_a_gradient_that_is_not_finite_is_an_exclamation_mark(tmp_path: Path) -> None:
    broken = protocol.Report("lstm", "training", 61, 400, 0.2, {"gradient": math.nan})
    link = ScriptedLink((STARTED, steps(1, 60), protocol.Advanced("", [broken])))
    async with at_the_race(link, tmp_path) as (app, pilot, _):
        await start(pilot, link)
        await wait_until(pilot, lambda: racer(app, 3).count("!") == 2)
        assert "!" not in racer(app, 4)


@pytest.mark.parametrize("size", [(120, 40), (200, 60)])
async def test_a_larger_window_is_used(tmp_path: Path, size: tuple[int, int]) -> None:
    link = ScriptedLink((STARTED, steps(1, 212)))
    async with at_the_race(link, tmp_path, size) as (app, pilot, page):
        await start(pilot, link)
        await sees(pilot, "First at 99 %: attention, after 50 steps; then RNN, 8 cells after 100")
        await sees(pilot, "└┬")
        axis = next(y for y, row in enumerate(rows_of(app)) if "└┬" in row)
        last = rows_of(app).index(racer(app, 5))
        assert (last < axis) == (size[0] == 200), "beside the chart where there is room"
        assert page.max_scroll_y == 0 and axis > size[1] // 2


async def test_moments_are_told_as_they_happen(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED, steps(1, 40), steps(41, 80), steps(81, 120)))
    async with at_the_race(link, tmp_path) as (app, pilot, _):
        await start(pilot, link, 2)
        await sees(pilot, "40 / 400")
        assert "crossed" not in screen_text(app)
        link.play(1)
        await sees(pilot, "★ step 50: attention crossed 99 %")
        link.play(1)
        await sees(pilot, "★ step 100: RNN, 8 cells crossed 99 %")


async def test_who_does_not_fit_is_told_that_it_scrolls(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED, steps(1, 400), finished()), at_once=True)
    async with at_the_race(link, tmp_path, (60, 20)) as (_, pilot, _page):
        await pilot.press("enter")
        await sees(pilot, "↓ more")
        await pilot.press("down", "down", "down", "down", "down", "down", "down", "down")
        await sees(pilot, "2,000 steps, 13 s on CPU")


# Keys


async def test_the_run_holds_where_it_was_told_and_says_why(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED, steps(1, 412)))
    async with at_the_race(link, tmp_path) as (app, pilot, page):
        await start(pilot, link)
        await sees(pilot, "412 / 400")
        await pilot.press("b")
        await sees(pilot, "< 90 % >")
        await pilot.press("enter")
        await wait_until(pilot, lambda: sent(link, protocol.BreakWhen))
        (asked,) = sent(link, protocol.BreakWhen)
        assert isinstance(asked, protocol.BreakWhen)
        assert asked.breaks == [protocol.Break("", "accuracy", True, 0.9)]
        link.say(protocol.Held(asked.run, "lstm", "accuracy", 412, 0.93))
        await sees(pilot, "Held at step 412: LSTM's accuracy is above 90 %.")
        assert "space goes on, s makes one step" in " ".join(screen_text(app).split())
        assert page.phase is Phase.PAUSED and "held: training" in screen_text(app)
        await pilot.press("b")
        await wait_until(pilot, lambda: isinstance(app.screen, BreakScreen))
        assert "It will hold when" not in screen_text(app), "what was met is spent"
        await pilot.press("escape")
        await pilot.press("space")
        await wait_until(pilot, lambda: sent(link, protocol.Resume))
        await wait_until(pilot, lambda: "Held at" not in screen_text(app))


async def test_breaks_are_chosen_before_the_start_and_taken_back(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED,))
    async with at_the_race(link, tmp_path) as (app, pilot, _):
        await pilot.press("b")
        await sees(pilot, "< anyone >")
        await pilot.press("right", "right", "right", "down", "right")
        await sees(pilot, "< LSTM >")
        await sees(pilot, "< below >")
        await pilot.press("down", "down", "left")
        await sees(pilot, "< 0.01 >")
        await pilot.press("enter", "b")
        await sees(pilot, "LSTM's loss is below 0.01")
        await pilot.press("v")
        await sees(pilot, "which value, in %?")
        await pilot.press("7", "5", "enter")
        await sees(pilot, "< 75 % >")
        await pilot.press("enter", "b")
        await sees(pilot, "anyone's accuracy is above 75 %")
        await pilot.press("down", "down", "down", "down", "x")
        await wait_until(pilot, lambda: "LSTM's loss" not in screen_text(app))
        await pilot.press("escape")
        await pilot.press("enter")
        await wait_until(pilot, lambda: sent(link, protocol.BreakWhen))
        assert [type(one).__name__ for one in link.sent] == ["Start", "BreakWhen"]
        asked = link.sent[1]
        assert isinstance(asked, protocol.BreakWhen)
        assert asked.breaks == [protocol.Break("", "accuracy", True, 0.75)]


async def test_the_learning_rate_is_turned_while_it_trains_and_turned_back(
    tmp_path: Path,
) -> None:
    link = ScriptedLink((STARTED, steps(1, 100), finished()))
    async with at_the_race(link, tmp_path) as (app, pilot, page):
        await start(pilot, link, 2)
        await sees(pilot, "100 / 400")
        await pilot.press("plus")
        await sees(pilot, "The learning rate is doubled: 0.003 → 0.006 at its highest; - undoes it")
        await pilot.press("minus")
        await sees(pilot, "halved: 0.006 → 0.003")
        turned = [one.value for one in sent(link, protocol.SetKnob)]  # type: ignore[union-attr]
        assert turned == [0.006, SPEC.knob("learning_rate").default]
        assert "↑" in screen_text(app), "the turn stands on the axis"
        for _ in range(6):
            await pilot.press("plus")
        await sees(pilot, "The learning rate stays at 0.096")
        assert "0.1" in screen_text(app)
        link.play()
        await sees(pilot, "It held")
        run = page.run_shown
        assert run is not None and run.off_default == {"learning_rate": 0.096}
        await pilot.press("a")
        await wait_until(pilot, lambda: len(sent(link, protocol.Start)) == 2)
        again = sent(link, protocol.Start)[1]
        assert isinstance(again, protocol.Start)
        assert again.knobs["learning_rate"] == SPEC.knob("learning_rate").default


async def test_a_run_whose_rate_was_turned_back_does_not_decide_bets(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED, steps(1, 100), finished()))
    async with at_the_race(link, tmp_path) as (app, pilot, page):
        await start(pilot, link, 2)
        await sees(pilot, "100 / 400")
        await pilot.press("plus", "minus")
        await wait_until(pilot, lambda: len(sent(link, protocol.SetKnob)) == 2)
        link.play()
        await wait_until(pilot, lambda: page.phase is Phase.FINISHED)
        assert app.session.runs.metrics(page._ref) is None


async def test_another_axis_may_have_another_winner(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED, steps(1, 212)))
    async with at_the_race(link, tmp_path) as (_, pilot, _page):
        await start(pilot, link)
        await sees(pilot, "First at 99 %: attention, after 50 steps; then RNN, 8 cells after 100")
        await pilot.press("t")
        await sees(pilot, "loss, log scale, by CPU-seconds of each")
        await sees(pilot, "First at 99 %: RNN, 8 cells, after 1.0 CPU-seconds; then attention")
        await pilot.press("t")
        await sees(pilot, "by weights changed")
        await sees(pilot, "attention, after 50k weights changed")
        await pilot.press("t")
        await sees(pilot, "loss, log scale, by step")


async def test_the_chart_draws_how_often_each_is_right(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED, steps(1, 212)))
    async with at_the_race(link, tmp_path) as (app, pilot, _):
        await start(pilot, link)
        await sees(pilot, "loss, log scale, by step")
        await pilot.press("m")
        await sees(pilot, "turns right way, in %, by step   ┄┄ guessing 50.0")
        assert "100┤" in screen_text(app)
        await pilot.press("m")
        await sees(pilot, "loss, log scale, by step")


async def test_one_runner_is_looked_at_alone(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED, steps(1, 212)))
    async with at_the_race(link, tmp_path) as (app, pilot, _):
        await start(pilot, link)
        await sees(pilot, "5 ▲ attention")
        await pilot.press("3")
        await sees(pilot, "gradient of LSTM")
        assert "learning rate of LSTM" in screen_text(app)
        await pilot.press("0")
        await wait_until(pilot, lambda: "of LSTM" not in screen_text(app))


async def test_what_was_stopped_is_said_to_be_kept(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED, steps(1, 212), finished(stopped=True, kept="recurrence-3")))
    async with at_the_race(link, tmp_path) as (_, pilot, page):
        await start(pilot, link)
        await wait_until(pilot, lambda: page.phase is Phase.STOPPED)
        await sees(pilot, "Stopped at step 212 of 400: it measured nothing.")
        await sees(pilot, "kept as recurrence-3")


async def test_the_film_of_a_run_is_a_key_away(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED, steps(1, 100)))
    async with at_the_race(link, tmp_path) as (app, pilot, _):
        await pilot.press("f")
        assert isinstance(app.screen, LessonScreen), "there is nothing to play yet"
        await start(pilot, link)
        await sees(pilot, "100 / 400")
        await pilot.press("f")
        await wait_until(pilot, lambda: isinstance(app.screen, FilmScreen))
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, LessonScreen))


async def test_the_newest_look_stands_beside_the_chart_where_there_is_room(
    tmp_path: Path,
) -> None:
    looks = [states(runner, 40) for runner in ("lstm", "gru")]
    link = ScriptedLink((STARTED, steps(1, 60), *looks))
    async with at_the_race(link, tmp_path, (120, 40)) as (app, pilot, _):
        await start(pilot, link)
        await sees(pilot, "LSTM after 40 steps")
        await pilot.press("4")
        await sees(pilot, "GRU after 40 steps")
        await pilot.resize_terminal(80, 24)
        await wait_until(pilot, lambda: "GRU after 40" not in screen_text(app))
        assert racer(app, 5) and "└┬" in screen_text(app)


async def test_how_far_back_all_of_them_reach_stands_beside_the_chart_until_one_is_chosen(
    tmp_path: Path,
) -> None:
    reach = {runner: [1.0, *[0.5**n for n in range(1, 22)]] for runner in RUNNERS}
    look = protocol.Moment("", "", 30, "reach", {"reach": reach, "texts": 16})
    link = ScriptedLink((STARTED, steps(1, 60), look, states("lstm", 40)))
    async with at_the_race(link, tmp_path, (80, 24)) as (app, pilot, _):
        await start(pilot, link)
        await sees(pilot, "after 30 steps")
        await sees(pilot, "4.8e-7")
        assert racer(app, 5) and "└┬" in screen_text(app)
        await pilot.resize_terminal(120, 40)
        await pilot.press("3")
        await sees(pilot, "LSTM after 40 steps")
        await pilot.press("3")
        await sees(pilot, "after 30 steps")


async def test_every_key_is_in_the_help(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED,))
    async with at_the_race(link, tmp_path) as (_, _pilot, page):
        told = " ".join(key for key, _ in page.help_keys)
        for binding in (*LabControls.BINDINGS, *LabPage.BINDINGS):
            keys = binding.key.split(",")  # type: ignore[union-attr]
            names = {"plus": "+", "minus": "-", "equals_sign": "+"}
            written = [names.get(key, "1-9" if key.isdigit() else key) for key in keys]
            assert any(key in told or key == "enter" for key in written), keys


# Bets


async def test_a_claim_is_not_told_before_the_bet_on_it_is_placed(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED, steps(1, 400), finished()))
    async with at_the_race(link, tmp_path) as (app, pilot, page):
        await sees(pilot, "It runs on")
        assert "The claim" not in screen_text(app) and "The control" not in screen_text(app)
        (bet,) = bets_on(LESSON, page._ref)
        app.session.questions.bet(LESSON, bet, 0, 1)
        page.draw()
        await sees(pilot, "The claim.")
        await sees(pilot, "The control.")


async def test_a_run_that_is_done_tells_its_claim_whoever_bet(tmp_path: Path) -> None:
    link = ScriptedLink((STARTED, steps(1, 400), finished()), at_once=True)
    async with at_the_race(link, tmp_path) as (app, pilot, _):
        await pilot.press("enter")
        await sees(pilot, "It held, and the control failed")
        await sees(pilot, "in at least 99 % of 1,000 corridors of 20 cells")
        assert "● RNN, 8 cells" in screen_text(app), "the table names the marks of the chart"
