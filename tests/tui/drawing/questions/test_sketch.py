"""Drawn bets as a picture: every value can be read off it, in every ink and at every size."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from tui.drawing.canvas import Canvas
from tui.drawing.ink import KINDS, MARKERS, Ink
from tui.drawing.questions.sketch import SketchPicture, draw_sketch, levels_told, measured_mark
from tui.drawing.training.chart_bet import bet_mark

INKS = [Ink(kind, marker) for kind, marker in zip(KINDS, MARKERS, strict=True)]
MEASURED = {0: 1.0, 1: 0.9, 2: 0.5, 4: 0.25}


def percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def brief(value: float) -> str:
    return f"{100 * value:.0f}"


def curve(measured: Mapping[int, float] | None = None) -> SketchPicture:
    names = ["2", "4", "8", "13", "26"]
    drawn = [0.9, 0.8, 0.75, 0.5, 0.0]
    marks = [(0.04, "guessing")]
    return SketchPicture(drawn, 0, 1, percent, brief, percent, "pairs", names, measured, marks, 1)


def number(measured: float | None = None) -> SketchPicture:
    found = None if measured is None else {0: measured}
    return SketchPicture([0.62], 0, 1, percent, brief, percent, "", (), found, [(0.5, "a coin")], 0)


def text(picture: SketchPicture, ink: Ink, width: int = 72, height: int = 9) -> list[str]:
    return [line.plain for line in draw_sketch(picture, width, height, ink)]


@pytest.mark.parametrize("ink", INKS, ids=str)
def test_a_curve_stands_where_its_numbers_say(ink: Ink) -> None:
    rows = text(curve(), ink)
    plot, names, numbers = rows[:9], rows[-2], rows[-1]
    assert names.split() == ["pairs", "2", "4", "8", "13", "26"]
    assert numbers.split()[1:] == ["yours", "90", "80", "75", "50", "0"]
    for name, height in (("13", 4), ("26", 8)):
        column = names.index(name) + len(name) // 2
        assert plot[height][column] == bet_mark(ink)
    assert levels_told(curve(), ink).endswith(" guessing 4 %")
    assert sum("100 %" in row for row in rows) == 1


@pytest.mark.parametrize("ink", INKS, ids=str)
def test_what_was_measured_stands_beside_it_with_the_gaps(ink: Ink) -> None:
    rows = text(curve(MEASURED), ink)
    measured, gap = rows[-2], rows[-1]
    assert measured.split() == [measured_mark(ink), "run", "100", "90", "50", "25"]
    assert gap.split() == ["gap", "+10", "+10", "-25", "+25"]
    assert sum(row.count(measured_mark(ink)) for row in rows[:9]) == len(MEASURED)


@pytest.mark.parametrize("ink", INKS, ids=str)
def test_a_number_on_its_axis(ink: Ink) -> None:
    rows = text(number(), ink)
    assert "you: 62 %" in rows[0] and bet_mark(ink) in rows[1]
    assert rows[3].split() == ["0", "%", "20", "%", "40", "%", "60", "%", "80", "%", "100", "%"]
    assert "a coin 50 %" in rows[4]
    place = rows[1].index(bet_mark(ink))
    assert rows[3].index("60 %") < place < rows[3].index("80 %")
    rows = text(number(0.9), ink)
    assert measured_mark(ink) in rows[2] and "measured: 90 %" in rows[4]


@pytest.mark.parametrize("ink", INKS, ids=str)
@pytest.mark.parametrize("width", [30, 40, 72, 100])
def test_no_line_is_wider_than_the_screen(ink: Ink, width: int) -> None:
    twelve = replace(
        curve(),
        drawn=[n / 12 for n in range(12)],
        names=[str(n * 100) for n in range(12)],
        measured={n: 1 - n / 12 for n in range(12)},
    )
    for picture in (curve(), curve(MEASURED), number(), number(0.0), number(1.0), twelve):
        rows = text(picture, ink, width, 7)
        assert max(map(len, rows)) <= width
        assert not ink.is_ascii or all(row.isascii() for row in rows)


def test_twelve_places_keep_their_numbers_apart_at_80_columns() -> None:
    names = [str(100 * n) for n in range(12)]
    picture = replace(curve(), drawn=[1.0] * 12, names=names, cursor=None)
    rows = text(picture, Ink(), 73)
    assert rows[-2].split()[1:] == names
    assert rows[-1].split()[2:] == ["100"] * 12


@pytest.mark.parametrize("ink", INKS, ids=str)
def test_a_line_leads_from_cell_to_cell(ink: Ink) -> None:
    canvas = Canvas(10, 4, ink)
    canvas.line((0, 3), (9, 0), "", "'")
    rows = [row.plain.ljust(10) for row in canvas.rows()]
    assert rows[3][0] != " " and rows[0][9] != " "
    assert all(any(row[column] != " " for row in rows) for column in range(10))
    canvas.put(8, 0, "long", "")
    canvas.put(-1, 9, "x", "")
    assert canvas.rows()[0].plain.endswith("lo")


@pytest.mark.parametrize("marker", ["braille", "block"])
def test_what_was_drawn_and_what_was_measured_are_told_apart_without_colour(marker: str) -> None:
    ink = Ink("shade", marker)
    level = SketchPicture(
        [0.0, 0.0], 0, 1, percent, brief, percent, "pairs", ["2", "4"], {0: 1, 1: 1}
    )
    rows = text(level, ink)
    measured, drawn = rows[0], rows[8]
    start, end = measured.index(measured_mark(ink)) + 1, measured.rindex(measured_mark(ink))
    assert len(set(measured[start:end])) == 1
    assert len(set(drawn[start:end])) > 1
