"""The map of a long grid: patches in half blocks, and where the window is."""

from __future__ import annotations

import pytest

from tui.drawing.attention.grid_window import Window
from tui.drawing.attention.minimap import Overview, draw_minimap
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain

DIAGONAL = Overview([[12.0 * (row == column) for column in range(6)] for row in range(6)], (60, 60))


def test_a_diagonal_is_drawn_two_rows_a_line() -> None:
    rows = plain(draw_minimap(DIAGONAL, Window(50, 0, 10, 20), 20, 10, Ink())).split("\n")
    assert rows[:5] == ["all 60 × 60", " ▀▄····", " ··▀▄··", "┃····▀▄", " ━━"]
    assert " ".join(rows[5:]).startswith("drawn: 10 times an equal share")


def test_a_map_that_is_too_large_is_made_of_larger_patches() -> None:
    rows = plain(draw_minimap(DIAGONAL, Window(0, 0, 60, 60), 8, 4, Ink())).split("\n")
    assert rows[1] == "┃▀▀▀▄▄▄"


@pytest.mark.parametrize("kind", KINDS)
def test_lines_have_their_width_and_height(kind: str) -> None:
    for width, height in ((1, 1), (8, 4), (20, 9), (60, 30)):
        for overview in (DIAGONAL, Overview((), (0, 0))):
            lines = draw_minimap(overview, Window(3, 9, 20, 20), width, height, Ink(kind))
            assert len(lines) == height and {line.cell_length for line in lines} == {width}
            assert kind != "ascii" or plain(lines).isascii()
