"""Any lab of the course, played freely: the list, the lab by itself, and what no lesson hears."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from course.bets import Predict
from course.catalog import Catalog, Part
from course.lesson import RunRef, View
from models import protocol
from models.kept import Kept
from models.specs.catalog import LABS
from models.specs.studies import STUDIES
from progress.journal import Journal
from tests.support.lab_link import alignment
from tests.support.lessons import read
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import Answer, ScriptedLink
from tests.support.study_link import TINY
from tui.app import GrokApp, Options
from tui.insides import insides
from tui.open_bets import open_bets
from tui.pages.lab_page import LabPage
from tui.screens.home import HomeScreen
from tui.screens.lesson import LessonScreen
from tui.screens.play import PlayScreen
from tui.screens.played import PlayedScreen
from tui.views import view_fault

LESSON = read(
    """\
## One

Text.

:::{predict} p-half
:run: mice
:answer-from: random.arrival < 0.5 => few
:answer-from: random.arrival >= 0.5 => most
:hint: none because it is a bet

How often does chance arrive?
- [ ] {few} in few
  > It arrives in more.
- [x] {most} in most
  > It does.
:::

:::{lab} mice
:::

:::{observe} o-half of p-half
:objective: s.rows
:hint: none because the table is on the screen

What happened?
- [x] It arrived
  > It did.
- [ ] It got lost
  > Look again.
:::

## End

Chance arrived in {{ run.mice.random.arrival | percent }}.
"""
)
COURSE = Catalog("C", (Part("P", (LESSON.id,)),), {LESSON.id: LESSON}, {}, (LESSON.id,))
BET = LESSON.question("p-half")
ASKS = "The lesson asks for a bet"
DONE = (
    protocol.Started("", "CPU, 1 thread", 0),
    protocol.Finished("", 8000, 1.0, 1.0, "CPU, 1 thread", {"random.arrival": 0.6}, True, True),
)


@asynccontextmanager
async def course(
    home: Path,
    size: tuple[int, int] = (80, 24),
    *,
    probes: Mapping[str, Answer] | None = None,
    **options: object,
) -> AsyncIterator[tuple[GrokApp, Pilot[None]]]:
    app = GrokApp(
        Options(still=True, **options),  # type: ignore[arg-type]
        catalog=COURSE,
        journal=Journal(home),
        link=ScriptedLink(DONE, at_once=True, probes=probes),  # type: ignore[arg-type]
    )
    async with app.run_test(size=size) as pilot:
        yield app, pilot


async def choose(pilot: Pilot[None], lab: str) -> None:
    """From the map to a lab on the list."""
    await pilot.press("p")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, PlayScreen))
    screen = pilot.app.screen
    assert isinstance(screen, PlayScreen)
    names = [one.spec.name for one in screen.shown.labs]
    await pilot.press(*["down"] * names.index(lab))


async def run(pilot: Pilot[None]) -> None:
    """Run the lab that is on the screen."""
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, PlayedScreen))
    await pilot.press("enter")
    await sees(pilot, "60.0 %")


async def turn_to(pilot: Pilot[None], number: int) -> None:
    """A screen of the lesson, from the map."""
    await pilot.press("enter")
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, LessonScreen))
    screen = pilot.app.screen
    assert isinstance(screen, LessonScreen)
    await screen._show(number - 1)
    await pilot.pause()


def bet(app: GrokApp) -> None:
    assert isinstance(BET, Predict)
    app.session.questions.bet(LESSON, BET, 0, 1)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40)])
@pytest.mark.parametrize("ink", ["colour", "ascii"])
async def test_every_lab_can_be_chosen_and_its_summary_is_read_in_full(
    tmp_path: Path, size: tuple[int, int], ink: str
) -> None:
    async with course(tmp_path, size, ink=ink) as (app, pilot):
        await pilot.press("p")
        screen = app.screen
        assert isinstance(screen, PlayScreen)
        assert {one.spec.name for one in screen.shown.labs} == set(LABS)
        for spec in (one.spec for one in screen.shown.labs):
            await sees(pilot, f"{'>' if ink == 'ascii' else '►'} {spec.title[:25]}")
            shown = "".join(screen_text(app).split())
            last = app.desk.ink.words(spec.summary).rstrip(".").split()[-1]
            assert last in shown and "play" in shown
            await pilot.press("down")
        assert screen_text(app).isascii() or ink != "ascii"
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, HomeScreen))


async def test_the_list_tells_lesson_and_time_and_whether_it_was_run(tmp_path: Path) -> None:
    async with course(tmp_path) as (app, pilot):
        await choose(pilot, "inference")
        await sees(pilot, "It stands in no lesson")
        assert "lesson 1" not in screen_text(app)
        await pilot.press(*["up"] * len(LABS))
        await sees(pilot, "It stands in lesson 1, “A sample”.")
        row = next(line for line in screen_text(app).split("\n") if "► Mice" in line)
        assert row.split()[-3:] == ["1", "2", "s"]
        await pilot.press("enter", "y")
        await run(pilot)
        await pilot.press("escape")
        await wait_until(pilot, lambda: isinstance(app.screen, PlayScreen))
        row = next(line for line in screen_text(app).split("\n") if "► Mice" in line)
        assert row.split()[-4:] == ["1", "1", "s", "run"]  # the time that it took here


async def test_a_lab_by_itself_has_its_keys_and_none_that_turn_a_page(tmp_path: Path) -> None:
    async with course(tmp_path) as (app, pilot):
        await choose(pilot, "inference")
        await pilot.press("enter")
        await sees(pilot, "enter start   k knobs   n look inside   ? help   escape the list")
        await pilot.press("p", "k")
        await sees(pilot, "Knobs of inference")
        await pilot.press("escape", "question_mark")
        await sees(pilot, "the film of the run")
        await pilot.press("escape", "escape")
        await wait_until(pilot, lambda: isinstance(app.screen, PlayScreen))


async def test_a_bet_that_is_not_placed_is_asked_for_first(tmp_path: Path) -> None:
    async with course(tmp_path) as (app, pilot):
        await choose(pilot, "mice")
        await sees(pilot, ASKS)
        await pilot.press("enter")
        await sees(pilot, "go to the lesson")
        await pilot.press("escape")
        assert isinstance(app.screen, PlayScreen)
        await pilot.press("enter", "n")
        await wait_until(pilot, lambda: isinstance(app.screen, LessonScreen))
        assert isinstance(app.screen, LessonScreen)
        assert app.screen.index == 0  # nobody has read what comes before the bet
    async with course(tmp_path) as (app, pilot):
        bet(app)
        await choose(pilot, "mice")
        assert ASKS not in screen_text(app)
        await pilot.press("enter")
        await wait_until(pilot, lambda: isinstance(app.screen, PlayedScreen))


async def test_the_way_to_a_bet_that_was_skipped_leads_to_it(tmp_path: Path) -> None:
    async with course(tmp_path) as (_, pilot):
        await turn_to(pilot, 5)
        await pilot.press("escape")
        await choose(pilot, "mice")
        await pilot.press("enter", "n")
        await sees(pilot, "How often does chance arrive?")


async def test_a_lab_of_a_locked_lesson_can_be_played(tmp_path: Path) -> None:
    app = GrokApp(Options(still=True), journal=Journal(tmp_path), link=ScriptedLink())  # type: ignore[arg-type]
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, "heads")
        await sees(pilot, "which is locked as yet")
        await pilot.press("enter", "y")
        await wait_until(pilot, lambda: isinstance(app.screen, PlayedScreen))
        assert app.session.state("detectives") == "locked"


async def test_what_was_played_before_the_bet_tells_the_lesson_nothing(tmp_path: Path) -> None:
    async with course(tmp_path) as (app, pilot):
        await choose(pilot, "mice")
        await pilot.press("enter", "y")
        await sees(pilot, "A lesson still waits for")
        assert "The claim" not in screen_text(app)
        await run(pilot)
        await pilot.press("escape", "escape")
        await turn_to(pilot, 2)
        await pilot.press("b")
        await sees(pilot, "Your bet is placed. The lab that decides it is on the next page")
        await pilot.press("enter")
        await sees(pilot, "enter start")
        assert "60.0 %" not in screen_text(app)
        await pilot.press("n")
        await sees(pilot, "Lab mice has not been run yet")
        await pilot.press("n")
        await sees(pilot, "Chance arrived in")
        assert "60" not in screen_text(app)
        assert isinstance(BET, Predict)
        assert app.session.runs.outcome(BET) == ""
        assert app.session.runs.metrics(RunRef("mice"), free=True) == {"random.arrival": 0.6}
    async with course(tmp_path) as (app, pilot):
        assert app.session.runs.metrics(RunRef("mice")) is None  # in the next sitting, too


async def test_what_is_played_after_the_bet_counts_as_any_run(tmp_path: Path) -> None:
    async with course(tmp_path) as (app, pilot):
        bet(app)
        await choose(pilot, "mice")
        await pilot.press("enter")
        await sees(pilot, "The claim")
        await run(pilot)
        await pilot.press("escape", "escape")
        await turn_to(pilot, 3)
        await sees(pilot, "60.0 %")
        await pilot.press("n")
        await sees(pilot, "You bet on this")


async def test_a_run_with_other_knobs_than_the_bets_is_no_secret(tmp_path: Path) -> None:
    async with course(tmp_path) as (app, _):
        assert open_bets(app.session, "mice", {})
        assert not open_bets(app.session, "mice", {"loops": 8})
        assert open_bets(app.session, "mice")
        bet(app)
        assert not open_bets(app.session, "mice")


async def test_what_was_played_is_there_in_the_next_sitting(tmp_path: Path) -> None:
    async with course(tmp_path) as (app, pilot):
        await choose(pilot, "mice")
        await pilot.press("enter", "y")
        await run(pilot)
    async with course(tmp_path, lab="mice") as (app, pilot):
        await sees(pilot, "go to the lesson")
        await pilot.press("y")
        await sees(pilot, "From your last run.")
        assert isinstance(app.screen, PlayedScreen) and isinstance(app.screen.page, LabPage)


async def test_a_kept_run_that_goes_on_before_the_bet_tells_nothing_either(tmp_path: Path) -> None:
    async with course(tmp_path) as (app, _):
        knobs = LABS["mice"].settings({})
        kept = Kept(
            id="mice-1",
            lab="mice",
            knobs=knobs,
            seed=0,
            device="CPU",
            began="2026-01-01T12:00:00+00:00",
            state="cut short",
            fraction=0.5,
            steps=40,
            metrics={},
            reached=False,
        )
        run = app.labs.go_on(protocol.Opened(0, kept, [], []))
        assert run.free and app.labs.last("mice") is None
        assert not app.labs.trains(RunRef("mice"))
        bet(app)
        assert not app.labs.go_on(protocol.Opened(0, kept, [], [])).free


def test_every_view_of_a_lab_can_be_drawn_for_any_of_its_runs() -> None:
    shown = 0
    for spec in LABS.values():
        turned = {knob.name: knob.low for knob in spec.knobs if isinstance(knob.default, float)}
        for page in (*insides(spec, {}), *insides(spec, turned)):
            (view,) = page.blocks_of(View)
            assert view_fault(view) == "" and page.heading
            shown += 1
    assert shown > len(LABS)


async def test_after_the_run_come_the_views_into_its_networks(tmp_path: Path) -> None:
    probes = {"alignment": alignment}
    async with course(tmp_path, lab="inference", probes=probes) as (app, pilot):
        await wait_until(pilot, lambda: isinstance(app.screen, PlayedScreen))
        await pilot.press("enter")
        await sees(pilot, "a again")
        await pilot.press("n")
        await sees(pilot, "Where it looks")
        await sees(pilot, "71.1 %")
        await pilot.press("n")
        await sees(pilot, "How far back an answer reaches")
        await pilot.press("n", "p", "p")
        await sees(pilot, "a again")


async def test_last_come_the_studies_of_a_lab_unless_they_would_tell_how_a_bet_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(STUDIES, TINY.name, TINY)
    async with course(tmp_path) as (app, pilot):
        await choose(pilot, "mice")
        await pilot.press("enter", "y")
        await wait_until(pilot, lambda: isinstance(app.screen, PlayedScreen))
        await sees(pilot, "enter start")
        assert "a study" not in screen_text(app)
    async with course(tmp_path) as (app, pilot):
        bet(app)
        await choose(pilot, "mice")
        await pilot.press("enter")
        await sees(pilot, "n a study")
        await pilot.press("n")
        await sees(pilot, TINY.title)
        await sees(pilot, "enter start   p back to the run   ? help   escape the list")
        await pilot.press("p")
        await sees(pilot, "n a study")


async def test_a_run_that_no_lesson_knows_is_looked_into_all_the_same(tmp_path: Path) -> None:
    app = GrokApp(
        Options(still=True, lab="alignment"),
        journal=Journal(tmp_path),
        link=ScriptedLink(DONE, at_once=True, probes={"alignment": alignment}),  # type: ignore[arg-type]
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await sees(pilot, "which is locked as yet")
        await pilot.press("y", "enter")
        await sees(pilot, "a again")
        await pilot.press("n")
        await sees(pilot, "71.1 %")
        assert app.labs.last("alignment") is None
