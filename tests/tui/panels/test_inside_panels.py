"""Looking into the learner's own networks: what is asked of the worker, and what is then shown."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot

from course.catalog import read_catalog
from course.lesson import Prose, View
from models import protocol
from models.arrays import pack
from models.kept import Kept
from models.specs.catalog import LABS
from progress.events import RunFinished
from progress.journal import Journal
from tests.support.lab_link import reach, states
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tui.app import GrokApp, Options
from tui.demos.inside import reach_demo, states_demo
from tui.drawing.ink import Ink
from tui.drawing.memory.reach_axis import number_text
from tui.lab_run import Phase
from tui.panels.inside_panel import InsidePanel
from tui.views import VIEWS, view_fault, view_in_words
from tui.widgets.along_view import AlongView

CATALOG = read_catalog()
LESSON = CATALOG.lessons[CATALOG.order[0]]
DONE = (
    protocol.Started("", "CPU, 1 thread", 0),
    protocol.Finished("", 400, 2.0, 2.0, "CPU, 1 thread", {}, True, True),
)
BEGUN = DONE[:1]


def gone(probe: protocol.Probe) -> protocol.Reply:
    return protocol.Failed(probe.run, "gone", "That run is no longer here.", False, probe.id)


@asynccontextmanager
async def page(
    home: Path, name: str, link: ScriptedLink, size: tuple[int, int] = (80, 24), **settings: str
) -> AsyncIterator[tuple[Pilot[Any], InsidePanel]]:
    """A page of a lesson with nothing but a line of text and a view."""
    given = {"lab": "recurrence corridor=20", **settings}
    screen = replace(
        LESSON.screens[0], heading="Look", blocks=(Prose("Look inside."), View(name, given))
    )
    lesson = replace(LESSON, screens=(screen, *LESSON.screens[1:]))
    catalog = replace(CATALOG, lessons={**CATALOG.lessons, LESSON.id: lesson})
    options = Options(still=True, lesson=LESSON.id, screen=1)
    app = GrokApp(options, catalog=catalog, journal=Journal(home), link=link)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: bool(app.screen.query(InsidePanel)))
        panel = app.screen.query_one(InsidePanel)
        await wait_until(pilot, lambda: app.focused is not None)
        yield pilot, panel


def starts(link: ScriptedLink) -> list[protocol.Start]:
    return [request for request in link.sent if isinstance(request, protocol.Start)]


async def test_a_look_before_training_needs_no_run(tmp_path: Path) -> None:
    link = ScriptedLink(BEGUN, probes={"reach": reach}, at_once=True)
    async with page(tmp_path, "reach", link, when="before") as (pilot, panel):
        await sees(pilot, "Nothing has been computed yet")
        assert "space look" in screen_text(pilot.app) and not starts(link)
        await pilot.press("space")
        await sees(pilot, "at the sign")
        assert f"{0.5**21:.1e}".replace("e-0", "e-") in screen_text(pilot.app)
        assert panel.sentence.startswith("At the sign the RNN's answer depends on what it saw 2,1")
        (start,) = starts(link)
        assert start.knobs["steps"] == 20 and start.knobs["corridor"] == 20
        # The run was for the look alone: it is stopped, and nothing of it is recorded.
        await wait_until(pilot, lambda: isinstance(link.sent[-1], protocol.Stop))


async def test_nothing_is_recorded_of_a_run_that_was_only_looked_into(tmp_path: Path) -> None:
    link = ScriptedLink(BEGUN, probes={"reach": reach}, at_once=True)
    async with page(tmp_path, "reach", link, when="before") as (pilot, _):
        await pilot.press("space")
        await wait_until(pilot, lambda: isinstance(link.sent[-1], protocol.Stop))
        assert isinstance(pilot.app, GrokApp)
        run = pilot.app.labs.last("recurrence")
        await wait_until(pilot, lambda: run is not None and run.phase is Phase.STOPPED)
    assert not starts(link)[0].keep
    assert "recurrence" not in "".join(
        path.read_text("utf-8") for path in tmp_path.rglob("*.jsonl")
    )


async def test_after_training_the_run_in_memory_is_asked(tmp_path: Path) -> None:
    link = ScriptedLink(DONE, probes={"reach": reach}, at_once=True)
    async with page(tmp_path, "reach", link, when="after", runners="rnn lstm") as (pilot, panel):
        await sees(pilot, "There are no trained networks in memory")
        await pilot.press("space")
        await sees(pilot, "after training")
        (start,) = starts(link)
        assert start.knobs["steps"] == 400
        assert "GRU" not in screen_text(pilot.app)
        # The same run knows how its networks were before.
        await pilot.press("b")
        await sees(pilot, "before training   log scale")
        assert len(starts(link)) == 1 and panel.has_picture
        asked = [r.arguments for r in link.sent if isinstance(r, protocol.Probe)]
        assert [(a["runner"], a["when"]) for a in asked] == [
            ("rnn", "after"),
            ("lstm", "after"),
            ("rnn", "before"),
            ("lstm", "before"),
        ]


async def test_in_another_sitting_the_run_on_record_is_trained_again_from_its_seed(
    tmp_path: Path,
) -> None:
    ran = RunFinished(
        lab="recurrence",
        knobs={},
        seed=3,
        metrics={},
        reached=True,
        device="CPU",
        seconds=1.0,
        steps=400,
    )
    earlier = Journal(tmp_path)
    earlier.open()
    earlier.append(ran)
    earlier.close()
    link = ScriptedLink(DONE, probes={"reach": reach}, at_once=True)
    async with page(tmp_path, "reach", link, when="after") as (pilot, _):
        await sees(pilot, "The networks of your run are no longer in memory.")
        await pilot.press("space")
        await sees(pilot, "after training")
        assert [start.seed for start in starts(link)] == [3]


def on_the_shelf(**changes: Any) -> dict[str, protocol.Opened]:
    kept = Kept(
        id="recurrence-7",
        lab="recurrence",
        knobs=LABS["recurrence"].settings({}),
        seed=5,
        device="CPU",
        began="2026-01-01T00:00:00Z",
        state="finished",
        lookable=True,
    )
    kept = msgspec.structs.replace(kept, **changes)
    return {kept.id: protocol.Opened(0, kept, [], [])}


async def test_a_kept_run_is_looked_into_in_place_of_a_new_one(tmp_path: Path) -> None:
    link = ScriptedLink(DONE, probes={"reach": reach}, at_once=True, kept=on_the_shelf())
    async with page(tmp_path, "reach", link, when="after") as (pilot, _):
        await sees(pilot, "Your run recurrence-7 is kept. space looks into its networks.")
        await sees(pilot, "space look")
        await pilot.press("space")
        await sees(pilot, "after training")
        (start,) = starts(link)
        assert (start.seed, start.resume, start.keep) == (5, "recurrence-7", False)
    assert "run_finished" not in "".join(
        path.read_text("utf-8") for path in tmp_path.rglob("*.jsonl")
    )


@pytest.mark.parametrize(
    "changes", [{"lookable": False}, {"knobs": {"corridor": 5}}, {"lab": "amnesia"}]
)
async def test_no_other_kept_run_will_do(tmp_path: Path, changes: dict[str, Any]) -> None:
    link = ScriptedLink(DONE, probes={"reach": reach}, kept=on_the_shelf(**changes))
    async with page(tmp_path, "reach", link, when="after") as (pilot, _):
        await wait_until(pilot, lambda: any(isinstance(one, protocol.Runs) for one in link.sent))
        await sees(pilot, "space trains them here")


async def test_where_the_picture_is_higher_than_the_screen_a_key_goes_on(tmp_path: Path) -> None:
    link = ScriptedLink(BEGUN, probes={"reach": reach}, at_once=True)
    async with page(tmp_path, "reach", link, (60, 20), when="before") as (pilot, _):
        assert "↓ more" not in screen_text(pilot.app)
        await pilot.press("space")
        await sees(pilot, "↓ more")
        await pilot.press(*["down"] * 12)
        await sees(pilot, "what training shows.")


async def test_the_cursor_goes_along_the_way(tmp_path: Path) -> None:
    link = ScriptedLink(BEGUN, probes={"reach": reach}, at_once=True)
    async with page(tmp_path, "reach", link, when="before") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "at the sign")
        await pilot.press("right", "right", "right", "left")
        assert panel.picture.cursor == 2
        await sees(pilot, "19 cells before the fork the RNN's")
        await pilot.press("end")
        await sees(pilot, "at the fork, every bar is 1")
        await pilot.press("right", "home", "left")
        assert panel.picture.cursor == 0
        assert "19 cells" not in panel.picture.plain and "↓" in panel.picture.plain


async def test_a_run_that_is_gone_can_be_made_again(tmp_path: Path) -> None:
    answers = [gone, gone, reach, reach]
    link = ScriptedLink(DONE, probes={"reach": lambda probe: answers.pop(0)(probe)}, at_once=True)
    async with page(tmp_path, "reach", link, when="after", runners="rnn lstm") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "That run is no longer here.")
        assert "space train it" in screen_text(pilot.app)
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert len(starts(link)) == 2


async def test_a_run_that_is_gone_and_kept_is_looked_into_as_it_was_kept(tmp_path: Path) -> None:
    went: set[str] = set()
    probes = {"reach": lambda probe: (gone if probe.run in went else reach)(probe)}
    link = ScriptedLink(DONE, probes=probes, at_once=True, kept=on_the_shelf())
    async with page(tmp_path, "reach", link, when="after") as (pilot, panel):
        await sees(pilot, "Your run recurrence-7 is kept.")
        run = panel.desk.labs.start(panel.spec, panel.knobs, 5)
        went.add(run.run)
        await wait_until(pilot, lambda: run.run in panel._gone)
        await sees(pilot, "Your run recurrence-7 is kept. space looks into its networks.")
        assert "no longer here" not in screen_text(pilot.app)
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert [start.resume for start in starts(link)] == ["", "recurrence-7"]


async def test_one_runner_that_is_not_there_does_not_hide_the_others(tmp_path: Path) -> None:
    def some(probe: protocol.Probe) -> protocol.Reply:
        return gone(probe) if probe.arguments["runner"] == "lstm" else reach(probe)

    link = ScriptedLink(BEGUN, probes={"reach": some}, at_once=True)
    async with page(tmp_path, "reach", link, when="before") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "LSTM: That run is no longer here.")
        assert "attention" in screen_text(pilot.app) and panel.has_picture


async def test_a_page_that_is_being_left_hears_no_more_of_runs(tmp_path: Path) -> None:
    async with page(tmp_path, "reach", ScriptedLink(()), when="after") as (_, panel):
        await panel.remove_children()
        panel._changed(None)
        assert not panel.has_picture


async def test_a_worker_that_dies_is_said(tmp_path: Path) -> None:
    link = ScriptedLink(BEGUN)
    async with page(tmp_path, "reach", link, when="before") as (pilot, _):
        await pilot.press("space")
        await sees(pilot, "looking into the networks")
        link.die()
        await sees(pilot, "The worker was killed")
        assert "space look" in screen_text(pilot.app)


async def test_the_states_of_a_runner_on_two_walks(tmp_path: Path) -> None:
    link = ScriptedLink(BEGUN, probes={"states": states}, at_once=True)
    async with page(tmp_path, "states", link, when="before", sample="3") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "RNN before training   walk A")
        assert "+0.80  −0.80" in screen_text(pilot.app) and "+0.30" in screen_text(pilot.app)
        await pilot.press("right")
        await sees(pilot, "+0.40  −0.40")
        await sees(pilot, "50 % of the 1.6 at the sign.")
        await pilot.press("o", "o")
        await sees(pilot, "A minus B")
        assert "+0.80" in screen_text(pilot.app)
        await wait_until(pilot, lambda: isinstance(link.sent[-1], protocol.Stop))
        # What is stopped is still in the worker's memory: other looks need no other run.
        await pilot.press("o", "m")
        await sees(pilot, "+0.40")
        await pilot.press("r")
        await sees(pilot, "LSTM before training")
        await sees(pilot, "0.75")
        await pilot.press("r", "r")
        await sees(pilot, "Attention has no state: it remembers nothing")
        assert panel.sentence.startswith("Attention has no state")
        asked = [r.arguments for r in link.sent if isinstance(r, protocol.Probe)]
        assert asked[0] == {"runner": "rnn", "when": "before", "sample": 3}
        assert asked[-1] == {"runner": "attention", "when": "before", "sample": 4}
        assert len(starts(link)) == 1


@pytest.mark.parametrize("name", ["reach", "states"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24), (140, 40)])
async def test_every_size(tmp_path: Path, name: str, size: tuple[int, int]) -> None:
    link = ScriptedLink(BEGUN, probes={"reach": reach, "states": states}, at_once=True)
    async with page(tmp_path, name, link, size, when="before") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await pilot.press("right")
        picture = panel.picture
        for y in range(picture.content_size.height):
            assert picture.render_line(y).cell_length == picture.content_size.width
        if size[1] >= 24:
            last = {"reach": "that is what training shows", "states": "one of them wrongly"}[name]
            assert last in " ".join(screen_text(pilot.app).split())


@pytest.mark.parametrize(
    ("name", "settings", "said"),
    [
        ("reach", {}, ""),
        ("reach", {"lab": "recurrence corridor=20", "runners": "rnn, lstm attention"}, ""),
        ("reach", {"lab": "recurence"}, "no lab is called recurence: did you mean recurrence?"),
        ("reach", {"lab": "recurrence coridor=20"}, "has no knob coridor: did you mean corridor?"),
        ("reach", {"lab": "recurrence corridor=0"}, "the lab recurrence: corridor"),
        ("reach", {"when": "now"}, "when now: there is: after, before"),
        ("reach", {"runners": "rnn lstn"}, "has no runner lstn: did you mean lstm?"),
        ("reach", {"runners": "chance"}, "has no runner chance"),
        ("reach", {"runners": ""}, "no runner is named"),
        ("states", {"runner": "lstm", "sample": "7", "when": "after"}, ""),
        ("states", {"runner": "lstn"}, "has no runner lstn: did you mean lstm?"),
        ("states", {"sample": "-1"}, "sample -1: expected a whole number from 0 up"),
        ("states", {"lab": "recurence"}, "no lab is called recurence"),
    ],
)
def test_what_a_lesson_sets_is_checked(name: str, settings: dict[str, str], said: str) -> None:
    assert set(settings) <= VIEWS[name]
    found = view_fault(View(name, settings))
    assert said in found and bool(said) == bool(found)


async def test_numbers_on_the_screen_are_those_of_the_networks(tmp_path: Path) -> None:
    lab = small_lab()

    def inside(probe: protocol.Probe) -> protocol.Reply:
        arrays, values = lab.probe(probe.what, probe.arguments)
        packed = {name: pack(array) for name, array in arrays.items()}
        return protocol.ProbeResult(probe.run, probe.id, packed, values)

    link = ScriptedLink(BEGUN, probes={"reach": inside}, at_once=True)
    settings = {"lab": "recurrence corridor=4", "runners": "rnn", "when": "before"}
    async with page(tmp_path, "reach", link, **settings) as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        for place, number in enumerate(reach_by_autograd(lab)):
            panel.picture.move_to(place)
            await sees(pilot, f"  {number_text(number)}")


def test_a_lesson_that_is_read_says_what_would_be_seen() -> None:
    said = view_in_words(View("reach", {"runners": "rnn attention", "when": "before"}))
    assert "before training (RNN, attention)" in said and "log scale" in said
    assert "What LSTM holds, after training" in view_in_words(View("states", {"runner": "lstm"}))


@pytest.mark.parametrize("demo", [reach_demo, states_demo])
async def test_the_demonstrations_show_something_and_take_keys(demo: Any) -> None:
    app = demo(Ink("ascii", "ascii"))
    async with app.run_test(size=(80, 24)) as pilot:
        view = app.query_one(AlongView)
        view.focus()
        before = view.sentence
        await pilot.press("right", "right")
        await wait_until(pilot, lambda: view.cursor == 2)
        assert view.sentence != before and "19 cells before the fork" in view.sentence
        assert view.plain.isascii() and "20 cells" in screen_text(app)


@pytest.mark.parametrize("size", [(1, 1), (8, 4), (40, 5), (40, 12), (200, 60)])
async def test_a_view_alone_in_any_window(size: tuple[int, int]) -> None:
    for demo in (reach_demo, states_demo):
        async with demo(Ink()).run_test(size=size) as pilot:
            view = pilot.app.query_one(AlongView)
            view.move_to(5)
            await pilot.pause()
            for y in range(view.content_size.height):
                assert view.render_line(y).cell_length == view.content_size.width


def small_lab() -> Any:
    from models.labs.catalog import load_lab

    return load_lab("recurrence")(LABS["recurrence"].settings({"corridor": 4}), 0, "cpu")


def reach_by_autograd(lab: Any) -> list[float]:
    """The reach of the RNN, from the first place to the last, by a pass back a text and number."""
    import torch

    racer = next(racer for racer in lab.racers if racer.name == "rnn")
    network, sizes = racer.network, []
    for text in lab._texts(racer, "probed", 16)[0]:
        x = network.token(text).detach().requires_grad_()
        state = network.memory.cell.start(1)
        for token in x:
            state = network.memory.cell(token[None], state)
        rows = [
            torch.autograd.grad(score, x, retain_graph=True)[0]
            for score in network.answer(state)[0]
        ]
        sizes.append(sum(row.square().sum(1) for row in rows).sqrt())
    mean = torch.stack(sizes).mean(0)
    return (mean / mean[-1]).tolist()
