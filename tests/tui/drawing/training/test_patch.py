"""A patient and its patch: every number in its place, and the line that differs always there."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tui.demos.patch import by_hand
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.drawing.training.patch import Patch, Side, describe, draw, sentence, verdict, written

PAIR = by_hand()
COUNT = len(PAIR.letters)


def rows(shown: Patch = PAIR, width: int = 76, height: int = 20) -> list[str]:
    return plain(draw(shown, (2, 1), width, height, Ink())).split("\n")


def changed(**numbers: tuple[float, float]) -> Patch:
    one, other = ({name: pair[at] for name, pair in numbers.items()} for at in (0, 1))
    return replace(
        PAIR, one=replace(PAIR.one, numbers=one), other=replace(PAIR.other, numbers=other)
    )


def test_the_numbers_of_both_stand_beside_the_grids() -> None:
    shown = changed(accuracy=(0.204, 1.0), loss=(0.0102, 1.256), peak=(21.64, 2.8))
    lines = rows(shown)
    for told in ("right   20 → 100 %", "loss    0.01 → 1.26", "highest 21.6 → 2.80"):
        assert sum(told in line for line in lines) == 1
    assert not any("says p" in line for line in lines), "what nobody measured is not told"
    assert (
        verdict(shown)
        == "added → patched: right 20 → 100 %, loss 0.01 → 1.26, highest 21.6 → 2.80."
    )


def test_what_only_one_of_them_has_leaves_a_dash() -> None:
    shown = replace(PAIR, one=replace(PAIR.one, numbers={}, losses=()))
    assert any("loss    – → 1.26" in line for line in rows(shown))
    assert any(line.rstrip().endswith("! no number") for line in rows(shown))


def test_before_training_there_are_no_numbers_and_no_losses() -> None:
    one, other = (replace(side, numbers={}, losses=()) for side in PAIR.sides)
    shown = replace(PAIR, one=one, other=other)
    assert not any("!" in line or "log scale" in line for line in rows(shown))
    assert verdict(shown).endswith("nothing is measured yet.")


def test_a_hidden_cell_a_weight_of_nought_and_one_that_is_no_number_have_three_signs() -> None:
    ill = [[math.nan] * COUNT, *([0.0] * COUNT for _ in range(COUNT - 1))]
    shown = replace(PAIR, one=replace(PAIR.one, weights=ill))
    lines = rows(shown)
    assert lines[2].startswith("d ! ! !") and lines[3].startswith("k · · ·")
    assert lines[2][26:].startswith("d █ × × ×")


def test_the_cell_under_the_cursor_is_told_of_both() -> None:
    told = describe(PAIR, (2, 1))
    weight = 1 / (3 + 8 * math.e)
    assert f"added {weight:.2f}, row sum 1.00, says a" in told
    assert "patched 0.33, row sum 1.00" in told and told.endswith("Next comes m.")
    assert "patched hidden" in describe(PAIR, (0, 5))
    assert any(line.endswith("a, k    0.04 → 0.33") for line in rows())


@pytest.mark.parametrize("height", [10, 16, 24, 40])
def test_the_line_that_differs_is_there_at_any_height(height: int) -> None:
    text = "\n".join(rows(height=height))
    assert "-     return scores + ahead.float()" in text
    assert "+     return scores.masked_fill(ahead, -math.inf)" in text
    assert ("ahead = j > j" in text) == (height >= 20)
    assert ("Next comes" in text) == (height >= 20)


def test_both_losses_stand_on_one_scale() -> None:
    falls = replace(PAIR.one, name="falls", losses=[2.0, 0.02])
    stays = replace(PAIR.one, name="stays", losses=[2.0, 2.0])
    lines = rows(replace(PAIR, one=falls, other=stays))
    assert any(line.endswith("falls   ▆▁") for line in lines)
    assert any(line.endswith("stays   ▆▆") for line in lines)


def test_all_is_said_in_words() -> None:
    told = sentence(PAIR, (0, 0))
    assert "ahead 61 → 0 %" in told and "instead of “return scores + ahead.float()”" in told
    assert sentence(Patch(Side(""), Side("")), (0, 0)) == "No patient yet."


def test_numbers_are_written_to_the_digits_that_can_be_read() -> None:
    assert [written(value, "number") for value in (None, 0.0102, 2.5, 21.64)] == [
        "–", "0.01", "2.50", "21.6",
    ]  # fmt: skip
    assert written(0.905, "percent") == "90"


@pytest.mark.parametrize("ink", KINDS)
@pytest.mark.parametrize("width", [12, 30, 50, 71, 76, 120])
def test_it_fits_in_every_ink(width: int, ink: str) -> None:
    for shown in (PAIR, Patch(Side(""), Side(""))):
        lines = draw(shown, (0, 0), width, 24, Ink(ink, "ascii" if ink == "ascii" else "braille"))
        assert {line.cell_length for line in lines} == {width}
        assert ink != "ascii" or plain(lines).isascii()
