"""The code in a lesson: there at once, with live shapes as soon as somebody asks for them."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pytest

from course.lesson import View
from models import protocol
from models.sources import sources
from models.specs.catalog import LABS
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import BEGUN, DONE, gone, page, starts
from tui.demos.code import code_demo
from tui.drawing.ink import Ink
from tui.panels.code_panel import ASKED, code_of_probe
from tui.views import VIEWS, view_fault, view_in_words
from tui.widgets.code_view import CodeView

SETTINGS = {"lab": "letters", "file": "attention", "line": "scores = q /"}


@functools.cache
def run() -> Any:
    from models.run_here import begin

    return begin("letters", {"width": 8, "length": 5, "steps": 60, "control": False}, 0)


def traced(probe: protocol.Probe) -> protocol.Reply:
    """What a real network answers."""
    _, values = run().probe(probe.what, probe.arguments)
    return protocol.ProbeResult(probe.run, probe.id, {}, values)


def link(*script: protocol.Reply) -> ScriptedLink:
    return ScriptedLink(script, probes={"code": traced}, at_once=True)


async def test_the_file_is_there_at_once_with_the_line_lit(tmp_path: Path) -> None:
    worker = link(*BEGUN)
    async with page(tmp_path, "code", worker, **SETTINGS) as (pilot, panel):
        await sees(pilot, "layers/attention.py   lines")
        await sees(pilot, "scores = q / math.sqrt(q.shape[-1]) @ k.mT")
        await sees(pilot, "space live shapes")
        lit = next(row for row in screen_text(pilot.app).splitlines() if "►" in row)
        assert "scores = q /" in lit
        rows = screen_text(pilot.app).splitlines()
        assert any(row.split()[1:2] == ["def"] for row in rows[rows.index(lit) :] if row.split())
        assert not starts(worker) and panel.sentence.endswith("No shapes yet.")


async def test_one_pass_of_the_network_writes_its_shapes_beside_the_lines(tmp_path: Path) -> None:
    worker = link(*BEGUN)
    async with page(tmp_path, "code", worker, **SETTINGS) as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await sees(pilot, "@ k.mT")
        seen, _ = run().probe("attention", {"when": "before"})
        tokens = seen["weights"].shape[-1]
        await sees(pilot, f"made (1, 1, {tokens}, {tokens}): T = {tokens}, S = {tokens}.")
        await pilot.press("right")
        lit = next(row for row in screen_text(pilot.app).splitlines() if "►" in row)
        assert "return scores if" in lit and f"(1, 1, {tokens}, {tokens})" in lit
        await pilot.press("down")
        await sees(pilot, "made no tensor in this pass")
        await pilot.press("question_mark")
        await sees(pilot, "to the line with a shape before this one")
        (start,) = starts(worker)
        assert start.knobs["steps"] == LABS["letters"].knob("steps").low and not start.keep
        assert isinstance(worker.sent[-1], protocol.Stop)


def test_what_goes_through_a_tower_is_written_beside_the_lines_of_its_blocks() -> None:
    from models.run_here import begin

    tower = begin("tower", {"depth": 1, "controls": False}, 0)
    asked = {"file": "blocks", "of": ASKED["tower"], "when": "before"}
    _, values = tower.probe("code", asked)
    code = code_of_probe(protocol.ProbeResult("run", 1, {}, values), "lab tower")
    change = code.find("said = self.drop")
    assert [shape[1:] for shape in code.shapes[change]] == [(8, 32)]


async def test_a_run_in_memory_is_asked_without_a_key(tmp_path: Path) -> None:
    worker = link(*DONE)
    async with page(tmp_path, "code", worker, **SETTINGS) as (pilot, panel):
        labs = pilot.app.labs  # type: ignore[attr-defined]
        spec, knobs = panel.spec, dict(panel.knobs)
        labs.start(spec, knobs, 0)
        await wait_until(pilot, lambda: panel.has_picture)
        await sees(pilot, "T = ")


async def test_what_cannot_be_looked_into_is_said_and_the_code_stays(tmp_path: Path) -> None:
    worker = ScriptedLink(BEGUN, probes={"code": gone}, at_once=True)
    async with page(tmp_path, "code", worker, **SETTINGS) as (pilot, _):
        await pilot.press("space")
        await sees(pilot, "That run is no longer here.")
        await sees(pilot, "scores = q /")
        await sees(pilot, "space live shapes")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with page(tmp_path, "code", link(*BEGUN), size, **SETTINGS) as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await sees(pilot, "scores = q /")
        picture = panel.picture
        for y in range(picture.content_size.height):
            assert picture.render_line(y).cell_length == picture.content_size.width
        if size[1] >= 24:
            assert pilot.app.screen.page.max_scroll_y == 0  # type: ignore[attr-defined]
        await pilot.press("end", "home", "left")
        await sees(pilot, '1 """')


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, ""),
        ({"lab": "amnesia", "file": "lstm", "runner": "lstm", "line": "c = f"}, ""),
        ({"file": "atention"}, "no file is called atention: did you mean attention?"),
        ({"line": "scores = k"}, "no line of attention.py holds 'scores = k'"),
        ({"lab": "mouse"}, "the lab mouse cannot be followed"),
        ({"rows": "8"}, ""),
        ({"rows": "few"}, "rows few: expected a whole number from 6 up"),
        ({"lab": "leters"}, "no lab is called leters: did you mean letters?"),
        ({"lab": "amnesia", "runner": "lstn"}, "has no runner lstn: did you mean lstm?"),
    ],
)
def test_what_a_lesson_sets_is_checked(settings: dict[str, str], said: str) -> None:
    assert set(settings) <= VIEWS["code"]
    found = view_fault(View("code", settings))
    assert said in found and bool(said) == bool(found)


def test_a_lesson_that_is_read_says_where_the_file_is() -> None:
    assert "grok-tui read --code attention prints it" in view_in_words(View("code", {}))


async def test_the_demonstration_shows_the_file() -> None:
    app = code_demo(Ink())
    async with app.run_test(size=(100, 30)) as pilot:
        await sees(pilot, "made (1, 4, 9, 9): T = 9, S = 9.")
        view = app.query_one(CodeView)
        assert view.code.source == sources()["attention"].read_text("utf-8")
