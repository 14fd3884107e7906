"""Cutting, filling and comparing lines."""

from __future__ import annotations

import itertools
import random

import pytest
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.drawing.ink import Ink
from tui.drawing.lines import blank, changed_regions, changed_runs, fit, merged, paragraph, strip

PLAIN, BOLD, REVERSE = Style.null(), Style(bold=True), Style(reverse=True)


@pytest.mark.parametrize("width", [0, 1, 5, 40])
def test_a_strip_is_exactly_as_wide_as_asked(width: int) -> None:
    assert strip([("hello", PLAIN), (" world", BOLD)], width).cell_length == width
    assert blank(width).cell_length == width


def test_cutting_says_that_it_cut() -> None:
    assert fit("abcdef", 4, Ink()) == "abc…"
    assert fit("abcdef", 4, Ink("ascii")) == "abc~"
    assert fit("abc", 4, Ink()) == "abc"
    assert fit("abc", 1, Ink()) == "a" and fit("abc", 0, Ink()) == ""


def test_a_paragraph_has_the_lines_it_was_given() -> None:
    lines = paragraph("one two three four", 9, 2, PLAIN, Ink())
    assert [line.text.rstrip() for line in lines] == ["one two", "three fo…"]
    assert len(paragraph("one", 9, 4, PLAIN, Ink())) == 4
    assert paragraph("one", 9, 0, PLAIN, Ink()) == []


def test_blanks_join_their_neighbours_but_not_reversed_ones() -> None:
    assert merged([("a", BOLD), ("  ", PLAIN), ("b", BOLD)]) == [("a  b", BOLD)]
    assert merged([("a", REVERSE), (" ", PLAIN)]) == [("a", REVERSE), (" ", PLAIN)]


def test_equal_lines_have_no_changes() -> None:
    assert changed_runs(strip([("abc", BOLD)], 5), strip([("abc", BOLD)], 5)) == []


def test_a_changed_style_is_a_change() -> None:
    assert changed_runs(strip([("abc", PLAIN)], 3), strip([("a", PLAIN), ("bc", BOLD)], 3)) == [
        (1, 2)
    ]


def test_runs_cover_every_difference_and_near_ones_are_joined() -> None:
    rng = random.Random(0)
    for _ in range(200):
        old = "".join(rng.choice("ab ") for _ in range(40))
        new = "".join(rng.choice("xyz") if rng.random() < 0.1 else char for char in old)
        runs = changed_runs(Strip([Segment(old, PLAIN)]), Strip([Segment(new, PLAIN)]))
        covered = {x for start, length in runs for x in range(start, start + length)}
        differing = {x for x in range(40) if old[x] != new[x]}
        assert differing <= covered
        assert not runs or covered != set(range(40)) or len(runs) == 1
        assert all(b - (a + n) >= 6 for (a, n), (b, _) in itertools.pairwise(runs))


def test_another_width_repaints_the_line() -> None:
    assert changed_runs(blank(3), blank(5)) == [(0, 5)]
    assert changed_regions([], [blank(4)], top=7) == [(0, 7, 4)]
