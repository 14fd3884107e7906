"""The race of the mice in a lesson: everyone's way is asked of the worker, and played by keys."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest

from course.lesson import View
from models import protocol
from models.arrays import pack
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import DONE, page, starts
from tui.drawing.ink import Ink
from tui.drawing.lines import plain as words
from tui.drawing.mazes.race_picture import Look, RacePicture
from tui.drawing.mazes.race_words import about, standing
from tui.panels.mice_race_panel import MiceRacePanel
from tui.race_told import NAMES, SHOWN, race_of
from tui.views import VIEWS, view_fault, view_in_words


@functools.cache
def lab() -> Any:
    import torch

    from models.labs.catalog import load_lab
    from models.specs.catalog import LABS

    torch.set_num_threads(1)
    return load_lab("rivals")(LABS["rivals"].settings({"steps": 20, "mazes": 20}), 0, "cpu")


def link() -> ScriptedLink:
    def inside(probe: protocol.Probe) -> protocol.Reply:
        arrays, values = lab().probe(probe.what, probe.arguments)
        packed = {name: pack(array) for name, array in arrays.items()}
        return protocol.ProbeResult(probe.run, probe.id, packed, values)

    return ScriptedLink(DONE, probes={"race": inside}, at_once=True)


def asked(scripted: ScriptedLink) -> list[dict[str, Any]]:
    return [one.arguments for one in scripted.sent if isinstance(one, protocol.Probe)]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (60, 24)])
async def test_all_are_there_side_by_side_or_in_a_line(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with page(tmp_path, "mice-race", link(), size, lab="rivals") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert isinstance(panel, MiceRacePanel) and panel.view.race is not None
        shortest = panel.view.race.shortest
        await sees(pilot, f"Shortest: {shortest}. After 0 moves nobody is there yet.")
        text = screen_text(pilot.app)
        assert "right-hand rule" in text and "sees its own cell" in text
        if size[0] >= 120:
            assert all(NAMES[name] in text for name in SHOWN)
            assert "not the same information" in text and "not in sight" not in text
        else:
            assert "not in sight: " in text
        await pilot.press("e")
        told = f"After {panel.view.race.moves} moves there: "
        await sees(pilot, told)
        assert f"search {shortest}" in screen_text(pilot.app)


async def test_keys_go_through_the_moves_and_to_who_is_spoken_of(tmp_path: Path) -> None:
    async with page(tmp_path, "mice-race", link(), lab="rivals") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert isinstance(panel, MiceRacePanel)
        view = panel.view
        await pilot.press("right", "right", "left")
        assert view.at == 1 and view.sentence.count("1 move so far") >= 3
        await pilot.press("down", "down", "down", "down")
        assert view.focus_of == "bfs"
        await sees(pilot, "breadth-first search")
        assert "right-hand rule" not in screen_text(pilot.app)
        assert "told the maze, seeks" in screen_text(pilot.app)
        await pilot.press("space")
        assert view.playing
        await pilot.press("space")
        assert not view.playing
        await pilot.press("r")
        assert view.at == 0


async def test_another_maze_and_another_time_are_asked_for(tmp_path: Path) -> None:
    scripted = link()
    async with page(tmp_path, "mice-race", scripted, lab="rivals", sample="3") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert isinstance(panel, MiceRacePanel)
        first = panel.view.race
        await pilot.press("m")
        await wait_until(pilot, lambda: panel.view.race is not first)
        await pilot.press("b")
        await wait_until(pilot, lambda: len(asked(scripted)) == 3 and panel.has_picture)
        told = [(one["when"], one["size"], one["sample"]) for one in asked(scripted)]
        assert told == [("after", 5, 3), ("after", 5, 4), ("before", 5, 4)]
        assert len(starts(scripted)) == 1


def test_a_maze_for_which_the_transformer_has_no_places() -> None:
    race = race_of(lab().probe("race", {"size": 6})[1])
    plain = next(one for one in race.contestants if one.name == "plain")
    assert standing(plain, 0) == "cannot take part"
    assert "places for 5 rows of 5 cells" in about(race, plain)
    text = words(RacePicture(130, 24, Ink("shade")).draw(Look(race)))
    assert "cannot take part" in text and "6 rows of 6" not in text.splitlines()[0]


def test_a_race_is_checked_where_it_is_named() -> None:
    assert "mice-race" in VIEWS
    assert not view_fault(View("mice-race", {"lab": "rivals", "size": "7", "sample": "2"}))
    assert "no race of mice in the lab map" in view_fault(View("mice-race", {"lab": "map"}))
    assert "from 3 to 9" in view_fault(View("mice-race", {"size": "41"}))
    assert "sample x" in view_fault(View("mice-race", {"sample": "x"}))
    assert "see one cell at a time" in view_in_words(View("mice-race", {}))
