"""Thought arrows in a lesson: the film of the run, other mazes from the worker, and the numbers."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from course.lesson import View
from models import protocol
from models.kept import Kept
from models.labs.lab import Look
from models.specs.catalog import LABS
from models.specs.map import LOOPS, MORE
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import BEGUN, DONE, page, starts
from tui.lab_run import LabRun
from tui.panels.thoughts_panel import ThoughtsPanel
from tui.thinkers import Thinker, loops_for, thinkers
from tui.views import VIEWS, view_fault, view_in_words


@functools.cache
def trained() -> tuple[Any, list[Look]]:
    import torch

    from models.labs.catalog import load_lab

    torch.set_num_threads(1)
    knobs = {"steps": 20, "mazes": 20, "control": False}
    lab = load_lab("map")(LABS["map"].settings(knobs), 0, "cpu")
    looks: list[Look] = []
    for step in range(1, 21):
        racer = lab.racers[0]
        if step in (1, 10, 20):
            looks += [one for one in lab.looks(racer, step) if one.name == "thought"]
        racer.pupil.advance()
    return lab, looks


def link(film: bool = True) -> ScriptedLink:
    lab, looks = trained()

    def inside(probe: protocol.Probe) -> protocol.Reply:
        arguments = {**probe.arguments, "loops": min(40, probe.arguments["loops"])}
        _, values = lab.probe(probe.what, arguments)
        return protocol.ProbeResult(probe.run, probe.id, {}, values)

    shown = [protocol.Moment("", one.runner, one.step, one.name, one.data) for one in looks]
    script = (DONE[0], *(shown if film else ()), DONE[1])
    return ScriptedLink(script, probes={"thought": inside}, at_once=True)


def asked(scripted: ScriptedLink) -> list[dict[str, Any]]:
    return [one.arguments for one in scripted.sent if isinstance(one, protocol.Probe)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (60, 24)])
async def test_the_maze_that_was_filmed_asks_nobody(tmp_path: Path, size: tuple[int, int]) -> None:
    scripted = link()
    async with page(tmp_path, "thoughts", scripted, size, lab="map") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert isinstance(panel, ThoughtsPanel) and not asked(scripted)
        await pilot.press("end")
        _, looks = trained()
        data = looks[-1].data
        right = sum(
            arrow == onward
            for arrow, onward in zip(data["arrows"][-1], data["onward"], strict=True)
        )
        await sees(pilot, f"{right} of 48")
        assert f"After {LOOPS} of {LOOPS} loops the arrows of {right} of 48" in panel.sentence
        await pilot.press("down", "down")
        assert panel.view.thoughts is not None and panel.view.thoughts.step == 1
        await pilot.press("b")
        assert panel.view.at == 0 or panel.view.at == len(looks) - 1


async def test_other_mazes_and_sizes_are_asked_for(tmp_path: Path) -> None:
    scripted = link()
    async with page(tmp_path, "thoughts", scripted, lab="map") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert isinstance(panel, ThoughtsPanel)
        await pilot.press("m")
        await wait_until(pilot, lambda: panel.has_picture)
        await pilot.press("l")
        await sees(pilot, "of 224")
        assert "15x15" not in screen_text(pilot.app) and "25x25" in screen_text(pilot.app)
        told = [(one["size"], one["sample"], one["loops"], one["when"]) for one in asked(scripted)]
        assert told == [(7, 1, LOOPS, "after"), (15, 1, MORE, "after")]
        await pilot.press("b")
        await sees(pilot, "looped map, before training")
        assert asked(scripted)[-1]["when"] == "before"


@functools.cache
def finished() -> Any:
    """A lab that was trained to its end, and knows what its network was."""
    from models.labs.catalog import load_lab
    from tests.support.small_labs import judged_on_little

    with judged_on_little():
        lab = load_lab("map")(LABS["map"].settings({"steps": 40, "mazes": 20}), 0, "cpu")
        for _ in lab.train():
            pass
    return lab


def link_to_finished(
    holds: Callable[[dict[str, Any]], bool] = lambda told: False,
    script: Sequence[protocol.Reply] = DONE,
    **settings: Any,
) -> ScriptedLink:
    """A worker that says nothing as long as it `holds`."""

    def inside(probe: protocol.Probe) -> protocol.Reply:
        if holds(probe.arguments):
            return protocol.Advanced(probe.run, [])
        _, values = finished().probe(probe.what, {**probe.arguments, "loops": 20})
        return protocol.ProbeResult(probe.run, probe.id, {}, values)

    return ScriptedLink(script, probes={"thought": inside}, at_once=True, **settings)


@pytest.mark.parametrize(("key", "size", "sample"), [("m", 7, 1), ("l", 15, 0)])
async def test_any_maze_is_scrubbed_through_the_training(
    tmp_path: Path, key: str, size: int, sample: int
) -> None:
    scripted = link_to_finished()
    async with page(tmp_path, "thoughts", scripted, lab="map") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert isinstance(panel, ThoughtsPanel)
        await pilot.press(key, "end")
        view, cells = panel.view, size * size
        await wait_until(pilot, lambda: len(panel._shown) == 3 and panel._shown[0].step == 0)
        assert view.thoughts is not None and view.thoughts.step == 40 and view.at == 2
        await sees(pilot, "↓ ↑ training")
        steps = [one.get("step") for one in asked(scripted) if one["size"] == size]
        assert steps[-3:] == [None, 20, 0], "from the end back to the start"
        for step in (20, 0):
            await pilot.press("down")
            _, then = finished().probe(
                "thought", {"size": size, "sample": sample, "loops": 20, "step": step}
            )
            right = sum(
                arrow == onward
                for arrow, onward in zip(then["arrows"][-1], then["onward"], strict=True)
            )
            await sees(pilot, f"looped map, after {step} steps")
            assert f"{right} of {cells - 1}" in screen_text(pilot.app)
            assert [list(row) for row in view.thoughts.arrows] == then["arrows"]
        before = len(asked(scripted))
        await pilot.press("b")
        assert view.at == 2
        await pilot.press("b")
        assert view.at == 0 and len(asked(scripted)) == before, "the start is in the film"


async def test_nobody_waits_for_the_film(tmp_path: Path) -> None:
    """Keys are answered while a step is on its way; who leaves is not followed by it."""
    held: list[bool] = [True]
    scripted = link_to_finished(lambda told: held[0] and told.get("step") == 20)
    async with page(tmp_path, "thoughts", scripted, lab="map", sample="5") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "looped map, after training")
        assert isinstance(panel, ThoughtsPanel)
        await pilot.press("right", "down")
        assert panel.view.loop == 1 and len(panel._shown) == 1
        await pilot.press("b")
        await sees(pilot, "looped map, before training")
        held[0] = False
        await pilot.press("b")
        await wait_until(pilot, lambda: [one.step for one in panel._shown] == [0, 20, 40])
        told = [(one["sample"], one["when"], one.get("step")) for one in asked(scripted)]
        assert told.count((5, "after", None)) == 1, "what is known is not asked again"
        await pilot.press("m")
        await wait_until(pilot, lambda: asked(scripted)[-1].get("step") == 0)
        assert {one["sample"] for one in asked(scripted)} == {5, 6}


async def test_a_kept_run_is_asked_before_it_is_judged_once_more(tmp_path: Path) -> None:
    knobs = LABS["map"].settings({})
    kept = Kept(id="map-3", lab="map", knobs=knobs, seed=0, device="CPU", began="2026-01-01")
    kept = msgspec.structs.replace(kept, state="finished", lookable=True)
    shelf = {kept.id: protocol.Opened(0, kept, [], [])}
    scripted = link_to_finished(script=BEGUN, kept=shelf)
    async with page(tmp_path, "thoughts", scripted, lab="map") as (pilot, panel):
        await sees(pilot, "Your run map-3 is kept.")
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await sees(pilot, "looped map, after training")
        (start,) = starts(scripted)
        assert start.resume == "map-3"


async def test_a_film_that_comes_while_its_run_is_asked_is_seen_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, looks = trained()
    answered = ThoughtsPanel._thought

    async def overtaken(panel: ThoughtsPanel, run: LabRun, wanted: Any) -> Any:
        found = await answered(panel, run, wanted)
        run.moments += [protocol.Moment("", o.runner, o.step, o.name, o.data) for o in looks]
        return found

    monkeypatch.setattr(ThoughtsPanel, "_thought", overtaken)
    async with page(tmp_path, "thoughts", link(film=False), lab="map") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert isinstance(panel, ThoughtsPanel)
        assert [one.step for one in panel._seen[panel.wanted]] == [1, 10, 20]
        assert not panel._missing


async def test_a_run_that_is_training_is_not_asked_how_it_ends(tmp_path: Path) -> None:
    scripted = link_to_finished(script=BEGUN)
    async with page(tmp_path, "thoughts", scripted, lab="map", sample="1") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "training: 0%")
        assert not panel.has_picture and not asked(scripted)


async def test_only_a_few_films_are_kept(tmp_path: Path) -> None:
    async with page(tmp_path, "thoughts", link_to_finished(), lab="map") as (pilot, panel):
        await pilot.press("space")
        assert isinstance(panel, ThoughtsPanel)
        for sample in range(1, 7):
            await pilot.press("m")
            wanted = ("after", "map", 7, sample)
            await wait_until(pilot, lambda wanted=wanted: len(panel._seen.get(wanted, ())) == 3)
        assert len(panel._seen) == 4


async def test_what_is_left_of_a_run_without_its_film_is_asked_for(tmp_path: Path) -> None:
    scripted = link(film=False)
    async with page(tmp_path, "thoughts", scripted, lab="map") as (pilot, _):
        await pilot.press("space")
        await sees(pilot, "looped map, after training")
        assert len(starts(scripted)) == 1 and len(asked(scripted)) == 1


async def test_nothing_is_looked_at_before_it_is_asked_for(tmp_path: Path) -> None:
    scripted = link()
    async with page(tmp_path, "thoughts", scripted, lab="map", when="before") as (pilot, _):
        await sees(pilot, "Nothing has been computed yet")
        assert not starts(scripted)
        await pilot.press("space")
        await sees(pilot, "looped map, before training")
        assert [request.keep for request in starts(scripted)] == [False]


async def test_it_begins_where_the_lesson_says(tmp_path: Path) -> None:
    settings = {"lab": "map", "loop": "6", "sample": "4"}
    async with page(tmp_path, "thoughts", link(), **settings) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "after 6 of 32 loops")
        assert isinstance(panel, ThoughtsPanel) and panel.view.loop == 6


def test_what_a_lesson_sets_is_checked() -> None:
    good = {"lab": "map", "size": "41", "sample": "2", "loop": "9", "runner": "hasty"}
    assert set(good) <= VIEWS["thoughts"] and view_fault(View("thoughts", good)) == ""
    for settings, said in (
        ({"lab": "tower"}, "no network of the lab tower answers in every cell"),
        ({"runner": "nobody"}, "no runner nobody"),
        ({"runner": "right"}, "right does not answer in every cell"),
        ({"size": "42"}, "size 42: expected a whole number from 2 to 41"),
        ({"loop": "x"}, "loop x: expected a whole number from 0"),
        ({"when": "later"}, "when later"),
    ):
        assert said in view_fault(View("thoughts", settings))
    words = view_in_words(View("thoughts", {"size": "15"}))
    assert "15x15" in words and "looped map" in words
    assert [loops_for(size) for size in Thinker("map").sizes] == [LOOPS, MORE, 2 * MORE, 2 * MORE]


async def test_while_it_trains_the_film_grows_and_who_looks_back_stays_there(
    tmp_path: Path,
) -> None:
    scripted = link()
    scripted._at_once = False
    async with page(tmp_path, "thoughts", scripted, lab="map") as (pilot, panel):
        assert isinstance(panel, ThoughtsPanel)
        await pilot.press("space")
        await wait_until(pilot, lambda: len(scripted._left) == 5)
        scripted.play(2)
        await wait_until(pilot, lambda: panel.has_picture)
        assert panel.view.thoughts is not None and panel.view.thoughts.step == 1
        scripted.play(1)
        await wait_until(pilot, lambda: panel.view.thoughts.step == 10)  # type: ignore[union-attr]
        await pilot.press("down")
        scripted.play()
        await wait_until(pilot, lambda: "↓ ↑ training" in screen_text(pilot.app))
        assert panel.view.thoughts.step == 1 and not asked(scripted)
        await pilot.press("up", "up")
        assert panel.view.thoughts.step == 20


async def test_rivals_take_turns_in_mazes_that_each_can_be_shown(tmp_path: Path) -> None:
    """Who is told all at once is told apart: no news has to come to it."""
    _, looks = trained()
    data = {**looks[0].data, "arrows": looks[0].data["arrows"][:3], "confidence": []}

    def inside(probe: protocol.Probe) -> protocol.Reply:
        return protocol.ProbeResult(probe.run, probe.id, {}, data)

    scripted = ScriptedLink(DONE, probes={"thought": inside}, at_once=True)
    async with page(tmp_path, "thoughts", scripted, lab="rivals") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "looped map, after training")
        assert "farther" in screen_text(pilot.app) and "after 0 of 2 loops" in screen_text(
            pilot.app
        )
        await pilot.press("l")
        await wait_until(pilot, lambda: panel.has_picture)
        await pilot.press("r", "r")
        await sees(pilot, "plain transformer, after training")
        assert "farther" not in screen_text(pilot.app)
        assert "after 0 of 2 layers" in screen_text(pilot.app)
        told = [(one["runner"], one["size"]) for one in asked(scripted)]
        assert told[:2] == [("map", 5), ("map", 9)] and told[-1] == ("plain", 5)
    assert list(thinkers(LABS["rivals"])) == ["map", "lstm", "plain"]
