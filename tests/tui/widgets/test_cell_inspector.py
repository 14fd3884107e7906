"""One weight taken apart: every number that is printed follows from the tensors."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import pytest

from models import protocol
from models.arrays import pack
from models.specs.catalog import LABS
from tests.support.lab_link import alignment
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.support.terminal import Stage
from tests.tui.panels.test_inside_panels import BEGUN, DONE, page
from tui.demos.alignment import cell_demo
from tui.drawing.attention.additive import Cell, Parts, describe, draw, explained, sentence
from tui.drawing.attention.cell_numbers import signed
from tui.drawing.attention.weights import Weights
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.panels.alignment_panel import AlignmentPanel
from tui.widgets.cell_inspector import CellInspector

ASKED, OFFERED, JUDGE = [[0.5, -1.0, 0.1]], [[0.25, 2.0, 0.0], [0.0, 0.0, 0.0]], [2.0, -3.0, 0.5]
FITS = [math.tanh(0.75), math.tanh(1.0), math.tanh(0.1)]
PRODUCTS = [2.0 * FITS[0], -3.0 * FITS[1], 0.5 * FITS[2]]
SCORES = [sum(PRODUCTS), 2.0 * math.tanh(0.5) + 3.0 * math.tanh(1.0) + 0.5 * FITS[2]]


def cell(chosen: int = 0, column: int = 0) -> Cell:
    powers = [math.exp(score) for score in SCORES]
    weights = Weights.of(
        ["E"], ["ru", "pip"], [[p / sum(powers) for p in powers]], called=("move", "word")
    )
    parts = Parts(ASKED, OFFERED, JUDGE, [SCORES], [[1.0, -2.0], [0.5, 0.0]], [".", "E"])
    return Cell(weights, parts, 0, column, chosen)


def test_every_line_follows_from_the_one_before() -> None:
    rows = [" ".join(row.split()) for row in plain(draw(cell(), 60, 16, Ink())).split("\n")]
    assert rows[0] == "The first move, E, and ru, the first word"
    assert rows[1] == "1 score = v · tanh(W s + U h) 3 judges"
    # The largest product is the second judge's: -3 tanh(-1 + 2).
    assert rows[3] == "► 2 −1.00 +2.00 +0.76 −3.00 −2.28"
    assert rows[4] == "1 +0.50 +0.25 +0.64 +2.00 +1.27"
    assert rows[5] == "3 +0.10 +0.00 +0.10 +0.50 +0.05"
    assert rows[7] == f"score, the sum of all {signed(sum(PRODUCTS))}"
    power, whole = math.exp(SCORES[0]), sum(map(math.exp, SCORES))
    share = f"{power / whole:.3f}"[1:]
    assert rows[9] == (
        f"e^{signed(SCORES[0]).removeprefix('+')} / Σ e^score = {power:.4g} / {whole:.4g} = {share}"
    )
    assert rows[8] == "2 softmax over 2 words: rank 2"
    added = f". {signed(power / whole)} E {signed(-2 * power / whole)}"
    assert rows[10].startswith(f"3 × {share}") and rows[11] == added
    told = "Judge 2 speaks against it: tanh(−1.00 +2.00) = +0.76, times −3.00, is −2.28."
    assert " ".join(rows[12:14]) == told


def test_judges_out_of_sight_are_summed_up() -> None:
    rows = plain(draw(cell(), 60, 8, Ink())).split("\n")
    assert "►" in rows[3]
    assert rows[4].split() == ["2", "others,", "together", signed(PRODUCTS[0] + PRODUCTS[2])]
    rows = plain(draw(cell(2), 60, 8, Ink())).split("\n")
    assert rows[3].split()[:2] == ["►", "3"]
    assert rows[4].split()[-1] == signed(PRODUCTS[0] + PRODUCTS[1])


@pytest.mark.parametrize("kind", KINDS)
def test_lines_have_their_width_and_height(kind: str) -> None:
    for width, height in ((1, 1), (20, 5), (44, 7), (44, 12), (60, 17), (120, 40)):
        lines = draw(cell(), width, height, Ink(kind))
        assert len(lines) == height and {line.cell_length for line in lines} == {width}
        assert kind != "ascii" or plain(lines).isascii()


def test_where_there_is_no_room_a_sentence_says_it() -> None:
    told = (
        f"The first move, E, and ru, the first word: the score is {signed(SCORES[0])}, the weight"
    )
    assert sentence(cell()).startswith(told) and sentence(cell()).endswith(describe(cell()))
    assert plain(draw(cell(), 30, 6, Ink())).startswith("The first move, E, and ru,")


def test_help_has_the_formula_with_its_numbers() -> None:
    shown = cell()
    told = explained(shown.weights, shown.parts, 0, 0)
    power, whole = math.exp(SCORES[0]), sum(map(math.exp, SCORES))
    assert (
        f"e^{signed(SCORES[0]).removeprefix('+')} / Σ e^score = {power:.4g} / {whole:.4g}" in told
    )
    assert "the most is −2.28, from judge 2" in told and "lesson 4" in told
    assert "e^score / Σ e^score" in explained(shown.weights, None, 0, 0)


def test_what_rounds_to_nought_has_no_minus() -> None:
    assert [signed(number) for number in (-0.004, 0.0, -1.5)] == ["+0.00", "+0.00", "−1.50"]


def link(script: Any = DONE, inside: Any = alignment) -> ScriptedLink:
    return ScriptedLink(script, probes={"alignment": inside}, at_once=True)


async def test_a_cell_is_opened_walked_through_and_closed(tmp_path: Path) -> None:
    async with page(tmp_path, "alignment", link(), lab="alignment") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "takes 71.1 % from pippip, the last word")
        assert "i inside" in screen_text(pilot.app)
        await pilot.press("i")
        await sees(pilot, "The first move, E, and pippip, the last word")
        assert "moves ask" not in screen_text(pilot.app)
        await sees(pilot, "Judge 1 speaks for it: tanh(+0.50 +0.25) = +0.64, times +1.50")
        await pilot.press("down", "down")
        await sees(pilot, "Judge 2 speaks against it: tanh(+0.00 −1.00) = −0.76, times +0.00")
        # Another word of the same row, judges from the largest on.
        await pilot.press("left")
        await sees(pilot, "The first move, E, and sample0, the third word")
        await sees(pilot, "Judge 1 speaks for it")
        assert "the score is +0.00" in panel.sentence
        await pilot.press("m")
        await sees(pilot, "The first move, E, and sample1, the third word")
        await pilot.press("escape")
        await sees(pilot, "moves ask")
        assert "takes 9.6 % from sample1" in screen_text(pilot.app)
        await pilot.press("i", "i")
        await sees(pilot, "moves ask")


async def test_beside_the_grid_where_there_is_room(tmp_path: Path) -> None:
    async with page(tmp_path, "alignment", link(), (200, 50), lab="alignment") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "71.1 %")
        await pilot.press("i")
        await sees(pilot, "Judge 1 speaks for it")
        assert "moves ask" in screen_text(pilot.app)
        assert isinstance(panel, AlignmentPanel)
        assert panel.inspector.region.x >= panel.grid.region.right
        await pilot.press("left")
        await wait_until(pilot, lambda: panel.grid.cursor == (0, 2))


async def test_help_tells_of_the_cell_under_the_cursor(tmp_path: Path) -> None:
    async with page(tmp_path, "alignment", link(), (120, 50), lab="alignment") as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "71.1 %")
        assert f"{math.exp(2):.4g} / {math.exp(2) + 3:.4g} = .711" in panel.help_text
        await pilot.press("i")
        await wait_until(pilot, lambda: "One weight, taken apart" in panel.help_text)


async def test_numbers_are_those_of_the_tensors(tmp_path: Path) -> None:
    import torch

    from models.labs.catalog import load_lab

    lab: Any = load_lab("alignment")(LABS["alignment"].settings({"turns": 3}), 0, "cpu")

    def inside(probe: protocol.Probe) -> protocol.Reply:
        arrays, values = lab.probe(probe.what, probe.arguments)
        packed = {name: pack(array) for name, array in arrays.items()}
        return protocol.ProbeResult(probe.run, probe.id, packed, values)

    network = lab.racers[0].network
    source, _ = lab._texts(lab.racers[0], "sample 0", 1, "longest")
    with torch.no_grad():
        memory, state = network.reader(network.read(source))
        asked = network.attend.query.weight @ state[0]
        offered = network.attend.key.weight @ memory[0, 2]
        counts = network.attend.judge.weight.detach()[0]
        products = counts * (asked + offered).tanh()
        score = float(products.sum())
    settings = {"lab": "alignment turns=3", "when": "before"}
    async with page(tmp_path, "alignment", link(BEGUN, inside), **settings) as (pilot, panel):
        await pilot.press("space")
        await wait_until(pilot, lambda: panel.has_picture)
        assert isinstance(panel, AlignmentPanel)
        panel.grid.move_to(0, 2)
        await pilot.press("i")
        order = products.abs().argsort(descending=True).tolist()
        for place, judge in enumerate(order):
            numbers = (asked, offered, (asked + offered).tanh(), counts, products)
            told = " ".join(signed(float(number[judge])) for number in numbers)
            expected = f"► {judge + 1} {told}"
            await wait_until(
                pilot,
                lambda told=expected: told in re.sub(r" +", " ", screen_text(pilot.app)),
            )
            assert f"sum of all {signed(score)}" in re.sub(r" +", " ", screen_text(pilot.app))
            inspector = panel.query_one(CellInspector)
            assert inspector.cell is not None and inspector.cell.chosen == place
            await pilot.press("down")


@pytest.mark.parametrize("size", [(1, 1), (8, 4), (40, 12), (80, 24), (200, 60)])
async def test_a_view_alone_in_any_window(size: tuple[int, int]) -> None:
    for kind in KINDS:
        async with cell_demo(Ink(kind, "ascii"), steps=20).run_test(size=size) as pilot:
            view = pilot.app.query_one(CellInspector)
            view.focus()
            await pilot.press("down")
            for y in range(view.content_size.height):
                assert view.render_line(y).cell_length == view.content_size.width
            if size == (80, 24):
                assert "6 judges" in screen_text(pilot.app)


async def test_without_a_cell_nothing_is_drawn() -> None:
    app = Stage(CellInspector())
    async with app.run_test(size=(60, 20)):
        assert not screen_text(app).strip()
