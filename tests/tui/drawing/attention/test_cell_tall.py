"""One weight where there is room for all of it: its whole row and every logit, digit for digit."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from tests.support.probed import NAMES, TEXT, answering, by_hand, network, taken
from tests.support.screens import screen_text, sees, wait_until
from tests.support.scripted_worker import ScriptedLink
from tests.tui.panels.test_inside_panels import DONE, page
from tui.code_places import CELL, cell_lines, read_code
from tui.drawing.attention.cell_lines import STAGES, Opened
from tui.drawing.attention.cell_numbers import places_for, power_text, signed
from tui.drawing.attention.cell_tall import LEAST, draw_tall, fewest, tall_height
from tui.drawing.attention.weights import number_text
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.panels.dot_product_panel import DotProductPanel

CODE = cell_lines()


def rows(row: int, column: int, width: int = 80, **how: object) -> list[str]:
    opened = Opened(taken(network(), row, column), **how)  # type: ignore[arg-type]
    height = tall_height(opened, CODE, width)
    told = plain(draw_tall(opened, CODE, width, height, Ink()))
    return [" ".join(line.split()) for line in told.split("\n")]


@pytest.mark.parametrize("lifted", [False, True])
@pytest.mark.parametrize(("row", "column"), [(9, 0), (4, 2)])
def test_the_whole_row_of_the_softmax_is_told(row: int, column: int, lifted: bool) -> None:
    hand = by_hand(network())
    told = "\n".join(rows(row, column, lifted=lifted))
    scores = hand.scores[row]
    powers = np.exp(scores)
    shares = powers / powers.sum() if lifted else hand.weights[row]
    places = places_for(np.abs(scores))
    for at, letter in enumerate(TEXT):
        seen = lifted or at <= row
        power = power_text(powers[at]) if seen else "0"
        share = number_text(shares[at]) if seen else "×"
        mark = "► " if at == column else ""
        assert f"{mark}{letter} {signed(scores[at], places)} {power} {share}" in told


def test_every_logit_has_its_number() -> None:
    effects = by_hand(network()).effects[9, 4]
    told = "\n".join(rows(9, 4))
    places = places_for(np.abs(effects))
    for name, effect in zip(NAMES, effects, strict=True):
        number = re.escape(signed(effect, places))
        assert re.search(rf"(^| ){name} {number}( |$)", told, re.MULTILINE)
    assert "elsewhere" in told and "→ says" in told


def test_the_lines_of_the_open_stages_stand_below_and_those_of_the_last_are_marked() -> None:
    for stages in range(1, STAGES + 1):
        told = [line for line in rows(9, 0, 140, stages=stages) if ".py " in line]
        assert len(told) == stages + (stages == STAGES)
        marked = [line for line in told if line.startswith("►")]
        assert len(marked) == 1 + (stages == STAGES) and marked[0].startswith(f"► {stages} ")
    for (_, text), place in zip(CODE, CELL, strict=True):
        file, line = text.split()[:2]
        assert place.piece in text and place.piece in read_code(file[:-3]).text(int(line))


@pytest.mark.parametrize("kind", KINDS)
def test_lines_have_their_width_and_height_and_a_low_window_leaves_rows_out(kind: str) -> None:
    for positions in ("learned", "alibi"):
        cell = taken(network(positions), 9, 5)
        for width in (LEAST, 90, 150):
            for stages in range(1, STAGES + 1):
                opened = Opened(cell, stages)
                for height in (fewest(opened, CODE, width), tall_height(opened, CODE, width), 60):
                    lines = draw_tall(opened, CODE, width, height, Ink(kind))
                    assert len(lines) == height
                    assert {line.cell_length for line in lines} == {width}
                    assert kind != "ascii" or plain(lines).isascii()
                    told = plain(lines)
                    assert told.count(".py ") == stages + (stages == STAGES)
            low = plain(
                draw_tall(Opened(cell), CODE, width, fewest(opened, CODE, width), Ink(kind))
            )
            assert " more" in low and "b" in low


@pytest.mark.parametrize(("size", "tall"), [((200, 60), True), ((120, 40), False)])
async def test_only_a_high_window_shows_it(
    tmp_path: Path, size: tuple[int, int], tall: bool
) -> None:
    link = ScriptedLink(DONE, probes={"attention": answering(network())}, at_once=True)
    settings = {"lab": "letters", "inspect": "all"}
    async with page(tmp_path, "attention-grid", link, size, **settings) as (pilot, panel):
        await pilot.press("space")
        await sees(pilot, "5 × v → W_O")
        assert isinstance(panel, DotProductPanel)
        await wait_until(pilot, lambda: ("e^score share" in screen_text(pilot.app)) is tall)
        assert ("► 5 multi_head.py" in screen_text(pilot.app)) is tall
        # The grid is beside it, and a pinned cell is compared as everywhere.
        assert panel.grid.display
        await pilot.press("c", "left")
        await sees(pilot, "pinned:")
