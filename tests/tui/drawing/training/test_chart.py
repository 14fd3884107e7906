"""Curves: what is kept of them, how axes are numbered, and what is drawn."""

from __future__ import annotations

import itertools
import math
import random
import subprocess
import sys

import pytest

from tui.drawing.ink import KINDS, MARKERS, Ink
from tui.drawing.lines import plain
from tui.drawing.ticks import along, exact, linear_ticks, log_ticks, round_up, short, ticks_to
from tui.drawing.training.buckets import POINTS, Buckets
from tui.drawing.training.chart import Chart, Curve, draw_chart
from tui.drawing.training.chart_bet import ChartBet
from tui.drawing.training.chart_words import describe, legend


def filled(count: int, start: int = 0) -> Buckets:
    rng = random.Random(1)
    buckets = Buckets()
    for step in range(start, start + count):
        buckets.add(step, math.exp(-step / 300) + 0.1 * rng.random())
    return buckets


def test_few_points_are_kept_as_they_are() -> None:
    buckets = Buckets()
    for step in range(POINTS):
        buckets.add(step, step % 7)
    assert buckets.points == [(step, step % 7) for step in range(POINTS)]


@pytest.mark.parametrize("count", [251, 1000, 12_345])
def test_many_points_are_few_to_draw_and_lose_no_extreme(count: int) -> None:
    buckets = filled(count)
    buckets.add(count, 50.0)
    buckets.add(count + 1, -50.0)
    points = buckets.points
    assert len(points) <= POINTS
    assert points == sorted(points)
    assert max(y for _, y in points) == 50.0 and min(y for _, y in points) == -50.0
    assert (buckets.highest, buckets.lowest) == ((count, 50.0), (count + 1, -50.0))
    assert buckets.count == count + 2 and buckets.last == (count + 1, -50.0)


def test_old_buckets_stay_as_points_arrive() -> None:
    buckets = filled(3000)
    rebuilt = 0
    for step in range(3000, 6000):
        before = buckets.points
        buckets.add(step, 0.5)
        after = buckets.points
        if after[: len(before) - 2] != before[: len(before) - 2]:
            rebuilt += 1
    assert rebuilt <= 1, "only a merge of all buckets may move what was drawn"


def test_seconds_are_as_good_as_steps() -> None:
    buckets = Buckets()
    for n in range(5000):
        buckets.add(n / 5000, math.sin(n / 300))
    points = buckets.points
    assert 100 < len(points) <= POINTS and points[-1][0] > 0.99


def test_values_that_are_not_finite_are_kept_apart() -> None:
    buckets = filled(20)
    for step, bad in ((20, math.nan), (21, math.inf), (22, -math.inf)):
        buckets.add(step, bad)
    buckets.add(math.nan, 1.0)
    assert buckets.bad == [20, 21, 22]
    assert len(buckets.points) == 20 and buckets.end == 22
    for step in range(23, 5000):
        buckets.add(step, math.nan)
    assert len(buckets.bad) <= POINTS


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (0, "0"),
        (0.5, ".5"),
        (0.02, ".02"),
        (-0.25, "-.25"),
        (1e-5, "1e-5"),
        (2.5, "2.5"),
        (130, "130"),
        (1500, "1.5k"),
        (40_000, "40k"),
        (2e6, "2M"),
        (math.inf, "!"),
    ],
)
def test_short_numbers(value: float, told: str) -> None:
    assert short(value) == told


def test_exact_numbers() -> None:
    told = [exact(v) for v in (0.0231, 2.3, 23.45, 321.4, 12345, 2e-5, math.nan)]
    assert told == ["0.023", "2.30", "23.4", "321", "12,345", "2.0e-5", "not a number"]


def test_round_numbers() -> None:
    assert [round_up(v) for v in (0, 0.9, 1, 1.2, 137, 4100)] == [1, 1, 1, 1.5, 150, 5000]
    assert linear_ticks(0, 1000, 6) == [0, 200, 400, 600, 800, 1000]
    assert log_ticks(0.01, 2, 10) == pytest.approx([0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2])
    assert log_ticks(0.01, 2, 3) == pytest.approx([0.01, 0.1, 1])
    assert len(log_ticks(1e-9, 1e3, 4)) <= 4


@pytest.mark.parametrize("end", [1, 7, 100, 300, 400, 600, 700, 1234, 1600, 0.37, 2e6])
@pytest.mark.parametrize("most", [2, 3, 5, 8])
def test_an_axis_that_ends_somewhere_says_where(end: float, most: int) -> None:
    ticks = ticks_to(end, most)
    assert ticks[0] == 0 and ticks[-1] == pytest.approx(end)
    assert 2 <= len(ticks) <= most + 2 and ticks == sorted(set(ticks))


def test_the_axis_ends_where_the_run_does() -> None:
    falling = [(n, 3 * math.exp(-n / 300)) for n in range(900)]
    rows = plain(draw_chart(Chart([curve(falling)], end=1600), 72, 12, Ink())).split("\n")
    assert rows[-1].split() == ["0", "400", "800", "1,200", "1,600"]


def test_what_is_looked_at_is_drawn_over_the_rest_in_its_own_colour() -> None:
    line = [(n, 1.0) for n in range(100)]
    curves = [curve(line, "a"), Curve("b", line, faint=True)]
    strips = draw_chart(Chart(curves, end=100), 72, 12, Ink())
    rows = plain(strips).split("\n")
    at = next(y for y, row in enumerate(rows) if "●" in row)
    drawn = {s for text, s, _ in strips[at] if text.strip() and "●" in text}
    assert drawn == {Ink().style("series0")}
    assert any(s == Ink().style("faint") for line in strips for _, s, _ in line)


@pytest.mark.parametrize(("kind", "glyph"), [("colour", "↑"), ("shade", "↑"), ("ascii", "T")])
def test_where_a_knob_was_turned_is_marked_on_the_axis(kind: str, glyph: str) -> None:
    chart = Chart([curve([(0, 1.0), (100, 0.1)])], end=100, turns=[40])
    rows = plain(draw_chart(chart, 72, 12, Ink(kind))).split("\n")
    assert abs(rows[-3].index(glyph) - column_of(rows[-1], "40")) <= 1


SERIES = {
    "empty": [],
    "one point": [(5, 1.5)],
    "flat": [(n, 2.0) for n in range(40)],
    "zero": [(n, 0.0) for n in range(10)],
    "falling": [(n, 3 * math.exp(-n / 30)) for n in range(200)],
    "negative": [(n, n - 20.0) for n in range(40)],
    "huge": [(n * 1e6, 1e12 * n) for n in range(9)],
    "tiny": [(n, 1e-9 * (n + 1)) for n in range(9)],
    "broken": [(0, 1.0), (1, math.nan), (2, math.inf), (3, 0.5)],
    "all broken": [(n, math.nan) for n in range(5)],
}


def curve(points: list[tuple[float, float]], name: str = "train") -> Curve:
    buckets = Buckets()
    for x, y in points:
        buckets.add(x, y)
    return Curve(name, buckets.points, buckets.bad)


@pytest.mark.parametrize("name", list(SERIES))
@pytest.mark.parametrize("log", [False, True])
def test_whatever_comes_the_picture_has_its_size(name: str, log: bool) -> None:
    drawn = curve(SERIES[name])
    chart = Chart([drawn, drawn], [drawn], [("chance", 0.7), ("nothing", math.nan)], log)
    for width, height in ((1, 1), (13, 9), (14, 4), (40, 3), (60, 12), (110, 30)):
        lines = draw_chart(chart, width, height, Ink())
        assert len(lines) == height and all(line.cell_length == width for line in lines)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("markers", MARKERS)
def test_curves_differ_by_glyph_in_every_ink(kind: str, markers: str) -> None:
    ink = Ink(kind, markers)
    falling = [(n, 3 * math.exp(-n / 50)) for n in range(200)]
    slower = [(n, 3 * math.exp(-n / 150)) for n in range(200)]
    chart = Chart([curve(falling), curve(slower, "held out")], end=200)
    text = plain(draw_chart(chart, 72, 14, ink))
    assert kind != "ascii" or text.isascii()
    marks = ("*", "x") if "ascii" in (kind, markers) else ("●", "×")
    assert text.count(marks[0]) >= 5 and text.count(marks[1]) >= 5
    styles = {s.color for line in draw_chart(chart, 72, 14, ink) for _, s, _ in line if s}
    assert (styles == {None}) == (kind != "colour")


def column_of(text: str, glyph: str) -> int:
    return next(line.index(glyph) for line in text.split("\n") if glyph in line)


def test_what_is_not_finite_stands_on_the_axis_at_its_step() -> None:
    buckets = Buckets()
    for step in range(101):
        buckets.add(step, math.nan if step == 40 else 2.0)
    chart = Chart([Curve("train", buckets.points, buckets.bad)], end=100)
    rows = plain(draw_chart(chart, 72, 12, Ink())).split("\n")
    assert "!" in rows[-3], "the row above the axis"
    middle = column_of(rows[-1], "40")
    assert abs(rows[-3].index("!") - middle) <= 1


def test_a_reference_stands_at_its_height() -> None:
    chart = Chart([curve([(0, 0.0), (100, 4.0)])], references=[("chance", 2.0)], end=100)
    rows = plain(draw_chart(chart, 60, 12, Ink())).split("\n")
    at = [y for y, row in enumerate(rows) if row.count("┄") > 30]
    ticks = [y for y, row in enumerate(rows) if row.lstrip().startswith("2┤")]
    assert at == ticks and len(at) == 1


def test_ticks_are_evenly_spaced_and_none_is_missing() -> None:
    for height in range(6, 30):
        chart = Chart([curve([(0, 0.0), (100, 0.83)])], end=100)
        rows = plain(draw_chart(chart, 60, height, Ink())).split("\n")
        at = [y for y, row in enumerate(rows) if "┤" in row]
        gaps = {b - a for a, b in itertools.pairwise(at)}
        assert len(at) >= 2 and len(gaps) == 1


def test_the_known_end_keeps_the_curve_where_it_is() -> None:
    early = plain(draw_chart(Chart([curve([(0, 1.0), (50, 0.9)])], end=400), 72, 10, Ink()))
    later = plain(
        draw_chart(Chart([curve([(0, 1.0), (50, 0.9), (90, 0.9)])], end=400), 72, 10, Ink())
    )
    assert early.split("\n")[-1] == later.split("\n")[-1]
    assert "400" in early


def test_a_logarithm_of_zero_is_clamped() -> None:
    chart = Chart([curve([(0, 1.0), (1, 0.1), (2, 0.0)])], log=True)
    text = plain(draw_chart(chart, 60, 14, Ink()))
    assert "1┤" in text and ".1┤" in text


def test_the_words() -> None:
    series = {"train": filled(101), "held out": Buckets()}
    series["held out"].add(0, 1.0)
    series["held out"].add(100, 2.0)
    first, last = series["train"].first, series["train"].last
    assert first and last
    assert describe(series, "step") == (
        f"By step 100 train fell from {exact(first[1])} to {exact(last[1])}, "
        "held out rose from 1.00 to 2.00."
    )
    series["train"].add(101, math.nan)
    assert describe(series, "step").endswith(" Not a finite number at step 101.")
    assert describe({}, "step") == "No numbers yet."


def test_the_legend_has_every_glyph_once() -> None:
    series = {name: filled(3) for name in ("a", "b", "c", "d", "e", "f")}
    for kind in KINDS:
        entries = legend(series, ["a"], [("chance", 0.5)], [ChartBet("a", level=1.0)], Ink(kind))
        glyphs = [glyph.strip() for (glyph, _), _ in entries]
        assert len(set(glyphs)) == len(glyphs) == 9
        assert any("chance 0.500" in text for _, (text, _) in entries)


def test_plotext_is_not_loaded_before_something_is_drawn() -> None:
    modules = "sys, tui.drawing.training.chart, tui.widgets.loss_chart"
    code = f"import {modules}; print('plotext' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_last_step_is_written_alike_whether_it_comes_as_a_whole_number_or_not() -> None:
    assert along(1500) == along(1500.0) == "1,500"
    assert along(300) == "300" and along(40_000) == "40k"
