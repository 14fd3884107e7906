"""What the learner drew of a run stands on its chart, and is held against what came out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from course.bets import Sketch
from course.catalog import Catalog, Part
from course.lesson import Lesson, RunRef
from models import protocol
from progress.events import Bet
from progress.journal import Journal
from tests.support.lessons import BY_VALUE, read
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tui.app import GrokApp, Options
from tui.lab_bets import bets_on
from tui.pages.lab_page import LabPage
from tui.screens.lesson import LessonScreen

LEVEL = """\
:::{sketch} k-end
:run: recall
:measure: attention.accuracy

How often will attention be right?
:::
"""
CURVE = """\
:::{sketch} k-curve
:run: recall
:measure: lstm.accuracy
:over: step 25 50 100

And the LSTM?
:::
"""
LAB = 4


def lesson_of(*parts: str) -> Lesson:
    return read("## One\n\nText.\n" + "\n".join(parts) + "## End\n\nText.\n")


BOTH = lesson_of(LEVEL, CURVE, ":::{lab} recall\n:::\n")
STARTED = protocol.Started("", "CPU, 1 thread", 0)


def steps() -> protocol.Advanced:
    """A hundred steps in which attention comes to know everything and the LSTM a quarter."""
    reports = []
    for step in range(1, 101):
        for runner, right in (("attention", 1.0), ("lstm", 0.25)):
            metrics = {"loss": 1 / step}
            if step % 25 == 0:
                metrics["accuracy"] = right
            reports.append(
                protocol.Report(runner, f"training {runner}", step, 100, step / 100, metrics)
            )
    return protocol.Advanced("", reports)


def finished() -> protocol.Finished:
    metrics = {"attention.accuracy": 1.0, "lstm.accuracy": 0.25}
    return protocol.Finished("", 200, 2.0, 2.0, "CPU, 1 thread", metrics, True, True)


@asynccontextmanager
async def at_the_lab(
    home: Path,
    lesson: Lesson = BOTH,
    *drawn: tuple[str, list[float]],
    link: ScriptedLink | None = None,
    screen: int = LAB,
) -> AsyncIterator[tuple[GrokApp, Pilot[None], ScriptedLink]]:
    journal = Journal(home)
    journal.open()
    for name, numbers in drawn:
        bet = lesson.question(name)
        assert isinstance(bet, Sketch)
        journal.append(Bet(name, lesson.id, 0, numbers, 0, bet.rev))
    journal.close()
    course = Catalog("C", (Part("P", (lesson.id,)),), {lesson.id: lesson}, {}, (lesson.id,))
    link = link or ScriptedLink((STARTED, steps(), finished()))
    app = GrokApp(
        Options(still=True, lesson=lesson.id, screen=screen),
        catalog=course,
        journal=Journal(home),
        link=link,  # type: ignore[arg-type]
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(
            pilot,
            lambda: isinstance(app.screen, LessonScreen) and isinstance(app.screen.page, LabPage),
        )
        yield app, pilot, link


async def train(pilot: Pilot[None], link: ScriptedLink) -> None:
    await pilot.press("enter")
    await wait_until(pilot, lambda: link._run)
    link.play(2)


async def test_a_level_and_a_curve_stand_on_the_chart_of_what_they_are_about(
    tmp_path: Path,
) -> None:
    drawn = ("k-end", [0.8]), ("k-curve", [0.1, 0.5, 0.9])
    async with at_the_lab(tmp_path, BOTH, *drawn) as (app, pilot, link):
        await train(pilot, link)
        await sees(pilot, "in %, by step")
        await wait_until(pilot, lambda: screen_text(app).count("◇") > 10)
        await pilot.press("m")
        await sees(pilot, "loss, log scale")
        await wait_until(pilot, lambda: "◇" not in screen_text(app))


async def test_the_page_says_how_far_off_each_drawing_was(tmp_path: Path) -> None:
    drawn = ("k-end", [0.8]), ("k-curve", [0.25, 0.5, 0.25])
    async with at_the_lab(tmp_path, BOTH, *drawn) as (app, pilot, link):
        await train(pilot, link)
        link.play()
        await sees(pilot, "farthest at step 50")
        text = " ".join(screen_text(app).split())
        assert (
            "◇ Your bet on one head of attention: it came out 20 points higher than you bet."
            in text
        )
        assert "LSTM, equally large: you were 8 points off on average" in text


async def test_a_run_with_another_knob_is_not_what_was_bet_on(tmp_path: Path) -> None:
    async with at_the_lab(tmp_path, BOTH, ("k-end", [0.8])) as (app, pilot, link):
        await train(pilot, link)
        await sees(pilot, "◇")
        await pilot.press("plus")
        await wait_until(pilot, lambda: "◇" not in screen_text(app))
        link.play()
        await sees(pilot, "It held")
        assert "than you bet" not in screen_text(app)


async def test_as_long_as_a_drawing_is_missing_the_claim_is_not_told(tmp_path: Path) -> None:
    async with at_the_lab(tmp_path, BOTH, ("k-end", [0.8])) as (app, pilot, _):
        await sees(pilot, "s of one core")
        assert "The claim" not in screen_text(app)
    async with at_the_lab(tmp_path, BOTH, ("k-curve", [0.1, 0.5, 0.9])) as (_, pilot, _link):
        await sees(pilot, "The claim")


STUDIED = """\
:::{sketch} k-study
:study: recall-pairs
:measure: lstm.accuracy
:over: pairs 2 8 26

How often will the LSTM be right?
:::
"""
OF_RECALL = ":::{lab} recall\n:::\n"


@pytest.mark.parametrize(
    ("parts", "asked"),
    [
        ((LEVEL, OF_RECALL), ["k-end"]),
        ((STUDIED, OF_RECALL), ["k-study"]),
        ((OF_RECALL, STUDIED), []),
        ((STUDIED, ":::{lab} alignment\n:::\n", OF_RECALL), ["k-study"]),
    ],
)
def test_a_claim_waits_for_what_is_drawn_before_the_lab(
    parts: tuple[str, ...], asked: list[str]
) -> None:
    lesson = lesson_of(*parts)
    assert [bet.id for bet in bets_on(lesson, RunRef("recall"))] == asked


async def test_a_curve_over_values_of_one_run_is_compared_and_stands_on_no_chart(
    tmp_path: Path,
) -> None:
    lesson = lesson_of(BY_VALUE, ":::{lab} positions\n:::\n")
    metrics = {"rotary.at20": 1.0, "rotary.at80": 0.25}
    link = ScriptedLink(
        (
            STARTED,
            protocol.Advanced(
                "",
                [
                    protocol.Report("rotary", "training", step, 20, step / 20, {"loss": 1 / step})
                    for step in range(1, 21)
                ],
            ),
            protocol.Finished("", 20, 2.0, 2.0, "CPU, 1 thread", metrics, True, True),
        )
    )
    async with at_the_lab(tmp_path, lesson, ("k-far", [0.9, 0.75]), link=link, screen=3) as (
        app,
        pilot,
        _,
    ):
        await train(pilot, link)
        await sees(pilot, "loss, log scale")
        assert "◇" not in screen_text(app)
        link.play()
        await sees(pilot, "Your bet on RoPE: you were 30 points off")
        text = " ".join(screen_text(app).split())
        assert "farthest at 80 tokens, where it was 50 points less" in text
        await pilot.press("p")
        await sees(pilot, "You were 30 points off on average")
