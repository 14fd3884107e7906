"""The fit and its weights: what is printed is what an independent reckoning says."""

from __future__ import annotations

import math
import re

import pytest

from models.lookup.curve import points, truth
from tui.drawing.ink import KINDS, MARKERS, Ink
from tui.drawing.lines import plain
from tui.drawing.lookup.fit import STEPS, Fit, place, sentence, worked
from tui.drawing.lookup.fit_map import draw_map
from tui.drawing.lookup.fit_plot import draw, draw_plot

XS, YS = (tuple(numbers) for numbers in points(40, 1.0, 0))


def shown(width: float = 0.3, kernel: str = "gaussian", title: str = "") -> Fit:
    return Fit(XS, YS, kernel, width, title)


def by_hand(x: float, width: float) -> list[float]:
    near = [math.exp(-(((x - at) / width) ** 2) / 2) for at in XS]
    return [one / sum(near) for one in near]


@pytest.mark.parametrize("cursor", [0, 37, STEPS])
@pytest.mark.parametrize("width", [0.1, 0.5, 2.0])
def test_the_estimate_at_the_cursor_is_the_mixture(cursor: int, width: float) -> None:
    x = place(cursor)
    mixed = sum(share * y for share, y in zip(by_hand(x, width), YS, strict=True))
    text = plain(draw_plot(shown(width), cursor, 73, 16, Ink()))
    assert f"at x = {x:.2f}: {mixed:.2f}   curve: {truth(x):.2f}" in text
    assert f"looks up {mixed:.2f}; the curve is at {truth(x):.2f}" in sentence(shown(width), cursor)
    above = sum(share > 1 / 40 for share in by_hand(x, width))
    assert f"shares sum to 1.000; {above} of 40 above 1/40" in text


def test_a_full_point_counts_more_than_an_equal_share() -> None:
    text = plain(draw_plot(shown(0.1), 50, 120, 40, Ink("ascii")))
    plot = text.split("\n")[1:-5]
    full = sum(line.count("@") for line in plot)
    assert 0 < full <= sum(share > 1 / 40 for share in by_hand(place(50), 0.1))


def test_a_width_of_nearly_nothing_looks_up_the_nearest_point_alone() -> None:
    text = plain(draw_plot(shown(0.002), 50, 73, 16, Ink()))
    nearest = min(range(40), key=lambda at: abs(XS[at] - 2.5))
    assert f"at x = 2.50: {YS[nearest]:.2f}" in text and "1 of 40" in text


def test_rows_of_the_map_sum_to_one_and_darken_where_the_points_are_near() -> None:
    text = plain(draw_map(shown(0.1), 50, 73, 17, Ink()))
    rows = [line for line in text.split("\n") if re.match(r" *\d\.\d\d", line)]
    assert len(rows) == 14 and all(row.endswith("  1.000") for row in rows)
    here = next(row for row in rows if "►" in row)
    assert here.startswith("2.50►")
    darkest = max(range(40), key=lambda at: "·░▒▓█".index(here[5 + at]))
    assert abs(XS[darkest] - 2.5) < 0.3


def test_a_constant_kernel_has_the_same_shade_everywhere() -> None:
    text = plain(draw_map(shown(1.0, "constant"), 0, 73, 10, Ink()))
    rows = [line[5:45] for line in text.split("\n") if line.endswith("1.000")]
    assert {mark for row in rows for mark in row} == {"░"}


def test_plot_and_map_stand_side_by_side_where_there_is_room() -> None:
    text = plain(draw(shown(), 50, False, 150, 20, Ink()))
    assert "points, left to right" in text and "shares sum to" in text
    narrow = plain(draw(shown(), 50, False, 73, 20, Ink()))
    assert "points, left to right" not in narrow
    assert "points, left to right" in plain(draw(shown(), 50, True, 73, 20, Ink()))


@pytest.mark.parametrize(("width", "height"), [(20, 6), (40, 12), (73, 15), (112, 30), (190, 50)])
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("markers", MARKERS)
@pytest.mark.parametrize("mapped", [False, True])
def test_it_fills_its_place_in_every_ink(
    width: int, height: int, kind: str, markers: str, mapped: bool
) -> None:
    lines = draw(shown(title="each point left out"), 3, mapped, width, height, Ink(kind, markers))
    assert len(lines) == height and {line.cell_length for line in lines} == {width}
    if kind == "ascii":
        assert plain(lines).isascii()


def test_many_points_and_far_ones_stay_inside() -> None:
    xs, ys = points(200, 3.0, 1)
    far = Fit(tuple(xs), (*ys[:-1], 40.0), "triangular", 0.5)
    for mapped in (False, True):
        lines = draw(far, 50, mapped, 73, 15, Ink())
        assert {line.cell_length for line in lines} == {73}


def test_the_help_works_the_largest_share() -> None:
    said = worked(shown(0.3), 50)
    most = max(by_hand(2.5, 0.3))
    assert said.endswith(f"= {most:.3g}")
    assert "too small for the machine" in worked(shown(0.001), 52)
