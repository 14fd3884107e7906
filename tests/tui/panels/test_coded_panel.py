"""The way from a view to its code: a key opens the line that is shown, escape comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from textual.pilot import Pilot

from models import protocol
from tests.support.lab_link import alignment
from tests.support.probed import answering, network
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_code_panel import traced
from tests.tui.panels.test_inside_panels import BEGUN, DONE, gone, page
from tests.tui.panels.test_walk_panel import inside, lab
from tui.code_places import CELL, PANELS, CodePlace, read_code
from tui.drawing.attention.cell_lines import STAGES
from tui.panels.dot_product_panel import DotProductPanel
from tui.panels.masks_panel import MasksPanel
from tui.screens.code import CodeScreen
from tui.widgets.code_view import CodeView
from tui.widgets.walk_view import WalkView

MODEL = network()


def link() -> ScriptedLink:
    probes = {"attention": answering(MODEL), "code": traced}
    return ScriptedLink(DONE, probes=probes, at_once=True)


def walked(probe: protocol.Probe) -> protocol.Reply:
    """The shapes that go through a file in the block of sentences."""
    from models.shapes_trace import shapes_of_code

    _, values = shapes_of_code(lab().probe, probe.arguments)
    return protocol.ProbeResult(probe.run, probe.id, {}, values)


async def lit(pilot: Pilot[Any]) -> str:
    """The line that is lit, once its shapes are there or cannot be."""
    await wait_until(pilot, lambda: isinstance(pilot.app.screen, CodeScreen))
    await wait_until(pilot, lambda: bool(pilot.app.screen.query(CodeView)))
    await wait_until(pilot, lambda: "looking into" not in screen_text(pilot.app))
    await wait_until(pilot, lambda: "►" in screen_text(pilot.app))
    return next(row for row in screen_text(pilot.app).splitlines() if "►" in row)


async def back(pilot: Pilot[Any], key: str = "escape") -> None:
    await pilot.press(key)
    await wait_until(pilot, lambda: not isinstance(pilot.app.screen, CodeScreen))


@pytest.mark.parametrize(("stage", "place"), list(enumerate(CELL[:STAGES])))
async def test_the_line_of_the_stage_that_was_opened_last_is_lit(
    tmp_path: Path, stage: int, place: CodePlace
) -> None:
    settings = {"lab": "letters", "inspect": "stages"}
    async with page(tmp_path, "attention-grid", link(), **settings) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "tab  2 scale")
        assert isinstance(panel, DotProductPanel)
        panel.grid.move_to(9, 3)
        await pilot.press(*["tab"] * stage)
        await sees(pilot, "z code")
        await pilot.press("z")
        assert place.piece in await lit(pilot)
        await sees(pilot, f"{place.title}   {stage + 1} of 6")
        await back(pilot)
        # The very cell, at the very stage; the arrows are the grid's again.
        assert panel.opened and panel.grid.cursor == (9, 3)
        assert panel.inspector.stages == stage + 1
        await pilot.press("right")
        await wait_until(pilot, lambda: panel.grid.cursor == (9, 4))


async def test_the_last_stage_leads_on_to_the_line_that_multiplies_by_w_o(tmp_path: Path) -> None:
    async with page(tmp_path, "attention-grid", link(), lab="letters", inspect="all") as (pilot, _):
        await pilot.press("space")
        await sees(pilot, "5 × v → W_O")
        await pilot.press("z")
        assert "@ v" in await lit(pilot)
        await pilot.press("tab")
        assert "self.out_proj(" in await lit(pilot)
        await sees(pilot, "× W_O   6 of 6")


@pytest.mark.parametrize(("layers", "ways"), [(1, "h H head"), (2, "h l head, layer")])
async def test_the_way_to_the_code_is_on_the_key_line_of_a_grid_of_several_heads(
    tmp_path: Path, layers: int, ways: str
) -> None:
    def looked(probe: protocol.Probe) -> protocol.Reply:
        seen = answering(MODEL)(probe)
        return msgspec.structs.replace(seen, values={**seen.values, "layers": layers})

    worker = ScriptedLink(DONE, probes={"attention": looked, "code": traced}, at_once=True)
    async with page(tmp_path, "attention-grid", worker, lab="letters") as (pilot, _):
        await pilot.press("space")
        await sees(pilot, f"i inside   {ways}   z code")


async def test_shapes_come_from_the_run_that_is_shown_and_tab_goes_on(tmp_path: Path) -> None:
    worker = link()
    async with page(tmp_path, "attention-grid", worker, lab="letters") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "takes")
        await pilot.press("z")
        # A grid of weights is made by the softmax.
        assert CELL[3].piece in await lit(pilot)
        await sees(pilot, "S = ")
        asked = [one for one in worker.sent if isinstance(one, protocol.Probe)]
        look, code = asked[-2:]
        assert code.run == look.run
        want = {**look.arguments, "of": look.what, "file": "multi_head"}
        assert code.what == "code" and dict(code.arguments) == want
        await pilot.press("tab", "tab", "tab")
        assert CELL[0].piece in await lit(pilot)
        await pilot.press("down")
        assert CELL[0].piece not in await lit(pilot)
        await pilot.press("a", "a")
        assert CELL[4].piece in await lit(pilot)
        # A file is asked for once.
        files = [one.arguments["file"] for one in worker.sent if is_code(one)]
        assert files == ["multi_head", "attention"]
        await pilot.press("question_mark")
        await sees(pilot, "the file that runs")
        await pilot.press("escape")
        await back(pilot, "z")
        assert panel.has_focus_within


def is_code(one: object) -> bool:
    return isinstance(one, protocol.Probe) and one.what == "code"


async def test_the_code_is_there_where_its_shapes_cannot_be_told(tmp_path: Path) -> None:
    probes = {"attention": answering(MODEL), "code": gone}
    worker = ScriptedLink(DONE, probes=probes, at_once=True)
    async with page(tmp_path, "attention-grid", worker, lab="letters") as (pilot, _):
        await pilot.press("z")  # there is nothing to show the code of yet
        assert not isinstance(pilot.app.screen, CodeScreen)
        await pilot.press("space")
        await sees(pilot, "takes")
        await pilot.press("z")
        await sees(pilot, "That run is no longer here.")
        assert CELL[3].piece in await lit(pilot)


async def test_each_panel_of_the_masks_has_its_line(tmp_path: Path) -> None:
    async with page(tmp_path, "masks", link(), (60, 20), lab="letters") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert isinstance(panel, MasksPanel) and not panel.picture.whole
        for place in PANELS:
            await pilot.press("z")
            await lit(pilot)
            view = pilot.app.screen.query_one(CodeView)
            assert view.lit == read_code(place.file).find(place.piece)
            await back(pilot)
            await pilot.press("tab")
        await pilot.resize_terminal(120, 40)
        await wait_until(pilot, lambda: panel.picture.whole)
        await pilot.press("z")
        assert "as_bias(allowed" in await lit(pilot)


async def test_each_step_of_a_walk_has_the_line_that_takes_it(tmp_path: Path) -> None:
    worker = ScriptedLink(BEGUN, probes={"walk": inside, "code": walked}, at_once=True)
    given = {"lab": "sentence", "when": "before", "row": "1", "column": "2"}
    async with page(tmp_path, "walk", worker, (120, 40), **given) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "1/20 the words")
        view = panel.picture
        assert isinstance(view, WalkView)
        stages = view.walk.stages
        for at, stage in enumerate(stages):
            before = view.place
            await pilot.press("z")
            found = await lit(pilot)
            # The network hands out logits: the softmax of them is not in its code.
            shown = stage if stage.file else stages[at - 1]
            assert shown.line in found
            # Something went through every one of these lines: it is the code that ran.
            assert "made no tensor" not in screen_text(pilot.app)
            assert "No shapes" not in screen_text(pilot.app)
            await back(pilot)
            assert view.place == before
            await pilot.press("s")


async def test_an_alignment_has_the_way_to_its_judges(tmp_path: Path) -> None:
    worker = ScriptedLink(DONE, probes={"alignment": alignment, "code": gone}, at_once=True)
    async with page(tmp_path, "alignment", worker, lab="alignment") as (pilot, _):
        await pilot.press("space")
        await sees(pilot, "i inside")
        await pilot.press("z")
        assert "weights = self.weights(" in await lit(pilot)
        await back(pilot)
        await pilot.press("i", "z")
        assert "fit = (asked" in await lit(pilot)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_every_size(tmp_path: Path, size: tuple[int, int]) -> None:
    async with page(tmp_path, "attention-grid", link(), size, lab="letters") as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        await pilot.press("z")
        await lit(pilot)
        view = pilot.app.screen.query_one(CodeView)
        assert view.content_size.height == size[1] - 2
        for y in range(view.content_size.height):
            assert view.render_line(y).cell_length == view.content_size.width
