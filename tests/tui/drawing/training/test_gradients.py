"""A gradient clipped in two ways: counts, lengths, angles, and where it points."""

from __future__ import annotations

import math

import pytest

from tui.demos.inside_speakers import told
from tui.drawing.ink import Ink
from tui.drawing.lines import plain
from tui.drawing.training.gradients import Gradients, draw, heights, lines_wanted, sentence
from tui.speaker_probes import gradients_of

BY_HAND = Gradients(
    {"raw": (0, 0, 0, 1, 1), "norm": (0, 0, 0, 2, 0), "value": (0, 0, 0, 2, 0)},
    {"raw": math.hypot(3, 0.5), "norm": 1.0, "value": math.hypot(1, 0.5)},
    {"norm": 0.0, "value": 17.1},
    3.0,
    1.0,
    1,
    2,
    "by hand",
)


@pytest.mark.parametrize("ink", [Ink(), Ink("shade"), Ink("ascii", "ascii")])
def test_it_says_how_long_each_is_and_how_far_it_has_turned(ink: Ink) -> None:
    text = plain(draw(BY_HAND, 76, lines_wanted(BY_HAND), ink))
    assert "by norm" in text and "1.00 long" in text and "3.04 long" in text
    assert "1.12 long" in text and "17" in text
    assert "1 of 2 numbers are cut" in text
    assert ink.kind != "ascii" or text.isascii()


def test_the_arrow_by_value_leaves_the_other_the_more_it_has_turned() -> None:
    def highest(angle: float) -> int:
        turned = Gradients(
            BY_HAND.bins, BY_HAND.lengths, {"norm": 0.0, "value": angle}, 3.0, 1.0, 1, 2
        )
        lines = plain(draw(turned, 76, lines_wanted(turned), Ink())).splitlines()[6:12]
        return next(row for row, line in enumerate(lines) if "∙" in line[10:34])

    assert highest(2.0) > highest(17.0) > highest(60.0) == 0


def test_a_bin_is_as_high_as_the_logarithm_of_its_count_and_an_empty_one_is_blank() -> None:
    assert heights((0, 1, 10, 100, 1000, 10_000), Ink()) == " ▁▃▅▇█"
    assert heights((0, 0), Ink()) == "  "


def test_where_nothing_is_clipped_it_says_so() -> None:
    seen = gradients_of(told("gradient", at=0.5), "now")
    assert "By value nothing is cut" in sentence(seen)
    assert "by norm, and by value" in plain(draw(seen, 76, lines_wanted(seen), Ink()))
    seen = gradients_of(told("gradient", at=5.0), "now")
    assert "changes nothing, by norm or by value" in sentence(seen)
    assert sentence(Gradients()) == "No gradient has been computed yet."


def test_it_tells_the_numbers_of_the_probe() -> None:
    seen = told("gradient", at=0.02)
    picture = gradients_of(seen, "now")
    assert sum(picture.bins["raw"]) == picture.count == seen.values["count"]
    assert picture.lengths["norm"] == pytest.approx(0.02, rel=1e-3)
    inside = sum(picture.bins["value"][place] for place in range(20 - 5, 20 + 6))
    assert inside == picture.count
    assert f"{seen.values['angles']['value']:.0f}°" in sentence(picture)


@pytest.mark.parametrize("size", [(40, 4), (60, 9), (76, 15), (120, 40)])
def test_it_is_as_large_as_its_room(size: tuple[int, int]) -> None:
    lines = draw(BY_HAND, *size, Ink())
    assert len(lines) == size[1] and all(line.cell_length == size[0] for line in lines)
