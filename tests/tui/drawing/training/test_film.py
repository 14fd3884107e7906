"""What stands below the chart of a film: strips, values, the line; and the rule in the chart."""

from __future__ import annotations

import math

import pytest

from tui.drawing.ink import KINDS, Ink
from tui.drawing.lines import plain
from tui.drawing.training.chart import MARGIN, Chart, Curve, column_of, draw_chart
from tui.drawing.training.film import Line, crossed, draw_line
from tui.drawing.training.film_table import Table, Track, column_values, draw_table
from tui.drawing.training.film_table import sparkline as spark

FALLING = [(step, math.exp(-step / 40)) for step in range(201)]


def table(values: int = 2, as_of: str = "") -> Table:
    told = ("0.217", "0.216", "0.215", "0.214", "0.213")[:values]
    heads = tuple((mark, f"series{n}") for n, mark in enumerate("●×+◆▲"[:values]))
    tracks = (Track("loss", FALLING, told), Track("accuracy", FALLING[25::25], told, as_of))
    return Table("● practice", heads, tracks, 200)


def drawn(shown: Table, left: int, size: tuple[int, int], ink: Ink, step: float = 100) -> str:
    columns = left - MARGIN
    sparks = [spark(column_values(t.points, columns, shown.right), ink) for t in shown.tracks]
    lines = draw_table(shown, sparks, (step, None), left, size, ink)
    assert all(line.cell_length == size[0] for line in lines)
    return plain(lines)


@pytest.mark.parametrize("width", [30, 47, 72, 120])
def test_a_step_lies_in_the_same_column_as_its_point_in_the_chart(width: int) -> None:
    for step in range(0, 501, 20):
        chart = Chart([Curve("a", [(step, 1.0)])], end=500)
        (column,) = {
            line.index("●")
            for line in plain(draw_chart(chart, width, 9, Ink())).split("\n")
            if "●" in line
        }
        assert abs(column - MARGIN - column_of(step, 500, width - MARGIN)) <= 1


def test_the_rule_fills_what_is_blank_and_spares_the_curve() -> None:
    lines = draw_chart(Chart([Curve("a", FALLING)], end=200), 60, 12, Ink())
    column = MARGIN + column_of(100, 200, 60 - MARGIN)
    for line in lines[:-2]:
        ruled = crossed(line, {column: "accent"}, Ink()).text
        assert len(ruled) == 60
        assert ruled[column] == (line.text[column] if line.text[column].strip() else "│")
        assert ruled[:column] + ruled[column + 1 :] == line.text[:column] + line.text[column + 1 :]


def test_a_column_is_the_mean_of_what_lies_in_it() -> None:
    points = [(0, 1.0), (1, 3.0), (8, 5.0)]
    assert column_values(points, 5, 8) == (1.0, 3.0, 3.0, 3.0, 5.0)
    assert column_values(points, 3, 8) == (2.0, 3.0, 5.0)
    assert column_values([(4, 2.0)], 5, 8) == (None, None, 2.0, None, None)
    assert column_values([], 3, 8) == (None, None, None)


def test_a_strip_is_high_where_the_curve_is_and_says_what_is_not_finite() -> None:
    strip = spark((None, 0.0, 0.5, 1.0, math.nan), Ink())
    assert strip[0] == " " and strip[-1] == "!"
    assert strip[1] < strip[2] < strip[3]
    assert spark((2.0, 2.0), Ink()) == spark((2.0, 2.0), Ink())[0] * 2
    assert spark((0.0, 1.0, None), Ink("ascii")).isascii()


@pytest.mark.parametrize("kind", KINDS)
def test_everyone_has_a_value_and_what_is_older_says_when_it_was(kind: str) -> None:
    text = drawn(table(as_of="75"), 44, (80, 4), Ink(kind))
    head, loss, accuracy = text.split("\n")[:3]
    assert "practice" in head and head.rstrip().endswith("at")
    assert "0.217" in loss and "0.216" in loss and "75" not in loss
    assert accuracy.rstrip().endswith("75")


def test_five_values_still_fit_beside_the_strips_of_a_narrow_screen() -> None:
    text = drawn(table(5), 40, (80, 3), Ink())
    assert text.split("\n")[0].split()[-5:] == list("●×+◆▲")


def test_no_more_lines_are_drawn_than_there_is_room_for() -> None:
    assert len(drawn(table(), 44, (80, 2), Ink()).split("\n")) == 2


@pytest.mark.parametrize("kind", KINDS)
def test_the_line_shows_place_pin_pictures_and_bookmarks(kind: str) -> None:
    ink = Ink(kind)
    line = Line(100, 200, 50, (0, 20), (150,), "frame 3 of 9")
    text = draw_line(line, 46, 80, ink).text
    signs = "@v'*" if kind == "ascii" else "◆▽┴★"
    places = [MARGIN + column_of(step, 200, 46 - MARGIN) for step in (100, 50, 20, 150)]
    assert [text[place] for place in places] == list(signs)
    assert text.rstrip().endswith("frame 3 of 9")
    assert kind != "ascii" or text.isascii()
