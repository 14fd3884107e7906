"""What a probe reads, in a lesson: the numbers on the screen are those of the worker's tensors."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course.lesson import View
from models import protocol
from models.arrays import pack
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import BEGUN, DONE, page, starts
from tui.panels.readings_panel import ReadingsPanel
from tui.views import VIEWS, view_fault, view_in_words


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("PRACTISED", "UNSEEN", "GLANCED"):
        monkeypatch.setattr(f"models.labs.probe.{name}", 8)
    yield


@functools.cache
def lab() -> Any:
    import torch

    from models.labs.catalog import load_lab
    from models.specs.catalog import LABS

    torch.set_num_threads(1)
    made = load_lab("probe")(LABS["probe"].settings({"steps": 20, "mazes": 20}), 0, "cpu")
    for _ in made.train():
        pass
    return made


def link(*script: protocol.Reply) -> ScriptedLink:
    def inside(probe: protocol.Probe) -> protocol.Reply:
        arrays, values = lab().probe(probe.what, probe.arguments)
        packed = {name: pack(array) for name, array in arrays.items()}
        return protocol.ProbeResult(probe.run, probe.id, packed, values)

    return ScriptedLink(script or DONE, probes={"readings": inside}, at_once=True)


def asked(scripted: ScriptedLink) -> list[tuple[str, int]]:
    probes = (one.arguments for one in scripted.sent if isinstance(one, protocol.Probe))
    return [(told["who"], told["sample"]) for told in probes]


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60), (60, 24)])
async def test_every_number_on_the_screen_is_one_of_the_tensors(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with page(tmp_path, "probe-readings", link(), size, lab="probe") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert isinstance(panel, ReadingsPanel)
        await pilot.press(*["right"] * 7)
        arrays, values = lab().probe("readings", {"who": "map"})
        said = arrays["stream"][7] @ arrays["weights"][7] + arrays["bias"][7]
        start, text = values["start"], screen_text(pilot.app)
        assert "after 8 of 32 loops" in text
        row, column = divmod(start, 7)
        assert f"row {row + 1}, column {column + 1}: {said[start]:.1f}" in text
        assert f"true {values['away'][start]}" in text
        assert f"{values['explained'][7]:.2f}" in text
        assert f"{values['curves']['arrived'][7]:.2f}" in text
        lines = panel.view.plain.splitlines()
        if size == (80, 24):
            shown = [line[1 + 6 * n : 3 + 6 * n] for line in lines[1:14:2] for n in range(7)]
            assert list(map(int, shown)) == [round(float(number)) for number in said]
        if size[0] >= 120:
            shown = [line[2 + 8 * n : 6 + 8 * n] for line in lines[1:29:4] for n in range(7)]
            assert list(map(float, shown)) == pytest.approx(said.tolist(), abs=0.051)


async def test_keys_go_through_the_loops_to_other_readers_and_to_other_mazes(
    tmp_path: Path,
) -> None:
    scripted = link()
    async with page(tmp_path, "probe-readings", scripted, lab="probe", loop="5") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "after 5 of 32 loops")
        assert isinstance(panel, ReadingsPanel)
        view = panel.view
        await pilot.press("end", "right", "left", "left")
        assert view.loop == 30
        await pilot.press("home", "left", "right")
        assert view.loop == 2
        await pilot.press("r")
        await sees(pilot, "an untrained map  ")
        await pilot.press("r")
        await sees(pilot, "control task 1")
        assert "the distance instead" in screen_text(pilot.app) and view.loop == 2
        await pilot.press("r", "m")
        await wait_until(pilot, lambda: asked(scripted)[-1] == ("map", 1) and panel.has_picture)
        before = [("map", 0), ("untrained", 0), ("control", 0)]
        assert asked(scripted) == [*before, ("map", 1)], "what is known is not asked again"
        await pilot.press("space")
        assert view.playing and "space pause" in screen_text(pilot.app)
        await pilot.press("space")
        assert not view.playing


async def test_the_number_under_the_cursor_is_taken_apart(tmp_path: Path) -> None:
    async with page(tmp_path, "probe-readings", link(), lab="probe", loop="3") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert isinstance(panel, ReadingsPanel)
        view, arrays = panel.view, lab().probe("readings", {"who": "map"})[0]
        row, column = divmod(view.cursor, 7)
        across, down = ("left" if column else "right"), ("up" if row else "down")
        await pilot.press("a", across, down)
        cell = view.cursor
        assert cell == (row - 1 if row else 1) * 7 + (column - 1 if column else 1)
        assert view.loop == 3 and "a loops" in screen_text(pilot.app)
        products = arrays["weights"][2] * arrays["stream"][2][cell]
        told = panel.help_text
        for number, product in enumerate(products, 1):
            assert f"{f'w{number}·x{number}':>7} {product:>8.2f}" in told
        assert f"{'b':<24}{arrays['bias'][2]:>8.2f}" in told
        assert f"{'read':<24}{arrays['read'][2][cell]:>8.2f}" in told
        await pilot.press("question_mark")
        await sees(pilot, "space     begin the run")


async def test_an_untrained_map_can_be_read_before_anything_is_trained(tmp_path: Path) -> None:
    scripted = link(*BEGUN)
    settings = {"lab": "probe", "who": "untrained"}
    async with page(tmp_path, "probe-readings", scripted, **settings) as (pilot, panel):
        await sees(pilot, "Nothing has been computed yet")
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert [one.keep for one in starts(scripted)] == [False]
        await wait_until(pilot, lambda: isinstance(scripted.sent[-1], protocol.Stop))
        await pilot.press("b")
        await sees(pilot, "There are no trained networks in memory")


def test_what_a_lesson_sets_is_checked() -> None:
    good = {"lab": "probe", "who": "control", "sample": "2", "loop": "9"}
    assert set(good) <= VIEWS["probe-readings"]
    assert view_fault(View("probe-readings", good)) == ""
    for settings, said in (
        ({"lab": "map"}, "the lab map fits no probes"),
        ({"who": "arrived"}, "who arrived"),
        ({"sample": "x"}, "sample x: expected a whole number"),
        ({"loop": "33"}, "loop 33: expected a whole number from 1 to 32"),
        ({"lab": "probe steps=x"}, "the lab probe: "),
    ):
        assert said in view_fault(View("probe-readings", settings))
    assert "control" not in view_in_words(View("probe-readings", {}))
    assert "as a weighted sum reads it off the trained map" in view_in_words(
        View("probe-readings", {})
    )
