"""The table of costs: every number on it is the one of the layer, in every ink and width."""

from __future__ import annotations

import pytest

from tui.drawing.ink import KINDS, Ink
from tui.drawing.layers.costs import (
    FORMULAS,
    LAYERS,
    QUANTITIES,
    CostTable,
    compared,
    draw,
    sentence,
    short,
    worked,
)
from tui.drawing.lines import plain


@pytest.mark.parametrize(("n", "c"), [(1, 1), (64, 128), (1000, 512), (65_536, 65_536)])
def test_every_formula_gives_the_number_below_it(n: int, c: int) -> None:
    table = CostTable(n, c)
    worth = {
        "n": n, "1": 1, "C": c, "3C": 3 * c, "2nC²": 2 * n * c**2, "3nC²": 3 * n * c**2,
        "4nC² + 2n²C": 4 * n * c**2 + 2 * n**2 * c, "2nC + n²": 2 * n * c + n**2,
    }  # fmt: skip
    for layer, formulas in FORMULAS.items():
        for quantity, formula in zip(QUANTITIES, formulas, strict=True):
            value = table.value(layer, quantity)
            if formula == "⌈log₃ n⌉":
                assert 3**value >= n and (value == 1 or 3 ** (value - 1) < n)
            else:
                assert value == worth[formula]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [64, 73, 110])
def test_numbers_stand_under_their_quantity(kind: str, width: int) -> None:
    table = CostTable(64, 128, 2)
    rows = plain(draw(table, width, Ink(kind))).split("\n")
    assert rows[0].startswith("n = 64 tokens, C = 128 numbers for each")
    heads = [name.strip() for name in rows[2].split()]
    assert heads == ["path", "steps", Ink(kind).glyphs.pointer + "work", "memory"]
    for row, layer in zip(rows[4:9:2], LAYERS, strict=True):
        assert row.split() == [short(table.value(layer, quantity)) for quantity in QUANTITIES]
        for number, quantity in zip(row.split(), QUANTITIES, strict=True):
            assert row.index(f" {number}") + len(number) + 1 <= width
            assert quantity in rows[2]
    assert all(len(row) <= width for row in rows)
    assert kind != "ascii" or "\n".join(rows).isascii()


def test_the_comparison_follows_the_numbers() -> None:
    assert compared(CostTable(64, 128, 0)) == "Path: for attention 1/64 of that of the RNN."
    assert compared(CostTable(64, 128, 2)) == "Work: for attention 2.5 times that of the RNN."
    assert compared(CostTable(1, 128, 1)) == "Steps: as much for attention as for the RNN."
    assert "FlashAttention" in plain(draw(CostTable(64, 128, 3), 73, Ink()))
    assert "4nC² + 2n²C  = 5,242,880" in worked(CostTable(64, 128, 2))


def test_a_narrow_window_has_it_in_words() -> None:
    table = CostTable(8, 4)
    text = " ".join(plain(draw(table, 40, Ink())).split())
    assert sentence(table) in text
    assert "attention: path 1, steps 1, work 1,024, memory 128" in text


def test_large_numbers_stay_short() -> None:
    assert short(35_184_372_088_832) == "35.2 trillion"
    assert short(1_500_000_000) == "1.5 billion"
    assert short(999_999_999) == "999,999,999"
