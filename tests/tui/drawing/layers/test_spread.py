"""A histogram of one number from many seeds: every count can be counted again."""

from __future__ import annotations

import random
import statistics

import pytest

from tui.drawing.ink import KINDS, Ink
from tui.drawing.layers.spread import Spread, draw, fitting, height_wanted, sentence
from tui.drawing.lines import plain

_RNG = random.Random(3)
VALUES = tuple(_RNG.gauss(0.11, 0.03) for _ in range(500))


def spread(**more: object) -> Spread:
    given = {"own": 0.112, "what": "the weight", "baseline": 1 / 9, "baseline_name": "equal shares"}
    return Spread(VALUES, **{**given, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("most", [3, 8, 13, 24])
def test_bins_are_round_and_hold_all(most: int) -> None:
    bins = spread().bins(most)
    assert len(bins.counts) <= most + 1 and sum(bins.counts) == 500
    for index, count in enumerate(bins.counts):
        low, high = bins.edges(index)
        assert count == sum(low <= value < high for value in VALUES)
    digit = f"{bins.step:e}"[0]
    assert digit in "125"


def test_one_s_own_and_the_baseline_are_marked_where_they_fall() -> None:
    text = plain(draw(spread(own=0.05), 0, 73, 17, Ink()))
    yours = next(line for line in text.split("\n") if "← yours" in line)
    assert yours.split()[0].lstrip("►") <= "0.05" < yours.split()[2]
    assert "← equal shares" in text
    both = plain(draw(spread(own=1 / 9), 0, 73, 17, Ink()))
    assert "← yours, equal shares" in both


def test_mean_deviation_and_ends_are_said() -> None:
    said = sentence(spread(), 0, 17)
    assert f"Mean {statistics.fmean(VALUES):.3f}" in said
    assert f"standard deviation {statistics.pstdev(VALUES):.3f}" in said
    assert f"to {max(VALUES):.3f}. Yours: 0.112." in said


def test_the_bin_under_the_cursor_is_counted() -> None:
    bins = fitting(spread(), 17)
    said = sentence(spread(), 2, 17)
    assert f"{bins.name(2)}: {bins.counts[2]} of 500 seeds" in said


def test_a_bin_with_one_in_it_is_not_empty_to_the_eye() -> None:
    lonely = Spread((*([0.1] * 900), 0.9), what="x")
    lines = plain(draw(lonely, 0, 73, 17, Ink())).split("\n")
    last = next(line for line in reversed(lines) if "to" in line and line.rstrip().endswith("1"))
    assert "▏" in last


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("size", [(20, 3), (45, 9), (73, 17), (120, 28)])
def test_every_ink_in_every_room(kind: str, size: tuple[int, int]) -> None:
    ink = Ink(kind)
    lines = draw(spread(), 1, *size, ink)
    assert len(lines) == size[1] and {line.cell_length for line in lines} == {size[0]}
    assert not ink.is_ascii or plain(lines).isascii()


def test_it_asks_for_a_line_a_bin() -> None:
    assert height_wanted(spread(), 17) == 4 + len(fitting(spread(), 17).counts)
    assert height_wanted(Spread(), 17) == 2 and sentence(Spread(), 0, 17)


@pytest.mark.parametrize("height", range(8, 30))
def test_the_picture_that_is_asked_for_has_the_same_bins_as_the_one_that_is_drawn(
    height: int,
) -> None:
    wanted = height_wanted(spread(), height)
    assert wanted <= height and fitting(spread(), wanted) == fitting(spread(), height)


def test_all_alike_make_one_bin() -> None:
    assert sum(Spread((0.5,) * 7).bins(10).counts) == 7
