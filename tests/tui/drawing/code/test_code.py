"""A file as it runs: nothing of it is changed, and the shapes stand beside their lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.sources import sources
from tui.drawing.code.code import (
    Code,
    axes_of,
    describe,
    draw_code,
    in_a_sentence,
    rows_of,
    top_for,
)
from tui.drawing.code.code_lines import highlighted
from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain

SOURCE = '''"""A head.

    y = x W
"""


def forward(x, w, a_name_that_makes_this_line_a_good_deal_longer_than_the_screen=1):
    made = x @ w  # (..., T, S)
    return made, made + 1
'''
CODE = Code("layers/head.py", SOURCE)
TRACED = replace(CODE, shapes={8: ((1, 2, 5, 7),), 9: ((1, 2, 5, 7), (1, 2, 5, 7))}, title="a lab")


def drawn(
    code: Code = TRACED, lit: int = 8, top: int = 1, width: int = 60, height: int = 12
) -> list[str]:
    return plain(draw_code(code, (lit, top), (width, height), Ink())).split("\n")


@pytest.mark.parametrize("name", sorted(sources()))
def test_highlighting_changes_no_sign_of_any_file(name: str) -> None:
    source = sources()[name].read_text("utf-8")
    lines = highlighted(source)
    assert "\n".join("".join(text for text, _ in line) for line in lines) == source


def test_what_is_a_keyword_a_name_and_a_comment_is_told_apart() -> None:
    roles = {text: role for line in highlighted(SOURCE) for text, role in line}
    assert roles["def"] == roles["return"] == "code-word" and roles["forward"] == "code-defined"
    assert roles["# (..., T, S)"] == "dim" and roles['"""A head.'] == "code-string"
    assert roles["1"] == "code-number"
    broken = highlighted('x = 1\n"""never closed')
    assert ["".join(text for text, _ in line) for line in broken] == ["x = 1", '"""never closed']


def test_the_shapes_stand_at_the_right_and_the_lit_line_has_a_pointer() -> None:
    rows = drawn()
    assert rows[0].startswith("layers/head.py   lines 1 to 9 of 9   a lab")
    made, given = rows[8], rows[9]
    assert made.startswith("►8     made = x @ w  # (..., T, S)") and made.endswith("(1, 2, 5, 7)")
    assert given.startswith(" 9") and given.endswith("2 of (1, 2, 5, 7)")
    assert rows[10] == "Line 8 made (1, 2, 5, 7): T = 5, S = 7."


def test_where_it_is_narrow_the_comment_gives_way_and_then_the_end_of_the_line() -> None:
    assert drawn(width=36)[8] == "►8     made = x @ w     (1, 2, 5, 7)".ljust(36)
    assert "…" in drawn(width=30)[8] and drawn(width=30)[8].endswith("(1, 2, 5, 7)")
    assert drawn()[7].rstrip().endswith("…")


def test_a_lit_line_that_is_cut_stands_whole_below() -> None:
    rows = drawn(lit=7, width=86)
    assert "…" in rows[7] and rows[10].startswith("def forward(x, w, a_name")
    assert rows[11].startswith("Line 7 made no tensor")


def test_the_lit_line_is_in_sight_and_the_window_moves_no_more_than_it_must() -> None:
    file = Code("f.py", "\n".join(f"x{n} = {n}" for n in range(100)))
    height = 12
    top = 1
    for lit in [*range(1, 101), *range(100, 0, -1)]:
        before, top = top, top_for(file, lit, top, height)
        assert abs(top - before) <= 1 and top <= lit < top + rows_of(height)
    assert top_for(file, 50, 45, height) == 45


def test_what_is_said_of_a_line() -> None:
    assert describe(TRACED, 1) == "Line 1 made no tensor in this pass."
    assert describe(TRACED, 9) == "Line 9 made 2 of (1, 2, 5, 7)."
    assert describe(CODE, 8) == "No shapes yet."
    assert axes_of("y = f(x)  # (B, N)", (3, 4)) == "B = 3, N = 4"
    assert axes_of("y = f(x)  # (B, N)", (3, 4, 5)) == "" and axes_of("y = f(x)", (3,)) == ""
    assert in_a_sentence(TRACED, 8).startswith("layers/head.py, a lab. made = x @ w")


def test_a_line_is_found_by_its_number_or_by_what_it_holds() -> None:
    assert CODE.find("made = x") == CODE.find("8") == 8
    assert CODE.find("nowhere") == CODE.find("0") == CODE.find("10") == 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(1, 1), (12, 3), (40, 6), (74, 16), (120, 40)])
def test_every_size_and_ink(size: tuple[int, int], kind: str) -> None:
    lines = draw_code(TRACED, (8, 1), size, Ink(kind))
    assert len(lines) == size[1] and all(line.cell_length == size[0] for line in lines)
    assert kind != "ascii" or plain(lines).isascii()
