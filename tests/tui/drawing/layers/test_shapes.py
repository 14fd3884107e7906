"""The walk of shapes: what stands in the list, whether it adds up, and what is below."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from tui.drawing.ink import KINDS, Ink
from tui.drawing.layers.shapes import (
    Shapes,
    Step,
    describe,
    draw,
    height,
    of_blocks,
    sentence,
    times,
    total,
    window,
)
from tui.drawing.lines import plain

FILES = ("networks/x.py", "layers/norm.py", "layers/multi_head.py", "layers/feed_forward.py")


def step(number: int) -> Step:
    file = FILES[number % 4]
    code = f"x{number} = layer(x{number - 1})"
    return Step(
        file, number + 1, number + 1, "f", "Says.", code, "(B, T)", ((1, number),), 10 * number
    )


def shapes(count: int = 20, missing: int = 0) -> Shapes:
    steps = tuple(step(n) for n in range(count))
    source = tuple(f"x{n} = layer(x{n - 1})  # (B, T)" for n in range(count))
    whole = sum(one.parameters for one in steps)
    return Shapes(steps, whole + missing, "a row", dict.fromkeys(FILES, source))


def test_every_step_says_its_line_its_shape_and_its_parameters() -> None:
    text = plain(draw(shapes(6), 2, "code", 74, 14, Ink())).split("\n")
    for number in range(6):
        row = text[1 + number]
        assert f"x{number} = layer" in row and f"1 × {number}" in row and "(B, T)" in row
        assert row.endswith(f"{10 * number}" if number else "(B, T)")
    assert text[3].startswith("►") and not text[2].startswith("►")


def test_the_sum_is_that_of_the_network_or_it_is_said() -> None:
    assert total(shapes(5), 2) == "so far 30, in all 100 = sum(p.numel())"
    assert plain(draw(shapes(5), 2, "code", 74, 14, Ink())).count("✓") == 1
    wrong = shapes(5, missing=7)
    assert "in all 100, but sum(p.numel()) is 107" in total(wrong, 4)
    assert "✗" in plain(draw(wrong, 2, "code", 74, 14, Ink())) and not wrong.adds_up


def test_the_cursor_is_always_among_the_steps_that_are_listed() -> None:
    for cursor in range(20):
        for rows in (3, 7, 25):
            seen = window(20, cursor, rows)
            assert cursor in seen and len(seen) == min(rows, 20)
    text = plain(draw(shapes(), 19, "code", 74, 14, Ink()))
    assert "►20 x19" in text and " 1 x0" not in text


def test_the_line_under_the_cursor_is_lit_in_its_file() -> None:
    text = plain(draw(shapes(), 9, "code", 74, 20, Ink())).split("\n")
    lit = [line for line in text if re.match(r"►\s+\d+ x\d+ = layer.*# \(B, T\)", line)]
    assert lit == ["►  10 x9 = layer(x8)  # (B, T)"]
    assert "models/layers/norm.py  f: Says." in text


def test_a_file_that_cannot_be_read_leaves_the_line_itself() -> None:
    bare = replace(shapes(), sources=None)
    assert "    x9 = layer(x8)" in plain(draw(bare, 9, "code", 74, 20, Ink()))


def test_the_bars_say_in_which_parts_the_parameters_are() -> None:
    shown = shapes(8)
    # Steps 2 and 6 are attention's, 3 and 7 feed-forward's, 1 and 5 norms', 0 and 4 the rest.
    assert shown.by_part == {"attention": 80, "feed-forward": 100, "norms": 60, "in and out": 40}
    text = plain(draw(shown, 0, "parameters", 74, 14, Ink()))
    assert re.search(r"attention +80 █+.* 29 %", text) and re.search(r"norms +60 .* 21 %", text)
    assert of_blocks(shown) == "Of attention and feed-forward together, feed-forward has 55.6 %."


def test_a_shape_is_read_as_it_is_written() -> None:
    assert times((1, 6, 32)) == "1 × 6 × 32" and times(()) == "one number"
    three = replace(step(2), shapes=((1, 6), (1, 6), (1, 6)))
    assert three.shape == "3 of 1 × 6" and step(2).shape == "1 × 2"
    assert replace(step(2), shapes=((1, 6), (1, 7))).shape == "1 × 6 and 1 × 7"


def test_the_sentence_says_the_step_and_the_sum() -> None:
    said = sentence(shapes(5), 3)
    assert describe(shapes(5), 3) in said and total(shapes(5), 3) in said
    assert "makes 1 × 3, axes (B, T), with 30 parameters (models/layers/feed_forward.py" in said
    assert sentence(Shapes(), 0) == "No pass has been made yet."


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("below", ["code", "parameters"])
@pytest.mark.parametrize("size", [(12, 5), (39, 9), (40, 9), (52, 8), (74, 12), (114, 30)])
def test_it_takes_the_room_it_is_given(kind: str, below: str, size: tuple[int, int]) -> None:
    width, lines = size
    picture = draw(shapes(), 5, below, width, lines, Ink(kind))
    assert {line.cell_length for line in picture} == {width} and len(picture) == lines
    assert plain(picture).isascii() or kind != "ascii"


def test_it_asks_for_no_more_room_than_there_is() -> None:
    assert height(shapes(4), 40) == 18 and height(shapes(), 12) == 12
