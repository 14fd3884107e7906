"""Who stands where: numbers, tracks and strips, in every ink and at every width."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.drawing.sparkline import sparkline
from tui.drawing.training.standings import Standing, draw_standings

HALF = Standing(1, 0, "RNN, 8 cells", 0.5, 0.693, (), [0.003] * 50, [0.2] * 50)
DONE = Standing(2, 1, "attention", 1.0, 0.001, (), [0.003] * 50, [0.1] * 50)
OTHER = replace(HALF, others=((2, "unseen mazes", 0.7512),))


def drawn(rows: list[Standing], width: int = 74, ink: Ink | None = None) -> list[str]:
    return plain(draw_standings(rows, "turns right way", width, ink or Ink())).split("\n")


def test_the_mouse_is_as_far_from_the_cheese_as_its_runner_from_being_right() -> None:
    _, half, done, _ = drawn([HALF, DONE])
    track = half[half.index("├") + 1 : half.index("┤")]
    assert abs(track.index("M") - (len(track) - 1) / 2) <= 0.5
    assert done.index("M") == done.index("┤") - 1
    assert "50.0 %" in half and "0.693" in half and "0.200" in half
    none = drawn([replace(HALF, share=0.0)])[1]
    assert none.index("M") == none.index("├") + 1


def test_what_nobody_tells_has_no_column() -> None:
    bare = Standing(1, 0, "letters", None, 2.5)
    head, row = drawn([bare])
    assert head.split() == ["loss"] and row.split() == ["1", "●", "letters", "2.50"]
    assert drawn([]) == [""]


def test_further_curves_of_a_runner_have_a_column_with_their_mark() -> None:
    head, row, other, _ = drawn([OTHER, DONE], 100)
    assert head.rstrip().endswith("unseen mazes")
    assert row.rstrip().endswith("+  0.751") and len(row.rstrip()) == len(head.rstrip())
    assert "0.751" not in other


def test_the_mouse_of_the_first_lesson_has_its_track_at_80_columns() -> None:
    mouse = replace(OTHER, name="the trained mouse")
    row = drawn([mouse])[1]
    assert "├" in row and "┤" in row and row.rstrip().endswith("0.751")


def test_the_chosen_one_has_its_gradient_drawn_at_length() -> None:
    lines = drawn([HALF, replace(DONE, chosen=True)])
    assert lines[-2].startswith("learning rate of attention") and lines[-2].endswith("0.003")
    assert lines[-1].startswith("gradient of attention") and lines[-1].endswith("0.1")
    assert lines[-2].index("▆") == lines[-1].index("▆")


def test_what_is_not_finite_is_an_exclamation_mark() -> None:
    row = drawn([replace(HALF, loss=math.nan, gradients=[0.2, math.inf])])[1]
    assert row.split()[-3:] == ["!", "!", "!"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [1, 20, 40, 56, 74, 120, 200])
def test_every_width_and_ink(kind: str, width: int) -> None:
    lines = draw_standings([OTHER, DONE], "turns right way", width, Ink(kind))
    assert len(lines) == 4 and all(line.cell_length == width for line in lines)
    assert kind != "ascii" or plain(lines).isascii()
    if width >= 56:
        assert "50.0 %" in plain(lines) and "RNN, 8 cells" in plain(lines)


def test_a_strip_stands_on_zero_and_reaches_the_largest() -> None:
    assert sparkline([0, 1, 2, 3, 4, 5], 6, Ink()) == "▁▂▃▄▅▆"
    assert sparkline([0.003] * 9, 3, Ink()) == "▆▆▆"
    assert sparkline([1, math.nan, 1], 3, Ink()) == "▆!▆"
    assert sparkline([0, 5], 2, Ink("ascii")) == "_#"
    assert sparkline([], 5, Ink()) == "" and sparkline([1.0], 0, Ink()) == ""


def test_old_glyphs_of_a_strip_move_along_rather_than_flicker() -> None:
    values = [float(n * 37 % 11) for n in range(200)]
    before = sparkline(values[:80], 8, Ink(), 8)
    assert sparkline(values[:88], 8, Ink(), 8)[:7] == before[1:]
