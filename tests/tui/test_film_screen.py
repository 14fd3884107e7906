"""The film of a run: one step drives all of it, pictures can be gone into, a run goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from models import protocol
from models.kept import Curve, Kept
from models.protocol import Moment, Opened, Report
from models.specs.catalog import LABS
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tui.app import GrokApp, Options
from tui.lab_run import LabRun, Phase
from tui.screens.film import FilmScreen
from tui.widgets.maze_view import MazeView

SIZES = [(80, 24), (120, 40), (60, 20), (200, 60)]
STEPS = 200


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GROK_TUI_HOME", str(tmp_path))


def walk(step: int, runner: str = "mouse") -> Moment:
    """A mouse in a corridor of four squares that has come the further the longer it learned."""
    path = list(range(min(4, 2 + step // 100)))
    data = {"width": 4, "height": 1, "passages": [2, 10, 10, 8], "start": 0, "cheese": 3}
    return Moment("", runner, step, "walk", data | {"path": path})


def opened(run: str = "mouse-3", fall: float = 0.98, last: int = STEPS, **fields: Any) -> Opened:
    said = {
        "lab": "mouse",
        "knobs": LABS["mouse"].settings({}),
        "seed": 3,
        "device": "CPU",
        "began": "2026-01-01T12:00:00+00:00",
        "state": "finished",
        "fraction": 1.0,
        "steps": 2 * last,
    }
    steps = list(range(1, last + 1))
    seldom = steps[24::25]
    curves = []
    for runner, slower in (("mouse", 1.0), ("control", 1.005)):
        losses = [2 * (fall * slower) ** step for step in steps]
        curves.append(Curve(runner, "loss", steps, losses))
        curves.append(Curve(runner, "gradient", steps, [loss / 2 for loss in losses]))
        curves.append(Curve(runner, "rate", steps, [0.005] * last))
        curves.append(Curve(runner, "arrival", seldom, [step / STEPS for step in seldom]))
    looks = [walk(step, r) for step in (0, 50, 100, 200) for r in ("mouse", "control")]
    kept = Kept(id=run, **(said | fields))
    return Opened(0, kept, curves, [look for look in looks if look.step <= last])


@asynccontextmanager
async def film(
    run: Opened | Callable[[GrokApp], LabRun],
    ghost: Opened | None = None,
    size: tuple[int, int] = (80, 24),
    ink: str = "colour",
    script: Sequence[protocol.Reply] = (),
) -> AsyncIterator[tuple[Pilot[Any], FilmScreen, ScriptedLink]]:
    link = ScriptedLink(script, kept={run.kept.id: run} if isinstance(run, Opened) else {})
    app = GrokApp(Options(ink=ink, still=True), link=link)  # type: ignore[arg-type]
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: link.state == "ready")
        screen = FilmScreen(app.desk, run if isinstance(run, Opened) else run(app), ghost)
        await app.push_screen(screen)
        await sees(pilot, "Step ")
        yield pilot, screen, link


@pytest.mark.parametrize(
    ("size", "ink"),
    [*((size, "colour") for size in SIZES), ((80, 24), "shade"), ((80, 24), "ascii")],
)
async def test_the_film_fits_every_screen_in_every_ink(size: tuple[int, int], ink: str) -> None:
    async with film(opened(), opened("mouse-2", 0.97), size, ink) as (pilot, screen, _):
        shown = screen_text(pilot.app)
        assert "mouse-3" in shown and "Step 200 of 200" in shown
        assert "0.035" in shown and "arrives" in shown
        assert f"frame {len(screen.scrub.frames)} of" in shown
        assert shown.isascii() or ink != "ascii"
        await pilot.press("v", "v", "c", "left", "m", "a", "t", "l", "b")
        await sees(pilot, "From step")
        assert screen_text(pilot.app).isascii() or ink != "ascii"


async def test_a_film_about_a_fall_opens_there_with_all_heads_and_plays_on() -> None:
    steps = list(range(1, STEPS + 1))
    heads = [[[[1.0, 0.0], [0.25, 0.75]]] * 2] * 2
    data = {"tokens": ["A", "B"], "called": "letter", "weights": heads, "title": "then"}
    data |= {
        "scores": {"prev": [[0.25] * 2] * 2, "same": [[0.125] * 2] * 2},
        "equal": {"prev": 0.5},
    }
    curves = [
        Curve("two", "loss", steps, [3.0 if step < 90 else 1.0 for step in steps]),
        Curve("two", "prev", steps, [0.2 if step < 80 else 0.8 for step in steps]),
        Curve("two", "same", steps, [0.1 if step < 90 else 0.9 for step in steps]),
    ]
    looks = [Moment("", "two", step, "heads", data) for step in (0, 80, 120, 200)]
    kept = replace(opened(lab="induction", knobs=LABS["induction"].settings({})).kept, id="ind-1")
    async with film(Opened(0, kept, curves, looks)) as (pilot, screen, _):
        await sees(pilot, "two layers fell fastest")
        assert 80 < screen.scrub.step <= 100
        shown = screen_text(pilot.app)
        assert "L2·H2  prev .25 same .12" in shown
        assert shown.rindex("  prev ") < shown.rindex("  same ")
        at = screen.scrub.at
        await pilot.press("space")
        await wait_until(pilot, lambda: screen.scrub.at > at)


async def test_one_step_drives_values_strips_sentence_and_picture() -> None:
    async with film(opened()) as (pilot, screen, _):
        await sees(pilot, "200 updates")
        await pilot.press("home")
        await sees(pilot, "Step 0 of 200: nothing was measured yet.")
        await sees(pilot, "0 updates")
        screen.scrub.seek(100)
        screen.view.show()
        step = screen.scrub.step
        await sees(pilot, f"Step {step} of 200")
        loss = 2 * 0.98**step
        await sees(pilot, f"{loss:.3f}")
        await sees(pilot, "100 updates")


async def test_what_was_measured_earlier_says_when() -> None:
    async with film(opened()) as (pilot, screen, _):
        screen.scrub.seek(110)
        screen.view.show()
        await wait_until(pilot, lambda: f"Step {screen.scrub.step} " in screen_text(pilot.app))
        line = next(row for row in screen_text(pilot.app).split("\n") if "arrives" in row)
        assert line.rstrip().endswith("100") and "50 %" in line


async def test_keys_go_a_frame_ten_frames_to_a_bookmark_and_to_the_ends() -> None:
    async with film(opened()) as (pilot, screen, _):
        last = len(screen.scrub.frames) - 1
        await pilot.press("left")
        assert screen.scrub.at == last - 1
        await pilot.press("down")
        assert screen.scrub.at == last - 11
        await pilot.press("up", "right")
        assert screen.scrub.at == last
        await pilot.press("home", "b")
        assert screen.scrub.step in screen.scrub.marks
        await sees(pilot, "★ here:")
        await pilot.press("g")
        assert screen.scrub.at == last


async def test_space_plays_and_pauses_and_nothing_moves_before() -> None:
    async with film(opened()) as (pilot, screen, _):
        await pilot.press("home")
        await pilot.pause()
        assert screen.scrub.at == 0 and not screen.scrub.playing
        await pilot.press("f", "f", "space")
        await sees(pilot, "playing 30 a second")
        await wait_until(pilot, lambda: screen.scrub.at > 3)
        await pilot.press("space")
        await wait_until(pilot, lambda: "playing" not in screen_text(pilot.app))
        await pilot.press("s")
        assert screen.scrub.speed == 15


async def test_a_pinned_step_stands_beside_this_one() -> None:
    async with film(opened(), size=(120, 40)) as (pilot, screen, _):
        await pilot.press("c", "home")
        await sees(pilot, "From step 0 to step 200")
        await sees(pilot, "▽")
        shown = screen_text(pilot.app)
        assert "0 updates" in shown and "200 updates" in shown
        await pilot.press("t")
        assert (screen.scrub.step, screen.scrub.pin) == (200, 0)
        await pilot.press("c")
        await sees(pilot, "Step 200 of 200")


async def test_another_run_lies_behind_with_its_picture_beside() -> None:
    async with film(opened(), opened("mouse-2", 0.97), (120, 40)) as (pilot, _, _):
        await sees(pilot, "∙∙ mouse-2")
        await sees(pilot, "Mouse-2: ")


async def test_another_runner_is_followed_and_another_metric_drawn() -> None:
    async with film(opened()) as (pilot, _, _):
        await pilot.press("a")
        await sees(pilot, "+ without memory; bar: ")
        await sees(pilot, "Without memory, 200 updates")
        await pilot.press("m")
        await sees(pilot, "arrives, in %")
        await pilot.press("m")
        await sees(pilot, "gradient   ● the trained mouse")


async def test_enter_hands_the_arrows_to_the_mouse_and_escape_takes_them_back() -> None:
    async with film(opened()) as (pilot, screen, _):
        at = screen.scrub.at
        await pilot.press("enter")
        await sees(pilot, "escape film")
        maze = screen.focused
        assert isinstance(maze, MazeView) and maze.finished
        there = maze.at
        await pilot.press("left")
        assert maze.at == there - 1
        await pilot.press("right")
        assert maze.at == there
        await pilot.press("r")
        assert maze.at == 0 and screen.scrub.at == at
        await pilot.press("up", "space")
        assert maze.playing
        await wait_until(pilot, lambda: maze.finished)
        await pilot.press("escape", "left")
        assert screen.scrub.at == at - 1


async def test_facts_stand_where_the_picture_was() -> None:
    async with film(opened()) as (pilot, _, _):
        await pilot.press("v")
        await sees(pilot, "Not reached: 400 steps on")
        await pilot.press("v")
        await sees(pilot, "200 updates")


async def test_on_a_narrow_screen_chart_picture_and_facts_take_turns() -> None:
    async with film(opened(), size=(60, 20)) as (pilot, _, _):
        await sees(pilot, "● practice")
        assert "updates" not in screen_text(pilot.app)
        await pilot.press("v")
        await sees(pilot, "200 updates")
        await pilot.press("v")
        await sees(pilot, "Not reached")
        await pilot.press("v")
        await sees(pilot, "● practice")


# A run that goes on


def report(step: int) -> protocol.Advanced:
    metrics = {"loss": 0.01, "gradient": 0.1}
    return protocol.Advanced("", [Report("mouse", "training", step, 500, step / 500, metrics)])


async def test_r_goes_on_from_the_weights_and_the_film_follows() -> None:
    kept = opened(state="stopped", fraction=0.4, resumable=True)
    earlier = [Curve("mouse", "loss", [1, 2, 3], [2.0, 1.9, 1.8])]
    done = protocol.Finished(
        "", 500, 9.0, 9.0, "CPU", {"arrival": 0.99}, True, True, kept="mouse-4"
    )
    script = [protocol.Started("", "CPU", 3, 3, earlier), report(4), report(5), done]
    async with film(kept, script=script) as (pilot, screen, link):
        await sees(pilot, "r go on")
        await pilot.press("r")
        await wait_until(pilot, lambda: isinstance(link.sent[-1], protocol.Start))
        start = link.sent[-1]
        assert isinstance(start, protocol.Start)
        assert (start.resume, start.lab, start.seed) == ("mouse-3", "mouse", 3)
        assert start.knobs == kept.kept.knobs
        link.play(2)
        await sees(pilot, "Step 4 of 500")
        await sees(pilot, "space pause")
        await pilot.press("space")
        await wait_until(pilot, lambda: isinstance(link.sent[-1], protocol.Pause))
        await pilot.press("space")
        await wait_until(pilot, lambda: isinstance(link.sent[-1], protocol.Resume))
        await pilot.press("left")
        await sees(pilot, "g live")
        link.play(1)
        await pilot.pause(0.3)
        assert screen.scrub.step < 5
        await pilot.press("g")
        await sees(pilot, "Step 5 of 500")
        link.play()
        await sees(pilot, "mouse-4")
        await sees(pilot, "finished, seed 3")


async def test_x_stops_a_run_that_goes_on() -> None:
    kept = opened(state="stopped", resumable=True)
    async with film(kept, script=[protocol.Started("", "CPU", 3), report(4)]) as (pilot, _, link):
        await pilot.press("r")
        await wait_until(pilot, lambda: isinstance(link.sent[-1], protocol.Start))
        link.play()
        await sees(pilot, "x stop")
        await pilot.press("x")
        await sees(pilot, "stopped, seed 3")


async def test_a_run_that_cannot_go_on_says_why() -> None:
    async with film(opened()) as (pilot, _, link):
        await pilot.press("r")
        await sees(pilot, "mouse-3 cannot go on: it has come to its end.")
        await pilot.press("left")
        await wait_until(pilot, lambda: "cannot" not in screen_text(pilot.app))
        assert not any(isinstance(sent, protocol.Start) for sent in link.sent)


async def test_going_on_asks_before_it_ends_another_run() -> None:
    kept = opened(state="stopped", resumable=True)
    async with film(kept) as (pilot, screen, link):
        mice = LABS["mice"]
        pilot.app.desk.labs.start(mice, mice.settings({}), 0)  # type: ignore[attr-defined]
        await pilot.press("r")
        await sees(pilot, "That ends the run of mice")
        await pilot.press("n")
        await wait_until(pilot, lambda: pilot.app.screen is screen)
        assert sum(isinstance(sent, protocol.Start) for sent in link.sent) == 1


async def test_a_run_of_this_sitting_is_a_film_while_it_goes_on() -> None:
    def begun(app: GrokApp) -> LabRun:
        run = app.desk.labs.start(LABS["mouse"], LABS["mouse"].settings({}), 0)
        run.receive(protocol.Started(run.run, "CPU", 0))
        run.receive(report(7))
        run.receive(walk(7))
        return run

    async with film(begun) as (pilot, screen, _):
        await sees(pilot, "Step 7 of 500")
        assert screen.going is not None and screen.going.phase is Phase.TRAINING
        await sees(pilot, "training, seed 0")
        screen.going.receive(report(9))
        await sees(pilot, "Step 9 of 500")


async def test_the_help_explains_the_film() -> None:
    async with film(opened(), size=(80, 40)) as (pilot, _, _):
        await pilot.press("question_mark")
        await sees(pilot, "one frame back, one on")
        await sees(pilot, "Everything on this screen is about one step")
